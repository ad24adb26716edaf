"""The overall rate under another mix of groups: every group equal, or as planned.

An overall rate is a mean over whoever happened to be recorded. Weights make it one over
another population; the groups' own rates stay as they are. With the weights of the
recordings themselves it is the pooled rate with its usual interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.intervals import t_quantile, without_speaker
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import FloatArray, SpeakerCounts


@dataclass(frozen=True)
class MixedRate:
    """A rate over a stated mix of groups."""

    rate: float | None
    """None where no group of the mix was recorded."""
    low: float | None
    """None where the interval is unknown: too few effective speakers, or a rate of 0."""
    high: float | None
    effective_speakers: float
    share_present: float
    """Part of the mix that was recorded; the rest is left out and the others weigh more."""


def equal_weights(n_groups: int) -> FloatArray:
    """Every group counts the same."""
    return np.full(n_groups, 1.0 / max(n_groups, 1))


def planned_weights(levels: tuple[str, ...], shares: Mapping[str, float]) -> tuple[FloatArray, float]:
    """Weights of the recorded groups, and the part of the shares that belongs to groups of the evaluation."""
    weights = np.array([float(shares.get(level, 0.0)) for level in levels])
    whole = sum(shares.values())
    return weights, float(weights.sum() / whole) if whole > 0 else 0.0


def mixed_rate(
    counts: SpeakerCounts,
    weights: FloatArray,
    level: float = DEFAULTS.level,
    settings: Settings = DEFAULTS,
    bounded: bool = False,
) -> MixedRate:
    """Σ w_g R_g over the groups that were recorded, with a delete-one-speaker interval on the log scale.

    A speaker is left out of all groups at once. Degrees of freedom are the effective
    speakers less one, counting each word by its group's weight (Kish 1965). The upper end of a
    metric `bounded` by 1 is at most 1.
    """
    totals = counts.totals()
    words = totals[1]
    recorded = (words > 0) & (weights > 0)
    if not recorded.any():
        return MixedRate(None, None, None, 0.0, 0.0)
    present = float(weights[recorded].sum() / weights.sum())
    share = np.where(recorded, weights, 0.0) / weights[recorded].sum()
    with np.errstate(all="ignore"):
        rates = np.where(recorded, counts.rate_of(*totals), 0.0)
        change = counts.rate_of(*without_speaker(counts, totals)) - rates[counts.group]
        portion = share[counts.group] * counts.denominator / words[counts.group]
    rate = float(share @ rates)
    used = share[counts.group] > 0
    speakers, dense = np.unique(counts.speaker[used], return_inverse=True)
    k = len(speakers)
    effective = 1.0 / float((np.bincount(dense, portion[used]) ** 2).sum())
    without = rate + np.bincount(dense, (share[counts.group] * change)[used], k)
    if k < 2 or effective < settings.min_effective_for_interval or not (without > 0).all() or rate <= 0:
        return MixedRate(rate, None, None, effective, present)
    logs = np.log(without / rate)
    variance = (k - 1) / k * float(((logs - logs.mean()) ** 2).sum())
    half = float(t_quantile(0.5 + level / 2, np.array([max(1.0, effective - 1)]))[0]) * np.sqrt(variance)
    high = rate * float(np.exp(half))
    return MixedRate(
        rate, rate * float(np.exp(-half)), min(high, 1.0) if bounded else high, effective, present
    )
