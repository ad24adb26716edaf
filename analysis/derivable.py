"""What follows from published sums: sets of groups whose sum can be worked out by adding and subtracting others.

Owns the check by linear algebra. It decides nothing about what to withhold (`suppression.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.counting_sort import distinct
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

AnyIntArray = npt.NDArray[np.integer[Any]]
"""Whole numbers of any width."""
_NEAR_ZERO = 1e-8
MOST_IN_THREES, MOST_IN_FOURS = 300, 40
"""Groups of few speakers of which any three, and any four, are looked at together."""


@dataclass(frozen=True)
class Table:
    """Recorded groups of one grouping, and who was recorded in each."""

    columns: tuple[int, ...]
    """Positions of its attributes among those of the finest grouping."""
    codes: IntArray
    """One row per recorded group, one column per attribute of this grouping."""
    n_speakers: IntArray
    speakers: IntArray
    """Who was recorded in each group, one group after the other."""

    @staticmethod
    def of(columns: tuple[int, ...], codes: AnyIntArray, speaker: AnyIntArray) -> Table:
        """From one row of codes and one speaker per recording, or per speaker in a finer group."""
        # Codes begin at -1, which is not stated.
        sizes = [int(codes[:, column].max(initial=-1)) + 2 for column in columns]
        width = int(speaker.max(initial=0)) + 1
        small = width * np.prod(sizes, dtype=np.float64) < 2**31
        number: Any = np.zeros(len(speaker), np.int32 if small else np.int64)
        for column, size in zip(columns, sizes, strict=True):
            number *= size
            number += codes[:, column]
            number += 1
        number *= width
        number += speaker
        pairs = distinct(number)
        recorded, n_speakers = np.unique(pairs // width, return_counts=True)
        own = [place - 1 for place in np.unravel_index(recorded, sizes)] if sizes else []
        known = np.stack(own, axis=1) if own else np.zeros((len(recorded), 0), np.int64)
        return Table(columns, known.astype(np.int64), n_speakers.astype(np.int64), pairs % width)

    def wide(self, width: int) -> IntArray:
        """The codes at their places among all attributes; -2 in every other column."""
        result = np.full((len(self.codes), width), -2, np.int64)
        result[:, self.columns] = self.codes
        return result

    def inside(self, coarser: Table) -> FloatArray:
        """Which groups lie in which of a coarser grouping: 1 or 0, one row per coarser group."""
        places = [self.columns.index(column) for column in coarser.columns]
        parts = self.codes[:, places]
        return np.asarray((coarser.codes[:, None, :] == parts[None, :, :]).all(axis=2), np.float64)

    def together(self, members: IntArray) -> int:
        """How many different speakers some groups have."""
        ends = np.cumsum(self.n_speakers)
        parts = [self.speakers[ends[i] - self.n_speakers[i] : ends[i]] for i in members.tolist()]
        return len(distinct(np.concatenate(parts)))


def derivable_sets(
    table: Table, hidden: BoolArray, known: Sequence[tuple[Table, BoolArray]], minimum: int
) -> list[IntArray]:
    """Sets of hidden groups with few speakers whose sum follows from what is published; empty where none is found.

    known: coarser groupings, each with which of its groups are published. Looked at are single groups, what is left
    of each published coarser group, coarser groups that are withheld, and two to four groups of few speakers.
    """
    unknown = np.flatnonzero(hidden)
    if not len(unknown):
        return []
    sums = [table.inside(coarser)[published][:, unknown] for coarser, published in known]
    withheld = [table.inside(coarser)[~published][:, unknown] for coarser, published in known]
    given = np.concatenate([*sums, np.zeros((1, len(unknown)))])
    targets = np.concatenate([np.eye(len(unknown)), given, *withheld])
    targets = np.unique(targets[targets.any(axis=1)], axis=0)
    basis = _row_space(given)
    left = targets - (targets @ basis.T) @ basis
    follows = np.flatnonzero(np.abs(left).max(axis=1) < _NEAR_ZERO)
    found = [unknown[targets[i] > 0] for i in follows.tolist()]
    found += [unknown[list(members)] for members in _small_sums(table, unknown, basis, minimum)]
    # Where one group alone has enough, nobody has to be counted.
    few = [members for members in found if table.n_speakers[members].max(initial=0) < minimum]
    return [members for members in few if table.together(members) < minimum]


def _row_space(rows: FloatArray) -> FloatArray:
    """Orthonormal rows that span the same space."""
    _, size, basis = np.linalg.svd(np.unique(rows, axis=0), full_matrices=False)
    return np.asarray(basis[size > _NEAR_ZERO * max(1.0, float(size.max(initial=0.0)))], np.float64)


def _small_sums(table: Table, unknown: IntArray, basis: FloatArray, minimum: int) -> list[tuple[int, ...]]:
    """Two, three or four groups of few speakers whose sum follows.

    Of all that the published sums leave open, one solution is drawn; what follows is 0 in every solution, and
    what does not is 0 in hardly any.
    """
    drawn = np.random.default_rng(0).standard_normal(len(unknown))
    free = drawn - basis.T @ (basis @ drawn)
    few = np.flatnonzero(table.n_speakers[unknown] < minimum)
    value = free[few]
    order = np.argsort(value)
    found: list[tuple[int, ...]] = [(int(few[a]), int(few[b])) for a, b in _opposites(value, order, -value)]
    if len(few) <= MOST_IN_THREES:
        for a in range(len(few)):
            rest = _opposites(value, order, -(value + value[a]))
            found += [tuple(int(few[one]) for one in (a, b, c)) for b, c in rest if a < b < c]
    if 4 <= len(few) <= MOST_IN_FOURS:
        first, second = np.triu_indices(len(few), 1)
        both = value[first] + value[second]
        for i, j in _opposites(both, np.argsort(both), -both):
            four = {int(few[k]) for k in (first[i], second[i], first[j], second[j])}
            found += [tuple(sorted(four))] if len(four) == 4 else []
    return found


def _opposites(value: FloatArray, order: IntArray, wanted: FloatArray) -> list[tuple[int, int]]:
    """Pairs (i, j) with i < j where value j is what i wants."""
    ranked = value[order]
    first = np.searchsorted(ranked, wanted - _NEAR_ZERO)
    last = np.searchsorted(ranked, wanted + _NEAR_ZERO)
    return [
        (i, int(j))
        for i in np.flatnonzero(last > first).tolist()
        for j in order[first[i] : last[i]].tolist()
        if i < j
    ]
