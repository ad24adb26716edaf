"""Writes one build: a DuckDB file with the tables of `schema.sql`, whole or not at all.

Owns the SQL that fills a build. It gets rows that are checked, sorted by speaker
and scored; it decides neither names nor folders (`home.py`) and reads no source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.selection_sql import number_column, quoted
from data.records import AttributeColumn, Recordings
from data.scoring import SystemScores

RESERVED_NAMES = ("row_id", "utterance_id", "speaker", "reference", "audio", "duration_s")
"""Columns of every build, which no attribute may be called."""

_SCHEMA = Path(__file__).with_name("schema.sql")


def write_build(
    path: Path,
    recordings: Recordings,
    attributes: Sequence[AttributeColumn],
    scores: Mapping[str, SystemScores],
    meta: Mapping[str, Any],
    second_references: SystemScores | None = None,
) -> None:
    """Write a new file at the path and close it. Recordings are sorted by speaker; meta values are plain data."""
    # The marginals are another room's; a build without them is still a build while tests replace the writer.
    from data.marginals import write_marginals

    connection = duckdb.connect(str(path))
    try:
        connection.execute(_SCHEMA.read_text(encoding="utf-8"))
        _write_utterances(connection, recordings, attributes)
        for system, one in enumerate(scores.values()):
            _write_scores(connection, system, one)
        if second_references is not None:
            _write_second_references(connection, second_references)
        _write_meta(connection, meta)
        write_marginals(connection)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def append_systems(
    path: Path, first_system: int, scores: Mapping[str, SystemScores], meta: Mapping[str, Any]
) -> None:
    """Write more systems into a copy of a build and close it; `meta` replaces what it says of itself."""
    from data.marginals import write_marginals

    connection = duckdb.connect(str(path))
    try:
        for system, one in enumerate(scores.values(), first_system):
            _write_scores(connection, system, one)
        _write_meta(connection, meta)
        write_marginals(connection, first_system)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _write_meta(connection: duckdb.DuckDBPyConnection, meta: Mapping[str, Any]) -> None:
    for key, value in meta.items():
        plain = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, plain])


def _write_utterances(
    connection: duckdb.DuckDBPyConnection, recordings: Recordings, attributes: Sequence[AttributeColumn]
) -> None:
    speaker_ids = recordings.speaker_ids.dictionary_encode()
    speakers = pa.table(
        {
            "speaker": pa.array(np.arange(len(speaker_ids.dictionary), dtype=np.int32)),
            "speaker_id": speaker_ids.dictionary,
        }
    )
    _insert(connection, "speaker", speakers)
    columns = {
        "row_id": pa.array(np.arange(len(recordings), dtype=np.int32)),
        "utterance_id": recordings.utterance_ids,
        "speaker": speaker_ids.indices,
        "reference": recordings.references,
        "audio": recordings.audio,
        "duration_s": recordings.duration_s,
    }
    for column in attributes:
        name = column.attribute.name
        columns[column.attribute.column] = _labels(column)
        stored = quoted(column.attribute.column)
        connection.execute(f"ALTER TABLE utterance ADD COLUMN {stored} {_enum_type(column)}")
        if column.numbers is not None:
            columns[number_column(name)] = pa.array(column.numbers, mask=np.isnan(column.numbers))
            number = quoted(number_column(name))
            connection.execute(f"ALTER TABLE utterance ADD COLUMN {number} DOUBLE")
    _insert(connection, "utterance", pa.table(columns))


def _write_scores(connection: duckdb.DuckDBPyConnection, system: int, scores: SystemScores) -> None:
    columns = {
        "row_id": pa.array(scores.rows),
        "system": pa.array(np.full(len(scores.rows), system, np.uint8)),
        "hypothesis": scores.hypotheses,
        **{name: pa.array(counts) for name, counts in scores.counts.items()},
    }
    _insert(connection, "score", pa.table(columns))


def _write_second_references(connection: duckdb.DuckDBPyConnection, scores: SystemScores) -> None:
    columns = {
        "row_id": pa.array(scores.rows),
        "reference": scores.hypotheses,
        **{name: pa.array(counts) for name, counts in scores.counts.items()},
    }
    _insert(connection, "second_reference", pa.table(columns))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    names = ", ".join(quoted(name) for name in rows.column_names)
    connection.register("incoming", rows)
    try:
        connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming")
    finally:
        connection.unregister("incoming")


def _enum_type(column: AttributeColumn) -> str:
    levels = ", ".join("'" + level.replace("'", "''") + "'" for level in column.attribute.stored_levels)
    return f"ENUM ({levels})"


def _labels(column: AttributeColumn) -> pa.Array:
    indices = pa.array(column.codes, mask=column.codes < 0)
    return pc.cast(
        pa.DictionaryArray.from_arrays(indices, pa.array(column.attribute.stored_levels, pa.string())),
        pa.string(),
    )
