"""How much worse one group is than another, leaving out one speaker at a time from both sides.

Takes the groups' counts by speaker and the comparators' counts by speaker, and gives the
log ratio with its variance. Right for nested attributes (an accent: each speaker on one
side) and crossed ones (a device: the same speaker on both sides). Speakers outside the
group are never enumerated per group: all of them together enter through power sums of
their comparator, except the few who hold much of it (`outsiders.py`). It decides no
verdicts (`judgement.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.intervals import NEGLIGIBLE_VARIANCE, GroupStatistics, without_speaker
from analysis.outsiders import outside_sums
from analysis.outsiders_one_by_one import outside_sums_one_by_one
from analysis.sides import Sides
from analysis.speaker_counts import FloatArray, IntArray, SpeakerCounts


@dataclass(frozen=True)
class ContrastStatistics:
    """Each group against its comparator; arrays with one entry per group, NaN where undefined."""

    numerator: FloatArray
    """Errors on the comparator's side; for a rate that is no plain ratio, the rate times the denominator."""
    denominator: FloatArray
    n_speakers: IntArray
    effective_speakers: FloatArray
    largest_numerator: FloatArray
    """Errors of the comparator's speaker with most errors (an upper bound where speakers are on both sides)."""
    variance: FloatArray
    """Joint delete-one-speaker variance of the log rate ratio."""
    variance_log: FloatArray
    """Jackknife variance of the comparator's own log rate."""
    difference_variance: FloatArray
    """Joint delete-one-speaker variance of the difference of rates."""

    @property
    def rate(self) -> FloatArray:
        """Pooled rate of the comparator; NaN without words."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.denominator > 0, self.numerator / self.denominator, np.nan)


def contrast_statistics(
    counts: SpeakerCounts,
    groups: GroupStatistics,
    comparators: SpeakerCounts,
    comparator_of_group: IntArray,
    without_group: bool,
) -> ContrastStatistics:
    """Contrast each group with a comparator, by the joint delete-one-speaker jackknife.

    `comparators` holds the counts of every comparator by speaker and `comparator_of_group`
    says which is whose. `without_group` takes the group's own recordings out of it: the
    complement, or the peers where comparators are strata of recording conditions.
    Source: delete-one-cluster jackknife of a log ratio, both sides at once.
    """
    sides = Sides.of(counts, groups, comparators, comparator_of_group, without_group)
    inside = _inside_sums(counts, sides)
    outside = (outside_sums if counts.is_ratio else outside_sums_one_by_one)(counts, sides)
    with np.errstate(all="ignore"):
        k = inside.n_speakers + outside.n_speakers
        variance = _spread(inside.ratio + outside.ratio, inside.ratio_squared + outside.ratio_squared, k)
        k_other = inside.n_other + outside.n_speakers
        variance_log = _spread(
            inside.other - outside.ratio, inside.other_squared + outside.ratio_squared, k_other
        )
        difference_variance = _spread(
            inside.difference + outside.difference, inside.difference_squared + outside.difference_squared, k
        )
        effective = sides.words**2 / (inside.words_squared + outside.words_squared)
        as_errors = counts.rate_of(*sides.totals) * sides.words
    return ContrastStatistics(
        numerator=sides.errors if counts.is_ratio else np.where(sides.words > 0, as_errors, sides.errors),
        denominator=sides.words,
        n_speakers=k_other.astype(np.int64),
        effective_speakers=np.where(sides.words > 0, effective, 0.0),
        largest_numerator=np.maximum(inside.largest, outside.largest),
        variance=_known(variance),
        variance_log=np.where(np.isfinite(variance_log), variance_log, np.nan),
        difference_variance=_known(difference_variance),
    )


def welch_degrees(groups: GroupStatistics, contrast: ContrastStatistics) -> FloatArray:
    """Welch-Satterthwaite degrees of freedom of a contrast, at least 1; NaN where undefined."""
    with np.errstate(all="ignore"):
        own, other = groups.variance_log, contrast.variance_log
        own_degrees = np.maximum(groups.effective_speakers - 1, 1e-9)
        other_degrees = np.maximum(contrast.effective_speakers - 1, 1e-9)
        degrees = (own + other) ** 2 / (own**2 / own_degrees + other**2 / other_degrees)
    return np.maximum(1.0, degrees)


def _spread(total: FloatArray, squares: FloatArray, k: FloatArray) -> FloatArray:
    """Jackknife variance from the sum and the sum of squares of k leave-one-out deviations."""
    return (k - 1) / k * np.maximum(0.0, squares - total**2 / k)


def _known(variance: FloatArray) -> FloatArray:
    return np.where(np.isfinite(variance) & (variance > NEGLIGIBLE_VARIANCE), variance, np.nan)


@dataclass(frozen=True)
class _Inside:
    """Sums over the speakers of each group of what leaving them out changes."""

    n_speakers: FloatArray
    n_other: FloatArray
    ratio: FloatArray
    ratio_squared: FloatArray
    other: FloatArray
    other_squared: FloatArray
    difference: FloatArray
    difference_squared: FloatArray
    words_squared: FloatArray
    largest: FloatArray


def _inside_sums(counts: SpeakerCounts, sides: Sides) -> _Inside:
    """Exact leave-one-out terms of the speakers who are in the group."""
    group, rate_of = counts.group, counts.rate_of
    others = tuple(sides.theirs(column) for column in range(len(counts.sums)))
    if sides.without_group:
        others = tuple(theirs - own for theirs, own in zip(others, counts.sums, strict=True))
    f, m = others[:2]
    in_other = (f > 0) | (m > 0)
    with np.errstate(all="ignore"):
        own_rate, other_rate = rate_of(*sides.own_totals)[group], rate_of(*sides.totals)[group]
        own_left = rate_of(*without_speaker(counts, sides.own_totals))
        other_left = rate_of(
            *(total[group] - theirs for total, theirs in zip(sides.totals, others, strict=True))
        )
        other = np.where(in_other, np.log(other_left) - np.log(other_rate), 0.0)
        ratio = np.log(own_left) - np.log(own_rate) - other
        difference = own_left - own_rate - np.where(in_other, other_left - other_rate, 0.0)
    return _Inside(
        n_speakers=counts.total(np.ones(len(group))),
        n_other=counts.total(in_other),
        ratio=counts.total(ratio),
        ratio_squared=counts.total(ratio**2),
        other=counts.total(other),
        other_squared=counts.total(other**2),
        difference=counts.total(difference),
        difference_squared=counts.total(difference**2),
        words_squared=counts.total(m**2),
        largest=counts.largest(f),
    )
