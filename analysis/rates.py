"""The table of groups: each with its rate, interval, counts, status and comparison.

Puts together what `intervals.py`, `comparisons.py` and `judgement.py` work out, over the
full product of the groups, so that a combination nobody was recorded in is a visible row.
It takes sums by group and speaker, or the statistics of them that a build has stored,
and the same code finishes both: there is one route to every number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics, contrast_statistics
from analysis.group_product import full_product, places_in_product
from analysis.intervals import (
    GroupStatistics,
    Intervals,
    group_statistics,
    pooled_design_effect,
    rate_intervals,
)
from analysis.judgement import Judgement, judge
from analysis.memberships import memberships
from analysis.metrics import RATE_UNIT, Metric
from analysis.mix_of_conditions import ConditionMix, settled_comparator
from analysis.roles import NOT_STATED_CODE, Comparator, strata
from analysis.settings import DEFAULTS, Settings
from analysis.shrinkage import shrunken_rates
from analysis.speaker_counts import FloatArray, IntArray, SpeakerCounts
from analysis.verdict_reasons import (
    DISPLAY_ONLY,
    EMPTY,
    FEW_SPEAKERS,
    IS_REFERENCE,
    MIRRORED,
    NO_REASON,
    NO_WORDS,
    NOT_STATED,
    WHOLE,
    support_reason,
)

STATUSES = ("shown", "few speakers", "suppressed", "empty")
SHOWN, FEW, SUPPRESSED, NOBODY = range(4)


@dataclass(frozen=True)
class GroupedCounts:
    """What a query returns: which groups were recorded, their sums, and their speakers' sums."""

    codes: IntArray
    """Recorded groups, one row each, one column per attribute; -1 is not stated. Sorted."""
    totals: Mapping[str, IntArray]
    """Each of `metrics.COUNTS`, one entry per recorded group."""
    statistics: GroupStatistics
    contrast: ContrastStatistics
    mix: ConditionMix | None = None
    """How the groups' mixes of conditions differ; None where that was not looked at."""


@dataclass(frozen=True)
class RateTable:
    """Groups in rows. All arrays have one entry per group of the full product."""

    metric: Metric
    attributes: tuple[Attribute, ...]
    comparator: Comparator
    codes: IntArray
    totals: Mapping[str, IntArray]
    statistics: GroupStatistics
    contrast: ContrastStatistics
    intervals: Intervals
    status: IntArray
    """Position in STATUSES."""
    status_reason: IntArray
    """Position in `judgement.REASONS`; why a row is not "shown"."""
    judgement: Judgement
    shrunken: FloatArray
    level: float
    settings: Settings
    design_effect: float
    planned: bool = False
    """Whether the rows are a family that a plan declared in advance; else they are exploratory."""
    mix: ConditionMix | None = None
    """How the groups' mixes of conditions differ, and whether they are compared in it; None where it was not looked at."""

    def __len__(self) -> int:
        return len(self.codes)

    def group(self, position: int) -> dict[str, str | None]:
        """Attribute to group name; None is not stated."""
        pairs = zip(self.attributes, self.codes[position].tolist(), strict=True)
        return {a.name: None if code == NOT_STATED_CODE else a.levels[code] for a, code in pairs}

    @cached_property
    def utterance_mean(self) -> FloatArray:
        """Mean over utterances of their own rate, each counting once; NaN without any, or where it is not known."""
        if "utterance_rates" not in self.totals:
            return np.full(len(self), np.nan)
        rated = self.totals["rated_utterances"]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(rated > 0, RATE_UNIT * self.totals["utterance_rates"] / rated, np.nan)

    def count(self, name: str, position: int) -> int | None:
        """One of `metrics.COUNTS`, or "errors", of a group; None where the evaluation does not give it."""
        if name in self.totals:
            return int(self.totals[name][position])
        kinds = ("substitutions", "deletions", "insertions")
        if name == "errors" and all(kind in self.totals for kind in kinds):
            return sum(int(self.totals[kind][position]) for kind in kinds)
        return None

    def position(self, group: Mapping[str, str | None]) -> int | None:
        """Where a group stands in the table; None where it does not."""
        wanted = []
        for attribute in self.attributes:
            value = group.get(attribute.name)
            if value is not None and value not in attribute.levels:
                return None
            wanted.append(NOT_STATED_CODE if value is None else attribute.levels.index(value))
        found = np.flatnonzero((self.codes == np.array(wanted, np.int64)).all(axis=1))
        return int(found[0]) if len(found) else None


def grouped_counts(
    attributes: Sequence[Attribute],
    codes: IntArray,
    totals: Mapping[str, IntArray],
    counts: SpeakerCounts,
    comparator: Comparator,
) -> GroupedCounts:
    """Statistics of the recorded groups and of their comparators, from sums by group and speaker.

    `codes`, `totals` and `counts` are as they are stored: a set of labels counts here in each of its groups.
    """
    members = memberships(attributes, codes)
    cells, counts = counts, members.counts(counts)
    statistics = group_statistics(counts)
    number, n_pools = strata(attributes, members.codes, comparator)
    if comparator.kind == "reference":
        contrast = contrast_statistics(counts, statistics, counts, number, without_group=False)
    else:
        pools = members.pools(cells, number, n_pools)
        without_group = comparator.kind != "overall"
        contrast = contrast_statistics(counts, statistics, pools, number, without_group)
    return GroupedCounts(members.codes, members.totals(totals), statistics, contrast)


def rate_table(
    metric: Metric,
    attributes: Sequence[Attribute],
    grouped: GroupedCounts,
    comparator: Comparator,
    whole: GroupStatistics,
    level: float = DEFAULTS.level,
    settings: Settings = DEFAULTS,
    mirrored: tuple[int, ...] = (),
) -> RateTable:
    """Finish the table: full product of groups, intervals, statuses, comparisons and verdicts.

    `whole` is the single group of everything selected; it gives the overall rate.
    Rows in `mirrored` are the other side of a single comparison and no test of their own.
    Raises `TooManyGroups` where the product exceeds 200,000 rows.
    """
    attributes = tuple(attributes)
    comparator = settled_comparator(attributes, comparator, grouped.mix)
    codes = full_product(attributes)
    place = places_in_product(attributes, grouped.codes)
    statistics = _spread_out(grouped.statistics, place, len(codes))
    contrast = _spread_out(grouped.contrast, place, len(codes))
    totals = {name: _placed(values, place, len(codes)) for name, values in grouped.totals.items()}
    overall_rate = float(whole.rate[0])
    design_effect = pooled_design_effect(grouped.statistics, float(whole.design_effect[0]), settings)
    status, status_reason = _statuses(statistics, overall_rate, settings)
    status_reason[(status == NOBODY) & (np.asarray(totals.get("n_utterances", 0)) > 0)] = NO_WORDS
    untestable = _untestable(attributes, codes, comparator, statistics)
    untestable[list(mirrored)] = MIRRORED
    return RateTable(
        metric=metric,
        attributes=attributes,
        comparator=comparator,
        codes=codes,
        totals=totals,
        statistics=statistics,
        contrast=contrast,
        intervals=rate_intervals(statistics, design_effect, level, metric.bounded, settings),
        status=status,
        status_reason=status_reason,
        judgement=judge(statistics, contrast, overall_rate, untestable, design_effect, settings),
        shrunken=shrunken_rates(statistics.numerator, statistics.denominator, design_effect),
        level=level,
        settings=settings,
        design_effect=design_effect,
        mix=grouped.mix.over(place, len(codes)) if grouped.mix else None,
    )


def _placed(values: IntArray, place: IntArray, size: int) -> IntArray:
    result = np.zeros(size, values.dtype)
    result[place] = values
    return result


UNDEFINED_WHEN_EMPTY = {
    "speaker_mean",
    "variance_log",
    "design_effect",
    "variance",
    "difference_variance",
}
"""Statistics that are not 0 where a group has nobody."""
_Statistics = TypeVar("_Statistics", GroupStatistics, ContrastStatistics)


def _spread_out(statistics: _Statistics, place: IntArray, size: int) -> _Statistics:
    """The statistics over the full product; rows that were not recorded hold 0, or NaN for what is undefined."""
    spread = {}
    for field in fields(statistics):
        values = getattr(statistics, field.name)
        result = np.full(size, np.nan) if field.name in UNDEFINED_WHEN_EMPTY else np.zeros(size, values.dtype)
        result[place] = values
        spread[field.name] = result
    return replace(statistics, **spread)


def _statuses(
    statistics: GroupStatistics, overall_rate: float, settings: Settings
) -> tuple[IntArray, IntArray]:
    few = support_reason(
        statistics.n_speakers,
        statistics.effective_speakers,
        statistics.denominator,
        overall_rate,
        FEW_SPEAKERS,
        settings,
    )
    empty = statistics.denominator <= 0
    status = np.select([empty, few != NO_REASON], [NOBODY, FEW], SHOWN).astype(np.int64)
    return status, np.where(empty, EMPTY, few).astype(np.int64)


def _untestable(
    attributes: tuple[Attribute, ...], codes: IntArray, comparator: Comparator, statistics: GroupStatistics
) -> IntArray:
    """Why a row is not part of the family: empty, not stated, the reference itself, or display only."""
    reason = np.full(len(codes), NO_REASON if attributes else WHOLE, np.int64)
    if comparator.kind == "overall":
        reason[:] = DISPLAY_ONLY
    if comparator.kind == "reference":
        column = [a.name for a in attributes].index(str(comparator.attribute))
        is_reference = codes[:, column] == attributes[column].levels.index(str(comparator.value))
        reason[is_reference] = IS_REFERENCE
    reason[(codes == NOT_STATED_CODE).any(axis=1)] = NOT_STATED
    reason[statistics.denominator <= 0] = EMPTY
    return reason


def whole_statistics(counts: SpeakerCounts) -> GroupStatistics:
    """Statistics of everything selected, as one group."""
    return group_statistics(counts.merged(np.zeros(counts.n_groups, np.int64), 1))
