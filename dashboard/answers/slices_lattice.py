"""Where a slice stands among wider and narrower ones: what is left when a condition goes, and what one more adds.

Gives the rate of a slice, of every slice with some of its conditions, and of every slice with one
condition more. These describe all speakers of the selection; nothing here is a discovery.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.selection import Selection
from analysis.slices_estimates import SliceEstimate, slice_estimate
from analysis.slices_rows import Items, SliceRows
from dashboard.answers.choices import QuestionError
from dashboard.answers.slices_rows import SlicesQuestion, check_question, conditions, selection_of, slice_rows
from data.store import Build


@dataclass(frozen=True)
class LatticeSlice:
    """One slice against its comparator, as it is."""

    where: tuple[tuple[str, str], ...]
    """Conditions as (attribute, group); none: everything selected."""
    selection: Selection
    estimate: SliceEstimate
    """Its ratio is NaN where there is nobody to compare with."""


@dataclass(frozen=True)
class Lattice:
    """A slice with its neighbours."""

    slice: LatticeSlice
    wider: tuple[LatticeSlice, ...]
    """With some of its conditions, from everything on."""
    narrower: tuple[LatticeSlice, ...]
    """With one condition more, in the evaluation's order; only those that were recorded."""


def slice_lattice(build: Build, question: SlicesQuestion, where: Sequence[tuple[str, str]]) -> Lattice:
    """The neighbours of a slice among the attributes of a question; raises `QuestionError` for unknown conditions."""
    check_question(build, question)
    rows = slice_rows(build, question)
    items = tuple(sorted(_item(rows, attribute, value) for attribute, value in where))
    wider = [part for size in range(len(items)) for part in itertools.combinations(items, size)]
    named = {attribute for attribute, _ in where}
    narrower = [
        tuple(sorted((*items, (column, level))))
        for column, one in enumerate(rows.columns)
        if one.attribute not in named
        for level in range(len(one.levels))
    ]
    recorded = [one for one in narrower if rows.inside(one).any()]
    return Lattice(
        _described(rows, items),
        tuple(_described(rows, one) for one in wider),
        tuple(_described(rows, one) for one in recorded),
    )


def _described(rows: SliceRows, items: Items) -> LatticeSlice:
    where = conditions(rows, items)
    return LatticeSlice(where, selection_of(where), slice_estimate(rows, items))


def _item(rows: SliceRows, attribute: str, value: str) -> tuple[int, int]:
    for column, one in enumerate(rows.columns):
        if one.attribute == attribute and value in one.levels:
            return column, one.levels.index(value)
    raise QuestionError(f"'{attribute}' is not searched, or has no group '{value}'.")
