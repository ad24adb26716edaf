"""Two systems on the same utterances: who gets worse, who better, and by how much for which speakers.

Both systems heard the same speakers, so each speaker is left out of both at once and the
comparison is far sharper than two separate rates would allow. "Worse" means the second
system is worse. It takes sums by group and speaker and knows no texts and no names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.comparisons import contrast_statistics
from analysis.intervals import GroupStatistics, group_statistics, pooled_design_effect
from analysis.judgement import BETTER, UNDECIDED, WITHIN, WORSE, Judgement, judge
from analysis.settings import DEFAULTS, Settings
from analysis.sign_flips import sign_flip_p
from analysis.speaker_counts import (
    FloatArray,
    IntArray,
    RateOf,
    SpeakerCounts,
    ratio_of_sums,
)
from analysis.verdict_reasons import FLIPS_DISAGREE, SAME_ERRORS


@dataclass(frozen=True)
class PairedCounts:
    """Errors of both systems on the same utterances, by group and speaker; rows sorted by group, then speaker."""

    group: IntArray
    speaker: IntArray
    errors_a: FloatArray
    errors_b: FloatArray
    words: FloatArray
    """What the first system's errors are counted in; for word error rate the reference words of both."""
    n_groups: int
    words_b: FloatArray | None = None
    """The same for the second system; None where it is the same, as for everything counted in reference words."""
    further_a: tuple[FloatArray, ...] = ()
    """Sums that `rate_of` needs besides; none for a plain ratio."""
    further_b: tuple[FloatArray, ...] = ()
    rate_of: RateOf = ratio_of_sums

    @property
    def sums_a(self) -> tuple[FloatArray, ...]:
        """All that `rate_of` takes of the first system, by row."""
        return (self.errors_a, self.words, *self.further_a)

    @property
    def sums_b(self) -> tuple[FloatArray, ...]:
        """All that `rate_of` takes of the second system, by row."""
        return (self.errors_b, self.words if self.words_b is None else self.words_b, *self.further_b)

    def changes(self) -> FloatArray:
        """Second system's rate minus the first's, by row; NaN where either has nothing to be divided by."""
        with np.errstate(all="ignore"):
            change = self.rate_of(*self.sums_b) - self.rate_of(*self.sums_a)
        return np.where(np.isfinite(change), change, np.nan)

    def both(self) -> SpeakerCounts:
        """Both systems as groups of their own: the second's first, then the first's."""
        further = zip(self.further_b, self.further_a, strict=True)
        return SpeakerCounts.of(
            np.concatenate([self.group, self.group + self.n_groups]),
            np.concatenate([self.speaker, self.speaker]),
            np.concatenate([self.errors_b, self.errors_a]),
            np.concatenate([self.sums_b[1], self.words]),
            2 * self.n_groups,
            tuple(np.concatenate(pair) for pair in further),
            self.rate_of,
        )


@dataclass(frozen=True)
class SpeakerChanges:
    """What becomes of the speakers of each group; arrays with one entry per group, NaN without words."""

    worse: IntArray
    """Speakers for whom the second system's rate is higher."""
    better: IntArray
    worst_tenth: FloatArray
    """Mean change of rate (second minus first) of the tenth of speakers it hurts most."""
    median: FloatArray
    best_tenth: FloatArray
    """Mean change of rate of the tenth of speakers it helps most."""


@dataclass(frozen=True)
class SystemComparison:
    """The second system against the first in each group; arrays with one entry per group."""

    statistics_a: GroupStatistics
    statistics_b: GroupStatistics
    judgement: Judgement
    """`ratio` is the second system's rate over the first's. `worse` and `better` also need `flip_p`."""
    flip_p: FloatArray
    """Two-sided p of the sign-flip test over speakers; NaN where the group is not tested."""
    speakers: SpeakerChanges


def compare_systems(
    paired: PairedCounts, overall_rate: float, untestable: IntArray, settings: Settings = DEFAULTS
) -> SystemComparison:
    """Judge the second system against the first in every group.

    The verdict and its adjusted p come from the joint jackknife; `worse` and `better`
    are only said where a sign-flip test over speakers agrees at the settings' alpha.
    """
    n = paired.n_groups
    counts = paired.both()
    both = group_statistics(counts)
    second, first = _half(both, slice(0, n)), _half(both, slice(n, 2 * n))
    other = np.concatenate([np.arange(n) + n, np.full(n, -1)])
    contrast = contrast_statistics(counts, both, counts, other, without_group=False)
    contrast = replace(contrast, **{name: values[:n] for name, values in vars(contrast).items()})
    design_effect = pooled_design_effect(first, float("nan"), settings)
    judged = _without_change(
        judge(second, contrast, overall_rate, untestable, design_effect, settings), paired
    )
    flip_p = _flip_tests(paired, judged)
    verdict, reason = _agreed(judged, flip_p, settings)
    return SystemComparison(
        first, second, replace(judged, verdict=verdict, reason=reason), flip_p, speaker_changes(paired)
    )


def _without_change(judged: Judgement, paired: PairedCounts) -> Judgement:
    """Where nothing changed for any speaker, every resample of speakers gives a ratio of exactly 1: within."""
    differs = np.any([a != b for a, b in zip(paired.sums_a, paired.sums_b, strict=True)], axis=0)
    changed = np.bincount(paired.group, differs, paired.n_groups) > 0
    same = ~changed & np.isfinite(judged.p)
    return replace(
        judged,
        low=np.where(same, 1.0, judged.low),
        high=np.where(same, 1.0, judged.high),
        difference_low=np.where(same, 0.0, judged.difference_low),
        difference_high=np.where(same, 0.0, judged.difference_high),
        verdict=np.where(same, WITHIN, judged.verdict),
        reason=np.where(same, SAME_ERRORS, judged.reason),
        speakers_needed=np.where(same, np.nan, judged.speakers_needed),
    )


def _half(statistics: GroupStatistics, part: slice) -> GroupStatistics:
    return GroupStatistics(**{name: values[part] for name, values in vars(statistics).items()})


def _flip_tests(paired: PairedCounts, judged: Judgement) -> FloatArray:
    differences = _differences(paired)
    result = np.full(paired.n_groups, np.nan)
    begins = np.searchsorted(paired.group, np.arange(paired.n_groups + 1))
    for group in np.flatnonzero(np.isfinite(judged.p)):
        result[group] = sign_flip_p(differences[begins[group] : begins[group + 1]])
    return result


def _differences(paired: PairedCounts) -> FloatArray:
    """One number a speaker that changes its sign where the systems are exchanged, and adds up to the difference.

    Errors where both are counted in the same words; else errors beyond those expected at the rate of both
    together; where the rate is no plain ratio, the change of the speaker's own rate times the words.
    """
    if paired.rate_of is not ratio_of_sums:
        return np.nan_to_num(paired.changes()) * paired.words
    if paired.words_b is None:
        return paired.errors_b - paired.errors_a
    errors = np.bincount(paired.group, paired.errors_a + paired.errors_b, paired.n_groups)
    words = np.bincount(paired.group, paired.words + paired.words_b, paired.n_groups)
    rate = np.divide(errors, words, out=np.zeros(paired.n_groups), where=words > 0)[paired.group]
    return (paired.errors_b - rate * paired.words_b) - (paired.errors_a - rate * paired.words)


def _agreed(judged: Judgement, flip_p: FloatArray, settings: Settings) -> tuple[IntArray, IntArray]:
    """Where the flips do not agree, a claim of worse or better becomes undecided."""
    claimed = np.isin(judged.verdict, (WORSE, BETTER))
    refused = claimed & ~(flip_p <= settings.alpha)
    return np.where(refused, UNDECIDED, judged.verdict), np.where(refused, FLIPS_DISAGREE, judged.reason)


def speaker_changes(paired: PairedCounts) -> SpeakerChanges:
    """How many speakers get worse and better, and the change of rate of those hurt and helped most."""
    change = paired.changes()
    worst, median, best = (np.full(paired.n_groups, np.nan) for _ in range(3))
    known = np.flatnonzero(np.isfinite(change))
    group, rates = paired.group[known], change[known]
    begins = np.searchsorted(group, np.arange(paired.n_groups + 1))
    for one in np.unique(group):
        changes = np.sort(rates[begins[one] : begins[one + 1]])[::-1]
        tenth = max(1, -(-len(changes) // 10))
        worst[one], median[one] = changes[:tenth].mean(), np.median(changes)
        best[one] = changes[-tenth:].mean()
    return SpeakerChanges(
        worse=np.bincount(paired.group, change > 0, paired.n_groups).astype(np.int64),
        better=np.bincount(paired.group, change < 0, paired.n_groups).astype(np.int64),
        worst_tenth=worst,
        median=median,
        best_tenth=best,
    )
