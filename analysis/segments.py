"""The matched-pairs test of segments (MAPSSWE): a familiar extra beside the tests by speaker.

Cuts two alignments of the same texts into segments that lie between words both systems got
right, and compares the errors in each. It takes utterances, and so the segments of one speaker,
as independent; where systems differ by speaker it finds differences far too often, which is why
no verdict is made of it. It knows no texts and no database.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.align import EditOperations, Operation
from analysis.speaker_counts import FloatArray, IntArray

MIN_GOOD_WORDS = 2
"""Words in a row that both systems got right, with nothing inserted between them, before a segment ends."""


@dataclass(frozen=True)
class SegmentTest:
    """Second system against first over all segments in which either made an error."""

    n_segments: int
    mean: float
    """Mean of the second system's errors minus the first's in a segment; NaN without segments."""
    statistic: float
    """The mean over its standard error; NaN with fewer than two segments, or where all differ alike."""
    p: float
    """Two-sided, from the normal distribution; 1 where no segment differs, NaN where `statistic` is undefined."""


def segment_differences(first: EditOperations, second: EditOperations) -> FloatArray:
    """Errors of the second alignment minus those of the first, segment by segment.

    Both align hypotheses with the same texts. Segments end at the end of a text, or where at least two words
    in a row are right in both alignments with nothing inserted between them; those without errors are not counted.
    Source: Gillick and Cox (1989), ICASSP; the bound of two words as in NIST's scoring toolkit.
    """
    pair = np.concatenate([first.pair, second.pair]).astype(np.int64)
    place = np.concatenate([_places(first), _places(second)])
    sign = np.concatenate([np.full(len(first.pair), -1.0), np.full(len(second.pair), 1.0)])
    if not len(pair):
        return np.zeros(0)
    order = np.lexsort((place, pair))
    pair, place, sign = pair[order], place[order], sign[order]
    right_between = place[1:] // 2 - (place[:-1] + 1) // 2
    begins = np.append(True, (np.diff(pair) != 0) | (right_between >= MIN_GOOD_WORDS))
    segment = np.cumsum(begins) - 1
    return np.bincount(segment, sign).astype(np.float64)


def _places(errors: EditOperations) -> IntArray:
    """Where each error lies: word p at 2p + 1, what is inserted before it at 2p."""
    position = errors.reference_position.astype(np.int64)
    return np.asarray(2 * position + (errors.operation != Operation.INSERTION), np.int64)


def segment_test(differences: FloatArray) -> SegmentTest:
    """The matched-pairs test over the differences of all segments.

    W = mean / (sd / sqrt(n)) with n - 1 in the variance; p = 2 (1 - Phi(|W|)).
    Source: Gillick and Cox (1989), ICASSP.
    """
    n = len(differences)
    mean = float(differences.mean()) if n else math.nan
    if not differences.any():
        return SegmentTest(n, mean, 0.0 if n else math.nan, 1.0)
    spread = float(differences.std(ddof=1)) if n > 1 else 0.0
    if spread == 0:
        return SegmentTest(n, mean, math.nan, math.nan)
    statistic = mean / (spread / math.sqrt(n))
    return SegmentTest(n, mean, statistic, math.erfc(abs(statistic) / math.sqrt(2)))
