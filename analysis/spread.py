"""How the recordings of groups are spread over the values of a condition, and how closely the two go together.

Describes who was recorded where. It takes counts of recordings, knows no rates and tests
nothing: recordings of one speaker are alike, and a table of them has no honest p-value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.speaker_counts import FloatArray, IntArray


@dataclass(frozen=True)
class Spread:
    """Groups by values of one condition."""

    counts: IntArray
    """Utterances; one row per group, one column per value, the last column for those without a value."""
    cramers_v: float
    """0: recorded in the same mix whatever the group. 1: one determines the other. Among those that state both."""

    @property
    def shares(self) -> FloatArray:
        """Share of each group's utterances in each column; NaN for a group without utterances."""
        totals = self.counts.sum(axis=1, keepdims=True)
        with np.errstate(all="ignore"):
            return np.asarray(np.where(totals > 0, self.counts / totals, np.nan), np.float64)


def spread_over(
    group: IntArray, value: IntArray, utterances: IntArray, n_groups: int, n_values: int
) -> Spread:
    """Add up utterances by group and value; codes of -1 are not stated. Groups that are not stated are left out.

    Source: Cramér (1946), Mathematical Methods of Statistics, chapter 21.
    """
    counts = np.zeros((n_groups, n_values + 1), np.int64)
    known = group >= 0
    np.add.at(counts, (group[known], np.where(value < 0, n_values, value)[known]), utterances[known])
    return Spread(counts, cramers_v(counts[:, :n_values]))


def cramers_v(table: IntArray) -> float:
    """Cramér's V of a table of counts; 0 where only one row or one column has any."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    held = table[rows > 0][:, columns > 0].astype(np.float64)
    smaller = min(held.shape) - 1
    if smaller < 1:
        return 0.0
    expected = held.sum(axis=1, keepdims=True) * held.sum(axis=0, keepdims=True) / held.sum()
    chi = ((held - expected) ** 2 / expected).sum()
    return float(min(1.0, np.sqrt(chi / (held.sum() * smaller))))
