"""Sums by speaker and combination of what varies within speakers: what a scan for slices reads.

A column that is constant for each speaker, such as an accent, needs no table of its own: it
is looked up by speaker. So there is one table for each combination of the other columns, with
a row for each (speaker, combination) that occurs, never groups × speakers.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.slices_rows import SearchLimits, SliceRows
from analysis.speaker_counts import FloatArray, IntArray

PACK = 2.0**26
"""Whole numbers below this, two to a float."""
_SPARE_CELLS = 8
"""Counting into a dense table is fastest up to about this many places a row."""
_SMALL_TABLE = 1_000_000
_IN_CACHE = 2**16


@dataclass(frozen=True)
class PairTable:
    """One row for each speaker and combination of groups of some columns, sorted by both."""

    columns: tuple[int, ...]
    shape: tuple[int, ...]
    """Levels of each column, and one more for what is not stated."""
    speaker: IntArray
    cell: IntArray
    """Combination of groups as one number, in mixed radix; not stated is a column's last code."""
    numerator: FloatArray
    base: FloatArray
    n_utterances: FloatArray
    present: FloatArray
    """1 where the speaker has words or errors there, else 0."""

    @property
    def n_cells(self) -> int:
        return math.prod(self.shape)

    @cached_property
    def codes(self) -> dict[int, IntArray]:
        """Each row's code in each of the columns."""
        places = zip(self.columns, np.unravel_index(self.cell, self.shape or (1,)), strict=False)
        return {column: np.asarray(code, np.int64) for column, code in places}

    @cached_property
    def key(self) -> IntArray:
        """Speaker and combination as one rising number."""
        return self.speaker * self.n_cells + self.cell

    @cached_property
    def packed(self) -> FloatArray:
        """Utterances and presence in one number, so that both are added up at once; exact below `PACK` of each."""
        return self.n_utterances * PACK + self.present

    @cached_property
    def squared(self) -> FloatArray:
        return self.base**2

    def rows_of(self, speaker: IntArray, cell: IntArray) -> IntArray:
        """Where a speaker's sums of a combination stand; each must be there."""
        if not self.columns:
            return speaker
        return np.searchsorted(self.key, speaker * self.n_cells + cell)


@dataclass(frozen=True)
class ScanTables:
    """All that a scan reads of some rows: codes by speaker, and the tables of what varies."""

    rows: SliceRows
    levels: tuple[IntArray, ...]
    """Of each column the levels that have enough data alone, in their order; codes are positions in here.

    A level without enough is no part of any slice that has enough, so it is counted as not stated.
    """
    by_speaker: dict[int, IntArray]
    """Code of each speaker in every column that is constant; not stated is the last code."""
    varying: dict[int, IntArray]
    """Code of each row in the other columns."""

    @staticmethod
    def of(rows: SliceRows, limits: SearchLimits) -> ScanTables:
        first = np.flatnonzero(np.diff(rows.speaker, prepend=-1))
        by_speaker: dict[int, IntArray] = {}
        varying: dict[int, IntArray] = {}
        levels = []
        for column, constant in enumerate(rows.constant):
            kept = _levels_with_enough(rows, column, limits)
            levels.append(kept)
            code = np.full(len(rows.columns[column].levels) + 1, len(kept))
            code[kept] = np.arange(len(kept))
            if len(kept) and constant:
                by_speaker[column] = code[rows.codes[column][first]]
            elif len(kept):
                varying[column] = code[rows.codes[column]]
        return ScanTables(rows, tuple(levels), by_speaker, varying)

    def size(self, column: int) -> int:
        """Codes of a column, not stated included."""
        return len(self.levels[column]) + 1

    def subsets(self, depth: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Every combination of columns of different attributes, as (varying, constant) columns.

        Those that share a table stand together.
        """
        found = []
        for order in range(depth + 1):
            for varying in itertools.combinations(sorted(self.varying), order):
                for further in range(depth - order + 1):
                    for constant in itertools.combinations(sorted(self.by_speaker), further):
                        if varying + constant and self._different(varying + constant):
                            found.append((varying, constant))
        return found

    def _different(self, columns: tuple[int, ...]) -> bool:
        attributes = {self.rows.columns[column].attribute for column in columns}
        return len(attributes) == len(columns)

    def table(self, columns: tuple[int, ...]) -> PairTable:
        """Sums by speaker and combination of some varying columns."""
        rows = self.rows
        shape = tuple(self.size(column) for column in columns)
        n_cells = math.prod(shape)
        key = rows.speaker
        for column, size in zip(columns, shape, strict=True):
            key = key * size + self.varying[column]
        weights = (rows.numerator, rows.base, rows.n_utterances)
        if rows.n_speakers * n_cells <= max(_SPARE_CELLS * len(key), _SMALL_TABLE):
            found, sums = _added_densely(rows.speaker, key, weights, n_cells, rows.n_speakers)
        else:
            order = np.argsort(key, kind="stable")
            starts = np.flatnonzero(np.diff(key[order], prepend=-1))
            found = key[order][starts]
            sums = [np.add.reduceat(values[order], starts) for values in weights]
        errors, base, utterances = sums
        present = ((errors > 0) | (base > 0)).astype(np.float64)
        return PairTable(columns, shape, found // n_cells, found % n_cells, errors, base, utterances, present)


def _added_densely(
    speaker: IntArray, key: IntArray, weights: tuple[FloatArray, ...], n_cells: int, n_speakers: int
) -> tuple[IntArray, list[FloatArray]]:
    """Rising distinct keys with their sums, some speakers at a time so that what is counted into stays in cache."""
    at_once = max(1, _IN_CACHE // n_cells)
    firsts = np.arange(0, max(1, n_speakers), at_once)
    ends = np.searchsorted(speaker, np.append(firsts, n_speakers))
    parts: list[list[FloatArray]] = [[] for _ in weights]
    keys = []
    for first, start, end in zip(firsts * n_cells, ends[:-1], ends[1:], strict=True):
        local = key[start:end] - first
        found = np.flatnonzero(np.bincount(local, minlength=1))
        keys.append(found + first)
        for part, values in zip(parts, weights, strict=True):
            part.append(np.bincount(local, values[start:end], 1)[found].astype(np.float64, copy=False))
    return np.concatenate(keys), [np.concatenate(part) for part in parts]


def mixed_radix(codes: list[IntArray], sizes: list[int], n: int) -> IntArray:
    """One number for each of n rows for its combination of codes, the first code most significant."""
    number = np.zeros(n, np.int64)
    for code, size in zip(codes, sizes, strict=True):
        number = number * size + code
    return number


def _levels_with_enough(rows: SliceRows, column: int, limits: SearchLimits) -> IntArray:
    """The levels that alone have the speakers, utterances and expected errors a slice needs."""
    n = len(rows.columns[column].levels)
    code = rows.codes[column].astype(np.int64)
    code[code < 0] = n
    present = (rows.numerator > 0) | (rows.base > 0)
    pairs = _distinct(rows.speaker[present] * (n + 1) + code[present], rows.n_speakers * (n + 1))
    with np.errstate(all="ignore"):
        enough = np.bincount(pairs % (n + 1), minlength=n)[:n] >= limits.min_speakers
        enough &= np.bincount(code, rows.n_utterances, n)[:n] >= limits.min_utterances
        enough &= np.bincount(code, rows.base, n)[:n] * rows.base_rate >= limits.min_expected_errors
    return np.flatnonzero(enough).astype(np.int64)


def _distinct(key: IntArray, places: int) -> IntArray:
    """The different keys, rising; all lie below `places`."""
    if places <= max(_SPARE_CELLS * len(key), _SMALL_TABLE):
        return np.flatnonzero(np.bincount(key, minlength=1))
    return np.unique(key)
