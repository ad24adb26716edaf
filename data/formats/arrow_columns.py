"""Arrow columns of any type as the product reads them, and tables of several files as one.

Owns the conversion for the formats that are Arrow underneath. Numbers stay numbers and
dictionaries keep their order; all else becomes strings.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.errors import Fault, quoted_list
from data.formats.source_table import SourceTable, empty_table


def plain_table(file: str, table: pa.Table) -> SourceTable:
    """The columns of one file; lists, structs and bytes that are no text as a spelling of them, marked as nested."""
    names = table.column_names
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        what = f'The column "{repeated[0]}" is there {names.count(repeated[0])} times; a name must be unique.'
        return empty_table(file, [Fault(file, None, None, what, "Rename or remove all but one.")])
    columns = {name: _clip_paths(table.column(name)) for name in names}
    nested = frozenset(name for name, values in columns.items() if _holds_no_text(values))
    plain = pa.table({name: _plain(values) for name, values in columns.items()})
    return SourceTable(file, plain, np.arange(1, len(table) + 1, dtype=np.int64), (), nested)


def stacked_tables(file: str, tables: Mapping[str, pa.Table]) -> SourceTable:
    """Several files of the same columns as one; rows keep the number they have in their file."""
    first_name, first = next(iter(tables.items()))
    faults = []
    for name, table in tables.items():
        differing = sorted({*first.column_names} ^ {*table.column_names})
        if differing:
            what = f"The columns differ from those of {first_name}: {quoted_list(differing)}."
            faults.append(Fault(name, None, None, what, "Files that are read as one need the same columns."))
    if faults:
        return empty_table(file, faults)
    try:
        whole = pa.concat_tables(
            [table.select(first.column_names) for table in tables.values()], promote_options="permissive"
        )
    except pa.ArrowException as error:
        what = f"The files have columns of different types: {str(error).splitlines()[0].rstrip('.')}."
        advice = "Write them again with the same types."
        return empty_table(file, [Fault(file, None, None, what, advice)])
    plain = plain_table(file, whole)
    if plain.faults:
        return plain
    sizes = [len(table) for table in tables.values()]
    rows = np.concatenate([np.arange(1, size + 1, dtype=np.int64) for size in sizes])
    member_of_row = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    return SourceTable(
        file, plain.columns, rows, (), plain.nested, members=tuple(tables), member_of_row=member_of_row
    )


def damaged(file: str, kind: str, error: Exception) -> Fault:
    """The fault of a file that is cut off or not what it seems."""
    lines = str(error).splitlines() or [type(error).__name__]
    what = f"The file cannot be read as {kind}: {lines[0].rstrip('.')}."
    return Fault(file, None, None, what, "Write it again, or check that it was copied whole.")


def _clip_paths(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of clips, which hold their bytes, as the paths of the clips."""
    kind = values.type
    if pa.types.is_struct(kind) and {"bytes", "path"} == {field.name for field in kind}:
        return pc.struct_field(values, "path")
    return values


def _holds_no_text(values: pa.ChunkedArray) -> bool:
    kind = values.type
    if not (
        pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind)
    ):
        return bool(pa.types.is_nested(kind))
    try:
        pc.cast(values, pa.string())
    except pa.ArrowException:
        return True
    return False


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
