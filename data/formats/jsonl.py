"""Reads JSON lines: one object per line, a column for every key that occurs.

Values become strings as they are spelled in the file; a key that a line lacks, and
`null`, are null. Lists and objects stay JSON text and are marked as nested.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from data.errors import Fault
from data.formats.source_table import SourceTable, empty_table, text_table
from data.formats.text import decoded_text, empty_file, numbered_lines

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
    table = objects_table(file, _objects(file, text, faults), faults)
    if not len(table.rows):
        return empty_table(file, table.faults or [empty_file(file, _ADVICE)])
    return table


def objects_table(
    file: str, objects: Iterable[tuple[int, dict[str, Any]]], faults: list[Fault]
) -> SourceTable:
    """One row for each object, with the number of its row; a column for every key, in order of appearance.

    Faults that come up while the objects are made are among those of the table.
    """
    columns: dict[str, list[str | None]] = {}
    nested: set[str] = set()
    rows: list[int] = []
    for row, value in objects:
        _add(columns, value, len(rows), nested)
        rows.append(row)
    for values in columns.values():
        values.extend([None] * (len(rows) - len(values)))
    return replace(text_table(file, columns, rows, faults), nested=frozenset(nested))


def _objects(file: str, text: str, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    for row, line in numbered_lines(text):
        value = parsed_object(file, row, line, faults)
        if value is not None:
            yield row, value


def parsed_json(text: str) -> Any:
    """A JSON value with numbers as they are spelled; raises `ValueError` or `RecursionError`.

    1.0 is spelled 1: programs write a whole number either way, and a speaker 1 is no other than 1.0.
    """
    return json.loads(
        text,
        parse_float=_whole_as_one,
        parse_int=_whole_as_one,
        parse_constant=str,
        object_pairs_hook=_without_repeated_keys,
    )


def _whole_as_one(number: str) -> str:
    whole, _, fraction = number.partition(".")
    if fraction.strip("0"):
        return number
    return "0" if whole == "-0" else whole


def parsed_object(file: str, row: int, line: str, faults: list[Fault]) -> dict[str, Any] | None:
    """The object that a line holds; None, with a fault, when it holds none."""
    try:
        value = parsed_json(line)
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
