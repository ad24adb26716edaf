"""Several labels per recording: every group a recording belongs to, and nobody counted twice on one side.

Owns the step from stored sets of labels to groups, for counts and for selections. A
recording counts in each of its groups; the pool a group is compared within holds every
recording once, so the complement of a group is the recordings whose set lacks its label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.attributes import Attribute
from analysis.selection import AllOf, AnyOf, Everything, Not, NotStated, OneOf, Selection
from analysis.speaker_counts import IntArray, SpeakerCounts


def shared_members(attributes: Sequence[Attribute]) -> tuple[str, ...]:
    """The attributes of a grouping in which one recording may belong to several groups."""
    return tuple(attribute.name for attribute in attributes if attribute.multi)


@dataclass(frozen=True)
class Memberships:
    """Which groups each stored cell counts in; a cell is a combination of stored values, such as a set of labels."""

    codes: IntArray
    """The groups, one row each and one column per attribute; -1 is not stated. In order, not stated last."""
    cell: IntArray
    """Row of the stored codes, one entry per membership, rising."""
    group: IntArray
    """Row of `codes` for each membership."""
    n_cells: int
    same: bool = False
    """Whether every cell is a group of its own, as where no attribute holds sets."""

    def totals(self, of_cells: Mapping[str, IntArray]) -> Mapping[str, IntArray]:
        """Sums by cell as sums by group."""
        if self.same:
            return of_cells
        return {
            name: np.bincount(self.group, values[self.cell], len(self.codes)).astype(np.int64)
            for name, values in of_cells.items()
        }

    def counts(self, of_cells: SpeakerCounts) -> SpeakerCounts:
        """Counts by cell and speaker as counts by group and speaker."""
        if self.same:
            return of_cells
        row, group = self.of_rows(of_cells.group)
        return _taken(of_cells, row, group, len(self.codes))

    def pools(self, of_cells: SpeakerCounts, pool_of_group: IntArray, n_pools: int) -> SpeakerCounts:
        """Counts by pool and speaker: each cell once in every pool that some group of it is compared within."""
        if self.same:
            return of_cells.merged(pool_of_group, n_pools)
        row, pool = self.pools_of_rows(of_cells.group, pool_of_group, n_pools)
        return _taken(of_cells, row, pool, n_pools)

    def of_rows(self, cell_of_row: IntArray) -> tuple[IntArray, IntArray]:
        """For rows that lie in cells: each row once for every group it counts in, and that group."""
        row, place = _repeated(self.cell, cell_of_row, self.n_cells)
        return row, self.group[place]

    def pools_of_rows(
        self, cell_of_row: IntArray, pool_of_group: IntArray, n_pools: int
    ) -> tuple[IntArray, IntArray]:
        """For rows that lie in cells: each row once for every pool it lies in, and that pool."""
        key = np.unique(self.cell * n_pools + pool_of_group[self.group])
        row, place = _repeated(key // n_pools, cell_of_row, self.n_cells)
        return row, (key % n_pools)[place]


def memberships(attributes: Sequence[Attribute], codes: IntArray) -> Memberships:
    """The groups of stored cells; `codes` has a row per cell and, for an attribute of sets, positions of its sets."""
    cell = np.arange(len(codes))
    if not shared_members(attributes):
        return Memberships(codes, cell, cell, len(codes), same=True)
    unfolded = codes.copy()
    for column, attribute in enumerate(attributes):
        if attribute.multi:
            row, labels = _labels(attribute, unfolded[:, column])
            cell, unfolded = cell[row], unfolded[row]
            unfolded[:, column] = labels
    number = np.zeros(len(unfolded), np.int64)
    for column, attribute in enumerate(attributes):
        code, size = unfolded[:, column], len(attribute.levels)
        number = number * (size + 1) + np.where(code < 0, size, code)
    _, first, group = np.unique(number, return_index=True, return_inverse=True)
    return Memberships(unfolded[first], cell, group.reshape(-1).astype(np.int64), len(codes))


def stored_selection(selection: Selection, attributes: Sequence[Attribute]) -> Selection:
    """The same recordings by stored values: a group of an attribute of sets becomes the sets that hold its label."""
    several = {attribute.name: attribute for attribute in attributes if attribute.multi}
    return _stored(selection, several) if several else selection


def _stored(selection: Selection, several: Mapping[str, Attribute]) -> Selection:
    match selection:
        case OneOf(name, values, or_not_stated) if name in several:
            return _sets_with(several[name], values, or_not_stated)
        case NotStated(name) if name in several:
            return NotStated(several[name].column)
        case Not(part):
            return Not(_stored(part, several))
        case AllOf(parts):
            return AllOf(tuple(_stored(part, several) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_stored(part, several) for part in parts))
        case _:
            return selection


def _sets_with(attribute: Attribute, labels: tuple[str, ...], or_not_stated: bool) -> Selection:
    wanted = {code for code, label in enumerate(attribute.levels) if label in labels}
    sets = tuple(
        name
        for name, codes in zip(attribute.stored_levels, attribute.label_sets, strict=True)
        if wanted.intersection(codes)
    )
    if sets:
        return OneOf(attribute.column, sets, or_not_stated)
    return NotStated(attribute.column) if or_not_stated else Not(Everything())


def _labels(attribute: Attribute, sets: IntArray) -> tuple[IntArray, IntArray]:
    """Each row once per label of its set, and that label; a row that is not stated once, with -1."""
    of_set = np.repeat(np.arange(len(attribute.label_sets)), [len(codes) for codes in attribute.label_sets])
    flat = np.array([code for codes in attribute.label_sets for code in codes], np.int64)
    # "Not stated" is one more set, whose only label is -1.
    of_set, flat = np.append(of_set, len(attribute.label_sets)), np.append(flat, -1)
    known = np.where(sets < 0, len(attribute.label_sets), sets)
    row, place = _repeated(of_set, known, len(attribute.label_sets) + 1)
    return row, flat[place]


def _repeated(keys: IntArray, wanted: IntArray, n_keys: int) -> tuple[IntArray, IntArray]:
    """Join on a number: for each entry of `wanted`, every place where the rising `keys` hold it."""
    times = np.bincount(keys, minlength=n_keys)
    first = np.cumsum(times) - times
    many = times[wanted]
    row = np.repeat(np.arange(len(wanted)), many)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    return row, first[wanted[row]] + offset


def _taken(counts: SpeakerCounts, row: IntArray, group: IntArray, n_groups: int) -> SpeakerCounts:
    numerator, denominator, *further = (values[row] for values in counts.sums)
    return SpeakerCounts.of(
        group, counts.speaker[row], numerator, denominator, n_groups, tuple(further), counts.rate_of
    )
