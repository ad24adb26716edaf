"""How often does a system err for each group? The single route to every rate of the product.

Asks `data/` for sums (stored ones where nothing is filtered) and `analysis/` for what they
mean. Both front ends and every export call this; it draws nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.intervals import GroupStatistics
from analysis.metrics import DEFAULT_METRIC, Metric
from analysis.rates import GroupedCounts, RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator, comparator_from_text, default_comparator
from analysis.selection import EVERYTHING, Everything, Selection
from analysis.selection_check import check
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import SpeakerCounts
from dashboard.answers.choices import (
    chosen_attributes,
    chosen_metric,
    chosen_system,
    known_totals,
)
from data.marginals import read_marginal
from data.queries import Query, counts_query, pair_counts
from data.store import Build


@dataclass(frozen=True)
class RatesQuestion:
    """What is asked. A frozen value, so that it can be a cache key together with the build."""

    system: str | None = None
    """None means the only system; with several it is an error that names them."""
    by: tuple[str, ...] = ()
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    against: str | None = None
    """peers, complement, overall or ATTRIBUTE=VALUE; None is the default by the roles of the attributes."""
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS


@dataclass(frozen=True)
class RatesAnswer:
    """The groups' table, and the same for everything selected as its only row."""

    question: RatesQuestion
    system: str
    table: RateTable
    whole: RateTable
    stored: bool
    """Whether the build's stored results were used; the numbers are the same either way."""


def rates(build: Build, question: RatesQuestion) -> RatesAnswer:
    """Rates of every group of a grouping, with intervals, statuses and verdicts.

    Raises `QuestionError` for an unknown system or attribute, `ComparatorError`,
    `SelectionError`, `UnknownMetric` or `TooManyGroups`; each message says what to do.
    """
    system = chosen_system(build, question.system)
    attributes = chosen_attributes(build, question.by)
    chosen = chosen_metric(build, question.metric)
    comparator = comparator_from_text(question.against, attributes)
    check(question.where, build.info.attributes)
    subset = _stored_subset(build, question, attributes, comparator)
    if subset is not None:
        grouped, whole = _from_store(build, system, attributes, subset)
    else:
        grouped, whole = _from_recordings(build, system, attributes, chosen, comparator, question.where)
    grouped = replace(grouped, totals=known_totals(build, grouped.totals))
    return _finish(
        question, build.info.systems[system], attributes, chosen, comparator, grouped, whole, subset
    )


def rates_query(build: Build, question: RatesQuestion) -> Query:
    """The SQL that gives the sums behind an answer, for the reader who wants to check."""
    attributes = chosen_attributes(build, question.by)
    return counts_query(attributes, chosen_system(build, question.system), question.where)


def _stored_subset(
    build: Build, question: RatesQuestion, attributes: Sequence[Attribute], comparator: Comparator
) -> int | None:
    """Number of the stored grouping that answers this; None where the recordings must be read."""
    usual = isinstance(question.where, Everything) and question.metric == DEFAULT_METRIC
    if not usual or comparator != default_comparator(attributes):
        return None
    stored = {frozenset(names): number for number, names in enumerate(build.info.marginal_subsets)}
    return stored.get(frozenset(question.by)) if frozenset() in stored else None


def _from_store(
    build: Build, system: int, attributes: Sequence[Attribute], subset: int
) -> tuple[GroupedCounts, GroupStatistics]:
    cursor, stored = build.cursor(), build.info.marginal_subsets
    positions = [stored[subset].index(attribute.name) for attribute in attributes]
    grouped = read_marginal(cursor, subset, len(attributes), system, positions)
    return grouped, read_marginal(cursor, stored.index(()), 0, system, []).statistics


def _from_recordings(
    build: Build,
    system: int,
    attributes: Sequence[Attribute],
    chosen: Metric,
    comparator: Comparator,
    where: Selection,
) -> tuple[GroupedCounts, GroupStatistics]:
    pairs = pair_counts(build.cursor(), attributes, system, where)
    counts = SpeakerCounts.of(
        pairs.group, pairs.speaker, chosen.errors(pairs.columns), chosen.size(pairs.columns), len(pairs.codes)
    )
    grouped = grouped_counts(attributes, pairs.codes, pairs.totals(), counts, comparator)
    return grouped, whole_statistics(counts)


def _finish(
    question: RatesQuestion,
    system: str,
    attributes: tuple[Attribute, ...],
    chosen: Metric,
    comparator: Comparator,
    grouped: GroupedCounts,
    whole: GroupStatistics,
    subset: int | None,
) -> RatesAnswer:
    table = rate_table(chosen, attributes, grouped, comparator, whole, question.level, question.settings)
    everything = _whole_table(chosen, grouped, whole, question)
    return RatesAnswer(question, system, table, everything, subset is not None)


def _whole_table(
    chosen: Metric, grouped: GroupedCounts, whole: GroupStatistics, question: RatesQuestion
) -> RateTable:
    """Everything selected as a table of one row."""
    undefined, zero = np.full(1, np.nan), np.zeros(1)
    nobody = ContrastStatistics(
        zero, zero, np.zeros(1, np.int64), zero, zero, undefined, undefined, undefined
    )
    totals = {name: np.array([values.sum()], np.int64) for name, values in grouped.totals.items()}
    single = GroupedCounts(np.zeros((1, 0), np.int64), totals, whole, nobody)
    return rate_table(chosen, (), single, default_comparator(()), whole, question.level, question.settings)
