"""Which columns hold counts of errors, in a source that has no texts.

Owns the choice by name: words with errors, or words with substitutions, deletions and
insertions, for one system or, as `errors_A` and `errors_B`, for several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.column_names import COUNTED, LONE_SYSTEM, SYSTEM_PREFIXES, ColumnMapping, recognised_as

_KINDS = ("substitutions", "deletions", "insertions")


@dataclass(frozen=True)
class CountColumns:
    """Where the counts of one system stand."""

    words: str
    kinds: tuple[str, ...]
    """Columns of substitutions, deletions and insertions; empty when only errors are known."""
    errors: str | None
    """Column of errors; None when only their kinds are given."""

    def names(self) -> list[str]:
        """All columns, words first."""
        return [self.words, *self.kinds, *([self.errors] if self.errors else [])]


def holds_texts(columns: Sequence[str], mapping: ColumnMapping) -> bool:
    """Whether some column is one of references or hypotheses."""
    mapped = {*mapping.systems.values(), *(mapping.fields.get(name) for name in ("reference", "hypothesis"))}
    return any(
        column in mapped
        or recognised_as(column) in ("reference", "hypothesis")
        or column.casefold().startswith(SYSTEM_PREFIXES)
        for column in columns
    )


def count_columns(columns: Sequence[str], mapping: ColumnMapping) -> dict[str, CountColumns]:
    """The systems whose counts these columns hold, by name; empty for a source of texts."""
    if holds_texts(columns, mapping):
        return {}
    by_system: dict[str, dict[str, str]] = {}
    for column in columns:
        if (named := _counted(column, mapping)) is not None:
            field, system = named
            by_system.setdefault(system, {}).setdefault(field, column)
    shared = by_system.get(LONE_SYSTEM, {}).get("words")
    found = {}
    for system, fields in by_system.items():
        words = fields.get("words", shared)
        kinds = tuple(fields[kind] for kind in _KINDS if kind in fields)
        if words is not None and (len(kinds) == len(_KINDS) or "errors" in fields):
            found[system] = CountColumns(
                words, kinds if len(kinds) == len(_KINDS) else (), fields.get("errors")
            )
    return found


def _counted(column: str, mapping: ColumnMapping) -> tuple[str, str] | None:
    """Which count of which system a column holds, by its name."""
    for field in COUNTED:
        if mapping.fields.get(field) == column:
            return field, LONE_SYSTEM
    if column in mapping.fields.values():
        return None
    folded = column.casefold()
    for field, known in COUNTED.items():
        if folded in known and field not in mapping.fields:
            return field, LONE_SYSTEM
    for field, known in COUNTED.items():
        # Single letters are too short to carry the name of a system: `s_1` is hardly a count.
        for name in sorted((one for one in known if len(one) > 1), key=len, reverse=True):
            if folded.startswith(f"{name}_") and len(column) > len(name) + 1:
                return field, column[len(name) + 1 :]
    return None
