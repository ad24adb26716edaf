"""What leaving out each speaker outside a group changes in the group's comparison, all of them at once.

A group has few speakers and its comparator may have a hundred thousand. Those who hold a
small share of the comparator enter together, through power sums of the comparator that are
worked out once and from which the group's own speakers are taken away; the few others one
by one. The result differs from the plain loop over speakers by less than one part in 10^9.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.intervals import GroupStatistics
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts

SERIES_SHARE = 0.005
"""A speaker with a larger share of the comparator is taken exactly; the series errs by share^5 or less."""
LOOSEST_SERIES_SHARE = 0.02
"""Bound of the share where so many groups are asked for that the exact pairs would not fit in memory."""
EXACT_PAIRS = 20_000_000
SMALL_SHARE = 0.001
"""Below this share for every speaker the fourth order is as good as the sixth elsewhere."""

Polynomial = dict[tuple[int, int], float]
"""Coefficients by the powers of e and n, a speaker's shares of the comparator's errors and words."""


@dataclass(frozen=True)
class Sides:
    """Both sides of every contrast: the group's sums are in `groups`, the comparator's here."""

    groups: GroupStatistics
    comparators: SpeakerCounts
    comparator: IntArray
    """Number of its comparator for each group; 0 where it has none, and then `known` is False."""
    row: IntArray
    """For each pair of the groups, the row of that speaker in the comparator; -1 where absent."""
    known: BoolArray
    errors: FloatArray
    words: FloatArray
    without_group: bool

    @staticmethod
    def of(
        counts: SpeakerCounts,
        groups: GroupStatistics,
        comparators: SpeakerCounts,
        comparator_of_group: IntArray,
        without_group: bool,
    ) -> Sides:
        comparator = np.asarray(comparator_of_group, np.int64)
        known = comparator >= 0
        home = np.where(known, comparator, 0)
        errors = comparators.total(comparators.numerator)[home]
        words = comparators.total(comparators.denominator)[home]
        if without_group:
            errors, words = errors - groups.numerator, words - groups.denominator
        row = np.where(known[counts.group], _rows_of(comparators, home[counts.group], counts.speaker), -1)
        errors, words = np.where(known, errors, 0.0), np.where(known, words, 0.0)
        return Sides(groups, comparators, home, row, known, errors, words, without_group)

    @property
    def n_present(self) -> IntArray:
        """Speakers of the whole pool or reference each comparator is taken from; 0 where a group has none."""
        present = np.bincount(self.comparators.group, minlength=self.comparators.n_groups)
        return np.where(self.known, present[self.comparator], 0).astype(np.int64)


def _rows_of(table: SpeakerCounts, group: IntArray, speaker: IntArray) -> IntArray:
    """Where each (group, speaker) stands in a sorted table; -1 where it does not."""
    if not len(table.group):
        return np.full(len(group), -1, np.int64)
    width = int(max(table.speaker.max(), speaker.max() if len(speaker) else 0)) + 1
    keys, wanted = table.group * width + table.speaker, group * width + speaker
    position = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[position] == wanted, position, -1).astype(np.int64)


@dataclass(frozen=True)
class OutsideSums:
    """Sums over the comparator's speakers who are not in the group; one entry per group.

    `ratio` is the change of the log ratio; the change of the comparator's own log rate is its negative.
    """

    n_speakers: FloatArray
    ratio: FloatArray
    ratio_squared: FloatArray
    difference: FloatArray
    difference_squared: FloatArray
    words_squared: FloatArray
    largest: FloatArray


def outside_sums(counts: SpeakerCounts, sides: Sides) -> OutsideSums:
    """Leave-one-out terms of the speakers outside each group.

    Without a speaker who holds shares e and n of the comparator's errors and words, the log
    ratio changes by x = log(1-n) - log(1-e) and the difference by y = rate (e-n)/(1-n).
    """
    table, n_groups = sides.comparators, counts.n_groups
    count = sides.n_present - counts.total(sides.row >= 0)
    one_by_one = _one_by_one(counts, sides)
    large = _large_outsiders(counts, sides, one_by_one)
    f, m = table.numerator[large.row], table.denominator[large.row]
    x_series, y_series = _series(_order(sides))
    x_squared, y_squared = _times(x_series, x_series), _times(y_series, y_series)
    needed = sorted({*x_squared, *y_squared, *x_series, *y_series, (0, 2)})
    powers = {(a, b): _power_sum(counts, sides, a, b) for a, b in needed}
    for a, b in needed:
        powers[a, b] = np.where(
            one_by_one, 0.0, powers[a, b] - np.bincount(large.group, f**a * m**b, n_groups)
        )
    with np.errstate(all="ignore"):
        rate = sides.errors / sides.words
        p = {(a, b): powers[a, b] / (sides.errors**a * sides.words**b) for a, b in needed}
        e, n = f / sides.errors[large.group], m / sides.words[large.group]
        x, y = np.log1p(-n) - np.log1p(-e), rate[large.group] * (e - n) / (1 - n)

    def exact(values: FloatArray) -> FloatArray:
        return np.bincount(large.group, values, n_groups).astype(np.float64)

    largest_any = table.largest(table.numerator)[sides.comparator]
    return OutsideSums(
        n_speakers=count,
        ratio=_value(x_series, p) + exact(x),
        ratio_squared=_value(x_squared, p) + exact(x**2),
        difference=rate * _value(y_series, p) + exact(y),
        difference_squared=rate**2 * _value(y_squared, p) + exact(y**2),
        words_squared=powers[0, 2] + exact(m**2),
        largest=np.where(count > 0, np.minimum(largest_any, sides.errors), 0.0),
    )


def _series(order: int) -> tuple[Polynomial, Polynomial]:
    """X and y / rate as polynomials of e and n up to an order."""
    x: Polynomial = {}
    y: Polynomial = {}
    for power in range(1, order + 1):
        x[power, 0], x[0, power] = 1 / power, -1 / power
        y[1, power - 1], y[0, power] = 1.0, -1.0
    return x, y


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    """Product of two polynomials, cut at the order of the factors."""
    order = max(a + b for a, b in left)
    product: Polynomial = {}
    for (a, b), c in left.items():
        for (a2, b2), c2 in right.items():
            if a + a2 + b + b2 <= order:
                product[a + a2, b + b2] = product.get((a + a2, b + b2), 0.0) + c * c2
    return product


def _value(polynomial: Polynomial, powers: dict[tuple[int, int], FloatArray]) -> FloatArray:
    return np.asarray(sum(c * powers[order] for order, c in polynomial.items()), np.float64)


def _power_sum(counts: SpeakerCounts, sides: Sides, a: int, b: int) -> FloatArray:
    """Sum over outside speakers of errors^a words^b: the comparator's sum less the group's own speakers."""
    term = sides.comparators.numerator**a * sides.comparators.denominator**b
    total = sides.comparators.total(term)[sides.comparator]
    if not len(term):
        return total
    return total - counts.total(np.where(sides.row >= 0, term[sides.row], 0.0))


def _one_by_one(counts: SpeakerCounts, sides: Sides) -> BoolArray:
    """Groups whose outsiders are all taken exactly, because their sums would drown in the rounding of the others'.

    That is where the group has most of the pool's speakers, words or errors; few groups can, so it is cheap.
    """
    inside = counts.total(sides.row >= 0)
    most = 2 * inside >= sides.n_present
    if sides.without_group:
        most |= (2 * sides.groups.numerator > _pool(sides, sides.comparators.numerator)) | (
            2 * sides.groups.denominator > _pool(sides, sides.comparators.denominator)
        )
    return np.asarray(most, np.bool_)


def _pool(sides: Sides, values: FloatArray) -> FloatArray:
    """Sum over the whole pool or reference that each group's comparator is taken from."""
    return sides.comparators.total(values)[sides.comparator]


def _order(sides: Sides) -> int:
    """Order of the series: the fourth where every speaker's share is tiny, else the sixth."""
    table = sides.comparators
    with np.errstate(all="ignore"):
        of_errors = table.largest(table.numerator)[sides.comparator] / sides.errors
        of_words = table.largest(table.denominator)[sides.comparator] / sides.words
    shares = np.concatenate([of_errors, of_words])
    shares = shares[np.isfinite(shares)]
    return 4 if len(shares) and shares.max() < SMALL_SHARE else 6


@dataclass(frozen=True)
class _LargeOutsiders:
    group: IntArray
    row: IntArray
    """Row of the speaker in the comparator's table."""


def _large_outsiders(counts: SpeakerCounts, sides: Sides, one_by_one: BoolArray) -> _LargeOutsiders:
    """Every (group, outside speaker) where that speaker's share is too large for the series, or all are wanted."""
    found = [
        _large_by(counts, sides, sides.comparators.numerator, sides.errors, one_by_one),
        _large_by(counts, sides, sides.comparators.denominator, sides.words, one_by_one),
    ]
    width = max(1, len(sides.comparators.group))
    key = np.unique(np.concatenate([part.group * width + part.row for part in found]))
    return _LargeOutsiders(key // width, key % width)


def _large_by(
    counts: SpeakerCounts, sides: Sides, value: FloatArray, total: FloatArray, one_by_one: BoolArray
) -> _LargeOutsiders:
    """Candidates by one quantity: walk each comparator's speakers from the largest down."""
    table = sides.comparators
    ranked = np.lexsort((-value, table.group))
    length = np.bincount(table.group, minlength=table.n_groups)
    first = np.cumsum(length) - length
    # One sorted key per table row lets every group find its cut by a single search.
    scale = float(value.max()) + 1.0 if len(value) else 1.0
    key = table.group[ranked] * 2.0 * scale + (scale - value[ranked])
    share = np.clip(2 * counts.n_groups / EXACT_PAIRS, SERIES_SHARE, LOOSEST_SERIES_SHARE)
    cut = np.searchsorted(key, sides.comparator * 2.0 * scale + (scale - share * total), side="left")
    many = np.clip(cut - first[sides.comparator], 0, length[sides.comparator])
    many = np.where(one_by_one, sides.n_present, np.where(total > 0, many, 0))
    group = np.repeat(np.arange(counts.n_groups), many)
    if not len(group):
        return _LargeOutsiders(group, group)
    offset = np.arange(len(group)) - np.repeat(np.cumsum(many) - many, many)
    row = ranked[first[sides.comparator[group]] + offset]
    outside = _rows_of(counts, group, table.speaker[row]) < 0
    return _LargeOutsiders(group[outside], row[outside])
