"""A subgroup as rows of conditions, and rows as a subgroup.

Owns the form in which the builder of the Subgroup page holds a selection: rows that are
all met, or any of them, each "is" or "is not". A selection that nests deeper has no rows;
it is changed as a typed expression. Knows no page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.attributes import Attribute
from analysis.expression_order import REFERENCE
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
    SelectionError,
)
from analysis.selection_form import tidy


@dataclass(frozen=True)
class Range:
    """The ends of a row about a number, as typed."""

    low: float | None = None
    high: float | None = None
    low_included: bool = True
    high_included: bool = False


@dataclass(frozen=True)
class Text:
    """What a row asks of the reference, as typed."""

    typed: str = ""
    is_pattern: bool = False
    """Whether it is a pattern, and not words."""


@dataclass(frozen=True)
class Row:
    """One condition as it stands in the builder; perhaps not complete yet."""

    attribute: str
    is_not: bool = False
    values: tuple[str, ...] = ()
    or_not_stated: bool = False
    span: Range | None = None
    """None where groups are chosen; else a range of numbers, and then no groups."""
    text: Text | None = None
    """None for a row about an attribute; else about the reference, and `attribute` is REFERENCE."""

    @property
    def condition(self) -> Selection | None:
        """What the row says; None while nothing is chosen. Raises `SelectionError` for an empty range."""
        inner = self._inner()
        return Not(inner) if self.is_not and inner is not None else inner

    def _inner(self) -> Selection | None:
        if self.text is not None:
            if not self.text.typed.strip():
                return None
            return (ReferenceMatches if self.text.is_pattern else ReferenceContains)(self.text.typed)
        if self.span is None:
            if not self.values:
                return NotStated(self.attribute) if self.or_not_stated else None
            return OneOf(self.attribute, self.values, self.or_not_stated)
        span = self.span
        if span.low is None and span.high is None:
            return None
        return Between(self.attribute, span.low, span.high, span.low_included, span.high_included)


@dataclass(frozen=True)
class Rows:
    """All rows of the builder."""

    rows: tuple[Row, ...] = ()
    any_of: bool = False
    """Whether one row is enough; else all are met."""


def selection_of(rows: Rows) -> Selection:
    """The subgroup the complete rows describe; without any it is everything.

    Raises `SelectionError` for a range that holds no number.
    """
    parts = tuple(condition for row in rows.rows if (condition := row.condition) is not None)
    if not parts:
        return EVERYTHING
    return tidy(AnyOf(parts) if rows.any_of else AllOf(parts))


def rows_of(selection: Selection) -> Rows | None:
    """The rows that describe a selection; None where it nests deeper than rows can."""
    plain = tidy(selection)
    if isinstance(plain, Everything):
        return Rows()
    parts = plain.parts if isinstance(plain, AllOf | AnyOf) else (plain,)
    rows = [_row(part) for part in parts]
    if any(row is None for row in rows):
        return None
    return Rows(tuple(row for row in rows if row is not None), isinstance(plain, AnyOf))


def _row(part: Selection) -> Row | None:
    is_not = isinstance(part, Not)
    match part.part if isinstance(part, Not) else part:
        case OneOf(attribute, values, or_not_stated):
            return Row(attribute, is_not, values, or_not_stated)
        case NotStated(attribute):
            return Row(attribute, is_not, (), or_not_stated=True)
        case ReferenceContains(words):
            return Row(REFERENCE, is_not, text=Text(words))
        case ReferenceMatches(pattern):
            return Row(REFERENCE, is_not, text=Text(pattern, is_pattern=True))
        case Between(attribute, low, high, low_included, high_included):
            return Row(attribute, is_not, span=Range(low, high, low_included, high_included))
    return None


def empty_rows(attributes: Sequence[Attribute], *, texts: bool = False) -> list[Row]:
    """What can be added: each attribute, and each number as a range too; with `texts` the reference."""
    rows = []
    for attribute in attributes:
        if attribute.kind == "number":
            rows.append(Row(attribute.name, span=Range()))
        rows.append(Row(attribute.name))
    return [*rows, Row(REFERENCE, text=Text())] if texts else rows


def fault_of(row: Row) -> str | None:
    """Why a row cannot be used, as a sentence; None where it can, or is not complete yet."""
    try:
        _ = row.condition
    except SelectionError as problem:
        return str(problem)
    return None
