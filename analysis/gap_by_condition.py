"""One side against another within each value of a condition, and whether the gap changes from value to value.

Whether it does depends on the scale: effects that multiply leave the ratio alone and move the
difference, effects that add do the reverse. So both scales are answered, each with its test.
Speakers are left out one at a time from every value at once. It judges nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.comparisons import contrast_statistics
from analysis.intervals import GroupStatistics, group_statistics, rate_intervals
from analysis.ratio_estimates import RULE_LEVEL, RatioEstimates, ratio_estimates
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts

MIN_SPEAKERS = 5
"""Speakers that both sides need in a value before its gap has an interval and is compared with others."""


@dataclass(frozen=True)
class SideCounts:
    """Errors and words by speaker and value of a condition; one row for each that occurs."""

    inside: BoolArray
    """Whether the row is of the side in question; the others are the other side."""
    value: IntArray
    speaker: IntArray
    errors: FloatArray
    words: FloatArray
    n_values: int


@dataclass(frozen=True)
class Change:
    """Whether a gap is the same in all values, on one scale."""

    p: float
    """Of "it is the same everywhere"."""
    n_values: int
    """Values that were compared."""


@dataclass(frozen=True)
class GapByCondition:
    """Rates and gaps by value; NaN where a side has no words, and for intervals where it has few speakers."""

    rate: FloatArray
    rate_low: FloatArray
    """95 % by speaker, as in a table of rates; NaN where that table gives none."""
    rate_high: FloatArray
    other_rate: FloatArray
    n_speakers: IntArray
    other_speakers: IntArray
    ratio: FloatArray
    ratio_low: FloatArray
    ratio_high: FloatArray
    difference: FloatArray
    difference_low: FloatArray
    difference_high: FloatArray
    ratio_change: Change | None
    """None where fewer than two values have enough speakers and errors on both sides."""
    difference_change: Change | None


def gap_by_condition(counts: SideCounts) -> GapByCondition:
    """The gap within each value, with 95 % intervals, and whether it changes on either scale.

    Each interval is that of a table of rates (`ratio_estimates.py`). Whether the gap changes: delete-one-speaker
    jackknife of all values jointly; Wald statistic of their differences, referred to Hotelling's F on the effective
    speakers (Kish) of the smaller side. On the scales of interaction see VanderWeele and Knol (2014), Epidemiologic
    Methods 3(1), 33-72.
    """
    within = _within_values(counts)
    errors, words = (_by_speaker(counts, values) for values in (counts.errors, counts.words))
    n_speakers = (words > 0).sum(axis=0)
    rate = _rates(errors.sum(axis=0), words.sum(axis=0))
    left = _rates(errors.sum(axis=0) - errors, words.sum(axis=0) - words)
    enough = (n_speakers >= MIN_SPEAKERS).all(axis=0)
    effective = _effective(words)
    with np.errstate(all="ignore"):
        ratio = np.where(rate[1] > 0, rate[0] / rate[1], np.nan)
        log, log_left = np.log(ratio), np.log(left[:, 0] / left[:, 1])
        difference, difference_left = rate[0] - rate[1], left[:, 0] - left[:, 1]

    def where_enough(ends: FloatArray) -> FloatArray:
        return np.where(enough, ends, np.nan)

    own = rate_intervals(within.own, float("nan"), RULE_LEVEL)
    return GapByCondition(
        rate=rate[0],
        rate_low=own.low,
        rate_high=own.high,
        other_rate=rate[1],
        n_speakers=n_speakers[0],
        other_speakers=n_speakers[1],
        ratio=ratio,
        ratio_low=where_enough(within.estimates.low),
        ratio_high=where_enough(within.estimates.high),
        difference=difference,
        difference_low=where_enough(within.estimates.difference_low),
        difference_high=where_enough(within.estimates.difference_high),
        ratio_change=_change(log, log_left, enough, effective),
        difference_change=_change(difference, difference_left, enough, effective),
    )


@dataclass(frozen=True)
class _Within:
    """The side in question in each value, and its comparison with the other side there."""

    own: GroupStatistics
    estimates: RatioEstimates


def _within_values(counts: SideCounts) -> _Within:
    """Each value by itself, as a table of rates compares a group there."""
    mine, theirs = (_of_side(counts, rows) for rows in (counts.inside, ~counts.inside))
    own = group_statistics(mine)
    contrast = contrast_statistics(mine, own, theirs, np.arange(counts.n_values), without_group=False)
    return _Within(own, ratio_estimates(own, contrast, float("nan")))


def _of_side(counts: SideCounts, rows: BoolArray) -> SpeakerCounts:
    columns = (counts.value[rows], counts.speaker[rows], counts.errors[rows], counts.words[rows])
    return SpeakerCounts.of(*columns, counts.n_values)


def _by_speaker(counts: SideCounts, values: FloatArray) -> FloatArray:
    """Speakers x sides x values; the side in question first."""
    _, speaker = np.unique(counts.speaker, return_inverse=True)
    n_speakers = int(speaker.max()) + 1 if len(speaker) else 0
    place = (speaker * 2 + ~counts.inside) * counts.n_values + counts.value
    sums = np.bincount(place, values, n_speakers * 2 * counts.n_values)
    return sums.reshape(n_speakers, 2, counts.n_values).astype(np.float64)


def _rates(errors: FloatArray, words: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        return np.asarray(np.where(words > 0, errors / words, np.nan), np.float64)


def _effective(words: FloatArray) -> FloatArray:
    """Effective speakers of the side that has fewer, by value."""
    with np.errstate(all="ignore"):
        kish = words.sum(axis=0) ** 2 / (words**2).sum(axis=0)
    return np.asarray(np.nan_to_num(kish).min(axis=0), np.float64)


def _covariance(left_out: FloatArray) -> FloatArray:
    k = len(left_out)
    centred = left_out - left_out.mean(axis=0)
    return np.asarray((k - 1) / k * centred.T @ centred, np.float64)


def _change(
    gaps: FloatArray, left_out: FloatArray, enough: BoolArray, effective: FloatArray
) -> Change | None:
    used = enough & np.isfinite(gaps)
    used[used] = np.isfinite(left_out[:, used]).all(axis=0)
    n_values = int(used.sum())
    if n_values < 2:
        return None
    against_first = np.hstack([-np.ones((n_values - 1, 1)), np.eye(n_values - 1)])
    apart = against_first @ gaps[used]
    covariance = against_first @ _covariance(left_out[:, used]) @ against_first.T
    if np.linalg.matrix_rank(covariance) < n_values - 1:
        return None
    statistic = float(apart @ np.linalg.solve(covariance, apart))
    degrees = max(1.0, float(effective[used].min()) - (n_values - 1))
    scale = degrees / ((degrees + n_values - 2) * (n_values - 1))
    return Change(float(special.fdtrc(n_values - 1, degrees, scale * statistic)), n_values)
