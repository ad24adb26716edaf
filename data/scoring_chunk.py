"""Some utterances, scored: texts are normalised, brought into agreement, aligned and counted.

Owns the steps between two texts and the counts of table `score`. It knows neither files nor
processes, so that a chunk counts the same wherever it is worked on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.align import align_texts
from analysis.characters import character_counts
from analysis.normalize import normalize_texts
from data.scoring_choice import Scoring

Counts = Mapping[str, npt.NDArray[np.int32]]

_OF_WORDS = ("n_words", "n_hypothesis_words", "hits", "substitutions", "deletions", "insertions")
COUNTED_COLUMNS = (*_OF_WORDS, "n_characters", "character_errors", "n_keywords", "keyword_misses")
"""The counts of one utterance and system; those of keywords are 0 where there is no list."""


@dataclass(frozen=True)
class ScoredChunk:
    """What comes of some utterances."""

    references: pa.Array
    """Normalised."""
    counts: list[Counts]
    """`COUNTED_COLUMNS` for each system, one entry for each utterance it has a hypothesis for (not null)."""


def score_chunk(scoring: Scoring, references: pa.Array, hypotheses: Sequence[pa.Array]) -> ScoredChunk:
    """Normalise, align and count some utterances."""
    spoken = normalize_texts(scoring.normalizer, references)
    return ScoredChunk(spoken, [_scored(scoring, spoken, texts) for texts in hypotheses])


def _scored(scoring: Scoring, spoken: pa.Array, hypotheses: pa.Array) -> Counts:
    if hypotheses.null_count:
        spoken, hypotheses = spoken.filter(pc.is_valid(hypotheses)), hypotheses.drop_null()
    heard = scoring.normalizer.agreed(spoken, normalize_texts(scoring.normalizer, hypotheses))
    alignment = align_texts(spoken, heard, scoring.aligner)
    counts = {name: np.asarray(getattr(alignment, name), np.int32) for name in _OF_WORDS}
    counts["n_characters"], counts["character_errors"] = character_counts(
        spoken, heard, parted=scoring.normalizer.parts_characters
    )
    if scoring.keywords is None:
        nothing = np.zeros(len(spoken), np.int32)
        counts["n_keywords"], counts["keyword_misses"] = nothing, nothing
    else:
        counts["n_keywords"], counts["keyword_misses"] = scoring.keywords.counts(spoken, alignment)
    return counts
