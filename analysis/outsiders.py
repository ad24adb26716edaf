"""What leaving out each speaker outside a group changes in the group's comparison, all of them at once.

A group has few speakers and its comparator may have a hundred thousand. Those who hold a
small share of the comparator enter together, through power sums of the comparator that are
worked out once and from which the group's own speakers are taken away; the few others one
by one. The result differs from the plain loop over speakers by less than one part in 10^9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.sides import Sides, rows_of
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
    powers = _power_sums(counts, sides, needed)
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


def _power_sums(
    counts: SpeakerCounts, sides: Sides, orders: list[tuple[int, int]]
) -> dict[tuple[int, int], FloatArray]:
    """Sums over outside speakers of errors^a words^b: the comparator's sums less the group's own speakers."""
    table = sides.comparators
    # One side after the other: the powers of both at once would be the largest thing in memory.
    everybody = [table.total(one) for one in _products(table.numerator, table.denominator, orders)]
    inside = [counts.total(one) for one in _products(sides.theirs(0), sides.theirs(1), orders)]
    return {
        order: total[sides.comparator] - own
        for order, total, own in zip(orders, everybody, inside, strict=True)
    }


def _products(e: FloatArray, n: FloatArray, orders: list[tuple[int, int]]) -> Iterator[FloatArray]:
    """Each e^a n^b in turn, to be used before the next, whose place it shares.

    Powers are multiplied up, because numpy's are ten times slower.
    """
    powers_of_e, powers_of_n, product = [np.ones(len(e))], [np.ones(len(n))], np.empty(len(e))
    for a, b in orders:
        for powers, base, wanted in ((powers_of_e, e, a), (powers_of_n, n, b)):
            while len(powers) <= wanted:
                powers.append(powers[-1] * base)
        yield np.multiply(powers_of_e[a], powers_of_n[b], out=product)


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
    key = np.sort(np.concatenate([part.group * width + part.row for part in found]))
    key = key[np.diff(key, prepend=-1) > 0]
    return _LargeOutsiders(key // width, key % width)


def _large_by(
    counts: SpeakerCounts, sides: Sides, value: FloatArray, total: FloatArray, one_by_one: BoolArray
) -> _LargeOutsiders:
    """Candidates by one quantity: walk each comparator's largest speakers from the largest down."""
    table = sides.comparators
    share = np.clip(2 * counts.n_groups / EXACT_PAIRS, SERIES_SHARE, LOOSEST_SERIES_SHARE)
    all_wanted, some_wanted = one_by_one & sides.known, ~one_by_one & sides.known & (total > 0)
    least = np.select([all_wanted, some_wanted], [-1.0, share * total], np.inf)
    least_of_comparator = np.full(table.n_groups, np.inf)
    np.minimum.at(least_of_comparator, sides.comparator, least)
    rows = np.flatnonzero(value > least_of_comparator[table.group])
    ranked = rows[np.lexsort((-value[rows], table.group[rows]))]
    length = np.bincount(table.group[rows], minlength=table.n_groups)
    first = np.cumsum(length) - length
    # One sorted key per table row lets every group find its cut by a single search.
    scale = float(value.max()) + 1.0 if len(value) else 1.0
    key = table.group[ranked] * 2.0 * scale + (scale - value[ranked])
    cut = np.searchsorted(key, sides.comparator * 2.0 * scale + (scale - share * total), side="left")
    many = np.clip(cut - first[sides.comparator], 0, length[sides.comparator])
    many = np.select([all_wanted, some_wanted], [length[sides.comparator], many], 0)
    group = np.repeat(np.arange(counts.n_groups), many)
    if not len(group):
        return _LargeOutsiders(group, group)
    offset = np.arange(len(group)) - np.repeat(np.cumsum(many) - many, many)
    row = ranked[first[sides.comparator[group]] + offset]
    outside = rows_of(counts, group, table.speaker[row]) < 0
    return _LargeOutsiders(group[outside], row[outside])
