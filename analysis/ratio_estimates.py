"""How large a group's ratio and difference are, how sure that is, and what could have been seen.

Takes both sides of every comparison and gives 95 % intervals and p-values: from the joint
jackknife, or exact limits where that is undefined. It judges nothing (`judgement.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.comparisons import ContrastStatistics, welch_degrees
from analysis.intervals import GroupStatistics, t_quantile
from analysis.settings import Settings
from analysis.speaker_counts import BoolArray, FloatArray

RULE_LEVEL = 0.95


@dataclass(frozen=True)
class RatioEstimates:
    """Every group against its comparator; arrays with one entry per group, NaN where undefined."""

    ratio: FloatArray
    """Group's rate over the comparator's."""
    low: FloatArray
    high: FloatArray
    difference: FloatArray
    """Group's rate minus the comparator's, as a fraction."""
    difference_low: FloatArray
    """NaN, as the upper end, where only exact limits exist: one side then shows no spread to reckon with."""
    difference_high: FloatArray
    p: FloatArray
    """Two-sided; 1 where only exact limits exist."""
    degrees: FloatArray
    exact: BoolArray
    """Where the jackknife is undefined and exact limits on effective counts were used instead."""


def ratio_estimates(
    groups: GroupStatistics, contrast: ContrastStatistics, design_effect: float
) -> RatioEstimates:
    """Ratio and difference of each group with their 95 % intervals and p-values.

    Source: joint delete-one-speaker jackknife of the log ratio on Welch's degrees of freedom;
    Clopper-Pearson on effective counts where one side has no errors, or all from one speaker.
    """
    with np.errstate(all="ignore"):
        ratio, difference = groups.rate / contrast.rate, groups.rate - contrast.rate
        theta, degrees = np.log(ratio), welch_degrees(groups, contrast)
        spread = np.sqrt(contrast.variance)
        quantile = t_quantile(0.5 + RULE_LEVEL / 2, degrees)
        low, high = np.exp(theta - quantile * spread), np.exp(theta + quantile * spread)
        p = 2 * special.stdtr(degrees, -np.abs(theta / spread))
        half = quantile * np.sqrt(contrast.difference_variance)
    exact = ~np.isfinite(low) & (groups.denominator > 0) & (contrast.denominator > 0)
    if exact.any():
        low[exact], high[exact] = _exact_limits(groups, contrast, design_effect, exact)
        p, half = np.where(exact, 1.0, p), np.where(exact, np.nan, half)
    return RatioEstimates(
        ratio, low, high, difference, difference - half, difference + half, p, degrees, exact
    )


def _exact_limits(
    groups: GroupStatistics, contrast: ContrastStatistics, design_effect: float, rows: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Limits of the ratio from Clopper-Pearson for one side's errors given both sides' errors.

    Only for the groups in `rows`. Counts are divided by the design effect. NaN where
    neither side made an error.
    """
    tail = (1 - RULE_LEVEL) / 2
    own, other = groups.numerator[rows] / design_effect, contrast.numerator[rows] / design_effect
    with np.errstate(all="ignore"):
        low = np.where(own > 0, special.betaincinv(own, other + 1, tail), 0.0)
        high = np.where(other > 0, special.betaincinv(own + 1, other, 1 - tail), 1.0)
        scale = contrast.denominator[rows] / groups.denominator[rows]
        limits = low / (1 - low) * scale, high / (1 - high) * scale
    known = own + other > 0
    return np.where(known, limits[0], np.nan), np.where(known, limits[1], np.nan)


def sensitivity(
    groups: GroupStatistics,
    contrast: ContrastStatistics,
    estimate: RatioEstimates,
    family: int,
    settings: Settings,
) -> tuple[FloatArray, FloatArray]:
    """Detectable ratio, and the speakers at which the margin becomes detectable.

    The group's share of the variance falls as its speakers grow, the comparator's stays.
    Where that alone cannot reach the margin, both sides are taken to grow together. Where the
    margin is detectable already, it is the speakers that would decide at the ratio found.
    """
    with np.errstate(all="ignore"):
        reach = t_quantile(1 - settings.alpha / (2 * family), estimate.degrees)
        reach = reach + t_quantile(settings.power, estimate.degrees)
        detectable = np.exp(reach * np.sqrt(contrast.variance))
        normal = special.ndtri(1 - settings.alpha / (2 * family)) + special.ndtri(settings.power)
        factor = _growth(groups, contrast, (np.log(settings.margin_ratio) / normal) ** 2)
        deciding = _growth(groups, contrast, _deciding_variance(estimate, family, settings))
        factor = np.where(factor > 1, factor, np.maximum(1.0, deciding))
        needed = np.ceil(groups.n_speakers * factor)
    return detectable, needed


def _growth(groups: GroupStatistics, contrast: ContrastStatistics, wanted: FloatArray | float) -> FloatArray:
    """How many times the speakers it takes for the log ratio to have the variance that is wanted."""
    share = groups.variance_log / (groups.variance_log + contrast.variance_log)
    own, other = contrast.variance * share, contrast.variance * (1 - share)
    alone, together = own / (wanted - other), contrast.variance / wanted
    return np.where((wanted > other) & (alone < 100), alone, together)


def _deciding_variance(estimate: RatioEstimates, family: int, settings: Settings) -> FloatArray:
    """Variance of the log ratio at which the ratio found would be told from 1, or from the margin above it."""
    theta = np.log(estimate.ratio)
    from_one = np.abs(theta) / t_quantile(1 - settings.alpha / (2 * family), estimate.degrees)
    room = np.maximum(0.0, np.log(settings.margin_ratio) - theta)
    from_margin = room / t_quantile(0.5 + RULE_LEVEL / 2, estimate.degrees)
    return np.asarray(np.maximum(from_one, from_margin) ** 2, np.float64)
