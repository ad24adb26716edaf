"""Of several files for one evaluation: which holds the references, which one system's outputs, which attributes?

Guesses from names of columns alone, so that a reader can correct the guess before anything
is joined. It draws nothing and writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from data.column_counts import count_columns
from data.column_names import SYSTEM_PREFIXES, ColumnMapping, recognised_as
from data.columns import only_text
from data.formats.source_table import SourceTable

Part = Literal["references", "system", "attributes"]
PARTS: tuple[Part, ...] = ("references", "system", "attributes")
_BEFORE_A_NAME = re.compile(
    r"^(hypothes[ie]s|hyps?|predictions?|pred|outputs?|results?|test)[-_. ]+", re.IGNORECASE
)


@dataclass(frozen=True)
class FileLook:
    """What is seen of one file before anybody says what it is."""

    format: str
    """"" where nothing can be read."""
    n_rows: int
    is_whole: bool
    """False when only its beginning was read."""
    columns: tuple[str, ...]
    part: Part | None
    """None where the columns fit several parts."""


def part_of(table: SourceTable) -> Part | None:
    """What a file is by the names of its columns; None where they fit several parts."""
    columns = table.columns.column_names
    if table.text_column is not None:
        return None
    fields = {recognised_as(column) for column in columns}
    has_output = "hypothesis" in fields or any(
        column.casefold().startswith(prefix) for column in columns for prefix in SYSTEM_PREFIXES
    )
    is_counted = bool(count_columns(columns, ColumnMapping()))
    if "reference" in fields or ((has_output or is_counted) and "speaker" in fields):
        return "references"
    if has_output or is_counted or (table.header is not None and len(columns) == 2 and not fields - {None}):
        return "system"
    return "attributes" if fields & {"id", "speaker"} and len(columns) < _FEWEST_OF_A_WHOLE else None


_FEWEST_OF_A_WHOLE = 30
"""A table without recognised texts and with more columns is rather an evaluation whose columns have other names."""


def guessed_parts(looks: Sequence[FileLook]) -> tuple[Part, ...]:
    """A part for each of several files; at least one holds the references.

    A file of ids and texts is one of references by itself, and one of outputs beside references with speakers.
    """
    parts = [look.part for look in looks]
    if any({"reference", "speaker"} <= {recognised_as(column) for column in look.columns} for look in looks):
        parts = [
            "system" if only_text(look.columns) else part for look, part in zip(looks, parts, strict=True)
        ]
    if "references" not in parts:
        first = parts.index(None) if None in parts else 0
        parts[first] = "references"
    return tuple(part or "system" for part in parts)


def system_names(files: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """A name for the system of each file, from what the file is called, else from its folder too.

    files: name and folder; "" where there is no folder to speak of.
    """
    names = [system_name(shown) for shown, _ in files]
    return tuple(
        f"{folder} {name}" if folder and names.count(name) > 1 else name
        for name, (_, folder) in zip(names, files, strict=True)
    )


def system_name(shown: str) -> str:
    """The name of a system, from that of its file."""
    stem = PurePath(shown).name.split(".")[0].strip()
    return _BEFORE_A_NAME.sub("", stem).strip("-_ ") or stem or "system"
