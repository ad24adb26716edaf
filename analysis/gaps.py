"""How far the groups of one attribute lie apart, all of them together.

Owns the measures of a whole table: the range of the rates, their largest ratio, the spread
between groups, the errors in excess of the overall rate, and one test of any difference.
A largest difference is large by chance alone, so range and ratio never stand without the
value they would have if all groups had one rate. Single groups are judged in `judgement.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from analysis.intervals import GroupStatistics, without_speaker
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts

DRAWS = 2_000
SEED = 0
SAME = 1e-10
"""Log rates closer than this are equal: the rates agree to ten digits, and what is left is how sums are rounded."""
ALIKE = 1e-6
"""Relative; eigenvalues closer than this have axes that rounding can turn by what a card would show."""


@dataclass(frozen=True)
class Omnibus:
    """One test of whether the groups differ at all."""

    kind: Literal["welch", "hotelling"]
    """welch: every speaker is in one group. hotelling: speakers are in several."""
    statistic: float
    """F."""
    df_between: float
    df_within: float
    p: float


@dataclass(frozen=True)
class GapMeasures:
    """What is said of a table as a whole; rates are fractions."""

    groups: IntArray
    """Numbers of the groups that are compared: those with enough speakers and some errors."""
    lowest: int | None
    """The group with the lowest rate; None where fewer than two groups are compared, as is all that follows."""
    highest: int | None
    range: float | None
    """Highest rate less lowest rate."""
    range_expected: float | None
    """What the range would be on average if all groups had the overall rate."""
    ratio: float | None
    """Highest rate over lowest rate."""
    ratio_expected: float | None
    omnibus: Omnibus | None
    """None where speakers are too few for one."""
    spread: float | None
    """A typical group differs from the others by this factor (1.2: by a fifth); None unless the omnibus test rejects."""
    excess_errors: float | None
    """Errors that would not have been made if no group were above the overall rate."""


def gap_measures(
    counts: SpeakerCounts | None,
    statistics: GroupStatistics,
    enough: BoolArray,
    overall_rate: float,
    alpha: float = 0.05,
) -> GapMeasures:
    """Measures over the groups that have `enough` speakers; groups without errors have no logarithm and are left out.

    `counts` may be None where every speaker is in one group: the statistics then say it all.

    Source: the range under equality by parametric draws from N(0, V), V the joint
    delete-one-speaker covariance of the log rates, after Lum, Zhang and Bower (2022).
    """
    usable = enough & (statistics.rate > 0) & np.isfinite(statistics.variance_log)
    groups = np.flatnonzero(usable)
    if len(groups) < 2:
        return GapMeasures(groups, None, None, None, None, None, None, None, None, None)
    rates = statistics.rate[groups]
    covariance, nested, effective = (
        joint_covariance(counts, statistics, groups)
        if counts is not None
        else (np.diag(statistics.variance_log[groups]), True, 0.0)
    )
    draws = overall_rate * np.exp(_draws(covariance))
    test = (
        welch(np.log(rates), np.diag(covariance), statistics.effective_speakers[groups])
        if nested
        else hotelling(np.log(rates), covariance, effective)
    )
    excess = statistics.numerator[groups] - overall_rate * statistics.denominator[groups]
    rejects = test is not None and test.p <= alpha
    return GapMeasures(
        groups=groups,
        lowest=int(groups[np.argmin(rates)]),
        highest=int(groups[np.argmax(rates)]),
        range=float(rates.max() - rates.min()),
        range_expected=float((draws.max(axis=1) - draws.min(axis=1)).mean()),
        ratio=float(rates.max() / rates.min()),
        ratio_expected=float((draws.max(axis=1) / draws.min(axis=1)).mean()),
        omnibus=test,
        spread=float(np.exp(np.sqrt(between_variance(np.log(rates), covariance)))) if rejects else None,
        excess_errors=float(np.maximum(excess, 0.0).sum()),
    )


def joint_covariance(
    counts: SpeakerCounts, statistics: GroupStatistics, groups: IntArray
) -> tuple[FloatArray, bool, float]:
    """Covariance of the groups' log rates, whether every speaker is in one group, and effective speakers in all.

    Where speakers are in several groups each is left out of all of them at once; where
    none is, the groups are independent and the covariance is the diagonal of their own variances.
    """
    place = np.full(counts.n_groups, -1)
    place[groups] = np.arange(len(groups))
    kept = place[counts.group] >= 0
    group, speaker = place[counts.group[kept]], counts.speaker[kept]
    speakers, dense = np.unique(speaker, return_inverse=True)
    words = np.bincount(dense, counts.denominator[kept])
    effective = float(words.sum() ** 2 / (words**2).sum())
    nested = len(speakers) == len(speaker)
    if nested:
        return np.diag(statistics.variance_log[groups]), True, effective
    totals = counts.totals()
    with np.errstate(all="ignore"):
        changed = np.log(counts.rate_of(*without_speaker(counts, totals)) / statistics.rate[counts.group])
    k = len(speakers)
    sums = np.bincount(group, changed[kept], len(groups))
    order = np.argsort(dense, kind="stable")
    products = _products(dense[order], group[order], changed[kept][order], len(groups))
    return (k - 1) / k * (products - np.outer(sums, sums) / k), False, effective


def _products(speaker: IntArray, group: IntArray, values: FloatArray, n_groups: int) -> FloatArray:
    """Sum over speakers of the products of their values in every two groups; never groups times speakers at once."""
    total = np.zeros((n_groups, n_groups))
    step = max(1, 4_000_000 // n_groups)
    first, last = 0, int(speaker[-1]) + 1
    while first < last:
        part = slice(*np.searchsorted(speaker, (first, first + step)))
        dense = np.zeros((min(step, last - first), n_groups))
        dense[speaker[part] - first, group[part]] = values[part]
        total += dense.T @ dense
        first += step
    return total


def _draws(covariance: FloatArray) -> FloatArray:
    """Log rates, centred on 0, as they would scatter if all groups were alike.

    Equal eigenvalues leave it to rounding which axes are theirs. The draws are then turned by the axes, which
    is the symmetric root of the covariance: there is only one, however the sums were rounded.
    """
    values, vectors = np.linalg.eigh(covariance)
    normal = np.random.default_rng(SEED).standard_normal((DRAWS, len(values)))
    equal = np.diff(values) < ALIKE * values[1:]
    if (equal & (values[1:] > SAME * values[-1])).any():
        normal = normal @ vectors
    return np.asarray((normal * np.sqrt(np.maximum(values, 0.0))) @ vectors.T, np.float64)


def welch(y: FloatArray, variance: FloatArray, effective: FloatArray) -> Omnibus | None:
    """Welch's test of equal means of independent groups; None where a group has no spread or one speaker.

    Source: Welch (1951), with the variance of each log rate for s²/n and effective speakers for n.
    """
    if (variance <= 0).any() or (effective <= 1).any():
        return None
    g = len(y)
    weight = 1 / variance
    share = weight / weight.sum()
    q = (weight * _apart(y - share @ y) ** 2).sum()
    spare = ((1 - share) ** 2 / (effective - 1)).sum()
    f = q / (g - 1) / (1 + 2 * (g - 2) * spare / (g**2 - 1))
    within = (g**2 - 1) / (3 * spare)
    return Omnibus("welch", float(f), g - 1.0, float(within), float(stats.f.sf(f, g - 1, within)))


def hotelling(y: FloatArray, covariance: FloatArray, effective: float) -> Omnibus | None:
    """Hotelling's test that all contrasts of dependent groups are 0; None where speakers are too few for it.

    Source: Hotelling (1931): T² of the p contrasts, F = T² (ν - p + 1) / (p ν) on (p, ν - p + 1)
    with ν = effective speakers - 1.
    """
    p, nu = len(y) - 1, effective - 1
    if nu - p + 1 <= 0:
        return None
    contrasts = np.hstack([np.eye(p), -np.ones((p, 1))])
    difference = _apart(contrasts @ y)
    spread = contrasts @ covariance @ contrasts.T
    if np.linalg.matrix_rank(spread) < p:
        return None
    t_squared = float(difference @ np.linalg.solve(spread, difference))
    f = t_squared * (nu - p + 1) / (p * nu)
    return Omnibus("hotelling", f, float(p), nu - p + 1, float(stats.f.sf(f, p, nu - p + 1)))


def _apart(difference: FloatArray) -> FloatArray:
    """Differences of log rates without the residue of rounding, which depends on the order of adding."""
    return np.where(np.abs(difference) < SAME, 0.0, difference)


def between_variance(y: FloatArray, covariance: FloatArray) -> float:
    """Variance of the groups' true log rates: what the scatter exceeds chance by, at least 0 (method of moments)."""
    g = len(y)
    by_chance = np.trace(covariance) - covariance.sum() / g
    return max(0.0, float((((y - y.mean()) ** 2).sum() - by_chance) / (g - 1)))
