"""Errors and words summed by group and speaker: all that the statistics ever see.

Owns the sparse table of (group, speaker) pairs. A speaker who is absent from a group
has no row, so the table grows with the recordings and never with groups times speakers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class SpeakerCounts:
    """Numerator and denominator of a metric for each speaker in each group, one row a pair.

    Rows are sorted by group, then speaker, and no pair occurs twice.
    """

    group: IntArray
    speaker: IntArray
    numerator: FloatArray
    """Errors of that speaker in that group (for word error rate: substitutions + deletions + insertions)."""
    denominator: FloatArray
    """Reference words of that speaker in that group; 0 where only empty references were recorded."""
    n_groups: int
    """Groups are numbered 0 to n_groups - 1; some may have no rows."""

    @staticmethod
    def of(group: Any, speaker: Any, numerator: Any, denominator: Any, n_groups: int) -> SpeakerCounts:
        """Sum rows that share a group and a speaker, and sort; rows without errors and words are left out."""
        group = np.asarray(group, np.int64)
        speaker = np.asarray(speaker, np.int64)
        numerator = np.asarray(numerator, np.float64)
        denominator = np.asarray(denominator, np.float64)
        present = (numerator > 0) | (denominator > 0)
        if not present.all():
            group, speaker = group[present], speaker[present]
            numerator, denominator = numerator[present], denominator[present]
        width = int(speaker.max()) + 1 if len(speaker) else 1
        key = group * width + speaker
        if len(key) and (np.diff(key) <= 0).any():
            key, position = np.unique(key, return_inverse=True)
            numerator = np.bincount(position, numerator, len(key))
            denominator = np.bincount(position, denominator, len(key))
            group, speaker = key // width, key % width
        return SpeakerCounts(group, speaker, numerator, denominator, n_groups)

    def total(self, values: npt.NDArray[Any]) -> FloatArray:
        """Sum of a value per pair, for each group."""
        return np.bincount(self.group, values, self.n_groups).astype(np.float64)

    def largest(self, values: FloatArray) -> FloatArray:
        """Largest value among a group's speakers; 0 for a group without rows."""
        result = np.zeros(self.n_groups)
        np.maximum.at(result, self.group, values)
        return result

    def merged(self, parent_of_group: IntArray, n_parents: int) -> SpeakerCounts:
        """The same counts in coarser groups: `parent_of_group[g]` is the new number of group g."""
        parent = np.asarray(parent_of_group, np.int64)[self.group]
        return SpeakerCounts.of(parent, self.speaker, self.numerator, self.denominator, n_parents)
