"""Error rates of groups and how sure we are of them, resampling speakers.

Takes the sums of a metric by group and speaker and gives, for each group, the pooled rate
and the variance of its logarithm with one speaker left out at a time, then an interval.
Utterances of one speaker are alike, so nothing here ever treats them as independent.
It knows no database, no names of groups and no comparisons (`comparisons.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import FloatArray, IntArray, SpeakerCounts

NEGLIGIBLE_VARIANCE = 1e-12
METHODS = ("log-jackknife", "effective-poisson", "clopper-pearson", "none")


@dataclass(frozen=True)
class GroupStatistics:
    """What is known of each group's rate; arrays with one entry per group."""

    numerator: FloatArray
    """Errors; for a rate that is no plain ratio, the rate times the denominator."""
    denominator: FloatArray
    n_speakers: IntArray
    """Speakers with at least one reference word or one error in the group."""
    effective_speakers: FloatArray
    """Kish's (sum of words)^2 / sum of squared words per speaker; 0 without words."""
    largest_share: FloatArray
    """Share of the group's words that its most talkative speaker holds; 0 without words."""
    largest_numerator: FloatArray
    """Errors of the speaker with most errors."""
    speaker_mean: FloatArray
    """Mean over speakers of their own rate, each person counting once; NaN without words."""
    variance_log: FloatArray
    """Delete-one-speaker variance of the log rate; NaN where a log is undefined."""
    design_effect: FloatArray
    """Variance by speaker over the variance if every word were independent; NaN where undefined."""

    @property
    def rate(self) -> FloatArray:
        """Pooled rate, errors over words, as a fraction; NaN without words."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.denominator > 0, self.numerator / self.denominator, np.nan)

    @property
    def degrees_of_freedom(self) -> FloatArray:
        """Effective speakers less one, at least 1 (Kish)."""
        return np.maximum(1.0, self.effective_speakers - 1.0)


def group_statistics(counts: SpeakerCounts) -> GroupStatistics:
    """Pooled rate, effective speakers and jackknife variance of the log rate for each group.

    Source: delete-one-cluster jackknife on the log scale; effective sample size after
    Kish (1965); linearised variance of a ratio after Cochran (1977), chapter 6, for the
    design effect, and the jackknife's own for a rate that is no plain ratio.
    """
    group, e, n, totals = counts.group, counts.numerator, counts.denominator, counts.totals()
    words = totals[1]
    n_speakers = np.bincount(group, minlength=counts.n_groups).astype(np.int64)
    with np.errstate(all="ignore"):
        rate = counts.rate_of(*totals)
        errors = totals[0] if counts.is_ratio else np.where(words > 0, rate * words, totals[0])
        without = counts.rate_of(*without_speaker(counts, totals))
        effective = np.where(words > 0, words**2 / counts.total(n**2), 0.0)
        share = np.where(words > 0, counts.largest(n) / words, 0.0)
        own_rate = np.where(n > 0, counts.rate_of(*counts.sums), 0.0)
        speaker_mean = counts.total(own_rate) / counts.total(n > 0)
        variance = jackknife_variance(counts, np.log(without), n_speakers)
        if counts.is_ratio:
            squares = counts.total((e - rate[group] * n) ** 2)
            spread = n_speakers / (n_speakers - 1.0) * squares / words**2
        else:
            spread = jackknife_variance(counts, without, n_speakers)
        design_effect = np.where(n_speakers > 1, spread / (rate / words), np.nan)
    return GroupStatistics(
        errors, words, n_speakers, effective, share, counts.largest(e), speaker_mean, variance, design_effect
    )


def without_speaker(counts: SpeakerCounts, totals: tuple[FloatArray, ...]) -> tuple[FloatArray, ...]:
    """The group's sums without the speaker of each pair."""
    return tuple(total[counts.group] - own for total, own in zip(totals, counts.sums, strict=True))


def jackknife_variance(counts: SpeakerCounts, without: FloatArray, n_speakers: IntArray) -> FloatArray:
    """Variance per group from the estimates `without` each speaker in turn; NaN where one is undefined."""
    k = n_speakers.astype(np.float64)
    with np.errstate(all="ignore"):
        mean = counts.total(without) / k
        spread = counts.total((without - mean[counts.group]) ** 2)
        variance = (k - 1) / k * spread
    return np.where((n_speakers > 1) & np.isfinite(variance), variance, np.nan)


@dataclass(frozen=True)
class Intervals:
    """Interval of each group's rate; NaN where none can be given."""

    low: FloatArray
    high: FloatArray
    method: IntArray
    """Position in METHODS."""


def pooled_design_effect(groups: GroupStatistics, whole: float, settings: Settings = DEFAULTS) -> float:
    """Median design effect of the groups with enough speakers, else the whole evaluation's, at least 1.

    NaN where neither is known: words are never taken to be independent because nothing tells how alike they are.
    """
    enough = (groups.n_speakers >= settings.min_speakers) & np.isfinite(groups.design_effect)
    value = float(np.median(groups.design_effect[enough])) if enough.any() else whole
    return max(1.0, value) if np.isfinite(value) else float("nan")


def rate_intervals(
    groups: GroupStatistics,
    design_effect: float,
    level: float = DEFAULTS.level,
    bounded: bool = False,
    settings: Settings = DEFAULTS,
) -> Intervals:
    """Log-scale jackknife intervals on effective speakers less one degrees of freedom.

    Where the jackknife variance is undefined or vanishes: effective Poisson limits on
    words / design effect, or Clopper-Pearson for a metric `bounded` by 1. Below the
    settings' effective speakers no interval is given, nor exact limits without a design effect.
    Source: Liu and Peng (2020) for the unit; Korn and Graubard (1998) for effective counts.
    """
    rate = groups.rate
    with np.errstate(all="ignore"):
        half = t_quantile(0.5 + level / 2, groups.degrees_of_freedom) * np.sqrt(groups.variance_log)
        low, high = rate * np.exp(-half), rate * np.exp(half)
    method = np.zeros(len(rate), np.int64)
    vanished = ~(groups.variance_log > NEGLIGIBLE_VARIANCE)
    if vanished.any():
        exact = _clopper_pearson if bounded else _effective_poisson
        with np.errstate(all="ignore"):
            words = groups.denominator[vanished] / design_effect
        low[vanished], high[vanished] = exact(rate[vanished], words, level)
        method[vanished] = 2 if bounded else 1
    if bounded:
        high = np.minimum(high, 1.0)
    unknown = (groups.effective_speakers < settings.min_effective_for_interval) | ~np.isfinite(rate)
    unknown |= vanished & ~np.isfinite(design_effect)
    method[unknown] = 3
    return Intervals(np.where(unknown, np.nan, low), np.where(unknown, np.nan, high), method)


def t_quantile(probability: FloatArray | float, degrees: FloatArray) -> FloatArray:
    """Student's t quantile, by the special function (scipy's distribution object is ten times slower)."""
    return np.asarray(special.stdtrit(degrees, probability), np.float64)


def _effective_poisson(rate: FloatArray, words: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Exact Poisson limits on effective words; low is 0 without errors."""
    tail = (1 - level) / 2
    with np.errstate(all="ignore"):
        errors = rate * words
        low = np.where(errors > 0, special.gammaincinv(errors, tail) / words, 0.0)
        high = special.gammaincinv(errors + 1, 1 - tail) / words
    return low, high


def _clopper_pearson(rate: FloatArray, words: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Exact binomial limits on effective trials."""
    tail = (1 - level) / 2
    with np.errstate(all="ignore"):
        hits = np.minimum(rate, 1.0) * words
        low = np.where(hits > 0, special.betaincinv(hits, words - hits + 1, tail), 0.0)
        high = np.where(hits < words, special.betaincinv(hits + 1, words - hits, 1 - tail), 1.0)
    return low, high
