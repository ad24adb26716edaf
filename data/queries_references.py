"""What a build holds of its references, for whoever scores one more system against them.

Only reads, row by row, and computes nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa


@dataclass(frozen=True)
class StoredReferences:
    """The utterances of a build in its own order."""

    utterance_ids: pa.Array
    speaker_ids: pa.Array
    references: pa.Array
    """Strings as written in the source; "" where nobody spoke, and everywhere in a build of counts."""


def stored_meta(cursor: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Everything that a build says about itself."""
    return {key: json.loads(value) for key, value in cursor.execute("SELECT key, value FROM meta").fetchall()}


def stored_references(cursor: duckdb.DuckDBPyConnection) -> StoredReferences:
    """Ids, speakers and texts of all utterances."""
    columns = cursor.execute(
        "SELECT utterance_id, speaker_id, reference FROM utterance JOIN speaker USING (speaker) ORDER BY row_id"
    ).fetchnumpy()
    return StoredReferences(
        *(pa.array(columns[name], pa.string()) for name in ("utterance_id", "speaker_id", "reference"))
    )


def stored_words(cursor: duckdb.DuckDBPyConnection, n_utterances: int) -> npt.NDArray[np.int64]:
    """Words of each reference, as the last system that was scored for it counts them; 0 where none was."""
    columns = cursor.execute("SELECT row_id, n_words FROM score ORDER BY system, row_id").fetchnumpy()
    words = np.zeros(n_utterances, np.int64)
    words[columns["row_id"]] = columns["n_words"]
    return words


def holds_hypothesis(cursor: duckdb.DuckDBPyConnection, text: str) -> bool:
    """Whether any hypothesis is exactly this text."""
    return bool(cursor.execute("SELECT 1 FROM score WHERE hypothesis = ? LIMIT 1", [text]).fetchall())
