"""A selection as a condition in SQL.

Owns the one translation that decides which recordings belong to a subgroup.
Values are bound parameters and never part of the text; names of columns are
quoted. It does not know which columns exist (`selection_check.py` does) and it
writes no SELECT (`data/queries.py` does).
"""

from __future__ import annotations

from analysis.selection import (
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

Params = tuple[str | float, ...]
REFERENCE = '"reference"'
"""The column of references as written; no attribute can be called so (`data/build.py`)."""


def to_sql(selection: Selection) -> tuple[str, Params]:
    """A condition for WHERE and its parameters, in order.

    The condition may be NULL for a recording outside the subgroup, as WHERE
    accepts. Write the complement with `complement_sql`, never with NOT.
    """
    match selection:
        case Everything():
            return "TRUE", ()
        case OneOf(attribute, values, or_not_stated):
            return _one_of_sql(quoted(attribute), values, or_not_stated)
        case Between():
            return _between_sql(selection)
        case NotStated(attribute):
            return f"{quoted(attribute)} IS NULL", ()
        case ReferenceContains():
            return f"regexp_matches(nfc_normalize({REFERENCE}), ?)", (selection.pattern,)
        case ReferenceMatches(pattern):
            return f"regexp_matches({REFERENCE}, ?)", (pattern,)
        case Not(part):
            return complement_sql(part)
        case AllOf(parts):
            return _joined(" AND ", parts)
        case AnyOf(parts):
            return _joined(" OR ", parts)


def complement_sql(selection: Selection) -> tuple[str, Params]:
    """Every other recording, those that are not stated included."""
    sql, params = to_sql(selection)
    return f"({sql}) IS NOT TRUE", params


def quoted(name: str) -> str:
    """A name as DuckDB and the SQL standard quote it."""
    return '"' + name.replace('"', '""') + '"'


def number_column(attribute: str) -> str:
    """The column of raw numbers beside the column of a number's bins (`data/schema.sql`)."""
    return f"{attribute} (number)"


def _one_of_sql(column: str, values: tuple[str, ...], or_not_stated: bool) -> tuple[str, Params]:
    missing = f"{column} IS NULL"
    if not values:
        return missing, ()
    among = f"{column} IN ({', '.join('?' * len(values))})"
    return (f"({among} OR {missing})" if or_not_stated else among), values


def _between_sql(span: Between) -> tuple[str, Params]:
    column = quoted(number_column(span.attribute))
    ends = ((span.low, ">=" if span.low_included else ">"), (span.high, "<=" if span.high_included else "<"))
    present = [(bound, comparison) for bound, comparison in ends if bound is not None]
    sql = " AND ".join(f"{column} {comparison} ?" for _, comparison in present)
    return (f"({sql})" if len(present) > 1 else sql), tuple(bound for bound, _ in present)


def _joined(word: str, parts: tuple[Selection, ...]) -> tuple[str, Params]:
    pairs = [to_sql(part) for part in parts]
    return f"({word.join(sql for sql, _ in pairs)})", tuple(value for _, params in pairs for value in params)
