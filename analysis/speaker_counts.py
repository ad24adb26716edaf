"""Errors, words and what else a metric needs, summed by group and speaker: all that the statistics ever see.

Owns the sparse table of (group, speaker) pairs. A speaker who is absent from a group
has no row, so the table grows with the recordings and never with groups times speakers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.counting_sort import order_by

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
RateOf = Callable[..., FloatArray]
"""A rate as a smooth function of sums: numerator, denominator, then whatever else it needs."""


def ratio_of_sums(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """The plain rate; NaN or infinite where there is nothing to divide by."""
    return np.asarray(numerator / denominator, np.float64)


@dataclass(frozen=True)
class SpeakerCounts:
    """The sums of a metric for each speaker in each group, one row a pair.

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
    further: tuple[FloatArray, ...] = ()
    """Sums that `rate_of` needs besides; none for a plain ratio."""
    rate_of: RateOf = ratio_of_sums

    @staticmethod
    def of(
        group: Any,
        speaker: Any,
        numerator: Any,
        denominator: Any,
        n_groups: int,
        further: tuple[Any, ...] = (),
        rate_of: RateOf = ratio_of_sums,
    ) -> SpeakerCounts:
        """Sum rows that share a group and a speaker, and sort; rows without errors and words are left out."""
        group = np.asarray(group, np.int64)
        speaker = np.asarray(speaker, np.int64)
        sums = [np.asarray(values, np.float64) for values in (numerator, denominator, *further)]
        present = (sums[0] > 0) | (sums[1] > 0)
        if not present.all():
            group, speaker = group[present], speaker[present]
            sums = [values[present] for values in sums]
        width = int(speaker.max()) + 1 if len(speaker) else 1
        key = group * width + speaker
        rises = np.diff(key)
        if len(key) and (rises < 0).any():
            # By speaker, then by group: counting twice is quicker than comparing their combinations once.
            order = order_by(speaker, width)
            order = order[order_by(group[order], max(n_groups, int(group.max()) + 1))]
            key, sums = key[order], [values[order] for values in sums]
            group, speaker, rises = group[order], speaker[order], np.diff(key)
        if len(key) and (rises == 0).any():
            starts = np.flatnonzero(np.concatenate([[True], rises > 0]))
            sums = [np.add.reduceat(values, starts) for values in sums]
            group, speaker = group[starts], speaker[starts]
        return SpeakerCounts(group, speaker, sums[0], sums[1], n_groups, tuple(sums[2:]), rate_of)

    @property
    def sums(self) -> tuple[FloatArray, ...]:
        """All that `rate_of` takes, by pair."""
        return (self.numerator, self.denominator, *self.further)

    @property
    def is_ratio(self) -> bool:
        """Whether the rate is numerator over denominator and nothing else."""
        return self.rate_of is ratio_of_sums

    def totals(self) -> tuple[FloatArray, ...]:
        """Each of the sums by group."""
        return tuple(self.total(values) for values in self.sums)

    @cached_property
    def _starts(self) -> IntArray:
        """The first row of each group that has rows."""
        return np.flatnonzero(np.diff(self.group, prepend=-1))

    def total(self, values: npt.NDArray[Any]) -> FloatArray:
        """Sum of a value per pair, for each group."""
        return self._by_group(np.add, values)

    def largest(self, values: FloatArray) -> FloatArray:
        """Largest value among a group's speakers, at least 0; 0 for a group without rows."""
        return np.maximum(self._by_group(np.maximum, values), 0.0)

    def _by_group(self, merge: np.ufunc, values: npt.NDArray[Any]) -> FloatArray:
        """Runs of rows merged; rows are sorted by group, which makes this much faster than sorting them out."""
        result = np.zeros(self.n_groups)
        if len(self.group):
            # Infinite values of both signs meet where a log is undefined; their sum is then undefined too.
            with np.errstate(invalid="ignore"):
                merged = merge.reduceat(np.asarray(values, np.float64), self._starts)
            result[self.group[self._starts]] = merged
        return result

    def merged(self, parent_of_group: IntArray, n_parents: int) -> SpeakerCounts:
        """The same counts in coarser groups: `parent_of_group[g]` is the new number of group g."""
        parent = np.asarray(parent_of_group, np.int64)[self.group]
        return SpeakerCounts.of(
            parent, self.speaker, self.numerator, self.denominator, n_parents, self.further, self.rate_of
        )
