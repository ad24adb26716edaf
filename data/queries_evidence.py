"""The SELECT behind an evidence file: every count summed by speaker, system and all attributes together.

Owns the query and the names of its columns. It reads no text and no id of a recording, and gives
speakers by their number alone; what they are called in a file is decided by `evidence_file.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.metrics import COUNTS, MORE_COUNTS, Metric
from analysis.selection_sql import quoted
from data.queries_sums import summed_column, sums_sql

OWN_RATES = ("rated_utterances", "utterance_rates")
ATTRIBUTE = "attribute: "
"""What the names of attribute columns begin with, so that none can be taken for a count."""
PLAIN_COUNTS = tuple(name for name in (*COUNTS, *MORE_COUNTS) if name not in OWN_RATES)


def count_columns(metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """Names of the columns of sums."""
    own = (summed_column(name, metric) for metric in metrics.values() for name in OWN_RATES)
    return (*PLAIN_COUNTS, *own)


def summed_scores(
    cursor: duckdb.DuckDBPyConnection, attributes: Sequence[Attribute], metrics: Mapping[str, Metric]
) -> pa.Table:
    """One row per speaker, system and combination of groups: `speaker` and `system` by number, labels, sums."""
    labels = "".join(
        f"CAST(u.{quoted(one.column)} AS VARCHAR) AS {quoted(ATTRIBUTE + one.name)}, " for one in attributes
    )
    usual = next(iter(metrics.values()))
    sums = [sums_sql(usual, "s", PLAIN_COUNTS)]
    for metric in metrics.values():
        prefix = summed_column(OWN_RATES[0], metric).removesuffix(OWN_RATES[0])
        sums.append(sums_sql(metric, "s", OWN_RATES, prefix))
    sql = (
        f"SELECT u.speaker, s.system, {labels}{','.join(sums)}\n"
        "FROM utterance AS u JOIN score AS s ON s.row_id = u.row_id\nGROUP BY ALL"
    )
    return cursor.execute(sql).to_arrow_table()
