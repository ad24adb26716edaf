"""How often does a system err for each group? The single route to every rate of the product.

Asks `data/` for sums (stored ones where nothing is filtered) and `analysis/` for what they
mean. Both front ends and every export call this; it draws nothing and knows no Streamlit.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.intervals import GroupStatistics
from analysis.metrics import DEFAULT_METRIC, Metric, metric
from analysis.rates import GroupedCounts, RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator, comparator_from_text, default_comparator
from analysis.selection import EVERYTHING, Everything, Selection
from analysis.selection_check import check
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import SpeakerCounts
from data.marginals import read_marginal
from data.queries import Query, counts_query, pair_counts
from data.store import Build


class QuestionError(ValueError):
    """A question about an evaluation that cannot be asked; the message says what can."""


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
    attributes = tuple(chosen_attribute(build, name) for name in question.by)
    if len(set(question.by)) < len(question.by):
        raise QuestionError(f"An attribute is named twice in the grouping: {', '.join(question.by)}.")
    chosen = metric(question.metric)
    comparator = comparator_from_text(question.against, attributes)
    check(question.where, build.info.attributes)
    subset = _stored_subset(build, question, attributes, comparator)
    if subset is not None:
        grouped, whole = _from_store(build, system, attributes, subset)
    else:
        grouped, whole = _from_recordings(build, system, attributes, chosen, comparator, question.where)
    return _finish(
        question, build.info.systems[system], attributes, chosen, comparator, grouped, whole, subset
    )


def rates_query(build: Build, question: RatesQuestion) -> Query:
    """The SQL that gives the sums behind an answer, for the reader who wants to check."""
    attributes = [chosen_attribute(build, name) for name in question.by]
    return counts_query(attributes, chosen_system(build, question.system), question.where)


def chosen_system(build: Build, name: str | None) -> int:
    """Position of a system; raises `QuestionError` naming the systems where it is unclear which."""
    systems = list(build.info.systems)
    if name is None:
        if len(systems) == 1:
            return 0
        raise QuestionError(f"This evaluation has {len(systems)} systems; name one: {', '.join(systems)}.")
    if name not in systems:
        raise QuestionError(_unknown("system", name, systems))
    return systems.index(name)


def two_systems(build: Build, names: str | None) -> tuple[str, str]:
    """Two systems from "A,B"; None means the only two. A name may itself hold commas."""
    systems = list(build.info.systems)
    if names is None:
        if len(systems) == 2:
            return systems[0], systems[1]
        raise QuestionError(
            f"This evaluation has {len(systems)} systems; name two with A,B: {', '.join(systems)}."
        )
    for first in systems:
        if names.startswith(f"{first},") and names[len(first) + 1 :].strip() in systems:
            return first, names[len(first) + 1 :].strip()
    raise QuestionError(f"'{names}' does not name two systems. Write A,B with two of: {', '.join(systems)}.")


def chosen_attribute(build: Build, name: str) -> Attribute:
    """An attribute by name; raises `QuestionError` with near names."""
    known = {attribute.name: attribute for attribute in build.info.attributes}
    if name not in known:
        raise QuestionError(_unknown("attribute", name, list(known)))
    return known[name]


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    hint = f"; did you mean '{near[0]}'?" if near else "."
    return f"There is no {what} '{name}'{hint} Known: {', '.join(known)}."


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
