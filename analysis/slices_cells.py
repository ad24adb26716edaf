"""All slices by the same attributes at once: their sums, those of their comparators, and who has enough data.

Works on tables of (speaker, combination) pairs, adding up by slice, so that its cost follows
the recordings. How sure a difference is gets worked out by `slices_influence.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.slices_rows import SearchLimits
from analysis.slices_tables import PACK, PairTable, ScanTables, mixed_radix
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

_ROUNDING = 1e-9
MOST_CELLS = 1_000_000
"""More combinations of groups than these are never all held; most of them do not occur."""


@dataclass(frozen=True)
class Pools:
    """What slices are compared with before each is taken out: everything, or the recordings of its conditions."""

    table: PairTable
    of_row: IntArray
    """Pool of each row of `table`; a row whose condition is not stated has one that no slice is compared with."""
    n_pools: int

    @staticmethod
    def of(tables: ScanTables, table: PairTable, shared: tuple[int, ...]) -> Pools:
        """Pools by the groups of some shared columns."""
        n_pools = int(np.prod([tables.size(column) for column in shared], dtype=np.int64))
        return Pools(table, _number(tables, table, shared), n_pools)

    def _total(self, values: FloatArray) -> FloatArray:
        return np.bincount(self.of_row, values, self.n_pools).astype(np.float64, copy=False)

    @cached_property
    def errors(self) -> FloatArray:
        return self._total(self.table.numerator)

    @cached_property
    def base(self) -> FloatArray:
        return self._total(self.table.base)

    @cached_property
    def speakers(self) -> FloatArray:
        return self._total(self.table.present)

    @cached_property
    def squares(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Sums over speakers of errors squared, errors times base, and base squared."""
        table = self.table
        products = (table.numerator**2, table.numerator * table.base, table.squared)
        first, second, third = (self._total(values) for values in products)
        return first, second, third


@dataclass(frozen=True)
class Cells:
    """Every combination of groups of some columns; arrays have an entry for each."""

    shape: tuple[int, ...]
    number: IntArray
    """Each slice's combination of codes in mixed radix: all that can be, or where those are too many all that occur."""
    stated: BoolArray
    table: PairTable
    of_row: IntArray
    """Slice of each row of `table`."""
    pools: Pools
    pool: IntArray
    """Pool of each slice."""
    own_in_pool: IntArray | None
    """Row of the pool's table for each row of `table`; None where nobody is both in a slice and beside it."""
    rate: float
    floor: float
    """Variance of a log rate, times the errors, if every word were independent."""

    @staticmethod
    def of(
        tables: ScanTables,
        table: PairTable,
        columns: tuple[int, ...],
        known: dict[tuple[int, ...], Pools],
    ) -> Cells:
        """The slices by `columns`, of which those of `table` vary within speakers; `known` keeps the pools."""
        rows = tables.rows
        sizes = [tables.size(column) for column in columns]
        number, of_row = _cells(_number(tables, table, columns), math.prod(sizes))
        grid = np.unravel_index(number, sizes)
        stated = np.all([code < size - 1 for code, size in zip(grid, sizes, strict=True)], axis=0)
        people = [rows.columns[column].role == "speaker" for column in columns]
        mixed = any(people) and not all(people)
        shared = [i for i, is_person in enumerate(people) if mixed and not is_person]
        shared_columns = tuple(columns[i] for i in shared)
        beside = tuple(column for column in table.columns if column in shared_columns)
        if shared_columns not in known:
            own_table = table if beside == table.columns else tables.table(beside)
            known[shared_columns] = Pools.of(tables, own_table, shared_columns)
        pools = known[shared_columns]
        own = None
        if beside != table.columns:
            own = pools.table.rows_of(table.speaker, _number(tables, table, beside))
        return Cells(
            tuple(sizes),
            number,
            stated,
            table,
            of_row,
            pools,
            mixed_radix([grid[i] for i in shared], [sizes[i] for i in shared], len(stated)),
            own,
            rows.base_rate,
            max(0.0, 1.0 - rows.overall_rate),
        )

    def _total(self, values: FloatArray) -> FloatArray:
        return np.bincount(self.of_row, values, len(self.stated)).astype(np.float64, copy=False)

    @cached_property
    def errors(self) -> FloatArray:
        return self._total(self.table.numerator)

    @cached_property
    def base(self) -> FloatArray:
        return self._total(self.table.base)

    @cached_property
    def errors_beside(self) -> FloatArray:
        return self.pools.errors[self.pool] - self.errors

    @cached_property
    def base_beside(self) -> FloatArray:
        return self.pools.base[self.pool] - self.base

    @cached_property
    def packed(self) -> FloatArray:
        return self._total(self.table.packed)

    @cached_property
    def utterances(self) -> FloatArray:
        return np.floor(self.packed / PACK)

    @cached_property
    def speakers(self) -> FloatArray:
        return self.packed - self.utterances * PACK

    @cached_property
    def squares(self) -> FloatArray:
        return self._total(self.table.squared)

    @cached_property
    def speakers_beside(self) -> FloatArray:
        only_beside = self.pools.speakers[self.pool] - self.speakers
        if self.own_in_pool is None:
            return only_beside
        f, m = self.of_own_beside(slice(None))
        return only_beside + self._total(((f > 0) | (m > 0)).astype(np.float64) * self.table.present)

    @cached_property
    def squares_beside(self) -> FloatArray:
        whole = self.pools.squares[2][self.pool]
        if self.own_in_pool is None:
            return whole - self.squares
        both = self.pools.table.base[self.own_in_pool] * self.table.base
        return whole - 2 * self._total(both) + self.squares

    def of_own_beside(self, rows: slice | IntArray) -> tuple[FloatArray, FloatArray]:
        """Errors and base that the speaker of each row has in the comparator."""
        table, own = self.table, self.own_in_pool
        if own is None:
            nothing = np.zeros(len(table.speaker[rows]))
            return nothing, nothing
        errors, base = self.pools.table.numerator[own[rows]], self.pools.table.base[own[rows]]
        f, m = errors - table.numerator[rows], base - table.base[rows]
        # What a model expects is no whole number, so that equal sums may differ in the last digit.
        return np.where(f > _ROUNDING * errors, f, 0.0), np.where(m > _ROUNDING * base, m, 0.0)

    def enough(self, limits: SearchLimits) -> BoolArray:
        """Which slices have enough data on both sides."""
        base, beside = self.base, self.base_beside
        enough = self.stated & (self.speakers >= limits.min_speakers)
        enough &= self.utterances >= limits.min_utterances
        enough &= base * self.rate >= limits.min_expected_errors
        enough &= base**2 >= limits.min_effective_speakers * self.squares
        enough &= beside * self.rate >= limits.min_expected_errors
        if not enough.any():
            return enough
        enough &= self.speakers_beside >= limits.min_speakers
        enough &= beside**2 >= limits.min_effective_speakers * self.squares_beside
        return enough

    @cached_property
    def log_ratio(self) -> FloatArray:
        with np.errstate(all="ignore"):
            return np.log(self.errors / self.base) - np.log(self.errors_beside / self.base_beside)

    @property
    def row_level_z(self) -> FloatArray:
        """How far the log ratio lies above 0 if every word were independent; an upper bound of t by speaker."""
        with np.errstate(all="ignore"):
            return np.nan_to_num(
                self.log_ratio / np.sqrt(self.floor / self.errors), posinf=np.inf, neginf=-np.inf
            )

    @property
    def ratio(self) -> FloatArray:
        """Rate over the comparator's; infinite where that made no errors."""
        return np.exp(self.log_ratio)

    @property
    def excess(self) -> FloatArray:
        """Errors above the comparator's rate."""
        with np.errstate(all="ignore"):
            return self.errors - self.base * self.errors_beside / self.base_beside


def _cells(number: IntArray, n_cells: int) -> tuple[IntArray, IntArray]:
    """The combinations to hold an entry for, and the entry of each row."""
    if n_cells <= MOST_CELLS:
        return np.arange(n_cells), number
    found, position = np.unique(number, return_inverse=True)
    return found, position.reshape(-1).astype(np.int64)


def _number(tables: ScanTables, table: PairTable, columns: tuple[int, ...]) -> IntArray:
    """One number for each row of a table for its groups of some columns."""
    codes = []
    for column in columns:
        if column in tables.by_speaker:
            codes.append(tables.by_speaker[column][table.speaker])
        else:
            codes.append(table.codes[column])
    return mixed_radix(codes, [tables.size(column) for column in columns], len(table.speaker))
