"""The SELECTs over evaluations: a selection in, counts by group and speaker out.

Owns the queries that sum scores; single recordings come from `queries_recordings.py`. It computes
no statistics: it hands sums to `analysis/`. Values reach the database as
bound parameters only; names of columns are quoted names of known attributes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from analysis.attributes import Attribute
from analysis.metrics import DEFAULT_METRIC, METRICS, Metric
from analysis.selection import Everything, Selection
from analysis.selection_sql import quoted, to_sql
from data.pair_counts import PairCounts, arrange_pairs
from data.queries_codes import codes_sql
from data.queries_held import held_columns
from data.queries_sums import SummedCursor, counts_of, counts_sql, sums_sql

_USUAL = METRICS[DEFAULT_METRIC]


@dataclass(frozen=True)
class Query:
    """A query as it is sent, so that a page can show the SQL behind a number."""

    sql: str
    parameters: tuple[Any, ...]


def counts_query(
    attributes: Sequence[Attribute],
    system: int,
    selection: Selection,
    scores: str = "score",
    metric: Metric = _USUAL,
) -> Query:
    """The query behind every rate of a selection, as one would write it: sums by group and speaker for one system.

    `scores` is a table with the columns of `score`: the stored one, or one that was counted otherwise.
    Besides the counts that stand beside every rate, only those are summed that the metric is made of.
    """
    recordings, parameters = _recordings(attributes, system, selection, scores)
    sql = f"SELECT {_codes(attributes)}u.speaker, {sums_sql(metric, 's')}\n{recordings}\nGROUP BY ALL"
    return Query(sql, parameters)


def pair_counts(
    cursor: duckdb.DuckDBPyConnection,
    attributes: Sequence[Attribute],
    system: int,
    selection: Selection,
    scores: str = "score",
    metric: Metric = _USUAL,
) -> PairCounts:
    """Sums by group and speaker of the selected recordings that the system was scored on: what `counts_query` gives.

    Most speakers have a recording or two in each group, so that adding up costs least outside the database.
    """
    held = held_columns(cursor) if scores == "score" else None
    if held is not None:
        counts = {name: (system, metric, name) for name in counts_of(metric)}
        return held.rows(attributes, system, selection, counts).pairs()
    recordings, parameters = _recordings(attributes, system, selection, scores)
    summed = isinstance(cursor, SummedCursor)
    sql = f"SELECT {_codes(attributes)}u.speaker, {counts_sql(metric, 's', summed=summed)}\n{recordings}"
    found = cursor.execute(sql, parameters).fetchnumpy()
    codes = [found[f"code_{i}"] for i in range(len(attributes))]
    columns = {name: found[name] for name in counts_of(metric)}
    return arrange_pairs(codes, found["speaker"], columns, [len(a.stored_levels) for a in attributes])


def _codes(attributes: Sequence[Attribute]) -> str:
    """The group of a recording by attribute, as columns; -1 is not stated."""
    return codes_sql([attribute.column for attribute in attributes], "u.")


def _recordings(
    attributes: Sequence[Attribute], system: int, selection: Selection, scores: str
) -> tuple[str, tuple[Any, ...]]:
    """Where the selected recordings of a system come from, as `u` with its scores `s`."""
    predicate, values = to_sql(selection)
    where = "" if isinstance(selection, Everything) else f" WHERE {predicate}"
    columns = "".join(f", {quoted(attribute.column)}" for attribute in attributes)
    sql = (
        f"FROM (SELECT row_id, speaker{columns} FROM utterance{where}) AS u\n"
        f"JOIN {scores} AS s ON s.row_id = u.row_id\n"
        "WHERE s.system = ?"
    )
    return sql, (*values, system)


def membership_query(
    system: int,
    inside: Selection,
    pool: Selection,
    metric: Metric = _USUAL,
    attributes: Sequence[Attribute] = (),
    *,
    summed: bool = False,
) -> Query:
    """Sums by speaker for a subgroup (code 1) and for the rest of a pool it is compared within (code 0), by attributes too."""
    condition, inside_values = to_sql(inside)
    predicate, pool_values = to_sql(pool)
    columns = "".join(f", {quoted(attribute.column)}" for attribute in attributes)
    sql = (
        f"SELECT CAST(u.inside AS SMALLINT) AS member, {_codes(attributes)}u.speaker, "
        f"{sums_sql(metric, 's', summed=summed)}\n"
        f"FROM (SELECT row_id, speaker{columns}, ({condition}) IS TRUE AS inside FROM utterance\n"
        f"      WHERE ({condition}) IS TRUE OR ({predicate})) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id\n"
        "WHERE s.system = ?\nGROUP BY ALL"
    )
    return Query(sql, (*inside_values, *inside_values, *pool_values, system))


def membership_counts(
    cursor: duckdb.DuckDBPyConnection,
    system: int,
    inside: Selection,
    pool: Selection,
    metric: Metric = _USUAL,
    attributes: Sequence[Attribute] = (),
) -> PairCounts:
    """Counts of a subgroup and of everybody else in the pool, by speaker; codes: membership, then the attributes."""
    held = held_columns(cursor)
    if held is not None:
        counts = {name: (system, metric, name) for name in counts_of(metric)}
        return held.rows(attributes, system, pool, counts, member_of=inside).pairs()
    summed = isinstance(cursor, SummedCursor)
    query = membership_query(system, inside, pool, metric, attributes, summed=summed)
    frame = cursor.execute(query.sql, query.parameters).df()
    columns = {name: frame[name].to_numpy(np.int64) for name in ("speaker", *counts_of(metric))}
    names = ["member", *(f"code_{i}" for i in range(len(attributes)))]
    levels = [2, *(len(attribute.stored_levels) for attribute in attributes)]
    return arrange_pairs(
        [frame[name].to_numpy(np.int64) for name in names], columns.pop("speaker"), columns, levels
    )
