"""What is asked of one `add-system`, and what of it becomes part of the build's options.

Owns the rule that keeps ids honest: an option that an ingest of all files at once could
have been given is recorded as that ingest records it; any other is recorded for its
system alone, so that no other build can have the same id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from data.column_names import COUNTED, ColumnMapping
from data.errors import InputError, quoted_list
from data.ingest_options import IngestOptions
from data.queries_references import holds_hypothesis

OWN_OPTIONS = "options_of_systems"
"""Key of the recorded options that hold for one system only; absent where there are none."""
_MAPPED = ("id", "hypothesis", *COUNTED)


@dataclass(frozen=True)
class AddedOptions:
    """New systems and how their files are read; what is left open is read as the build's own files were."""

    systems: Mapping[str, Path]
    """A file of hypotheses, or of counts, by name of the system."""
    format: str | None = None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    null_hypothesis: str | None = None
    allow_missing: bool = False
    note: str | None = None
    """None keeps the note of the build."""


def recorded_options(
    before: Mapping[str, Any], added: AddedOptions, cursor: duckdb.DuckDBPyConnection
) -> dict[str, Any]:
    """The options of the new build as plain data; raises `InputError` for a field that no such file has."""
    unfit = [name for name in added.mapping.fields if name not in _MAPPED]
    if unfit:
        raise InputError(
            f"--map {unfit[0]}={added.mapping.fields[unfit[0]]}: a system's file has {quoted_list(_MAPPED)}; what is known "
            "of the recordings stays as it was ingested."
        )
    recorded = {
        **before,
        "map_systems": {**before["map_systems"], **added.mapping.systems},
        "allow_missing": before["allow_missing"] or added.allow_missing,
    }
    own: dict[str, Any] = {}
    fields = {
        name: column for name, column in added.mapping.fields.items() if before["map"].get(name) != column
    }
    if fields:
        own["map"] = fields
    if added.format not in (None, before["format"]):
        own["format"] = added.format
    null = added.null_hypothesis
    if null is not None and null != before["null_hypothesis"]:
        if before["null_hypothesis"] is None and not holds_hypothesis(cursor, null):
            recorded["null_hypothesis"] = null
        else:
            own["null_hypothesis"] = null
    if own:
        recorded[OWN_OPTIONS] = {**before.get(OWN_OPTIONS, {}), **dict.fromkeys(added.systems, own)}
    return recorded


def effective_options(
    recorded: Mapping[str, Any], added: AddedOptions, name: str
) -> dict[str, IngestOptions]:
    """How the file of each new system is read."""
    all_own = recorded.get(OWN_OPTIONS, {})
    read = {}
    for system, path in added.systems.items():
        own = all_own.get(system, {})
        read[system] = IngestOptions(
            name,
            (path,),
            format=own.get("format", recorded["format"]),
            mapping=ColumnMapping({**recorded["map"], **own.get("map", {})}, recorded["map_systems"]),
            missing=tuple(recorded["missing"]),
            null_hypothesis=own.get("null_hypothesis", recorded["null_hypothesis"]),
            allow_missing=recorded["allow_missing"],
        )
    return read
