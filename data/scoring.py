"""Normalise, align and count: the texts of an evaluation become counts per utterance and system.

Owns the loop over systems and its progress. How a text is normalised and aligned is
`analysis/normalize.py` and `analysis/align.py`; nothing here writes a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.align import align_texts
from analysis.normalize import normalize_texts
from data.records import Recordings

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the units done and the units in all."""

_CHUNK = 50_000


def no_progress(_step: str, _done: int, _total: int) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class SystemScores:
    """The counts of one system: one entry per scored utterance."""

    rows: npt.NDArray[np.int32]
    """Position of the utterance in the recordings, rising."""
    hypotheses: pa.Array
    """Strings as written in the source; "" is an empty output."""
    counts: dict[str, npt.NDArray[np.int32]]
    """`n_words`, `n_hypothesis_words`, `hits`, `substitutions`, `deletions` and `insertions`."""


def score_systems(
    recordings: Recordings, normalizer_id: str, progress: Progress = no_progress
) -> dict[str, SystemScores]:
    """Counts by system, in the order of the systems. Utterances a system has no hypothesis for are left out."""
    total = len(recordings) * (len(recordings.hypotheses) + 1)
    references = _normalize(normalizer_id, recordings.references, progress, 0, total)
    return {
        name: _score(references, hypotheses, normalizer_id, progress, len(recordings) * (place + 1), total)
        for place, (name, hypotheses) in enumerate(recordings.hypotheses.items())
    }


def _normalize(normalizer_id: str, texts: pa.Array, progress: Progress, done: int, total: int) -> pa.Array:
    parts = []
    for start in range(0, len(texts), _CHUNK):
        progress("scoring", done + start, total)
        part = normalize_texts(normalizer_id, texts.slice(start, _CHUNK))
        parts.append(part.combine_chunks() if isinstance(part, pa.ChunkedArray) else part)
    return pa.concat_arrays(parts) if parts else pa.array([], pa.string())


def _score(
    references: pa.Array, hypotheses: pa.Array, normalizer_id: str, progress: Progress, done: int, total: int
) -> SystemScores:
    rows = np.flatnonzero(pc.is_valid(hypotheses).to_numpy(zero_copy_only=False)).astype(np.int32)
    scored = hypotheses if hypotheses.null_count == 0 else hypotheses.take(pa.array(rows))
    wanted = references if hypotheses.null_count == 0 else references.take(pa.array(rows))
    names = ("n_words", "n_hypothesis_words", "hits", "substitutions", "deletions", "insertions")
    parts: dict[str, list[npt.NDArray[np.int32]]] = {name: [np.empty(0, np.int32)] for name in names}
    for start in range(0, len(scored), _CHUNK):
        progress("scoring", done + start, total)
        normalized = _normalize(normalizer_id, scored.slice(start, _CHUNK), no_progress, 0, 0)
        alignment = align_texts(wanted.slice(start, _CHUNK), normalized)
        for name in names:
            parts[name].append(np.asarray(getattr(alignment, name), np.int32))
    progress("scoring", done + len(references), total)
    return SystemScores(rows, scored, {name: np.concatenate(arrays) for name, arrays in parts.items()})
