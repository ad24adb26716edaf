"""What a filter does to a grouping: which rows it hides, and which recordings are another selection.

Owns the rule. A condition that says nothing but which groups of the grouping's own attributes to show hides
rows: comparator, family and verdict of the rows that stay are those of the whole grouping, declared or not.
Any other condition restricts the recordings that groups are judged over. It works out no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.intervals import METHODS, GroupStatistics
from analysis.judgement import UNDECIDED, Judgement
from analysis.rates import NOBODY, UNDEFINED_WHEN_EMPTY, RateTable
from analysis.roles import NOT_STATED_CODE
from analysis.selection import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Between,
    Everything,
    Not,
    NotStated,
    OneOf,
    ReferenceContains,
    ReferenceMatches,
    Selection,
)
from analysis.selection_words import attributes_named
from analysis.speaker_counts import BoolArray, FloatArray, IntArray
from analysis.two_systems import SpeakerChanges, SystemComparison
from analysis.verdict_reasons import EMPTY, NOBODY_SELECTED, NOT_SELECTED

_Statistics = TypeVar("_Statistics", GroupStatistics, ContrastStatistics)


@dataclass(frozen=True)
class Filtered:
    """A filter taken apart for one grouping."""

    kept: BoolArray | None
    """Rows of the full product that it shows; None where it hides none."""
    within: Selection
    """What else it asks of recordings: the groups are judged over these. EVERYTHING where it only hides rows."""


def filtered(where: Selection, attributes: Sequence[Attribute], codes: IntArray) -> Filtered:
    """Take a filter apart. codes: the full product of the groups, one column per attribute."""
    parts = _conjuncts(where)
    rows = [_rows_of(part, parts, attributes, codes) for part in parts]
    chosen = [one for one in rows if one is not None]
    other = tuple(part for part, one in zip(parts, rows, strict=True) if one is None)
    within = AllOf(other) if len(other) > 1 else other[0] if other else EVERYTHING
    return Filtered(np.asarray(np.logical_and.reduce(chosen), bool) if chosen else None, within)


def _conjuncts(where: Selection) -> tuple[Selection, ...]:
    """The conditions that all have to hold, as far as a selection can be taken apart into such."""
    match where:
        case Everything():
            return ()
        case AllOf(parts):
            return tuple(one for part in parts for one in _conjuncts(part))
        case Not(Not(part)):
            return _conjuncts(part)
        case Not(AnyOf(parts)):
            return tuple(one for part in parts for one in _conjuncts(Not(part)))
    return (where,)


def _rows_of(
    part: Selection, parts: Sequence[Selection], attributes: Sequence[Attribute], codes: IntArray
) -> BoolArray | None:
    """Groups that one of the conditions shows; None where it is about more than the groups.

    Where recordings may have several labels, a single condition names the groups to show; a second one on the same
    attribute, or "not", is about which labels go together, which no row stands for.
    """
    if isinstance(part, OneOf | NotStated):
        named = sum(part.attribute in attributes_named(other) for other in parts)
        attributes = [
            replace(one, label_sets=()) if one.name == part.attribute and named == 1 else one
            for one in attributes
        ]
    return rows_chosen(part, attributes, codes)


def rows_chosen(where: Selection, attributes: Sequence[Attribute], codes: IntArray) -> BoolArray | None:
    """Which groups a selection holds; None where it does more than choose among these groups.

    Where recordings may have several labels, choosing recordings is not choosing groups, so that is None too; `filtered`
    reads a condition that names groups to show, and hands the attribute over without its sets of labels.
    """
    match where:
        case Everything():
            return np.ones(len(codes), bool)
        case ReferenceContains() | ReferenceMatches():
            return None
        case OneOf(name) | NotStated(name) | Between(name):
            column = next((i for i, a in enumerate(attributes) if a.name == name and not a.multi), None)
            return None if column is None else _groups_chosen(where, attributes[column], codes[:, column])
        case Not(part):
            inner = rows_chosen(part, attributes, codes)
            return None if inner is None else ~inner
        case AllOf(parts) | AnyOf(parts):
            found = [rows_chosen(part, attributes, codes) for part in parts]
            known = [rows for rows in found if rows is not None]
            if len(known) < len(found):
                return None
            combine = np.logical_and if isinstance(where, AllOf) else np.logical_or
            return np.asarray(combine.reduce(known), bool)


def _groups_chosen(
    where: OneOf | NotStated | Between, attribute: Attribute, codes: IntArray
) -> BoolArray | None:
    """Which codes of one attribute a condition on it holds; None where a range cuts through a group."""
    missing: BoolArray = np.asarray(codes == NOT_STATED_CODE, bool)
    match where:
        case NotStated():
            return missing
        case OneOf(_, values, or_not_stated):
            wanted = [attribute.levels.index(value) for value in values if value in attribute.levels]
            chosen = np.isin(codes, wanted)
            return chosen | missing if or_not_stated else chosen
        case Between():
            held = (
                _bins_in_range(where, attribute)
                if attribute.bin_edges
                else _numbers_in_range(where, attribute)
            )
            # The code of "not stated" is the last entry, which no range holds.
            return None if held is None else np.append(held, False)[codes]


def _bins_in_range(where: Between, attribute: Attribute) -> BoolArray | None:
    """Bins by code; None where the range does not end at their edges. A bin holds its lower edge and not its upper."""
    edges, low, high = attribute.bin_edges, where.low, where.high
    if low is not None and not (low in edges and where.low_included):
        return None
    if high is not None and (high not in edges or where.high_included):
        return None
    code = np.arange(len(attribute.levels))
    first = 0 if low is None else edges.index(low) + 1
    end = len(code) if high is None else edges.index(high) + 1
    return np.asarray((code >= first) & (code < end), bool)


def _numbers_in_range(where: Between, attribute: Attribute) -> BoolArray | None:
    """Groups of one number each, by code; None where the groups are no numbers."""
    try:
        numbers = np.array([float(level) for level in attribute.levels])
    except ValueError:
        return None
    low = -np.inf if where.low is None else where.low
    high = np.inf if where.high is None else where.high
    above = numbers >= low if where.low_included else numbers > low
    below = numbers <= high if where.high_included or where.high is None else numbers < high
    return np.asarray(above & below, bool)


def with_rows_hidden(table: RateTable, kept: BoolArray) -> RateTable:
    """The same table with the other rows emptied; what the rows that stay say does not change.

    The full product stays, since pictures place rows by their codes.
    """
    return replace(
        table,
        totals={name: np.where(kept, values, 0) for name, values in table.totals.items()},
        statistics=_emptied(table.statistics, kept),
        contrast=_emptied(table.contrast, kept),
        intervals=replace(
            table.intervals,
            low=_undefined_outside(table.intervals.low, kept),
            high=_undefined_outside(table.intervals.high, kept),
            method=np.where(kept, table.intervals.method, METHODS.index("none")),
        ),
        status=np.where(kept, table.status, NOBODY),
        status_reason=np.where(kept, table.status_reason, NOT_SELECTED),
        mix=table.mix.without(~kept) if table.mix else None,
        judgement=_unjudged(table.judgement, kept),
        shrunken=_undefined_outside(table.shrunken, kept),
    )


def with_groups_hidden(compared: SystemComparison, kept: BoolArray) -> SystemComparison:
    """The same comparison of two systems with the other groups emptied, as `with_rows_hidden` does."""
    speakers = {
        name: np.where(kept, values, np.nan if values.dtype.kind == "f" else 0)
        for name, values in vars(compared.speakers).items()
    }
    return SystemComparison(
        _emptied(compared.statistics_a, kept),
        _emptied(compared.statistics_b, kept),
        _unjudged(compared.judgement, kept),
        _undefined_outside(compared.flip_p, kept),
        SpeakerChanges(**speakers),
    )


def among_selected(table: RateTable) -> RateTable:
    """The same table, saying of empty rows that nobody is selected: whether anybody was recorded is not known here."""
    judged = table.judgement
    return replace(
        table,
        status_reason=_nobody_selected(table.status_reason),
        judgement=replace(judged, reason=_nobody_selected(judged.reason)),
    )


def _nobody_selected(reason: IntArray) -> IntArray:
    return np.where(reason == EMPTY, NOBODY_SELECTED, reason)


def _unjudged(judged: Judgement, kept: BoolArray) -> Judgement:
    undefined: dict[str, Any] = {
        name: _undefined_outside(values, kept)
        for name, values in vars(judged).items()
        if isinstance(values, np.ndarray) and values.dtype.kind == "f"
    }
    return replace(
        judged,
        **undefined,
        verdict=np.where(kept, judged.verdict, UNDECIDED),
        reason=np.where(kept, judged.reason, NOT_SELECTED),
    )


def _undefined_outside(values: FloatArray, kept: BoolArray) -> FloatArray:
    return np.where(kept, values, np.nan)


def _emptied(statistics: _Statistics, kept: BoolArray) -> _Statistics:
    return replace(
        statistics,
        **{
            name: np.where(kept, values, np.nan if name in UNDEFINED_WHEN_EMPTY else 0).astype(values.dtype)
            for name, values in vars(statistics).items()
        },
    )
