"""Normalise, align and count: the texts of an evaluation become counts per utterance and system.

Owns the division into chunks, their progress, and putting them together again. What is done
to a chunk is `scoring_chunk.py`, on how many processes `scoring_processes.py`; nothing
here writes a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.normalize import normalizer
from data.arrays import combined
from data.records import Recordings
from data.scoring_choice import Scoring
from data.scoring_chunk import COUNTED_COLUMNS, Counts, ScoredChunk, score_chunk
from data.scoring_processes import Chunk, scored_in_processes

Progress = Callable[[str, int, int], None]
"""Called with what is being done, the units done and the units in all."""

_CHUNK = 20_000
FEWEST_TEXTS_FOR_PROCESSES = 200_000
"""With fewer texts, starting processes takes longer than they save."""


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
    """`scoring_chunk.COUNTED_COLUMNS`; of counts that were made elsewhere, those of words only."""


@dataclass(frozen=True)
class ScoredTexts:
    """What comes of the texts of an evaluation."""

    references: pa.Array
    """Normalised."""
    systems: dict[str, SystemScores]
    """In the order of the systems."""


def score_systems(
    recordings: Recordings,
    scoring: Scoring | str,
    progress: Progress = no_progress,
    processes: int = 1,
) -> dict[str, SystemScores]:
    """The systems alone of `score_texts`; `scoring` may be the name of a normaliser."""
    chosen = Scoring(normalizer(scoring)) if isinstance(scoring, str) else scoring
    return score_texts(recordings, chosen, progress, processes).systems


def score_texts(
    recordings: Recordings,
    scoring: Scoring,
    progress: Progress = no_progress,
    processes: int = 1,
    chunk: int = _CHUNK,
) -> ScoredTexts:
    """Counts by system. Utterances a system has no hypothesis for are left out.

    The result does not depend on the number of processes or the size of the chunks, in
    utterances. Progress is told in recordings.
    """
    total = len(recordings)
    n_texts = total * (len(recordings.hypotheses) + 1)
    progress("scoring", 0, total)
    parts: dict[int, ScoredChunk] = {}
    if processes > 1 and n_texts >= FEWEST_TEXTS_FOR_PROCESSES and total > chunk:
        scored = scored_in_processes(scoring, _chunks(recordings, chunk), processes)
    else:
        scored = ((one.number, score_chunk(scoring, *one.texts)) for one in _chunks(recordings, chunk))
    for number, part in scored:
        parts[number] = part
        done = len(parts) * chunk
        if done < total:
            progress("scoring", done, total)
    progress("scoring", total, total)
    ordered = [parts[number] for number in range(len(parts))]
    return ScoredTexts(
        combined(pa.chunked_array([part.references for part in ordered], pa.string())),
        {
            name: _whole(texts, [part.counts[place] for part in ordered])
            for place, (name, texts) in enumerate(recordings.hypotheses.items())
        },
    )


def _chunks(recordings: Recordings, size: int) -> Iterator[Chunk]:
    for number, start in enumerate(range(0, len(recordings), size)):
        hypotheses = [texts.slice(start, size) for texts in recordings.hypotheses.values()]
        yield Chunk(number, (recordings.references.slice(start, size), hypotheses))


def _whole(hypotheses: pa.Array, parts: list[Counts]) -> SystemScores:
    rows = np.flatnonzero(pc.is_valid(hypotheses).to_numpy(zero_copy_only=False)).astype(np.int32)
    nothing = np.empty(0, np.int32)
    counts = {name: np.concatenate([nothing, *(part[name] for part in parts)]) for name in COUNTED_COLUMNS}
    return SystemScores(rows, hypotheses.drop_null(), counts)
