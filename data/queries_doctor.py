"""The SELECTs of the doctor: whole columns of one build, in the order of its rows.

Owns the queries that `data/doctor/` reads through. Each gives a column as it stands;
what a column means, and whether something is wrong with it, is the doctor's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.selection_sql import number_column, quoted
from data.queries_codes import codes_sql

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_COUNTS = ("n_words", "n_hypothesis_words", "hits", "substitutions", "deletions", "insertions")


@dataclass(frozen=True, eq=False)
class ScoreColumns:
    """What one system was counted: one entry per scored utterance, rising by row."""

    rows: Ints
    """Position of the utterance in the build."""
    n_words: Ints
    n_hypothesis_words: Ints
    hits: Ints
    substitutions: Ints
    deletions: Ints
    insertions: Ints

    @property
    def errors(self) -> Ints:
        """Substitutions, deletions and insertions together."""
        return self.substitutions + self.deletions + self.insertions


def speaker_ids(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """The id of each speaker, by code."""
    rows = cursor.execute("SELECT speaker_id FROM speaker ORDER BY speaker").fetchall()
    return [speaker_id for (speaker_id,) in rows]


def recording_codes(
    cursor: duckdb.DuckDBPyConnection, attributes: Sequence[str]
) -> tuple[Ints, dict[str, Ints]]:
    """Speaker of each recording, and its group by attribute (-1 is not stated)."""
    sql = f"SELECT {codes_sql(attributes)}speaker FROM utterance ORDER BY row_id"
    table = cursor.execute(sql).to_arrow_table()
    by_name = {name: _whole_numbers(table, f"code_{place}") for place, name in enumerate(attributes)}
    return _whole_numbers(table, "speaker"), by_name


def _whole_numbers(table: pa.Table, column: str) -> Ints:
    return np.asarray(table[column].to_numpy(), np.int64)


def recording_numbers(cursor: duckdb.DuckDBPyConnection, attribute: str) -> tuple[Floats, int]:
    """The finite numbers of an attribute, NaN where there is none, and how many are stated but not finite."""
    return _finite(cursor, quoted(number_column(attribute)))


def durations(cursor: duckdb.DuckDBPyConnection) -> tuple[Floats, int]:
    """Seconds of each recording, NaN where they are not known, and how many are stated but not finite."""
    return _finite(cursor, "duration_s")


def _finite(cursor: duckdb.DuckDBPyConnection, column: str) -> tuple[Floats, int]:
    frame = cursor.execute(
        f"SELECT CASE WHEN isfinite({column}) THEN {column} END AS number, "
        f"{column} IS NOT NULL AND NOT isfinite({column}) AS wrong FROM utterance ORDER BY row_id"
    ).df()
    return frame["number"].to_numpy(np.float64), int(frame["wrong"].sum())


def utterance_texts(cursor: duckdb.DuckDBPyConnection, column: str) -> pa.Array:
    """`utterance_id`, `reference` or `audio` of each recording."""
    return _texts(cursor.execute(f"SELECT {quoted(column)} AS text FROM utterance ORDER BY row_id"))


def score_columns(cursor: duckdb.DuckDBPyConnection, system: int) -> ScoreColumns:
    """Counts of one system."""
    names = ", ".join(("row_id", *_COUNTS))
    sql = f"SELECT {names} FROM score WHERE system = ? ORDER BY row_id"
    table = cursor.execute(sql, [system]).to_arrow_table()
    return ScoreColumns(*(_whole_numbers(table, name) for name in ("row_id", *_COUNTS)))


def hypothesis_texts(cursor: duckdb.DuckDBPyConnection, system: int) -> pa.Array:
    """What one system wrote, in the order of `score_columns`."""
    sql = "SELECT hypothesis AS text FROM score WHERE system = ? ORDER BY row_id"
    return _texts(cursor.execute(sql, [system]))


def _texts(asked: duckdb.DuckDBPyConnection) -> pa.Array:
    """The column "text" of an answer as one array; a frame would hold each text as an object of its own."""
    return asked.to_arrow_table()["text"].combine_chunks()
