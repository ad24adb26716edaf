"""The SELECTs that put two systems side by side on the same utterances, of one build or of two.

Only utterances that both systems were scored on are counted, and how many that leaves
out is part of the answer. Computes no statistics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.metrics import DEFAULT_METRIC, METRICS, Metric
from analysis.selection import Selection
from analysis.selection_sql import to_sql
from analysis.speaker_counts import IntArray
from data.pair_counts import PairCounts, arrange_pairs
from data.queries import Query
from data.queries_codes import codes_sql, names_sql
from data.queries_held import held_columns
from data.queries_sums import sums_sql

FIRST, SECOND = "a_", "b_"
"""What the names of a system's own counts begin with."""
TEXTS_AT_ONCE = 50_000
_USUAL = METRICS[DEFAULT_METRIC]
_ELSEWHERE = "scores_elsewhere"
_SHARED = ("n_utterances", "n_words")


@dataclass(frozen=True, eq=False)
class Scores:
    """Where the scores of a system are: in the build that is asked, or brought from another one."""

    system: int
    elsewhere: pa.Table | None = None
    """Scores with the columns of table `score` and the rows of the build that is asked; None: its own."""
    not_here: int = 0
    """Utterances scored there that the build that is asked does not have, or has with another reference."""


@dataclass(frozen=True)
class SharedUtterances:
    """How many selected utterances each system was scored on."""

    both: int
    only_first: int
    only_second: int
    other_references: int
    """Of those scored for both, how many have other numbers of reference words: the counts were made elsewhere."""
    not_here: int = 0
    """Scored for the first system in its own build, and not among the utterances of this one."""


def own_counts(metric: Metric) -> tuple[str, ...]:
    """Names of the counts that are summed for each system."""
    return tuple(name for name in metric.counts if name not in _SHARED)


def paired_query(
    attributes: Sequence[Attribute],
    first: Scores,
    second: Scores,
    selection: Selection,
    metric: Metric = _USUAL,
) -> Query:
    """The sums a metric is made of for two systems on the same utterances, by group and speaker."""
    predicate, values = to_sql(selection)
    columns = [attribute.column for attribute in attributes]
    own = own_counts(metric)
    sql = (
        f"SELECT {codes_sql(columns, 'u.')}u.speaker, {sums_sql(metric, 'a', _SHARED)},"
        f"{sums_sql(metric, 'a', own, FIRST)},{sums_sql(metric, 'b', own, SECOND)}\n"
        f"FROM (SELECT row_id, speaker{names_sql(columns)} FROM utterance WHERE {predicate}) AS u\n"
        f"JOIN {_table(first)} AS a ON a.row_id = u.row_id AND a.system = ?\n"
        "JOIN score AS b ON b.row_id = u.row_id AND b.system = ?\nGROUP BY ALL"
    )
    return Query(sql, (*values, first.system, second.system))


def paired_counts(
    cursor: duckdb.DuckDBPyConnection,
    attributes: Sequence[Attribute],
    first: Scores,
    second: Scores,
    selection: Selection,
    metric: Metric = _USUAL,
) -> PairCounts:
    """Columns n_utterances, n_words and each system's own counts, named with FIRST or SECOND, by group and speaker."""
    held = held_columns(cursor) if first.elsewhere is None else None
    if held is not None:
        sides = {FIRST: first.system, SECOND: second.system}
        counts = {name: (first.system, metric, name) for name in _SHARED}
        counts |= {
            f"{side}{name}": (system, metric, name)
            for side, system in sides.items()
            for name in own_counts(metric)
        }
        return held.rows(attributes, first.system, selection, counts, also=second.system).pairs()
    query = paired_query(attributes, first, second, selection, metric)
    with _at_hand(cursor, first):
        frame = cursor.execute(query.sql, query.parameters).df()
    own = [f"{system}{name}" for system in (FIRST, SECOND) for name in own_counts(metric)]
    columns = {name: frame[name].to_numpy(np.int64) for name in ("speaker", *_SHARED, *own)}
    codes: list[IntArray] = [frame[f"code_{i}"].to_numpy(np.int64) for i in range(len(attributes))]
    return arrange_pairs(codes, columns.pop("speaker"), columns, [len(a.stored_levels) for a in attributes])


def shared_utterances(
    cursor: duckdb.DuckDBPyConnection, first: Scores, second: Scores, selection: Selection
) -> SharedUtterances:
    """Utterances scored for both systems, and for only one of them."""
    held = held_columns(cursor) if first.elsewhere is None else None
    if held is not None:
        return SharedUtterances(*held.shared(first.system, second.system, selection), first.not_here)
    predicate, values = to_sql(selection)
    sql = (
        "SELECT count(*) FILTER (a.row_id IS NOT NULL AND b.row_id IS NOT NULL),\n"
        "    count(*) FILTER (a.row_id IS NOT NULL AND b.row_id IS NULL),\n"
        "    count(*) FILTER (a.row_id IS NULL AND b.row_id IS NOT NULL),\n"
        "    count(*) FILTER (a.n_words <> b.n_words)\n"
        f"FROM (SELECT row_id FROM utterance WHERE {predicate}) AS u\n"
        f"LEFT JOIN (SELECT row_id, n_words FROM {_table(first)} WHERE system = ?) AS a ON a.row_id = u.row_id\n"
        "LEFT JOIN (SELECT row_id, n_words FROM score WHERE system = ?) AS b ON b.row_id = u.row_id"
    )
    with _at_hand(cursor, first):
        found = cursor.execute(sql, [*values, first.system, second.system]).fetchall()
    [(both, only_first, only_second, other)] = found
    return SharedUtterances(int(both), int(only_first), int(only_second), int(other), first.not_here)


def scores_from(here: duckdb.DuckDBPyConnection, there: duckdb.DuckDBPyConnection, system: int) -> Scores:
    """The scores of a system of another build, on the utterances that have the same id and reference here."""
    scored = there.execute(
        "SELECT u.utterance_id, u.reference, s.* EXCLUDE (row_id, system, hypothesis)\n"
        "FROM utterance AS u JOIN score AS s ON s.row_id = u.row_id WHERE s.system = ?",
        [system],
    ).to_arrow_table()
    here.register(_ELSEWHERE, scored)
    try:
        matched = here.execute(
            "SELECT u.row_id, CAST(0 AS UTINYINT) AS system, t.* EXCLUDE (utterance_id, reference)\n"
            f"FROM utterance AS u JOIN {_ELSEWHERE} AS t\n"
            "    ON t.utterance_id = u.utterance_id AND t.reference = u.reference"
        ).to_arrow_table()
    finally:
        here.unregister(_ELSEWHERE)
    return Scores(0, matched, len(scored) - len(matched))


def shared_texts(
    cursor: duckdb.DuckDBPyConnection, first: int, second: int, selection: Selection, n_utterances: int
) -> Iterator[tuple[pa.Array, pa.Array, pa.Array]]:
    """References with both systems' hypotheses where either made an error, a range of rows at a time."""
    predicate, values = to_sql(selection)
    wrong = "{s}.substitutions + {s}.deletions + {s}.insertions > 0"
    sql = (
        "SELECT u.reference, a.hypothesis AS first, b.hypothesis AS second\n"
        f"FROM (SELECT row_id, reference FROM utterance WHERE ({predicate}) AND row_id >= ? AND row_id < ?) AS u\n"
        "JOIN score AS a ON a.row_id = u.row_id AND a.system = ?\n"
        "JOIN score AS b ON b.row_id = u.row_id AND b.system = ?\n"
        f"WHERE {wrong.format(s='a')} OR {wrong.format(s='b')} ORDER BY u.row_id"
    )
    for start in range(0, n_utterances, TEXTS_AT_ONCE):
        parameters = [*values, start, start + TEXTS_AT_ONCE, first, second]
        frame = cursor.execute(sql, parameters).df()
        if len(frame):
            reference, one, other = (pa.array(frame[name], pa.string()) for name in frame.columns)
            yield reference, one, other


def _table(scores: Scores) -> str:
    return "score" if scores.elsewhere is None else _ELSEWHERE


@contextmanager
def _at_hand(cursor: duckdb.DuckDBPyConnection, scores: Scores) -> Iterator[None]:
    """Scores of another build as a table of this cursor, while a query runs."""
    if scores.elsewhere is None:
        yield
        return
    cursor.register(_ELSEWHERE, scores.elsewhere)
    try:
        yield
    finally:
        cursor.unregister(_ELSEWHERE)
