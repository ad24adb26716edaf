"""The SELECTs over second transcriptions: where two people wrote down one recording, how often they differ.

Owns the counts of their differences by group and speaker, in the shape of the counts of
a system, so that the same statistics apply. A second transcription is never a system.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np

from analysis.attributes import Attribute
from analysis.metrics import DEFAULT_METRIC, METRICS
from analysis.selection import Selection
from analysis.selection_sql import to_sql
from data.pair_counts import PairCounts, arrange_pairs
from data.queries import Query
from data.queries_codes import codes_sql, names_sql
from data.queries_sums import counts_of, sums_sql

_METRIC = METRICS[DEFAULT_METRIC]


def disagreement_query(attributes: Sequence[Attribute], selection: Selection) -> Query:
    """Sums by group and speaker of what the second transcription differs from the first by."""
    predicate, values = to_sql(selection)
    columns = [attribute.column for attribute in attributes]
    sql = (
        f"SELECT {codes_sql(columns, 'u.')}u.speaker, {sums_sql(_METRIC, 't')}\n"
        f"FROM (SELECT row_id, speaker{names_sql(columns)} FROM utterance WHERE {predicate}) AS u\n"
        "JOIN second_reference AS t ON t.row_id = u.row_id\nGROUP BY ALL"
    )
    return Query(sql, tuple(values))


def disagreement_counts(
    cursor: duckdb.DuckDBPyConnection, attributes: Sequence[Attribute], selection: Selection
) -> PairCounts:
    """Sums by group and speaker of the selected recordings that two people transcribed."""
    query = disagreement_query(attributes, selection)
    frame = cursor.execute(query.sql, query.parameters).df()
    columns = {name: frame[name].to_numpy(np.int64) for name in ("speaker", *counts_of(_METRIC))}
    codes = [frame[f"code_{i}"].to_numpy(np.int64) for i in range(len(attributes))]
    return arrange_pairs(codes, columns.pop("speaker"), columns, [len(a.stored_levels) for a in attributes])
