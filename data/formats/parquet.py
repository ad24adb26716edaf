"""Reads Parquet. Numbers stay numbers and dictionaries keep their order; all else becomes strings."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.errors import Fault
from data.formats.source_table import SourceTable, empty_table


def read_parquet(file: str, content: bytes) -> SourceTable:
    """The columns of the file; lists and structs as JSON-like text, marked as nested."""
    try:
        table = pq.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as error:
        problem = str(error).splitlines()[0].rstrip(".")
        what = f"The file cannot be read as Parquet: {problem}."
        return empty_table(
            file, [Fault(file, None, None, what, "Write it again, or check that it was copied whole.")]
        )
    names = table.column_names
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        what = f'The column "{repeated[0]}" is there {names.count(repeated[0])} times; a name must be unique.'
        return empty_table(file, [Fault(file, None, None, what, "Rename or remove all but one.")])
    nested = frozenset(name for name in names if pa.types.is_nested(table.schema.field(name).type))
    columns = {name: _plain(table.column(name)) for name in names}
    return SourceTable(file, pa.table(columns), np.arange(1, len(table) + 1, dtype=np.int64), (), nested)


def _plain(values: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = values.type
    if pa.types.is_dictionary(kind):
        if pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type):
            return values.cast(pa.dictionary(pa.int32(), pa.string()))
        return _plain(values.cast(kind.value_type))
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return values
    if pa.types.is_nested(kind):
        texts = [None if item is None else str(item) for item in values.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.string())])
    try:
        return pc.cast(values, pa.string())
    except pa.ArrowException:
        texts = [None if item is None else str(item) for item in values.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.string())])
