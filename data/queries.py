"""The SELECTs over evaluations: a selection in, counts by group and speaker or recordings out.

Owns every query that reads recordings and scores. It computes no statistics: it hands
sums to `analysis/` and rows of text to whoever shows them. Values reach the database as
bound parameters only; names of columns are quoted names of known attributes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from analysis.attributes import Attribute
from analysis.metrics import COUNTS
from analysis.selection import Everything, Selection
from analysis.selection_sql import quoted, to_sql
from analysis.speaker_counts import IntArray

_SUMS = """
    count(*)                                                            AS n_utterances,
    CAST(sum(s.n_words) AS BIGINT)                                      AS n_words,
    CAST(sum(s.n_hypothesis_words) AS BIGINT)                           AS n_hypothesis_words,
    CAST(sum(s.substitutions) AS BIGINT)                                AS substitutions,
    CAST(sum(s.deletions) AS BIGINT)                                    AS deletions,
    CAST(sum(s.insertions) AS BIGINT)                                   AS insertions,
    count(*) FILTER (s.n_hypothesis_words = 0 AND s.n_words > 0)        AS empty_outputs,
    count(*) FILTER (s.substitutions + s.deletions + s.insertions > 0)  AS wrong_utterances"""


@dataclass(frozen=True)
class PairCounts:
    """Sums by group and speaker: one row a pair, sorted by group, then speaker."""

    codes: IntArray
    """The groups that were recorded, one row each, one column per attribute; -1 is not stated."""
    group: IntArray
    """Row of `codes` for each pair."""
    speaker: IntArray
    columns: dict[str, IntArray]
    """Each of `metrics.COUNTS`, one entry per pair."""

    def totals(self) -> dict[str, IntArray]:
        """The same counts summed over speakers, one entry per group."""
        n_groups = len(self.codes)
        return {
            name: np.bincount(self.group, values, n_groups).astype(np.int64)
            for name, values in self.columns.items()
        }


@dataclass(frozen=True)
class Query:
    """A query as it is sent, so that a page can show the SQL behind a number."""

    sql: str
    parameters: tuple[Any, ...]


def counts_query(attributes: Sequence[Attribute], system: int, selection: Selection) -> Query:
    """The query behind every rate of a selection: sums by group and speaker for one system."""
    names = [quoted(attribute.name) for attribute in attributes]
    predicate, values = to_sql(selection)
    where = "" if isinstance(selection, Everything) else f" WHERE {predicate}"
    columns = "".join(f", {name}" for name in names)
    codes = "".join(
        f"COALESCE(CAST(enum_code(u.{name}) AS SMALLINT), -1) AS code_{i}, " for i, name in enumerate(names)
    )
    sql = (
        f"SELECT {codes}u.speaker, {_SUMS}\n"
        f"FROM (SELECT row_id, speaker{columns} FROM utterance{where}) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id\n"
        "WHERE s.system = ?\nGROUP BY ALL"
    )
    return Query(sql, (*values, system))


def pair_counts(
    cursor: duckdb.DuckDBPyConnection, attributes: Sequence[Attribute], system: int, selection: Selection
) -> PairCounts:
    """Sums by group and speaker of the selected recordings that the system was scored on."""
    query = counts_query(attributes, system, selection)
    frame = cursor.execute(query.sql, query.parameters).df()
    columns = {name: frame[name].to_numpy(np.int64) for name in ("speaker", *COUNTS)}
    codes = [frame[f"code_{i}"].to_numpy(np.int64) for i in range(len(attributes))]
    return arrange_pairs(codes, columns.pop("speaker"), columns, [len(a.levels) for a in attributes])


def membership_query(system: int, inside: Selection, pool: Selection) -> Query:
    """Sums by speaker for a subgroup (code 1) and for the rest of a pool it is compared within (code 0)."""
    condition, inside_values = to_sql(inside)
    predicate, pool_values = to_sql(pool)
    sql = (
        f"SELECT CAST(u.inside AS SMALLINT) AS code_0, u.speaker, {_SUMS}\n"
        f"FROM (SELECT row_id, speaker, ({condition}) IS TRUE AS inside FROM utterance\n"
        f"      WHERE ({condition}) IS TRUE OR ({predicate})) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id\n"
        "WHERE s.system = ?\nGROUP BY ALL"
    )
    return Query(sql, (*inside_values, *inside_values, *pool_values, system))


def membership_counts(
    cursor: duckdb.DuckDBPyConnection, system: int, inside: Selection, pool: Selection
) -> PairCounts:
    """Counts of a subgroup and of everybody else in the pool, by speaker."""
    query = membership_query(system, inside, pool)
    frame = cursor.execute(query.sql, query.parameters).df()
    columns = {name: frame[name].to_numpy(np.int64) for name in ("speaker", *COUNTS)}
    return arrange_pairs([frame["code_0"].to_numpy(np.int64)], columns.pop("speaker"), columns, [2])


def arrange_pairs(
    codes: Sequence[IntArray], speaker: IntArray, columns: dict[str, IntArray], n_levels: Sequence[int]
) -> PairCounts:
    """Sort pairs by group and speaker, and number the groups that occur.

    The order is fixed whatever order the database answered in, so that sums of floats are the same in every run.
    """
    number = np.zeros(len(speaker), np.int64)
    for code, size in zip(codes, n_levels, strict=True):
        number = number * (size + 1) + np.where(code < 0, size, code)
    order = np.lexsort((speaker, number))
    ordered = number[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    group = np.cumsum(np.diff(ordered, prepend=-1) != 0) - 1
    table = (
        np.stack([code[order][starts] for code in codes], axis=1)
        if codes
        else np.zeros((len(starts), 0), np.int64)
    )
    return PairCounts(
        table.astype(np.int64),
        group.astype(np.int64),
        speaker[order],
        {name: values[order] for name, values in columns.items()},
    )


@dataclass(frozen=True)
class ScoredUtterance:
    """One recording with what one system wrote, for the drill-down."""

    utterance_id: str
    speaker_id: str
    reference: str
    hypothesis: str
    n_words: int
    substitutions: int
    deletions: int
    insertions: int
    audio: str | None
    """File name of the clip; None where there is none."""
    duration_s: float | None
    groups: dict[str, str | None]
    """Attribute to group; None is not stated."""


_ORDERS = {
    "errors": "(s.substitutions + s.deletions + s.insertions) DESC, u.row_id",
    "clips": "(u.audio IS NULL), (s.substitutions + s.deletions + s.insertions) DESC, u.row_id",
}


def utterances(
    cursor: duckdb.DuckDBPyConnection,
    attributes: Sequence[Attribute],
    system: int,
    selection: Selection,
    limit: int = 20,
    offset: int = 0,
    order: str = "clips",
) -> list[ScoredUtterance]:
    """Selected recordings with their texts; "clips" puts those with audio first, then most errors."""
    predicate, values = to_sql(selection)
    names = [quoted(attribute.name) for attribute in attributes]
    columns = "".join(f", CAST(u.{name} AS VARCHAR)" for name in names)
    sql = (
        "SELECT u.utterance_id, p.speaker_id, u.reference, s.hypothesis, s.n_words, s.substitutions, s.deletions, "
        f"s.insertions, u.audio, u.duration_s{columns}\n"
        f"FROM (SELECT * FROM utterance WHERE {predicate}) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id JOIN speaker AS p ON p.speaker = u.speaker\n"
        f"WHERE s.system = ? ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?"
    )
    rows = cursor.execute(sql, [*values, system, limit, offset]).fetchall()
    fixed = 10
    known = [a.name for a in attributes]
    return [ScoredUtterance(*(*row[:fixed], dict(zip(known, row[fixed:], strict=True)))) for row in rows]


def count_utterances(
    cursor: duckdb.DuckDBPyConnection, system: int, selection: Selection
) -> tuple[int, int, int]:
    """Utterances, speakers and reference words of a selection for one system."""
    predicate, values = to_sql(selection)
    sql = (
        "SELECT count(*), count(DISTINCT u.speaker), COALESCE(CAST(sum(s.n_words) AS BIGINT), 0)\n"
        f"FROM (SELECT row_id, speaker FROM utterance WHERE {predicate}) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id WHERE s.system = ?"
    )
    [(n_utterances, n_speakers, n_words)] = cursor.execute(sql, [*values, system]).fetchall()
    return int(n_utterances), int(n_speakers), int(n_words)
