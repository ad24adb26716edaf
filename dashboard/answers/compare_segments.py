"""The matched-pairs test of two systems on the texts of a build, for whoever knows it from elsewhere.

Reads texts, aligns them as the build was aligned and hands the errors to `analysis/segments.py`.
Its result is no verdict: it takes the segments of one speaker as independent.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from analysis.align import align_texts
from analysis.metrics import DEFAULT_METRIC
from analysis.normalize import Normalizer, normalize_texts
from analysis.segments import SegmentTest, segment_differences, segment_test
from dashboard.answers.choices import QuestionError, chosen_recordings, chosen_system
from dashboard.answers.compare import CompareQuestion
from data.queries_paired import shared_texts
from data.scoring_choice import scoring_of
from data.store import Build


def compare_segments(build: Build, question: CompareQuestion, first_of: Build | None = None) -> SegmentTest:
    """MAPSSWE over everything selected; raises `QuestionError` where there are no texts or the metric is another."""
    info = build.info
    if first_of is not None:
        raise QuestionError(
            "MAPSSWE is given for two systems of one build; leave --mapsswe or --first-in out."
        )
    if not info.has_text:
        raise QuestionError("MAPSSWE needs the words of both systems; this evaluation holds counts alone.")
    if question.metric != DEFAULT_METRIC:
        raise QuestionError(
            f"MAPSSWE counts word errors, so it goes with --metric {DEFAULT_METRIC}, not {question.metric}."
        )
    first, second = chosen_system(build, question.first), chosen_system(build, question.second)
    where = chosen_recordings(build, question.where)
    scoring = scoring_of(info)
    parts = [np.zeros(0)]
    chunks = shared_texts(build.cursor(), first, second, where, int(info.counts["utterances"]))
    for texts in chunks:
        reference, *heard = (_normalized(scoring.normalizer, column) for column in texts)
        agreed = (scoring.normalizer.agreed(reference, one) for one in heard)
        operations = (align_texts(reference, one, scoring.aligner).operations for one in agreed)
        parts.append(segment_differences(*operations))
    return segment_test(np.concatenate(parts))


def _normalized(normalizer: Normalizer, texts: pa.Array) -> pa.Array:
    found = normalize_texts(normalizer, texts)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
