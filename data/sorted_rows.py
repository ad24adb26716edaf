"""Recordings sorted by speaker, added up by group and speaker without comparing them.

Owns the adding up of arrays that `queries_held.py` holds, with the results of `arrange_pairs`. It
sends no query and keeps nothing: a count is added up when somebody reads it, because most questions
read two of the ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from analysis.counting_sort import order_by
from analysis.speaker_counts import IntArray
from data.pair_counts import PairCounts, changes, numbered

_MOST_COUNTED = 2**22
"""Combinations of codes up to which those that occur are found by counting instead of sorting."""
_WHOLE_IN_FLOAT = 2**53


@dataclass(frozen=True, eq=False)
class SpeakerRows:
    """Recordings sorted by speaker: arrays of whole numbers of any width, one entry per recording."""

    codes: tuple[Any, ...]
    """By attribute; -1 is not stated."""
    n_levels: tuple[int, ...]
    speaker: Any
    columns: Mapping[str, Any]
    """Counts by name."""

    def pairs(self, attributes: Sequence[int] | None = None) -> PairCounts:
        """Sums by group and speaker: of the attributes in these places, of all by default."""
        places = range(len(self.codes)) if attributes is None else attributes
        codes = [self.codes[place] for place in places]
        group, n_groups = _groups(codes, [self.n_levels[place] for place in places], len(self.speaker))
        order = order_by(group, n_groups) if n_groups > 1 else None
        sorted_group, speaker = _taken(group, order), _taken(self.speaker, order)
        new_group = changes(sorted_group)
        starts = np.flatnonzero(new_group | changes(speaker))
        first = np.flatnonzero(new_group)
        rows = first if order is None else order[first]
        table = [code[rows].astype(np.int64) for code in codes]
        return RowPairs(
            np.stack(table, axis=1) if table else np.zeros((n_groups, 0), np.int64),
            sorted_group[starts].astype(np.int64),
            speaker[starts].astype(np.int64),
            _SumsByPair(self.columns, order, starts),
            # Places count from here on among these attributes.
            replace(self, codes=tuple(codes), n_levels=tuple(self.n_levels[place] for place in places)),
            group,
        )


@dataclass(frozen=True)
class RowPairs(PairCounts):
    """Pairs that know their recordings: what is coarser, or of whole groups, is added up from those."""

    rows: SpeakerRows
    group_of_row: Any

    def totals(self) -> dict[str, IntArray]:
        """As of any pairs."""
        return dict(self._totals)

    @cached_property
    def _totals(self) -> dict[str, IntArray]:
        group = self.group_of_row.astype(np.intp)
        return {name: self._by_group(name, group) for name in self.columns}

    @cached_property
    def _n_rows(self) -> IntArray:
        return np.bincount(self.group_of_row, minlength=len(self.codes))

    def _by_group(self, name: str, group: IntArray) -> IntArray:
        values = self.rows.columns[name]
        if values.strides == (0,) and len(values):
            return self._n_rows * int(values[0])
        if int(values.max(initial=0)) * len(values) < _WHOLE_IN_FLOAT:
            return np.bincount(group, values, len(self.codes)).astype(np.int64)
        return np.add.reduceat(self.columns[name], np.flatnonzero(changes(self.group)))

    def rolled_up(self, columns: Sequence[int], n_levels: Sequence[int]) -> PairCounts:  # noqa: ARG002 - the rows know
        """As of any pairs."""
        return self.rows.pairs(columns)


class _SumsByPair(Mapping[str, IntArray]):
    """Counts by group and speaker, each added up when it is first read."""

    def __init__(self, columns: Mapping[str, Any], order: IntArray | None, starts: IntArray) -> None:
        self._columns, self._order, self._starts = columns, order, starts
        self._added: dict[str, IntArray] = {}

    def __getitem__(self, name: str) -> IntArray:
        if name not in self._added:
            values = _taken(self._columns[name], self._order)
            none = np.zeros(0, np.int64)
            found = np.add.reduceat(values, self._starts, dtype=np.int64) if len(self._starts) else none
            self._added[name] = found
        return self._added[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def _groups(codes: Sequence[Any], n_levels: Sequence[int], n_rows: int) -> tuple[Any, int]:
    """The place of every row's combination among those that occur, and how many occur."""
    if not codes or not n_rows:
        return np.zeros(n_rows, np.int32), min(n_rows, 1)
    size = int(np.prod([levels + 1 for levels in n_levels], dtype=np.float64))
    if size > _MOST_COUNTED:
        known, group = np.unique(numbered(codes, n_levels, n_rows), return_inverse=True)
        return group.astype(np.int32), len(known)
    number = np.zeros(n_rows, np.int32)
    for code, levels in zip(codes, n_levels, strict=True):
        number *= levels + 1
        number += np.where(code < 0, np.int32(levels), code)
    occurs = np.bincount(number, minlength=size) > 0
    return (np.cumsum(occurs, dtype=np.int32) - np.int32(1))[number], int(occurs.sum())


def _taken(values: Any, order: IntArray | None) -> Any:
    return values if order is None else np.asarray(values).take(order)
