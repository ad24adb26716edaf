"""The SELECTs behind rates under another normaliser: texts of a selection out, sums of other scores in.

Owns nothing of the counting: the sums are made by the query that makes those of the stored scores,
so that only the scores differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.metrics import Metric
from analysis.selection import Selection
from analysis.selection_sql import to_sql
from data.pair_counts import PairCounts
from data.queries import pair_counts

TEXTS_AT_ONCE = 50_000
_RESCORED = "rescored"


@dataclass(frozen=True, eq=False)
class ScoredTexts:
    """Texts of some recordings that a system was scored on, in the order of rows."""

    rows: npt.NDArray[np.int32]
    references: pa.Array
    hypotheses: pa.Array


def scored_texts(
    cursor: duckdb.DuckDBPyConnection,
    system: int,
    selection: Selection,
    n_utterances: int,
    at_once: int = TEXTS_AT_ONCE,
) -> Iterator[tuple[int, ScoredTexts]]:
    """The selected texts of one system, a range of rows at a time, each with the number of rows looked at so far."""
    predicate, values = to_sql(selection)
    sql = (
        "SELECT u.row_id, u.reference, s.hypothesis\n"
        f"FROM (SELECT row_id, reference FROM utterance WHERE ({predicate}) AND row_id >= ? AND row_id < ?) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id WHERE s.system = ? ORDER BY u.row_id"
    )
    for start in range(0, n_utterances, at_once):
        end = min(start + at_once, n_utterances)
        frame = cursor.execute(sql, [*values, start, end, system]).df()
        yield (
            end,
            ScoredTexts(
                frame["row_id"].to_numpy(np.int32),
                pa.array(frame["reference"], pa.string()),
                pa.array(frame["hypothesis"], pa.string()),
            ),
        )


def rescored_pair_counts(
    cursor: duckdb.DuckDBPyConnection,
    attributes: Sequence[Attribute],
    system: int,
    selection: Selection,
    scores: pa.Table,
    metric: Metric,
) -> PairCounts:
    """Sums by group and speaker of scores with the columns of table `score`, in place of the stored ones."""
    cursor.register(_RESCORED, scores)
    try:
        return pair_counts(cursor, attributes, system, selection, _RESCORED, metric)
    finally:
        cursor.unregister(_RESCORED)
