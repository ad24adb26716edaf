"""Reads Parquet: a file, or a folder of files, whose folders `key=value` are columns too (hive)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import Fault
from data.formats.arrow_columns import damaged, plain_table, stacked_tables
from data.formats.source_table import SourceTable, empty_table

_ENDINGS = (".parquet", ".pq")
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


def read_parquet(file: str, content: bytes) -> SourceTable:
    """The columns of the file; lists and structs as JSON-like text, marked as nested."""
    table = _table(file, content)
    return plain_table(file, table) if isinstance(table, pa.Table) else empty_table(file, [table])


def parquet_members(paths: Sequence[str]) -> list[str]:
    """The Parquet files among those of a folder, in the order of their names."""
    return sorted(path for path in paths if path.endswith(_ENDINGS))


def read_parquet_folder(file: str, members: Mapping[str, bytes]) -> SourceTable:
    """All files as one table; a folder `noise=street` gives its rows the value "street" in the column "noise"."""
    tables: dict[str, pa.Table] = {}
    faults: list[Fault] = []
    for path, content in members.items():
        name = f"{file}/{path}"
        table = _table(name, content)
        if isinstance(table, Fault):
            faults.append(table)
            continue
        for key, value in _partitions(path).items():
            if key in table.column_names:
                what = f'The column "{key}" is in the file and in the name of its folder.'
                faults.append(Fault(name, None, key, what, "Leave one of them out."))
            else:
                table = table.append_column(key, pa.array([value] * len(table), pa.string()))
        tables[name] = table
    return empty_table(file, faults) if faults else stacked_tables(file, tables)


def _table(file: str, content: bytes) -> pa.Table | Fault:
    try:
        table = pq.read_table(pa.BufferReader(content))
        table.validate(full=True)
    except (pa.ArrowException, OSError) as error:
        return damaged(file, "Parquet", error)
    return table


def _partitions(path: str) -> dict[str, str | None]:
    pairs = (part.split("=", 1) for part in PurePosixPath(path).parent.parts if "=" in part)
    return {unquote(key): None if value == _NO_VALUE else unquote(value) for key, value in pairs if key}
