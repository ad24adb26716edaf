"""Reads Arrow: a file or stream, or a Hugging Face dataset that was saved to disk.

Names of classes, which such a dataset keeps as numbers, are put back, and clips are
read as their paths. Splits are evaluations of their own, so one of them is named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from data.errors import Fault, quoted_list
from data.formats.arrow_columns import damaged, plain_table, stacked_tables
from data.formats.source_table import SourceTable, empty_table

_STATE, _INFO, _SPLITS = "state.json", "dataset_info.json", "dataset_dict.json"
_STREAM, _FILE = b"\xff\xff\xff\xff", b"ARROW1"
_SAVE_AGAIN = "Save the dataset again with save_to_disk."


def looks_like_arrow(start: bytes) -> bool:
    """Whether the bytes begin as an Arrow file or stream does."""
    return start.startswith((_STREAM, _FILE))


def read_arrow(file: str, content: bytes) -> SourceTable:
    """The columns of an Arrow file or stream."""
    table = _table(file, content)
    return plain_table(file, table) if isinstance(table, pa.Table) else empty_table(file, [table])


def dataset_members(paths: Sequence[str]) -> list[str]:
    """The files of a saved dataset that are read; none when it is no such folder."""
    if _SPLITS in paths:
        splits = sorted(path for path in paths if path.count("/") == 1 and path.endswith(f"/{_STATE}"))
        inside = splits[0].split("/")[0] + "/" if len(splits) == 1 else None
        wanted = [path for path in paths if inside and path.startswith(inside)]
        return [_SPLITS, *(wanted or splits)]
    if _STATE not in paths:
        return []
    return sorted(path for path in paths if path in (_STATE, _INFO) or path.endswith(".arrow"))


def read_dataset(file: str, members: Mapping[str, bytes]) -> SourceTable:
    """The rows of a saved dataset, in its order."""
    if _SPLITS in members:
        splits = sorted(path.split("/")[0] for path in members if path.endswith(f"/{_STATE}"))
        if len(splits) != 1:
            what = f"The dataset has {len(splits)} splits: {quoted_list(splits)}."
            return empty_table(file, [Fault(file, None, None, what, f"Name one of them, as {file}/SPLIT.")])
        inside = f"{splits[0]}/"
        members = {path.removeprefix(inside): one for path, one in members.items() if path.startswith(inside)}
        file = f"{file}/{splits[0]}"
    state = _json(members[_STATE])
    listed = state.get("_data_files")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return _unusable(file, _STATE, "The file does not list the data of the dataset.")
    if state.get("_indices_data_files"):
        return _unusable(file, _STATE, "The rows of the dataset are chosen by an index, which is not read.")
    names = [str(one.get("filename")) for one in listed]
    missing = [name for name in names if name not in members]
    if missing or not names:
        return _unusable(file, _STATE, f"The file lists data that is not there: {quoted_list(missing)}.")
    read = {f"{file}/{name}": _table(f"{file}/{name}", members[name]) for name in dict.fromkeys(names)}
    faults = [one for one in read.values() if isinstance(one, Fault)]
    if faults:
        return empty_table(file, faults)
    classes = _class_names(_json(members.get(_INFO, b"{}")))
    return stacked_tables(file, {name: _with_classes(table, classes) for name, table in read.items()})


def _table(file: str, content: bytes) -> pa.Table | Fault:
    open_it = pa.ipc.open_file if content.startswith(_FILE) else pa.ipc.open_stream
    try:
        table = open_it(pa.BufferReader(content)).read_all()
        # Arrow takes a file at its word: without this, a wrong length would be read beyond its end.
        table.validate(full=True)
    except (pa.ArrowException, OSError) as error:
        return damaged(file, "Arrow", error)
    return table


def _unusable(file: str, member: str, what: str) -> SourceTable:
    return empty_table(file, [Fault(f"{file}/{member}", None, None, what, _SAVE_AGAIN)])


def _json(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _class_names(info: dict[str, Any]) -> dict[str, list[str]]:
    """Names by column, of the columns that hold numbers of classes."""
    features = info.get("features")
    found = {}
    for column, feature in features.items() if isinstance(features, dict) else ():
        names = feature.get("names") if isinstance(feature, dict) else None
        if isinstance(names, list) and feature.get("_type") == "ClassLabel":
            found[column] = [str(name) for name in names]
    return found


def _with_classes(table: pa.Table, classes: Mapping[str, list[str]]) -> pa.Table:
    for place, column in enumerate(table.column_names):
        if column in classes and pa.types.is_integer(table.schema.field(column).type):
            names = classes[column]
            numbers = table.column(column).to_pylist()
            # A number outside the names, as -1 for "no class", states nothing.
            values = [names[n] if n is not None and 0 <= n < len(names) else None for n in numbers]
            table = table.set_column(place, column, pa.array(values, pa.string()))
    return table
