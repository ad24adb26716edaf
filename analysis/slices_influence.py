"""How sure it is that a slice has more errors than its comparator: p-values by speaker for many slices at once.

Leaves out one speaker at a time from both sides, in one step, and adds up by slice. A speaker
who is only in the comparator enters through the comparator's own sums of squares. Called by the
scan alone; what survives is estimated again exactly (`slices_estimates.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.slices_cells import Cells
from analysis.speaker_counts import FloatArray, IntArray


def p_values(cells: Cells, chosen: IntArray) -> FloatArray:
    """One-sided p-value of some slices, 1 where undefined.

    Source: joint delete-one-speaker jackknife of the log ratio in its one-step form, a speaker's influence
    over one less their share; variance at least that of independent words; Welch's degrees of freedom.
    """
    place = np.full(len(cells.stated), -1)
    place[chosen] = np.arange(len(chosen))
    slots = place[cells.of_row]
    rows = np.flatnonzero((slots >= 0) & (cells.table.present > 0))
    with np.errstate(all="ignore"):
        found = _variances(cells, chosen, rows, slots[rows])
        variance = np.maximum(found.joint, cells.floor / cells.errors[chosen])
        own_degrees = cells.base[chosen] ** 2 / cells.squares[chosen] - 1
        other_degrees = cells.base_beside[chosen] ** 2 / cells.squares_beside[chosen] - 1
        degrees = (found.own + found.other) ** 2 / (
            found.own**2 / own_degrees + found.other**2 / other_degrees
        )
        # Without any spread the variance is its floor, and effective speakers are all there is.
        degrees = np.where(np.isfinite(degrees), degrees, np.minimum(own_degrees, other_degrees))
        p = special.stdtr(np.maximum(1.0, degrees), -cells.log_ratio[chosen] / np.sqrt(variance))
    return np.where((cells.errors_beside[chosen] > 0) & np.isfinite(p), p, 1.0)


@dataclass(frozen=True)
class _Variances:
    """Of the log ratio, and of each side's own log rate."""

    joint: FloatArray
    own: FloatArray
    other: FloatArray


def _variances(cells: Cells, chosen: IntArray, rows: IntArray, slot: IntArray) -> _Variances:
    """`rows` of the table lie in the chosen slices, `slot` says in which."""

    def total(values: FloatArray) -> FloatArray:
        return np.bincount(slot, values, len(chosen)).astype(np.float64, copy=False)

    table = cells.table
    n = table.base[rows] / cells.base[chosen][slot]
    own = (table.numerator[rows] / cells.errors[chosen][slot] - n) / (1 - n)
    sums, squares = total(own), total(own**2)
    only_beside = _squares_of_others(cells, chosen, rows, slot)
    k = cells.pools.speakers[cells.pool[chosen]]
    k_own, k_beside = cells.speakers[chosen], cells.speakers_beside[chosen]
    if cells.own_in_pool is None:
        joint = _spread(sums, squares + only_beside, k)
        return _Variances(joint, _spread(sums, squares, k_own), _spread(0 * sums, only_beside, k_beside))
    f, m = cells.of_own_beside(rows)
    m = m / cells.base_beside[chosen][slot]
    linear = f / cells.errors_beside[chosen][slot] - m
    other = linear / (1 - m)
    # Everybody's changes of the comparator add up to 0, which gives the sum over those who are only in it.
    others = -total(linear)
    return _Variances(
        _spread(sums - total(other) - others, total((own - other) ** 2) + only_beside, k),
        _spread(sums, squares, k_own),
        _spread(total(other) + others, total(other**2) + only_beside, k_beside),
    )


def _squares_of_others(cells: Cells, chosen: IntArray, rows: IntArray, slot: IntArray) -> FloatArray:
    """Sum of squared changes of the speakers who are only in the comparator."""
    table, own = cells.pools.table, cells.own_in_pool
    e = cells.table.numerator[rows] if own is None else table.numerator[own[rows]]
    n = cells.table.base[rows] if own is None else table.base[own[rows]]
    errors, base = cells.errors_beside[chosen], cells.base_beside[chosen]
    inside = np.bincount(slot, (e / errors[slot] - n / base[slot]) ** 2, len(chosen))
    ee, en, nn = (squares[cells.pool[chosen]] for squares in cells.pools.squares)
    whole = ee / errors**2 - 2 * en / (errors * base) + nn / base**2
    return np.asarray(np.maximum(0.0, whole - inside), np.float64)


def _spread(total: FloatArray, squares: FloatArray, k: FloatArray) -> FloatArray:
    """Jackknife variance from the sum and the sum of squares of k changes."""
    return np.asarray((k - 1) / k * np.maximum(0.0, squares - total**2 / k), np.float64)
