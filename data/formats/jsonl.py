"""Reads JSON lines: one object per line, a column for every key that occurs.

Values become strings as they are spelled in the file; a key that a line lacks, and
`null`, are null. Lists and objects stay JSON text and are marked as nested.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa

from data.errors import Fault
from data.formats.source_table import SourceTable, empty_table
from data.formats.text import decoded_text

_ADVICE = 'Each line must be one object, such as {"utterance_id": "u1", "speaker_id": "s1", …}.'


class _RepeatedKeyError(ValueError):
    """A key that stands twice in one object."""


def read_jsonl(file: str, content: bytes) -> SourceTable:
    """The columns named by the keys, in order of appearance."""
    text, faults = decoded_text(file, content)
    if text.lstrip().startswith("["):
        what = "The file is one JSON list, not JSON lines."
        return empty_table(
            file, [*faults, Fault(file, 1, None, what, "Write one object per line: `jq -c '.[]'`.")]
        )
    columns: dict[str, list[str | None]] = {}
    nested: set[str] = set()
    rows: list[int] = []
    for row, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        value = _object(file, row, line, faults)
        if value is None:
            continue
        _add(columns, value, len(rows), nested)
        rows.append(row)
    if not rows and not faults:
        faults.append(Fault(file, None, None, "The file is empty.", _ADVICE))
    for values in columns.values():
        values.extend([None] * (len(rows) - len(values)))
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return SourceTable(file, table, np.array(rows, np.int64), tuple(faults), frozenset(nested))


def _object(file: str, row: int, line: str, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        value = json.loads(
            line, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_without_repeated_keys
        )
    except _RepeatedKeyError as error:
        faults.append(Fault(file, row, None, f"The key {error} is there twice.", "Keep one of them."))
    except (ValueError, RecursionError) as error:
        problem = getattr(error, "msg", "nested too deeply")
        faults.append(Fault(file, row, None, f"The line is not JSON: {problem}.", _ADVICE))
    else:
        if isinstance(value, dict):
            return value
        faults.append(Fault(file, row, None, f"The line is a JSON {_kind(value)}.", _ADVICE))
    return None


def _add(columns: dict[str, list[str | None]], value: dict[str, Any], n_rows: int, nested: set[str]) -> None:
    for key, item in value.items():
        name = _storable(key)
        column = columns.setdefault(name, [])
        column.extend([None] * (n_rows - len(column)))
        if isinstance(item, bool):
            column.append("true" if item else "false")
        elif item is None or isinstance(item, str):
            column.append(None if item is None else _storable(item))
        else:
            column.append(_storable(json.dumps(item, ensure_ascii=False)))
            nested.add(name)


def _storable(text: str) -> str:
    # JSON may spell half of a surrogate pair, which is no character.
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedKeyError(next(f'"{name}"' for name in names if names.count(name) > 1))
    return value


def _kind(value: object) -> str:
    return {list: "list", str: "string or number", bool: "true or false"}.get(type(value), "null")
