"""A group's gap with the mix of recording conditions held equal, without a model.

Direct standardisation: each side's rate is worked out within every stratum (a combination
of conditions) and averaged with one set of weights, the mix of all recordings. A stratum
counts only where both sides were recorded in it; how much of the mix that covers is part
of the answer. Intervals leave out one speaker at a time from every stratum at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from analysis.intervals import t_quantile
from analysis.ratio_estimates import RULE_LEVEL
from analysis.settings import DEFAULTS
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

MIN_SPEAKERS_PER_STRATUM = 2
MIN_EFFECTIVE_SPEAKERS = DEFAULTS.min_effective_for_interval
"""Below this many effective speakers on either side there is a ratio and no interval."""


@dataclass(frozen=True)
class StratifiedCounts:
    """Errors and words by group, stratum and speaker; one row for each that occurs."""

    group: IntArray
    stratum: IntArray
    speaker: IntArray
    errors: FloatArray
    words: FloatArray
    n_groups: int
    n_strata: int
    all_words: float | None = None
    """Words of all recordings, those without a stratum included; None: those of the rows."""


@dataclass(frozen=True)
class StandardisedGap:
    """One group against everybody else under the same mix of strata."""

    ratio: float | None
    """None where no stratum holds both sides."""
    low: float | None
    """None also where a side has too few effective speakers for an interval."""
    high: float | None
    p: float | None
    rate: float | None
    """The group's rate under the common mix; None where undefined."""
    other_rate: float | None
    strata_present: float
    """Share of all words in strata where both sides have enough speakers; the rest is left out,
    as are recordings whose stratum is not stated."""
    strata_left_out: int = 0
    """Strata with words where a side has too few speakers."""
    words_left_out: float = 0.0
    """Words of both sides in those strata."""


def standardised_gaps(counts: StratifiedCounts) -> list[StandardisedGap]:
    """The gap of every group to its complement with the strata mixed as in all recordings.

    Source: direct standardisation with weights of the whole; delete-one-speaker jackknife
    of the log ratio with fixed weights; Welch degrees of freedom on effective speakers.
    """
    words = np.bincount(counts.stratum, counts.words, counts.n_strata)
    mix = words / max(words.sum(), 1.0)
    stated = words.sum() / max(counts.all_words or words.sum(), 1.0)
    gaps = []
    for group in range(counts.n_groups):
        inside = counts.group == group
        own, rest = _Side.of(counts, inside), _Side.of(counts, ~inside)
        present = own.enough & rest.enough
        absent = ~present & (words > 0)
        gap = _gap(counts, own, rest, present, mix)
        gaps.append(
            replace(
                gap,
                strata_present=gap.strata_present * float(stated),
                strata_left_out=int(absent.sum()),
                words_left_out=float(words[absent].sum()),
            )
        )
    return gaps


def _gap(
    counts: StratifiedCounts, own: _Side, rest: _Side, present: BoolArray, mix: FloatArray
) -> StandardisedGap:
    covered = float(mix[present].sum())
    if covered <= 0:
        return StandardisedGap(None, None, None, None, None, None, 0.0)
    weights = np.where(present, mix, 0.0) / covered
    own_rate, own_changes = own.standardised(weights)
    other_rate, other_changes = rest.standardised(weights)
    if own_rate <= 0 or other_rate <= 0:
        return StandardisedGap(None, None, None, None, own_rate, other_rate, covered)
    n_speakers = int(counts.speaker.max()) + 1
    own_log = _left_out(own, own_changes, own_rate, n_speakers)
    other_log = _left_out(rest, other_changes, other_rate, n_speakers)
    here = np.zeros(n_speakers, np.bool_)
    here[counts.speaker] = True
    theta = float(np.log(own_rate / other_rate))
    variance = _jackknife((own_log - other_log)[here])
    degrees = _welch(own, rest, own_log, other_log, weights)
    few = min(_effective(side, weights, n_speakers) for side in (own, rest)) < MIN_EFFECTIVE_SPEAKERS
    if few or not np.isfinite(variance) or variance <= 0:
        return StandardisedGap(float(np.exp(theta)), None, None, None, own_rate, other_rate, covered)
    spread = variance**0.5
    half = float(t_quantile(0.5 + RULE_LEVEL / 2, np.array([degrees]))[0]) * spread
    p = float(2 * special.stdtr(degrees, -abs(theta) / spread))
    low, high = float(np.exp(theta - half)), float(np.exp(theta + half))
    return StandardisedGap(float(np.exp(theta)), low, high, p, own_rate, other_rate, covered)


@dataclass(frozen=True)
class _Side:
    """One side's recordings: by stratum, and row by row."""

    stratum: IntArray
    speaker: IntArray
    row_errors: FloatArray
    row_words: FloatArray
    errors: FloatArray
    words: FloatArray
    enough: np.ndarray
    """Strata with enough speakers and words on this side."""

    @staticmethod
    def of(counts: StratifiedCounts, rows: np.ndarray) -> _Side:
        n = counts.n_strata
        stratum, speaker = counts.stratum[rows], counts.speaker[rows]
        errors = np.bincount(stratum, counts.errors[rows], n).astype(np.float64)
        words = np.bincount(stratum, counts.words[rows], n).astype(np.float64)
        width = int(counts.speaker.max()) + 1 if len(counts.speaker) else 1
        pairs = np.unique(stratum[counts.words[rows] > 0] * width + speaker[counts.words[rows] > 0])
        n_speakers = np.bincount(pairs // width, minlength=n)
        enough = (n_speakers >= MIN_SPEAKERS_PER_STRATUM) & (words > 0)
        return _Side(stratum, speaker, counts.errors[rows], counts.words[rows], errors, words, enough)

    def standardised(self, weights: FloatArray) -> tuple[float, FloatArray]:
        """The rate under the weights, and by how much leaving out each row's speaker changes its stratum's part."""
        with np.errstate(all="ignore"):
            rate = np.where(self.words > 0, self.errors / self.words, 0.0)
            left = (self.errors[self.stratum] - self.row_errors) / (self.words[self.stratum] - self.row_words)
            change = np.where(np.isfinite(left), left - rate[self.stratum], 0.0)
        return float((weights * rate).sum()), weights[self.stratum] * change


def _left_out(side: _Side, changes: FloatArray, rate: float, n_speakers: int) -> FloatArray:
    """Change of the log rate without each speaker; 0 for a speaker who is not on this side."""
    with np.errstate(all="ignore"):
        return np.log1p(np.bincount(side.speaker, changes, n_speakers) / rate)


def _jackknife(values: FloatArray) -> float:
    k = len(values)
    # Without its only speaker with errors a side has no log rate, and so the gap no interval.
    with np.errstate(invalid="ignore"):
        return float((k - 1) / k * ((values - values.mean()) ** 2).sum()) if k > 1 else float("nan")


def _used_words(side: _Side, weights: FloatArray, n_speakers: int) -> FloatArray:
    """Words of each speaker in strata that count."""
    used = weights[side.stratum] > 0
    return np.bincount(side.speaker[used], side.row_words[used], n_speakers).astype(np.float64)


def _effective(side: _Side, weights: FloatArray, n_speakers: int) -> float:
    """Effective speakers (Kish) of a side in strata that count."""
    words = _used_words(side, weights, n_speakers)
    return float(words.sum() ** 2 / max((words**2).sum(), 1e-12))


def _welch(own: _Side, rest: _Side, own_log: FloatArray, other_log: FloatArray, weights: FloatArray) -> float:
    """Welch-Satterthwaite degrees of freedom from each side's own variance and effective speakers."""
    parts = []
    for side, log in ((own, own_log), (rest, other_log)):
        present = _used_words(side, weights, len(log)) > 0
        effective = _effective(side, weights, len(log))
        parts.append((_jackknife(log[present]), max(effective - 1, 1e-9)))
    total = sum(variance for variance, _ in parts)
    share = sum(variance**2 / degrees for variance, degrees in parts)
    return max(1.0, total**2 / share) if share > 0 else 1.0
