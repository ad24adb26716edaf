"""Sums by group and speaker: the form in which every query over scores answers.

Owns the adding up of recordings, whole numbers only, so that nothing depends on the order
the database answered in. It sends no query and computes no rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.speaker_counts import BoolArray, IntArray

_SORTED_FAST = 2**15
"""Numbers below this fit in 16 bits, which numpy sorts by counting."""
_LARGEST_NUMBER = 2**62


@dataclass(frozen=True)
class PairCounts:
    """Sums by group and speaker: one row a pair, sorted by group, then speaker."""

    codes: IntArray
    """The groups that were recorded, one row each, one column per attribute; -1 is not stated."""
    group: IntArray
    """Row of `codes` for each pair."""
    speaker: IntArray
    columns: Mapping[str, IntArray]
    """Each of `metrics.COUNTS` and those the metric is made of, one entry per pair."""

    def totals(self) -> dict[str, IntArray]:
        """The same counts summed over speakers, one entry per group."""
        starts = np.flatnonzero(changes(self.group))
        return {name: _added(values, starts) for name, values in self.columns.items()}

    def rolled_up(self, columns: Sequence[int], n_levels: Sequence[int]) -> PairCounts:
        """Sums by a coarser group and speaker: of some columns of the codes, with so many levels each."""
        codes = [self.codes[self.group, column] for column in columns]
        return arrange_pairs(codes, self.speaker, self.columns, n_levels)


def arrange_pairs(
    codes: Sequence[Any], speaker: Any, columns: Mapping[str, Any], n_levels: Sequence[int]
) -> PairCounts:
    """Add up rows that share a group and a speaker, sort by both, and number the groups that occur.

    Arrays of whole numbers of any width, one entry per row: codes by attribute (-1 is not stated, put last)
    and counts by name.
    """
    number = numbered(codes, n_levels, len(speaker))
    order = np.argsort(speaker, kind="stable")
    order = order[np.argsort(number[order], kind="stable")]
    number, speaker = number[order], np.asarray(speaker)[order]
    new_group = changes(number)
    starts = np.flatnonzero(new_group | changes(speaker))
    first = order[np.flatnonzero(new_group)]
    table = [np.asarray(code)[first].astype(np.int64) for code in codes]
    return PairCounts(
        np.stack(table, axis=1) if table else np.zeros((len(first), 0), np.int64),
        (np.cumsum(new_group) - 1)[starts],
        speaker[starts].astype(np.int64),
        {name: _added(np.asarray(values)[order], starts) for name, values in columns.items()},
    )


def changes(values: Any) -> BoolArray:
    """Whether each value differs from the one before it; True for the first."""
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def numbered(codes: Sequence[Any], n_levels: Sequence[int], n_rows: int) -> IntArray:
    """One number per row for its combination of codes, in their order."""
    number, size = np.zeros(n_rows, np.int64), 1
    for code, levels in zip(codes, n_levels, strict=True):
        if size * (levels + 1) > _LARGEST_NUMBER:
            known, number = np.unique(number, return_inverse=True)
            size = len(known)
        number = number * (levels + 1) + np.where(code < 0, levels, code)
        size *= levels + 1
    return number.astype(np.int16) if size <= _SORTED_FAST else number


def _added(values: Any, starts: IntArray) -> IntArray:
    """Sums of runs of values, each from one start to the next."""
    if not len(starts):
        return np.zeros(0, np.int64)
    return np.add.reduceat(values, starts, dtype=np.int64)
