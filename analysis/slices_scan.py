"""Every slice that has enough data, with how sure it is that errors are more frequent there.

Goes through all combinations of columns, exactly: no beam and no pruning by score. Slices
are counted as tests whether or not they look bad. A p-value is worked out where the slice
would stand out if every word were independent (z above 2); that z is an upper bound of the t
by speaker, so the others could not matter and enter with p = 1. It chooses nothing
(`slices.py`) and knows no names of groups.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.slices_cells import Cells, Pools
from analysis.slices_influence import p_values
from analysis.slices_rows import Items, SearchLimits, SliceRows
from analysis.slices_tables import ScanTables
from analysis.speaker_counts import FloatArray, IntArray

ROW_LEVEL_Z = 2.0
_NAMED_UP_TO = 2
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Scan:
    """What was looked at, and the slices that stand out if words were independent."""

    searched: int
    """Every combination of groups up to the depth, those that were never recorded included."""
    tested: int
    """Those with enough data on both sides; each counts as a test."""
    items: tuple[Items, ...]
    p: FloatArray
    """One-sided, by speaker; 1 where the comparator made no errors."""
    ratio: FloatArray
    excess: FloatArray
    """Errors above the comparator's rate."""
    untestable: tuple[Items, ...] = ()
    """Groups and pairs of groups that have too little data and hold no smaller such; longer ones are not named."""

    @property
    def too_few(self) -> int:
        """Combinations that cannot be judged with these recordings."""
        return self.searched - self.tested


def scan(rows: SliceRows, limits: SearchLimits, depth: int, least: int, progress: Progress) -> Scan:
    """Test every conjunction of `least` to `depth` conditions on different attributes.

    `progress` is told the attributes being combined, the combinations of attributes done, and all.
    """
    tables, tested = ScanTables.of(rows, limits), 0
    items: list[Items] = []
    untestable = _groups_without_enough(tables)
    found: list[FloatArray] = []
    table, pools = tables.table(()), dict[tuple[int, ...], Pools]()
    subsets = [(v, c) for v, c in tables.subsets(depth) if len(v) + len(c) >= least]
    for done, (varying, constant) in enumerate(subsets):
        columns = tuple(sorted(varying + constant))
        progress(" × ".join(rows.columns[column].attribute for column in columns), done, len(subsets))
        if varying != table.columns:
            table, pools = tables.table(varying), {key: pools[key] for key in pools if key == ()}
        cells = Cells.of(tables, table, columns, pools)
        enough = cells.enough(limits)
        tested += int(enough.sum())
        if len(columns) <= _NAMED_UP_TO:
            wanting = _named(tables, columns, cells, np.flatnonzero(cells.stated & ~enough))
            alone = {one for one in untestable if len(one) == 1}
            untestable += [one for one in wanting if not any((item,) in alone for item in one)]
        chosen = np.flatnonzero(enough & (cells.row_level_z > ROW_LEVEL_Z))
        if len(chosen):
            found.append(np.stack([p_values(cells, chosen), cells.ratio[chosen], cells.excess[chosen]]))
            items.extend(_named(tables, columns, cells, chosen))
    progress("", len(subsets), len(subsets))
    p, ratio, excess = np.concatenate([*found, np.zeros((3, 0))], axis=1)
    return Scan(_n_searched(rows, depth, least), tested, tuple(items), p, ratio, excess, tuple(untestable))


def _named(tables: ScanTables, columns: tuple[int, ...], cells: Cells, chosen: IntArray) -> list[Items]:
    """Some cells as conditions."""
    codes = np.unravel_index(cells.number[chosen], cells.shape)
    levels = [tables.levels[c][code].tolist() for c, code in zip(columns, codes, strict=True)]
    return [tuple(zip(columns, each, strict=True)) for each in zip(*levels, strict=True)]


def _groups_without_enough(tables: ScanTables) -> list[Items]:
    """The groups that alone have too little data."""
    return [
        ((column, level),)
        for column, kept in enumerate(tables.levels)
        for level in range(len(tables.rows.columns[column].levels))
        if level not in set(kept.tolist())
    ]


def _n_searched(rows: SliceRows, depth: int, least: int) -> int:
    """Combinations of groups of different attributes."""
    total = 0
    for order in range(least, depth + 1):
        for columns in itertools.combinations(rows.columns, order):
            if len({column.attribute for column in columns}) == order:
                total += math.prod(len(column.levels) for column in columns)
    return total
