"""What every reader returns: the columns of one source, with row numbers, faults and notices.

Owns the shape only. A reader gives every value as it stands in the file; what a
column means is `data/columns.py`, what is wrong with a value `data/checks.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.errors import Fault


@dataclass(frozen=True)
class SourceTable:
    """The columns of one file, or of one folder whose files belong together."""

    file: str
    """Name of the file, without its folder."""
    columns: pa.Table
    """Strings from text files; numbers and dictionaries too from Parquet. Null: the file has no value there."""
    rows: npt.NDArray[np.int64]
    """Where each row begins: line of a text file (its first line is 1), number of a Parquet row (from 1)."""
    faults: tuple[Fault, ...] = ()
    nested: frozenset[str] = field(default_factory=frozenset)
    """Columns that hold lists, objects or bytes in some row, spelled out so that they can be shown; never compared."""
    notices: tuple[str, ...] = ()
    """What was read in another way than it is written, one sentence each; nothing of it loses a value."""
    format: str = ""
    """A key of `data.formats.registry.FORMATS`; "" until the registry has set it."""
    header: tuple[str, ...] | None = None
    """The line that names the columns, as written; None where names do not come from the first line."""
    text_column: str | None = None
    """The one text of a format that does not say whether it was spoken or recognised; None where it says."""
    members: tuple[str, ...] = ()
    """Files of a folder that hold rows; empty for a file."""
    member_of_row: npt.NDArray[np.int32] | None = None
    """Position in `members` of each row's file; None for a file."""

    def place(self, position: int) -> tuple[str, int]:
        """File and row of a position."""
        file = self.file if self.member_of_row is None else self.members[int(self.member_of_row[position])]
        return file, int(self.rows[position])

    def file_names(self) -> list[str]:
        """The file of each row, as strings."""
        if self.member_of_row is None:
            return [self.file] * len(self.rows)
        return [self.members[member] for member in self.member_of_row.tolist()]

    def files(self) -> pa.DictionaryArray:
        """The file of each row."""
        if self.member_of_row is None:
            return pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(self.rows), np.int32)), [self.file])
        return pa.DictionaryArray.from_arrays(
            pa.array(self.member_of_row), pa.array(self.members, pa.string())
        )


def empty_table(file: str, faults: Sequence[Fault]) -> SourceTable:
    """No columns and no rows: for a file in which nothing can be read."""
    return SourceTable(file, pa.table({}), np.empty(0, np.int64), tuple(faults))


def text_table(
    file: str, columns: Mapping[str, Sequence[str | None]], rows: Sequence[int], faults: Sequence[Fault]
) -> SourceTable:
    """Columns of strings, from readers that build them as lists."""
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return SourceTable(file, table, np.array(rows, np.int64), tuple(faults))


def with_header_as_row(table: SourceTable, names: Sequence[str]) -> SourceTable:
    """The table of a file that turned out to have no header: its first line is a row, the columns get these names."""
    first = pa.table({name: pa.array([value]) for name, value in zip(names, table.header or (), strict=True)})
    whole = pa.concat_tables([first, table.columns.rename_columns(list(names))])
    return replace(table, columns=whole, rows=np.concatenate([[1], table.rows]).astype(np.int64), header=None)


class ColumnsInChunks:
    """Collects rows of strings and turns them into Arrow columns, a chunk at a time, to keep memory low."""

    def __init__(self, names: Sequence[str], rows_per_chunk: int = 50_000) -> None:
        self._names = list(names)
        self._rows_per_chunk = rows_per_chunk
        self._pending: list[Sequence[Any]] = []
        self._chunks: list[list[pa.Array]] = [[] for _ in names]

    def add(self, row: Sequence[str | None]) -> None:
        """Append one row with a value for each column; None is null."""
        self._pending.append(row)
        if len(self._pending) >= self._rows_per_chunk:
            self._flush()

    def table(self) -> pa.Table:
        """Everything that was added."""
        self._flush()
        arrays = [pa.chunked_array(chunks, pa.string()) for chunks in self._chunks]
        return pa.Table.from_arrays(arrays, names=self._names)

    def _flush(self) -> None:
        for place, values in enumerate(zip(*self._pending, strict=True)):
            self._chunks[place].append(pa.array(values, pa.string()))
        self._pending = []
