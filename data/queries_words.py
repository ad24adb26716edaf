"""The SELECTs behind words: counts by speaker on both sides of a comparison, texts in chunks, chosen recordings.

A recording is on the subgroup's side, on the comparator's, or on both where the subgroup is
part of its comparator. Texts of recordings without errors are read on one side only, because
their hypotheses equal their references. Aligns nothing and computes no statistics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.selection import Selection
from analysis.selection_sql import quoted, to_sql
from analysis.speaker_counts import BoolArray, IntArray
from data.queries import Query
from data.queries_recordings import ScoredUtterance

CHUNK = 50_000
SUMS = ("n_utterances", "n_words", "substitutions", "deletions", "insertions")


@dataclass(frozen=True)
class Sides:
    """Whose recordings are compared with whose."""

    own: Selection
    pool: Selection
    """Where the comparator is taken from."""
    overlapping: bool
    """Whether the comparator keeps the subgroup's own recordings."""


@dataclass(frozen=True)
class SideSums:
    """Sums by speaker on each side: one row for every speaker and combination of sides."""

    speaker: IntArray
    own: BoolArray
    other: BoolArray
    columns: dict[str, IntArray]
    """Each of SUMS, one entry per row."""


@dataclass(frozen=True)
class TextRows:
    """A chunk of recordings as they are stored."""

    speaker: IntArray
    own: BoolArray
    other: BoolArray
    references: pa.Array
    erring: IntArray
    """Positions of the recordings with errors."""
    hypotheses: pa.Array
    """Of those only."""


def _sided(sides: Sides, columns: str) -> tuple[str, tuple[object, ...]]:
    """Recordings on either side, with the sides they are on."""
    condition, own_values = to_sql(sides.own)
    predicate, pool_values = to_sql(sides.pool)
    sql = (
        f"SELECT row_id, speaker, {columns}own, pool AND ({sides.overlapping} OR NOT own) AS other\n"
        f"FROM (SELECT *, ({condition}) IS TRUE AS own, ({predicate}) IS TRUE AS pool FROM utterance)\n"
        "WHERE own OR pool"
    )
    return sql, (*own_values, *pool_values)


def side_sums_query(system: int, sides: Sides) -> Query:
    """Sums by speaker and side for one system."""
    sided, values = _sided(sides, "")
    sums = ", ".join(f"CAST(sum(s.{name}) AS BIGINT) AS {name}" for name in SUMS[1:])
    sql = (
        f"SELECT u.speaker, u.own, u.other, count(*) AS n_utterances, {sums}\n"
        f"FROM ({sided}) AS u\nJOIN score AS s ON s.row_id = u.row_id\n"
        "WHERE s.system = ?\nGROUP BY ALL ORDER BY ALL"
    )
    return Query(sql, (*values, system))


def side_sums(cursor: duckdb.DuckDBPyConnection, system: int, sides: Sides) -> SideSums:
    """Counts of both sides by speaker, in the order of speakers."""
    query = side_sums_query(system, sides)
    frame = cursor.execute(query.sql, query.parameters).df()
    return SideSums(
        frame["speaker"].to_numpy(np.int64),
        frame["own"].to_numpy(np.bool_),
        frame["other"].to_numpy(np.bool_),
        {name: frame[name].to_numpy(np.int64) for name in SUMS},
    )


def texts(
    cursor: duckdb.DuckDBPyConnection,
    system: int,
    sides: Sides,
    own_speakers: IntArray | None,
    other_speakers: IntArray | None,
) -> Iterator[TextRows]:
    """Texts of both sides, a chunk at a time; None means all speakers of a side."""
    sided, values = _sided(sides, "reference, ")
    kept = [speakers for speakers in (own_speakers, other_speakers) if speakers is not None]
    chosen = [
        "TRUE" if speakers is None else "list_contains(?, speaker)"
        for speakers in (own_speakers, other_speakers)
    ]
    sql = (
        "SELECT u.speaker, u.own, u.other, u.reference, s.hypothesis, "
        "s.substitutions + s.deletions + s.insertions > 0 AS erring\n"
        f"FROM (SELECT row_id, speaker, reference, own AND {chosen[0]} AS own, other AND {chosen[1]} AS other\n"
        f"      FROM ({sided})) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id\nWHERE s.system = ? AND (u.own OR u.other)"
    )
    lists = [speakers.tolist() for speakers in kept]
    reader = cursor.execute(sql, [*lists, *values, system]).to_arrow_reader(CHUNK)
    for batch in reader:
        if not len(batch):
            continue
        columns = {name: batch.column(name) for name in batch.schema.names}
        erring = np.flatnonzero(columns["erring"].to_numpy(zero_copy_only=False))
        yield TextRows(
            columns["speaker"].to_numpy().astype(np.int64),
            columns["own"].to_numpy(zero_copy_only=False),
            columns["other"].to_numpy(zero_copy_only=False),
            columns["reference"],
            erring,
            columns["hypothesis"].take(pa.array(erring)),
        )


def erring_texts(
    cursor: duckdb.DuckDBPyConnection, system: int, selection: Selection
) -> Iterator[pa.RecordBatch]:
    """Columns row_id, reference and hypothesis of the selected recordings with errors, in the order of rows."""
    predicate, values = to_sql(selection)
    sql = (
        "SELECT u.row_id, u.reference, s.hypothesis\n"
        f"FROM (SELECT row_id, reference FROM utterance WHERE {predicate}) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id\n"
        "WHERE s.system = ? AND s.substitutions + s.deletions + s.insertions > 0 ORDER BY u.row_id"
    )
    yield from cursor.execute(sql, [*values, system]).to_arrow_reader(CHUNK)


def utterances_by_row(
    cursor: duckdb.DuckDBPyConnection, attributes: Sequence[Attribute], system: int, rows: Sequence[int]
) -> list[ScoredUtterance]:
    """Recordings by their rows, in the order of rows."""
    columns = "".join(f", CAST(u.{quoted(attribute.column)} AS VARCHAR)" for attribute in attributes)
    sql = (
        "SELECT u.utterance_id, p.speaker_id, u.reference, s.hypothesis, s.n_words, s.substitutions, s.deletions, "
        f"s.insertions, u.audio, u.duration_s{columns}\n"
        "FROM utterance AS u JOIN score AS s ON s.row_id = u.row_id JOIN speaker AS p ON p.speaker = u.speaker\n"
        "WHERE s.system = ? AND list_contains(?, u.row_id) ORDER BY u.row_id"
    )
    known = [attribute.name for attribute in attributes]
    fixed = 10
    found = cursor.execute(sql, [system, list(rows)]).fetchall()
    return [ScoredUtterance(*(*row[:fixed], dict(zip(known, row[fixed:], strict=True)))) for row in found]
