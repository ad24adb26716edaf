"""Both sides of every comparison: each group, whom it is compared with, and who is on both sides.

Owns the sums of the comparator's side and where the group's speakers stand in it. What
leaving speakers out changes is worked out by `comparisons.py` and the modules of outsiders.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.intervals import GroupStatistics
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts


@dataclass(frozen=True)
class Sides:
    """Both sides of every contrast: the group's sums are in `groups`, the comparator's here."""

    groups: GroupStatistics
    comparators: SpeakerCounts
    comparator: IntArray
    """Number of its comparator for each group; 0 where it has none, and then `known` is False."""
    row: IntArray
    """For each pair of the groups, the row of that speaker in the comparator; -1 where absent."""
    known: BoolArray
    totals: tuple[FloatArray, ...]
    """Sums of the comparator's side, as `SpeakerCounts.sums`."""
    own_totals: tuple[FloatArray, ...]
    """Sums of the group."""
    without_group: bool

    @staticmethod
    def of(
        counts: SpeakerCounts,
        groups: GroupStatistics,
        comparators: SpeakerCounts,
        comparator_of_group: IntArray,
        without_group: bool,
    ) -> Sides:
        """Find each group's comparator and the row of each of its speakers there."""
        comparator = np.asarray(comparator_of_group, np.int64)
        known = comparator >= 0
        home = np.where(known, comparator, 0)
        own = counts.totals()
        totals = tuple(total[home] for total in comparators.totals())
        if without_group:
            totals = tuple(total - part for total, part in zip(totals, own, strict=True))
        row = np.where(known[counts.group], rows_of(comparators, home[counts.group], counts.speaker), -1)
        totals = tuple(np.where(known, total, 0.0) for total in totals)
        return Sides(groups, comparators, home, row, known, totals, own, without_group)

    @property
    def errors(self) -> FloatArray:
        """Numerator of the comparator's side."""
        return self.totals[0]

    @property
    def words(self) -> FloatArray:
        """Denominator of the comparator's side."""
        return self.totals[1]

    def theirs(self, column: int) -> FloatArray:
        """One of the comparator's sums for the speaker of each pair; 0 where that speaker is not in it."""
        if not len(self.comparators.group):
            return np.zeros(len(self.row))
        return np.where(self.row >= 0, self.comparators.sums[column][self.row], 0.0)

    @property
    def n_present(self) -> IntArray:
        """Speakers of the whole pool or reference each comparator is taken from; 0 where a group has none."""
        present = np.bincount(self.comparators.group, minlength=self.comparators.n_groups)
        return np.where(self.known, present[self.comparator], 0).astype(np.int64)


def rows_of(table: SpeakerCounts, group: IntArray, speaker: IntArray) -> IntArray:
    """Where each (group, speaker) stands in a sorted table; -1 where it does not."""
    if not len(table.group):
        return np.full(len(group), -1, np.int64)
    width = int(max(table.speaker.max(), speaker.max() if len(speaker) else 0)) + 1
    keys, wanted = table.group * width + table.speaker, group * width + speaker
    position = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[position] == wanted, position, -1).astype(np.int64)
