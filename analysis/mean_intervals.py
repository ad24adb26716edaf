"""Intervals of the two means beside a pooled rate, by speaker: each speaker counting once, each utterance counting once.

Takes sums by group and speaker. The means themselves are worked out where the pooled rate is; nothing
is compared or judged by them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.intervals import (
    NEGLIGIBLE_VARIANCE,
    group_statistics,
    jackknife_variance,
    t_quantile,
    without_speaker,
)
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import FloatArray, SpeakerCounts


@dataclass(frozen=True)
class MeanInterval:
    """Ends of each group's interval, as fractions; NaN where the speakers are too few or do not differ."""

    low: FloatArray
    high: FloatArray


def speaker_mean_interval(
    counts: SpeakerCounts, level: float = DEFAULTS.level, settings: Settings = DEFAULTS
) -> MeanInterval:
    """Student's interval of the mean of speakers' own rates, on speakers less one degrees of freedom.

    Speakers without reference words have no rate and are left out. Ends stay at 0 or above.
    """
    has_rate = counts.denominator > 0
    n = counts.total(has_rate)
    with np.errstate(all="ignore"):
        own = np.where(has_rate, counts.rate_of(*counts.sums), 0.0)
        mean = counts.total(own) / n
        squares = counts.total(np.where(has_rate, (own - mean[counts.group]) ** 2, 0.0))
        variance = squares / (n - 1) / n
    enough = n >= settings.min_effective_for_interval
    return _around(mean, variance, n - 1, level, enough)


def utterance_mean_interval(
    rates: SpeakerCounts, level: float = DEFAULTS.level, settings: Settings = DEFAULTS
) -> MeanInterval:
    """Interval of the mean of utterances' own rates, leaving out one speaker at a time.

    `rates` holds by speaker the sum of the utterances' rates over their number. On the log scale, on effective
    speakers less one degrees of freedom; on the plain scale where a logarithm is undefined, because one speaker
    made every error. Source: delete-one-cluster jackknife of a ratio, as for the pooled rate.
    """
    found = group_statistics(rates)
    degrees, mean = found.degrees_of_freedom, found.rate
    enough = found.effective_speakers >= settings.min_effective_for_interval
    with np.errstate(all="ignore"):
        half = t_quantile(0.5 + level / 2, degrees) * np.sqrt(found.variance_log)
        low, high = mean * np.exp(-half), mean * np.exp(half)
        without = rates.rate_of(*without_speaker(rates, rates.totals()))
    plain = _around(mean, jackknife_variance(rates, without, found.n_speakers), degrees, level, enough)
    on_logs = enough & (found.variance_log > NEGLIGIBLE_VARIANCE)
    return MeanInterval(np.where(on_logs, low, plain.low), np.where(on_logs, high, plain.high))


def _around(
    mean: FloatArray, variance: FloatArray, degrees: FloatArray, level: float, enough: np.ndarray
) -> MeanInterval:
    with np.errstate(all="ignore"):
        half = t_quantile(0.5 + level / 2, np.maximum(degrees, 1.0)) * np.sqrt(variance)
        known = enough & (variance > NEGLIGIBLE_VARIANCE * np.maximum(mean, 1e-6) ** 2)
    return MeanInterval(
        np.where(known, np.maximum(mean - half, 0.0), np.nan), np.where(known, mean + half, np.nan)
    )
