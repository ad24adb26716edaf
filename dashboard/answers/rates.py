"""How often does a system err for each group? The single route to every rate of the product.

Asks `rates_counts.py` for sums (stored ones where nothing is filtered) and `analysis/` for what they
mean. Both front ends and every export call this; it draws nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.hidden_rows import among_selected, with_rows_hidden
from analysis.intervals import GroupStatistics
from analysis.metrics import DEFAULT_METRIC, Metric
from analysis.plan_families import NOTHING_DECLARED, Family
from analysis.publication import published
from analysis.published_digits import Digits
from analysis.rates import GroupedCounts, RateTable, rate_table
from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import INTERNAL, Audience, publishable
from dashboard.answers.choices import (
    chosen_attributes,
    chosen_metric,
    chosen_recordings,
    chosen_system,
)
from dashboard.answers.families import Judged, judged_by, settled
from dashboard.answers.rates_counts import COMPARED_WITH_NOBODY, summed, summed_whole
from data.queries import Query, counts_query
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
    """peers, complement, overall or ATTRIBUTE=VALUE; None is the plan's, else the default by the roles of the attributes."""
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS
    """DEFAULTS: those of the folder of the evaluation."""
    audience: Audience = INTERNAL
    """public: small groups withheld, numbers rounded; verdicts are those of the exact numbers."""
    digits: Digits = "printed"
    """How far the public's numbers are rounded."""


@dataclass(frozen=True)
class RatesAnswer:
    """The groups' table, and the same for everything selected as its only row."""

    question: RatesQuestion
    system: str
    table: RateTable
    whole: RateTable
    stored: bool
    """Whether the build's stored results were used; the numbers are the same either way."""
    family: Family = NOTHING_DECLARED
    """Whether the plan declared these rows, and why not; which of them the filter hides."""


def rates(build: Build, question: RatesQuestion, scores: pa.Table | None = None) -> RatesAnswer:
    """Rates of every group of a grouping, with intervals, statuses and verdicts.

    `scores` holds the columns of table `score`, counted otherwise, in place of the stored ones.
    Raises `QuestionError` for an unknown system or attribute, `ComparatorError`,
    `SelectionError`, `UnknownMetric` or `TooManyGroups`; each message says what to do.
    """
    question = settled(build, question)
    system = chosen_system(build, question.system)
    attributes = chosen_attributes(build, question.by)
    chosen = chosen_metric(build, question.metric)
    where = chosen_recordings(build, question.where)
    judged = _judged_by(build, attributes, question, counted_otherwise=scores is not None)
    # Groups are judged together; a filter that chooses among them only hides rows afterwards.
    sums = summed(build, system, attributes, chosen, judged, scores)
    table = _judged_table(question, attributes, chosen, judged, sums.groups, sums.whole.statistics)
    hides = judged.family.kept is not None
    whole = summed_whole(build, system, chosen, judged, where, scores) if hides else sums.whole
    everything = rate_table(
        chosen, (), whole, COMPARED_WITH_NOBODY, whole.statistics, question.level, judged.settings
    )
    name = build.info.systems[system]
    answer = RatesAnswer(question, name, table, everything, sums.stored, judged.family)
    return answer if question.audience == INTERNAL else _for_the_public(build, answer, system, chosen)


def _for_the_public(build: Build, answer: RatesAnswer, system: int, chosen: Metric) -> RatesAnswer:
    """The same answer with small groups withheld and every number rounded."""
    where, within, table = answer.question.where, answer.family.within, answer.table
    minimum = table.settings.public_min_speakers
    hidden = publishable(build, system, table.attributes, where, chosen, minimum, within)
    filtered = within != EVERYTHING
    return replace(
        answer,
        table=published(
            table,
            hidden.rows,
            filtered=filtered,
            whole_hidden=hidden.pool,
            digits=answer.question.digits,
        ),
        whole=published(answer.whole, np.array([hidden.whole]), digits=answer.question.digits),
    )


def rates_query(build: Build, question: RatesQuestion) -> Query:
    """The SQL that gives the sums behind an answer, for the reader who wants to check."""
    attributes = chosen_attributes(build, question.by)
    where = chosen_recordings(build, _judged_by(build, attributes, question).family.within)
    chosen = chosen_metric(build, question.metric)
    return counts_query(attributes, chosen_system(build, question.system), where, metric=chosen)


def _judged_by(
    build: Build, attributes: Sequence[Attribute], question: RatesQuestion, *, counted_otherwise: bool = False
) -> Judged:
    return judged_by(
        build.info,
        attributes,
        question.metric,
        question.where,
        question.against,
        question.settings,
        counted_otherwise,
    )


def _judged_table(
    question: RatesQuestion,
    attributes: tuple[Attribute, ...],
    chosen: Metric,
    judged: Judged,
    grouped: GroupedCounts,
    whole: GroupStatistics,
) -> RateTable:
    table = rate_table(chosen, attributes, grouped, judged.comparator, whole, question.level, judged.settings)
    table = replace(table, planned=judged.family.planned)
    if judged.family.within != EVERYTHING:
        table = among_selected(table)
    kept = judged.family.kept
    return table if kept is None else with_rows_hidden(table, np.array(kept, bool))
