"""The SELECTs that put two systems side by side on the same utterances.

Only utterances that both systems were scored on are counted, and how many that leaves
out is part of the answer. Computes no statistics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from analysis.attributes import Attribute
from analysis.selection import Selection
from analysis.selection_sql import quoted, to_sql
from analysis.speaker_counts import IntArray
from data.queries import PairCounts, Query, arrange_pairs


@dataclass(frozen=True)
class SharedUtterances:
    """How many selected utterances each system was scored on."""

    both: int
    only_first: int
    only_second: int
    other_references: int
    """Of those scored for both, how many have other numbers of reference words: the counts were made elsewhere."""


def paired_query(attributes: Sequence[Attribute], first: int, second: int, selection: Selection) -> Query:
    """Errors of two systems on the same words, summed by group and speaker."""
    names = [quoted(attribute.name) for attribute in attributes]
    predicate, values = to_sql(selection)
    codes = "".join(
        f"COALESCE(CAST(enum_code(u.{name}) AS SMALLINT), -1) AS code_{i}, " for i, name in enumerate(names)
    )
    columns = "".join(f", {name}" for name in names)
    sql = (
        f"SELECT {codes}u.speaker, count(*) AS n_utterances,\n"
        "    CAST(sum(a.n_words) AS BIGINT) AS n_words,\n"
        "    CAST(sum(a.substitutions + a.deletions + a.insertions) AS BIGINT) AS errors_a,\n"
        "    CAST(sum(b.substitutions + b.deletions + b.insertions) AS BIGINT) AS errors_b\n"
        f"FROM (SELECT row_id, speaker{columns} FROM utterance WHERE {predicate}) AS u\n"
        "JOIN score AS a ON a.row_id = u.row_id AND a.system = ?\n"
        "JOIN score AS b ON b.row_id = u.row_id AND b.system = ?\nGROUP BY ALL"
    )
    return Query(sql, (*values, first, second))


def paired_counts(
    cursor: duckdb.DuckDBPyConnection,
    attributes: Sequence[Attribute],
    first: int,
    second: int,
    selection: Selection,
) -> PairCounts:
    """Columns n_utterances, n_words, errors_a and errors_b by group and speaker."""
    query = paired_query(attributes, first, second, selection)
    frame = cursor.execute(query.sql, query.parameters).df()
    names = ("speaker", "n_utterances", "n_words", "errors_a", "errors_b")
    columns = {name: frame[name].to_numpy(np.int64) for name in names}
    codes: list[IntArray] = [frame[f"code_{i}"].to_numpy(np.int64) for i in range(len(attributes))]
    return arrange_pairs(codes, columns.pop("speaker"), columns, [len(a.levels) for a in attributes])


def shared_utterances(
    cursor: duckdb.DuckDBPyConnection, first: int, second: int, selection: Selection
) -> SharedUtterances:
    """Utterances scored for both systems, and for only one of them."""
    predicate, values = to_sql(selection)
    sql = (
        "SELECT count(*) FILTER (a.row_id IS NOT NULL AND b.row_id IS NOT NULL),\n"
        "    count(*) FILTER (a.row_id IS NOT NULL AND b.row_id IS NULL),\n"
        "    count(*) FILTER (a.row_id IS NULL AND b.row_id IS NOT NULL),\n"
        "    count(*) FILTER (a.n_words <> b.n_words)\n"
        f"FROM (SELECT row_id FROM utterance WHERE {predicate}) AS u\n"
        "LEFT JOIN (SELECT row_id, n_words FROM score WHERE system = ?) AS a ON a.row_id = u.row_id\n"
        "LEFT JOIN (SELECT row_id, n_words FROM score WHERE system = ?) AS b ON b.row_id = u.row_id"
    )
    [(both, only_first, only_second, other)] = cursor.execute(sql, [*values, first, second]).fetchall()
    return SharedUtterances(int(both), int(only_first), int(only_second), int(other))
