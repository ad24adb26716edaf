"""The group of a recording as a number, in SQL: the one place that says how a stored column becomes a code."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.selection_sql import quoted


def code_sql(column: str, table: str = "") -> str:
    """The code of the group that a column names; -1 is not stated. table: its alias with a dot."""
    return f"COALESCE(CAST(enum_code({table}{quoted(column)}) AS SMALLINT), -1)"


def codes_sql(columns: Sequence[str], table: str = "") -> str:
    """The same of several columns as `code_0`, `code_1`, …, each with a comma behind it."""
    return "".join(f"{code_sql(column, table)} AS code_{place}, " for place, column in enumerate(columns))


def names_sql(columns: Sequence[str]) -> str:
    """The columns themselves, each with a comma before it."""
    return "".join(f", {quoted(column)}" for column in columns)
