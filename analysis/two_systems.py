"""Two systems on the same utterances: who gets worse, who better, and did a gap change?

Both systems heard the same speakers, so each speaker is left out of both at once and the
comparison is far sharper than two separate rates would allow. "Worse" means the second
system is worse. It takes sums by group and speaker and knows no texts and no names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from analysis.comparisons import contrast_statistics
from analysis.intervals import GroupStatistics, group_statistics, pooled_design_effect, t_quantile
from analysis.judgement import BETTER, UNDECIDED, WITHIN, WORSE, Judgement, judge
from analysis.ratio_estimates import RULE_LEVEL
from analysis.settings import DEFAULTS, Settings
from analysis.sign_flips import sign_flip_p
from analysis.speaker_counts import FloatArray, IntArray, SpeakerCounts
from analysis.verdict_reasons import FLIPS_DISAGREE, SAME_ERRORS


@dataclass(frozen=True)
class PairedCounts:
    """Errors of both systems on the same words, by group and speaker; rows sorted by group, then speaker."""

    group: IntArray
    speaker: IntArray
    errors_a: FloatArray
    errors_b: FloatArray
    words: FloatArray
    n_groups: int


@dataclass(frozen=True)
class SystemComparison:
    """The second system against the first in each group; arrays with one entry per group."""

    statistics_a: GroupStatistics
    statistics_b: GroupStatistics
    judgement: Judgement
    """`ratio` is the second system's rate over the first's. `worse` and `better` also need `flip_p`."""
    flip_p: FloatArray
    """Two-sided p of the sign-flip test over speakers; NaN where the group is not tested."""
    speakers_worse: IntArray
    """Speakers for whom the second system makes more errors."""
    speakers_better: IntArray
    worst_tenth: FloatArray
    """Mean change of rate (second minus first) of the tenth of speakers it hurts most; NaN without words."""


def compare_systems(
    paired: PairedCounts, overall_rate: float, untestable: IntArray, settings: Settings = DEFAULTS
) -> SystemComparison:
    """Judge the second system against the first in every group.

    The verdict and its adjusted p come from the joint jackknife; `worse` and `better`
    are only said where a sign-flip test over speakers agrees at the settings' alpha.
    """
    n = paired.n_groups
    group = np.concatenate([paired.group, paired.group + n])
    speaker = np.concatenate([paired.speaker, paired.speaker])
    errors = np.concatenate([paired.errors_b, paired.errors_a])
    counts = SpeakerCounts.of(group, speaker, errors, np.concatenate([paired.words, paired.words]), 2 * n)
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
    worse, better, worst_tenth = _people(paired)
    return SystemComparison(
        first, second, replace(judged, verdict=verdict, reason=reason), flip_p, worse, better, worst_tenth
    )


def _without_change(judged: Judgement, paired: PairedCounts) -> Judgement:
    """Where no speaker's errors changed, every resample of speakers gives a ratio of exactly 1: within."""
    changed = np.bincount(paired.group, paired.errors_a != paired.errors_b, paired.n_groups) > 0
    same = ~changed & np.isfinite(judged.p)
    return replace(
        judged,
        low=np.where(same, 1.0, judged.low),
        high=np.where(same, 1.0, judged.high),
        difference_low=np.where(same, 0.0, judged.difference_low),
        difference_high=np.where(same, 0.0, judged.difference_high),
        verdict=np.where(same, WITHIN, judged.verdict),
        reason=np.where(same, SAME_ERRORS, judged.reason),
    )


def _half(statistics: GroupStatistics, part: slice) -> GroupStatistics:
    return GroupStatistics(**{name: values[part] for name, values in vars(statistics).items()})


def _flip_tests(paired: PairedCounts, judged: Judgement) -> FloatArray:
    result = np.full(paired.n_groups, np.nan)
    for group in np.flatnonzero(np.isfinite(judged.p)):
        rows = paired.group == group
        result[group] = sign_flip_p(paired.errors_b[rows] - paired.errors_a[rows])
    return result


def _agreed(judged: Judgement, flip_p: FloatArray, settings: Settings) -> tuple[IntArray, IntArray]:
    """Where the flips do not agree, a claim of worse or better becomes undecided."""
    claimed = np.isin(judged.verdict, (WORSE, BETTER))
    refused = claimed & ~(flip_p <= settings.alpha)
    return np.where(refused, UNDECIDED, judged.verdict), np.where(refused, FLIPS_DISAGREE, judged.reason)


def _people(paired: PairedCounts) -> tuple[IntArray, IntArray, FloatArray]:
    """How many speakers get worse and better, and the mean change of the tenth hurt most."""
    change = paired.errors_b - paired.errors_a
    worse = np.bincount(paired.group, change > 0, paired.n_groups).astype(np.int64)
    better = np.bincount(paired.group, change < 0, paired.n_groups).astype(np.int64)
    tenth = np.full(paired.n_groups, np.nan)
    for group in np.unique(paired.group):
        rows = (paired.group == group) & (paired.words > 0)
        if rows.any():
            changes = np.sort(change[rows] / paired.words[rows])[::-1]
            tenth[group] = float(np.mean(changes[: max(1, -(-len(changes) // 10))]))
    return worse, better, tenth


@dataclass(frozen=True)
class GapChanges:
    """Did each group's gap change from the first system to the second? Arrays with one entry per group."""

    factor: FloatArray
    """Second system's ratio to the comparator over the first system's; above 1 the gap grew."""
    low: FloatArray
    high: FloatArray
    p: FloatArray


def gap_changes(paired: PairedCounts, pool_of_group: IntArray, n_pools: int) -> GapChanges:
    """Contrast of contrasts: each group's gap to the rest of its pool, second system against first.

    Source: delete-one-speaker jackknife of the difference of two log ratios; Kish degrees of freedom.
    """
    result = {name: np.full(paired.n_groups, np.nan) for name in ("factor", "low", "high", "p")}
    pool_of_row = np.asarray(pool_of_group)[paired.group]
    for pool in range(n_pools):
        rows = np.flatnonzero(pool_of_row == pool)
        if not len(rows):
            continue
        _, speaker = np.unique(paired.speaker[rows], return_inverse=True)
        table = np.stack([paired.errors_a[rows], paired.errors_b[rows], paired.words[rows]])
        everyone = _by_speaker(speaker, table, int(speaker.max()) + 1)
        for group in np.unique(paired.group[rows]):
            mine = paired.group[rows] == group
            own = _by_speaker(speaker[mine], table[:, mine], everyone.shape[1])
            for name, value in _one_gap_change(own, everyone - own).items():
                result[name][group] = value
    return GapChanges(**result)


def _by_speaker(speaker: IntArray, table: FloatArray, n_speakers: int) -> FloatArray:
    """Sums of each row of the table over speakers."""
    return np.stack([np.bincount(speaker, values, n_speakers) for values in table]).astype(np.float64)


def _one_gap_change(own: FloatArray, rest: FloatArray) -> dict[str, float]:
    """Rows of both: errors of the first system, of the second, words; one column per speaker of the pool."""

    def theta(group: FloatArray, others: FloatArray) -> FloatArray:
        gap = np.log(group[1] / group[0]) - np.log(others[1] / others[0])
        return np.asarray(gap, np.float64)

    with np.errstate(all="ignore"):
        whole_own, whole_rest = own.sum(axis=1), rest.sum(axis=1)
        estimate = float(theta(whole_own, whole_rest))
        left_out = theta(whole_own[:, None] - own, whole_rest[:, None] - rest)
        k = own.shape[1]
        variance = (k - 1) / k * float(((left_out - left_out.mean()) ** 2).sum())
        smaller = min(side[2].sum() ** 2 / (side[2] ** 2).sum() for side in (own, rest))
    if not np.isfinite(variance) or variance <= 0 or smaller <= 1:
        return {"factor": float(np.exp(estimate)) if np.isfinite(estimate) else np.nan}
    degrees = np.array([smaller - 1])
    half = float(t_quantile(0.5 + RULE_LEVEL / 2, degrees)[0]) * variance**0.5
    p = float(2 * special.stdtr(degrees[0], -abs(estimate) / variance**0.5))
    return {
        "factor": float(np.exp(estimate)),
        "low": float(np.exp(estimate - half)),
        "high": float(np.exp(estimate + half)),
        "p": p,
    }
