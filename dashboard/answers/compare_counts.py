"""Sums of two systems by group and speaker, in the form the statistics of a comparison take.

Owns the step from what a query returns to `PairedCounts`, for any metric. It judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.attributes import Attribute
from analysis.counting_sort import distinct_places
from analysis.group_product import full_product, places_in_product
from analysis.memberships import Memberships, memberships
from analysis.metrics import Metric
from analysis.speaker_counts import IntArray
from analysis.two_systems import PairedCounts
from data.pair_counts import PairCounts
from data.queries_paired import FIRST, SECOND, own_counts


def paired_by(
    pairs: PairCounts, metric: Metric, row: IntArray, group: IntArray, n_groups: int
) -> PairedCounts:
    """Sums of these rows by group and speaker, sorted; a speaker of several recorded groups may meet again in one."""
    speaker = pairs.speaker[row]
    width = int(speaker.max()) + 1 if len(speaker) else 1
    key, position = distinct_places(group * width + speaker)
    columns = {
        name: np.bincount(position, values[row], len(key)).astype(np.float64)
        for name, values in pairs.columns.items()
    }
    of_first, of_second = (
        metric.sums({**columns, **{name: columns[f"{system}{name}"] for name in own_counts(metric)}})
        for system in (FIRST, SECOND)
    )
    same_words = np.array_equal(of_first[1], of_second[1])
    return PairedCounts(
        group=key // width,
        speaker=key % width,
        errors_a=of_first[0],
        errors_b=of_second[0],
        words=of_first[1],
        n_groups=n_groups,
        words_b=None if same_words else of_second[1],
        further_a=of_first[2:],
        further_b=of_second[2:],
        rate_of=metric.rate_of,
    )


@dataclass(frozen=True)
class GroupedSums:
    """Sums of two systems over the full product of the groups; a recording may count in several of them."""

    pairs: PairCounts
    metric: Metric
    codes: IntArray
    """The groups, one row each, one column per attribute; those nobody was recorded in, too."""
    members: Memberships
    place: IntArray
    """Row of `codes` of each recorded group."""

    @staticmethod
    def of(attributes: Sequence[Attribute], pairs: PairCounts, metric: Metric) -> GroupedSums:
        """From what a query of these attributes returned."""
        members = memberships(attributes, pairs.codes)
        place = places_in_product(tuple(attributes), members.codes)
        return GroupedSums(pairs, metric, full_product(attributes), members, place)

    def counts(self) -> PairedCounts:
        """By group and speaker."""
        row, group = self._rows()
        return paired_by(self.pairs, self.metric, row, group, len(self.codes))

    def pools(self, pool: IntArray, n_pools: int) -> PairedCounts:
        """By pool and speaker, from the pool of each group: a recording once in each pool."""
        row, of_row = self.members.pools_of_rows(self.pairs.group, pool[self.place], n_pools)
        return paired_by(self.pairs, self.metric, row, of_row, n_pools)

    def total(self, name: str) -> IntArray:
        """One of the counts by group, speakers together."""
        row, group = self._rows()
        return np.bincount(group, self.pairs.columns[name][row], len(self.codes)).astype(np.int64)

    def _rows(self) -> tuple[IntArray, IntArray]:
        row, group = self.members.of_rows(self.pairs.group)
        return row, self.place[group]


def overall_counts(pairs: PairCounts, metric: Metric) -> PairedCounts:
    """Everything that was counted, as one group."""
    n = len(pairs.speaker)
    return paired_by(pairs, metric, np.arange(n), np.zeros(n, np.int64), 1)


def overall_rate(overall: PairedCounts) -> float:
    """The first system's rate over everything; NaN without words."""
    totals = [np.array([values.sum()]) for values in overall.sums_a]
    return float(overall.rate_of(*totals)[0]) if totals[1][0] > 0 else float("nan")


def totals_of(pairs: PairCounts) -> tuple[int, int]:
    """Utterances and words."""
    return int(pairs.columns["n_utterances"].sum()), int(pairs.columns["n_words"].sum())
