"""One side against another within each value of a condition, and whether the gap changes from value to value.

Whether it does depends on the scale: effects that multiply leave the ratio alone and move the
difference, effects that add do the reverse. So both scales are answered, each with its test.
Speakers are left out one at a time from every value at once. It judges nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.intervals import Intervals, group_statistics, rate_intervals, t_quantile
from analysis.ratio_estimates import RULE_LEVEL
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

    Source: delete-one-speaker jackknife of all values jointly; Wald statistic of their differences, referred to
    Hotelling's F on the effective speakers (Kish) of the smaller side. On the scales of interaction see VanderWeele
    and Knol (2014), Epidemiologic Methods 3(1), 33-72.
    """
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
        log_half, difference_half = (
            np.where(enough, _half(values, effective), np.nan) for values in (log_left, difference_left)
        )
        low, high = np.exp(log - log_half), np.exp(log + log_half)
    own = _own_intervals(counts)
    return GapByCondition(
        rate=rate[0],
        rate_low=own.low,
        rate_high=own.high,
        other_rate=rate[1],
        n_speakers=n_speakers[0],
        other_speakers=n_speakers[1],
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        difference=difference,
        difference_low=difference - difference_half,
        difference_high=difference + difference_half,
        ratio_change=_change(log, log_left, enough, effective),
        difference_change=_change(difference, difference_left, enough, effective),
    )


def _own_intervals(counts: SideCounts) -> Intervals:
    """Of the rates of the side in question, by value."""
    mine = counts.inside
    columns = (counts.value[mine], counts.speaker[mine], counts.errors[mine], counts.words[mine])
    statistics = group_statistics(SpeakerCounts.of(*columns, counts.n_values))
    return rate_intervals(statistics, float("nan"), RULE_LEVEL)


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


def _half(left_out: FloatArray, effective: FloatArray) -> FloatArray:
    """Half the width of each value's interval; NaN where leaving a speaker out leaves nothing."""
    variance = np.diag(_covariance(left_out)) if len(left_out) else np.full(left_out.shape[1], np.nan)
    degrees = np.maximum(1.0, effective - 1)
    return np.asarray(t_quantile(0.5 + RULE_LEVEL / 2, degrees) * np.sqrt(variance), np.float64)


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
