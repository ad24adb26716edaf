"""What every reader returns: the columns of one file, with row numbers and faults.

Owns the shape only. A reader gives every value as it stands in the file; what a
column means is `data/columns.py`, what is wrong with a value `data/checks.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.errors import Fault


@dataclass(frozen=True)
class SourceTable:
    """The columns of one file."""

    file: str
    """Name of the file, without its folder."""
    columns: pa.Table
    """Strings from text files; numbers and dictionaries too from Parquet. Null: the file has no value there."""
    rows: npt.NDArray[np.int64]
    """Where each row begins: line of a text file (its first line is 1), number of a Parquet row (from 1)."""
    faults: tuple[Fault, ...] = ()
    nested: frozenset[str] = field(default_factory=frozenset)
    """Columns that hold lists or objects in some row, given as JSON text."""


def empty_table(file: str, faults: Sequence[Fault]) -> SourceTable:
    """No columns and no rows: for a file in which nothing can be read."""
    return SourceTable(file, pa.table({}), np.empty(0, np.int64), tuple(faults))


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
