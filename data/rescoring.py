"""The stored texts of a build counted again under other normalisers; the build stays as it is.

Owns the loop over ranges of recordings. Each range goes through the scoring of an ingest
(`scoring.py`), so that the build's own normaliser gives the stored counts again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np
import pyarrow as pa

from analysis.normalize import NormalizationError, Normalizer
from analysis.selection import Selection
from data.queries_rescored import ScoredTexts, scored_texts
from data.records import Recordings
from data.scoring import Progress, no_progress, score_systems
from data.scoring_choice import Scoring


@dataclass
class Rescored:
    """Scores under other normalisers, with the columns of table `score`."""

    scores: dict[str, pa.Table] = field(default_factory=dict)
    """By normaliser, without those that could not read a text."""
    refusals: dict[str, str] = field(default_factory=dict)
    """For each of those, what it could not read."""


def rescore(
    cursor: duckdb.DuckDBPyConnection,
    system: int,
    selection: Selection,
    n_utterances: int,
    scoring: Scoring,
    normalizers: Sequence[Normalizer],
    progress: Progress = no_progress,
) -> Rescored:
    """Count the selected recordings of one system again under each normaliser, all else as `scoring` has it.

    `n_utterances` is that of the build. Progress is told in recordings times normalisers.
    """
    scorings = {one.id: replace(scoring, normalizer=one, letters=None) for one in normalizers}
    parts: dict[str, list[pa.Table]] = {name: [] for name in scorings}
    refusals: dict[str, str] = {}
    total, looked_at = n_utterances * len(scorings), 0
    for end, texts in scored_texts(cursor, system, selection, n_utterances):
        for place, (name, one) in enumerate(scorings.items()):
            progress("counting", looked_at * len(scorings) + (end - looked_at) * place, total)
            if name not in refusals:
                try:
                    parts[name].append(_scores(texts, system, one))
                except NormalizationError as refusal:
                    refusals[name] = str(refusal)
        looked_at = end
    progress("counting", total, total)
    return Rescored(
        {name: pa.concat_tables(tables) for name, tables in parts.items() if name not in refusals and tables},
        refusals,
    )


def _scores(texts: ScoredTexts, system: int, scoring: Scoring) -> pa.Table:
    """Rows of table `score`, without the texts."""
    [scored] = score_systems(_recordings(texts), scoring).values()
    return pa.table(
        {
            "row_id": pa.array(texts.rows[scored.rows]),
            "system": pa.array(np.full(len(scored.rows), system, np.uint8)),
            **{name: pa.array(counts) for name, counts in scored.counts.items()},
        }
    )


def _recordings(texts: ScoredTexts) -> Recordings:
    """The texts as an ingest hands them to the scoring, which looks at nothing else."""
    nothing = pa.nulls(len(texts.rows), pa.string())
    return Recordings(
        utterance_ids=nothing,
        speaker_ids=nothing,
        references=texts.references,
        hypotheses={"": texts.hypotheses},
        columns={},
        audio=nothing,
        duration_s=nothing,
        rows=nothing,
        files=nothing,
    )
