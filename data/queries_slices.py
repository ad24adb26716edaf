"""Every recording with its groups, its speaker and its counts: what a search for slices reads, and who is withheld rests on.

Owns one query. Several attributes at once leave almost every recording a cell of its own, so
nothing is added up in the database; `analysis/slices_rows.py` does it once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from analysis.attributes import Attribute
from analysis.metrics import Metric
from analysis.selection import Selection
from analysis.selection_sql import to_sql
from analysis.speaker_counts import IntArray
from data.queries_codes import codes_sql, names_sql
from data.queries_held import held_columns
from data.queries_sums import SummedCursor, counts_of, counts_sql


@dataclass(frozen=True)
class RecordingCounts:
    """One entry per recording."""

    codes: tuple[npt.NDArray[np.int16], ...]
    """By attribute: position among its stored values, -1 where not stated."""
    speaker: IntArray
    columns: Mapping[str, Any]
    """Each of the counts the metric is made of, and n_utterances."""


def recording_counts(
    cursor: duckdb.DuckDBPyConnection,
    attributes: Sequence[Attribute],
    system: int,
    selection: Selection,
    metric: Metric,
) -> RecordingCounts:
    """Counts of the selected recordings that a system was scored on."""
    held = held_columns(cursor)
    if held is not None:
        counts = {name: (system, metric, name) for name in counts_of(metric)}
        rows = held.rows(attributes, system, selection, counts)
        groups = tuple(np.asarray(code, np.int16) for code in rows.codes)
        return RecordingCounts(groups, np.asarray(rows.speaker, np.int64), rows.columns)
    predicate, values = to_sql(selection)
    columns = [attribute.column for attribute in attributes]
    sql = (
        f"SELECT {codes_sql(columns, 'u.')}u.speaker, {counts_sql(metric, 's', summed=isinstance(cursor, SummedCursor))}\n"
        f"FROM (SELECT row_id, speaker{names_sql(columns)} FROM utterance WHERE {predicate}) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id WHERE s.system = ?"
    )
    found = cursor.execute(sql, [*values, system]).fetchnumpy()
    return RecordingCounts(
        tuple(np.asarray(found[f"code_{i}"], np.int16) for i in range(len(attributes))),
        np.asarray(found["speaker"], np.int64),
        {name: found[name] for name in counts_of(metric)},
    )
