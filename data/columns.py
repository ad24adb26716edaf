"""Which column of a file is what: recognised names, `--map`, systems, and everything else.

Owns the choice between recognised names (`column_names.py`). It looks at names only,
never at values, and collects what is missing or ambiguous instead of stopping at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.column_counts import CountColumns, count_columns
from data.column_names import (
    INSTEAD_OF_AN_ID,
    LONE_SYSTEM,
    RECOGNISED,
    SYSTEM_PREFIXES,
    ColumnMapping,
    missing_column,
    recognised_as,
    unknown_column,
)
from data.errors import Fault, quoted_list
from data.formats.source_table import SourceTable

__all__ = [
    "RECOGNISED",
    "ColumnFields",
    "ColumnMapping",
    "hypothesis_fields",
    "nested_faults",
    "reference_fields",
]

_TEXT = "text"
HOLDS_NO_TEXT = "lists, objects or bytes"
"""What a column of `SourceTable.nested` holds."""
_OF_A_REFERENCE = ("id", "speaker", "reference", "audio", "duration", "reference_2")
_IN_THE_BUILD_TWICE = ("duration",)


@dataclass(frozen=True)
class ColumnFields:
    """The columns of one file by what they are."""

    fields: Mapping[str, str]
    """Column by field; a field the file lacks is absent."""
    systems: Mapping[str, str]
    """Column of hypotheses by name of the system, in the order of the file."""
    others: tuple[str, ...]
    """Columns that may be attributes."""
    left_out: Mapping[str, str]
    """Columns that are another name for a field, with the reason why they are no attribute."""
    counts: Mapping[str, CountColumns] = field(default_factory=dict)
    """Columns of counts by system, where the file has no texts; empty otherwise."""

    def shown(self) -> dict[str, str]:
        """Column by field and, as `system:NAME`, by system, for people to check."""
        counted = {f"system:{system}": ", ".join(one.names()) for system, one in self.counts.items()}
        return {**self.fields, **{f"system:{name}": one for name, one in self.systems.items()}, **counted}


def reference_fields(
    file: str,
    columns: Sequence[str],
    mapping: ColumnMapping,
    systems_elsewhere: frozenset[str],
    needs_speaker: bool,
    is_also_system: bool,
    counted_elsewhere: bool = False,
) -> tuple[ColumnFields, list[Fault]]:
    """The fields of a file of references.

    `systems_elsewhere` are the systems that have a file of their own; `is_also_system`
    says that this very file is one of them, so that its lone hypothesis column is that system.
    `counted_elsewhere` says that those files hold counts, so that no reference is needed.
    """
    faults: list[Fault] = []
    counts = count_columns(columns, mapping)
    is_counted = bool(counts) or counted_elsewhere
    required = [
        *([] if counts else ["id"]),
        *([] if is_counted else ["reference"]),
        *(["speaker"] if needs_speaker else []),
    ]
    chosen = {
        name: column
        for name in _OF_A_REFERENCE
        if (column := _field(file, columns, mapping, name, name in required, faults)) is not None
    }
    systems = _systems(file, columns, mapping, systems_elsewhere, is_also_system, faults)
    faults.extend(_heard_as_spoken(file, chosen, systems))
    used = {*chosen.values(), *systems.values(), *(name for one in counts.values() for name in one.names())}
    found_no_system = not systems and not counts and not systems_elsewhere
    if found_no_system and all(fault.field != "hypothesis" for fault in faults):
        candidates = [name for name in columns if name not in used]
        faults.append(missing_column(file, candidates, "hypothesis", columns))
    left_out = {
        name: _another_name(other, chosen, systems)
        for name in columns
        if name not in used and (other := recognised_as(name)) not in (None, *_IN_THE_BUILD_TWICE)
    }
    others = tuple(name for name in columns if name not in used and name not in left_out)
    return ColumnFields(chosen, systems, others, left_out, counts), faults


def _another_name(field: str, chosen: Mapping[str, str], systems: Mapping[str, str]) -> str:
    """Why a column that is called like a field is nothing here."""
    if field != "hypothesis":
        return f"another name for the {field}, which is in {quoted_list([chosen.get(field, field)])}"
    if systems:
        return f"another name for the hypothesis, which is in {quoted_list(systems.values())}"
    return "another name for the hypothesis, which is read from a file of --system"


def _heard_as_spoken(file: str, chosen: Mapping[str, str], systems: Mapping[str, str]) -> list[Fault]:
    """A fault for each system whose hypotheses are the references themselves."""
    advice = "Name the column of what was recognised."
    return [
        Fault(
            file,
            None,
            column,
            f'The column is taken for the reference and for what "{system}" wrote.',
            advice,
        )
        for system, column in systems.items()
        if column == chosen.get("reference")
    ]


def nested_faults(table: SourceTable, columns: Mapping[str, str]) -> list[Fault]:
    """A fault for each field or system whose column holds lists or objects, which would be compared as JSON."""
    advice = "Write each value as one text, or name another column with --map."
    return [
        Fault(
            table.file, None, column, f"The column is to be the {name}, but it holds {HOLDS_NO_TEXT}.", advice
        )
        for name, column in columns.items()
        if column in table.nested
    ]


def hypothesis_fields(
    file: str, columns: Sequence[str], mapping: ColumnMapping, system: str, text_column: str | None = None
) -> tuple[dict[str, str], list[Fault]]:
    """The columns `id` and `hypothesis` of a file that holds one system's hypotheses.

    `text_column` is the one text of a format that does not say whose text it is.
    """
    faults: list[Fault] = []
    chosen: dict[str, str] = {}
    for name in ("id", "hypothesis"):
        mapped = mapping.systems.get(system) if name == "hypothesis" else None
        mapped = mapped or mapping.fields.get(name)
        n_faults = len(faults)
        if mapped is not None and mapped in columns:
            column: str | None = mapped
        else:
            column = _recognised(file, columns, name, faults)
            if column is None and len(faults) == n_faults:
                column = instead_of_an_id(columns) if name == "id" else text_column or only_text(columns)
        if column is not None:
            chosen[name] = column
        elif len(faults) == n_faults:
            faults.append(missing_column(file, columns, name, columns))
    return chosen, faults


def _field(
    file: str, columns: Sequence[str], mapping: ColumnMapping, name: str, required: bool, faults: list[Fault]
) -> str | None:
    mapped = mapping.fields.get(name)
    if mapped is not None:
        if mapped in columns:
            return mapped
        faults.append(unknown_column(file, f"{name}={mapped}", name, mapped, columns))
        return None
    n_faults = len(faults)
    column = _recognised(file, columns, name, faults)
    if column is None and name == "id" and len(faults) == n_faults:
        column = instead_of_an_id(columns)
    if column is None and required and len(faults) == n_faults:
        unclaimed = [
            other
            for other in columns
            if other not in mapping.fields.values() and recognised_as(other) is None
        ]
        faults.append(missing_column(file, unclaimed, name, columns))
    return column


def instead_of_an_id(columns: Sequence[str]) -> str | None:
    """The column that names utterances where none is called an id; None when there is none."""
    folded = {column.casefold(): column for column in columns}
    return next((folded[name] for name in INSTEAD_OF_AN_ID if name in folded), None)


def only_text(columns: Sequence[str]) -> str | None:
    """The text of a file of ids and texts, which beside references can only be what a system wrote; else None."""
    texts = [column for column in columns if column.casefold() == _TEXT]
    ids = [column for column in columns if recognised_as(column) == "id"]
    return texts[0] if len(columns) == 2 and texts and ids else None


def _recognised(file: str, columns: Sequence[str], name: str, faults: list[Fault]) -> str | None:
    fitting = [column for column in columns if recognised_as(column) == name]
    if len(fitting) > 1:
        what = f"{quoted_list(fitting)} may each be the {name}."
        faults.append(Fault(file, None, name, what, f"Choose one with --map {name}={fitting[0]}."))
    return fitting[0] if len(fitting) == 1 else None


def _systems(
    file: str,
    columns: Sequence[str],
    mapping: ColumnMapping,
    elsewhere: frozenset[str],
    is_also_system: bool,
    faults: list[Fault],
) -> dict[str, str]:
    by_column: dict[str, str] = {}
    for system, column in mapping.systems.items():
        if system in elsewhere:
            continue
        if column in by_column:
            what = f'--map takes the column "{column}" for two systems, "{by_column[column]}" and "{system}".'
            faults.append(Fault(file, None, column, what, "Leave one out, or name another column."))
        elif column in columns:
            by_column[column] = system
        else:
            faults.append(unknown_column(file, f"system:{system}={column}", "hypothesis", column, columns))
    mapped_lone = mapping.fields.get("hypothesis")
    if mapped_lone is not None and mapped_lone in columns:
        by_column.setdefault(mapped_lone, LONE_SYSTEM)
    elif mapped_lone is not None and not elsewhere:
        faults.append(unknown_column(file, f"hypothesis={mapped_lone}", "hypothesis", mapped_lone, columns))
    for column in columns:
        prefix = next((prefix for prefix in SYSTEM_PREFIXES if column.casefold().startswith(prefix)), None)
        if prefix is not None and column not in mapping.fields.values() and len(column) > len(prefix):
            by_column.setdefault(column, column[len(prefix) :])
    free = [column for column in columns if column not in by_column and column not in mapping.fields.values()]
    if mapped_lone is None and not is_also_system and (lone := _recognised(file, free, "hypothesis", faults)):
        by_column[lone] = LONE_SYSTEM
    return _by_system(file, columns, by_column, elsewhere, faults)


def _by_system(
    file: str,
    columns: Sequence[str],
    by_column: dict[str, str],
    elsewhere: frozenset[str],
    faults: list[Fault],
) -> dict[str, str]:
    systems: dict[str, str] = {}
    for column in columns:
        system = by_column.get(column)
        if system is None:
            continue
        if system in elsewhere:
            what = f'The column "{column}" and a file of --system both give hypotheses of "{system}".'
            faults.append(
                Fault(file, None, column, what, "Leave one out, or name the column with --map system:NAME.")
            )
        elif system in systems:
            what = f'"{systems[system]}" and "{column}" both give hypotheses of "{system}".'
            faults.append(Fault(file, None, column, what, f"Name one with --map system:NAME={column}."))
        else:
            systems[system] = column
    return systems
