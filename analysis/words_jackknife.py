"""How far two rates of many items are apart, and how sure that is, leaving out one speaker at a time.

Takes sparse counts of items by speaker on two sides whose denominators, the words of each
speaker, all items share. Speakers who never made an error on an item enter through sums
that are worked out once, so the cost follows the errors and not items times speakers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.speaker_counts import FloatArray, SpeakerCounts
from analysis.words_items import SideCounts

_ROUNDING = 1e-12
"""A variance below this share of its own terms is rounding of a variance that vanishes."""


@dataclass(frozen=True)
class RateDifference:
    """Rates of items on two sides; arrays with one entry per item, NaN where undefined."""

    errors: FloatArray
    other_errors: FloatArray
    rate: FloatArray
    """Errors for each reference word of the side, as a fraction."""
    other_rate: FloatArray
    difference: FloatArray
    variance: FloatArray
    """Joint delete-one-speaker variance of the difference."""
    degrees: FloatArray
    """Welch's degrees of freedom, at least 1."""


@dataclass(frozen=True)
class _Side:
    """What leaving out a speaker does to the words of one side, and sums of it over speakers."""

    n_words: float
    n_speakers: int
    effective: float
    growth: FloatArray
    """n / (N - n) of each speaker: by how much the rate of everybody else's words is raised; 0 where absent."""
    weight: FloatArray
    """1 / (N - n): what each error of that speaker took away from the rate; 0 where absent."""

    @staticmethod
    def of(side: SideCounts) -> _Side:
        total = float(side.words.sum())
        with np.errstate(all="ignore"):
            weight = np.where(side.present, 1 / (total - side.words), 0.0)
            growth = np.where(side.words > 0, side.words / (total - side.words), 0.0)
            effective = total**2 / float((side.words**2).sum())
        return _Side(total, int(side.present.sum()), effective, growth, weight)


def rate_difference(
    own: SideCounts, other: SideCounts, items: SpeakerCounts, other_items: SpeakerCounts
) -> RateDifference:
    """Rates of items on both sides and their difference.

    `items` and `other_items` hold the errors of each side as numerators. Source: delete-one-cluster
    jackknife of a difference of two ratios, both sides at once; Welch-Satterthwaite degrees of freedom.
    """
    both = _joined(items, other_items)
    e, f = both.numerator, both.denominator
    left, right = _Side.of(own), _Side.of(other)
    nobody = np.zeros_like(left.growth)
    with np.errstate(all="ignore"):
        errors, other_errors = both.total(e), both.total(f)
        rate, other_rate = errors / left.n_words, other_errors / right.n_words
        k = int((own.present | other.present).sum())
        loss = e * left.weight[both.speaker], f * right.weight[both.speaker]
        joint = _variance(both, (rate, left.growth), (other_rate, right.growth), loss[0] - loss[1], k)
        first = _variance(both, (rate, left.growth), (rate, nobody), loss[0], left.n_speakers)
        second = _variance(both, (other_rate, right.growth), (rate, nobody), loss[1], right.n_speakers)
        degrees = (first + second) ** 2 / (
            first**2 / max(left.effective - 1, 1e-9) + second**2 / max(right.effective - 1, 1e-9)
        )
    return RateDifference(
        errors, other_errors, rate, other_rate, rate - other_rate, joint, np.maximum(1.0, degrees)
    )


def _variance(
    both: SpeakerCounts,
    own: tuple[FloatArray, FloatArray],
    other: tuple[FloatArray, FloatArray],
    loss: FloatArray,
    k: int,
) -> FloatArray:
    """Jackknife variance of each item over k speakers.

    Without a speaker the difference changes by x = rate * growth - other rate * other growth - loss, where the
    loss is not zero only for those who made an error on the item. Sums over all speakers of x and x squared.
    """
    (rate, a), (other_rate, c) = own, other
    base = rate[both.group] * a[both.speaker] - other_rate[both.group] * c[both.speaker]
    total = rate * a.sum() - other_rate * c.sum() - both.total(loss)
    everybody = rate**2 * (a**2).sum() + other_rate**2 * (c**2).sum() - 2 * rate * other_rate * (a * c).sum()
    errings = both.total(loss**2)
    squares = everybody + errings - 2 * both.total(loss * base)
    spread = squares - total**2 / k
    spread = np.where(spread > _ROUNDING * (everybody + errings), spread, 0.0)
    return np.where(np.isfinite(spread) & (k > 1), (k - 1) / k * spread, np.nan)


def _joined(items: SpeakerCounts, other_items: SpeakerCounts) -> SpeakerCounts:
    """Errors of both sides in one table: the subgroup's as numerators, the comparator's as denominators."""
    nothing, nothing_other = np.zeros(len(items.group)), np.zeros(len(other_items.group))
    return SpeakerCounts.of(
        np.concatenate([items.group, other_items.group]),
        np.concatenate([items.speaker, other_items.speaker]),
        np.concatenate([items.numerator, nothing_other]),
        np.concatenate([nothing, other_items.numerator]),
        items.n_groups,
    )
