"""The version of the tables of a build, and what is said of a build of another version.

Owns the one number that rises with `schema.sql`. Whoever writes a build stores it, whoever
opens one refuses every other. It reads no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.errors import InputError

SCHEMA_VERSION = 3
"""Rises whenever the same input would give other tables, so that it gets another build id."""

BUNDLED = "synthetic-voices"
"""The evaluation that comes with the product and is made by a command of its own."""


def refuse_other_version(meta: Mapping[str, Any], path: Path) -> None:
    """Raise `InputError` for a build whose tables are not those of this version; `meta` is its table of that name."""
    found = meta.get("schema_version")
    if found == SCHEMA_VERSION or not isinstance(found, int):
        return
    if found > SCHEMA_VERSION:
        raise InputError(
            f"{_called(meta, path)} was made by a later version of Fair Hearing; update this one."
        )
    again = f"fairhearing ingest {_files(meta)} --name {meta.get('name', 'NAME')}"
    if meta.get("name") == BUNDLED:
        again = "fairhearing sample"
    raise InputError(
        f"{_called(meta, path)} was made by an earlier version of Fair Hearing; ingest it again: {again}"
    )


def _called(meta: Mapping[str, Any], path: Path) -> str:
    name = meta.get("name")
    return f'The build {path.stem} of "{name}"' if name else str(path)


def _files(meta: Mapping[str, Any]) -> str:
    """What stands for the sources in the command; their options are not repeated."""
    inputs = meta.get("inputs")
    names = [str(one["name"]) for one in inputs if not one.get("system")] if isinstance(inputs, list) else []
    return " ".join(names[:1]) or "FILE"
