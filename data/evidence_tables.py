"""The tables of a build that is made of an evidence file: named as those of `schema.sql`, with sums for scores.

Owns their shape and how they are filled. Whoever asks them for counts must say that they are sums, by
a `SummedCursor`; there is no text, and every row is one speaker in one combination of groups.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.selection_sql import quoted
from data.queries_evidence import ATTRIBUTE


def write_evidence_tables(
    connection: duckdb.DuckDBPyConnection,
    table: pa.Table,
    attributes: Sequence[Attribute],
    counts: Sequence[str],
    meta: Mapping[str, Any],
) -> None:
    """Fill an empty database from rows of `speaker`, `system`, labels and sums; a label that is no group is an error."""
    speakers = table["speaker"].combine_chunks().dictionary_encode()
    row_id = pa.array(np.arange(len(table), dtype=np.int32))
    known = pa.table(
        {
            "speaker": pa.array(np.arange(len(speakers.dictionary), dtype=np.int32)),
            "speaker_id": speakers.dictionary,
        }
    )
    labels = {one.column: table[ATTRIBUTE + one.name] for one in attributes}
    utterances = pa.table({"row_id": row_id, "speaker": speakers.indices, **labels})
    scores = pa.table({"row_id": row_id, "system": table["system"], **{name: table[name] for name in counts}})
    entries = pa.table(
        {
            "key": list(meta),
            "value": [json.dumps(value, ensure_ascii=False, allow_nan=False) for value in meta.values()],
        }
    )
    groups = {one.column: _enum(one) for one in attributes}
    _fill(connection, "meta", {"key": "VARCHAR", "value": "VARCHAR"}, entries)
    _fill(connection, "speaker", {"speaker": "INTEGER", "speaker_id": "VARCHAR"}, known)
    _fill(connection, "utterance", {"row_id": "INTEGER", "speaker": "INTEGER", **groups}, utterances)
    sums = dict.fromkeys(counts, "BIGINT")
    _fill(connection, "score", {"row_id": "INTEGER", "system": "UTINYINT", **sums}, scores)


def _fill(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: pa.Table
) -> None:
    declared = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
    names = ", ".join(map(quoted, columns))
    connection.execute(f"CREATE TABLE {name} ({declared})")
    connection.register("incoming", rows)
    try:
        connection.execute(f"INSERT INTO {name} ({names}) SELECT {names} FROM incoming")
    finally:
        connection.unregister("incoming")


def _enum(attribute: Attribute) -> str:
    levels = ", ".join("'" + level.replace("'", "''") + "'" for level in attribute.stored_levels)
    return f"ENUM ({levels})"
