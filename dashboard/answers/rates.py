"""How often does a system err for each group? The single route to every rate of the product.

Asks `data/` for sums (stored ones where nothing is filtered) and `analysis/` for what they
mean. Both front ends and every export call this; it draws nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.hidden_rows import among_selected, with_rows_hidden
from analysis.intervals import GroupStatistics
from analysis.metrics import DEFAULT_METRIC, METRICS, Metric
from analysis.mix_of_conditions import conditions_to_mix, in_the_same_mix, no_mix
from analysis.plan_families import NOTHING_DECLARED, Family
from analysis.publication import published
from analysis.published_digits import Digits
from analysis.rates import GroupedCounts, RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import NOT_STATED_CODE, Comparator, default_comparator
from analysis.selection import EVERYTHING, Everything, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import IntArray
from dashboard.answers.audience import INTERNAL, Audience, publishable
from dashboard.answers.choices import (
    chosen_attributes,
    chosen_metric,
    chosen_recordings,
    chosen_system,
    known_totals,
)
from dashboard.answers.families import Judged, judged_by, settled
from data.marginals import read_marginal
from data.queries import Query, counts_query, pair_counts
from data.queries_rescored import rescored_pair_counts
from data.store import Build

_NOBODY = default_comparator(())


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
    hides, within = judged.family.kept is not None, judged.family.within
    asked = replace(question, where=within)
    subset = None if scores is not None else _stored_subset(build, asked, attributes, judged, system)
    found = None if subset is None else _from_store(build, system, attributes, subset)
    if found is None or not _mixed_as_stored(found[0], judged.settings):
        subset, counted = None, chosen_recordings(build, within)
        found = _from_recordings(build, system, attributes, chosen, judged, counted, scores)
    grouped, whole = found
    grouped, whole = (replace(one, totals=known_totals(build, one.totals)) for one in (grouped, whole))
    table = _judged_table(question, attributes, chosen, judged, grouped, whole.statistics)
    if hides:
        # Everything selected has no attributes among which a named group could be found.
        alone = replace(judged, comparator=_NOBODY)
        _, whole = _from_recordings(build, system, (), chosen, alone, where, scores)
        whole = replace(whole, totals=known_totals(build, whole.totals))
    everything = rate_table(chosen, (), whole, _NOBODY, whole.statistics, question.level, judged.settings)
    name = build.info.systems[system]
    answer = RatesAnswer(question, name, table, everything, subset is not None, judged.family)
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


def _stored_subset(
    build: Build, question: RatesQuestion, attributes: Sequence[Attribute], judged: Judged, system: int
) -> int | None:
    """Number of the stored grouping that answers this; None where the recordings must be read."""
    usual = isinstance(question.where, Everything) and question.metric == DEFAULT_METRIC
    if not usual or judged.comparator != default_comparator(attributes):
        return None
    stored = {frozenset(names): number for number, names in enumerate(build.info.marginal_subsets)}
    found = stored.get(frozenset(question.by)) if frozenset() in stored else None
    if found is None or not _conditions(build, attributes, judged.comparator, METRICS[DEFAULT_METRIC]):
        return found
    mix = build.info.marginal_mixes.get(f"{system}:{found}")
    # Another limit than the one it was stored with may decide otherwise.
    same = mix is not None and mix["used"] == (
        mix["difference"] > judged.settings.mix_limit and bool(mix["strata"])
    )
    return found if same else None


def _mixed_as_stored(grouped: GroupedCounts, settings: Settings) -> bool:
    """Whether the same groups decide on the mix of conditions as when it was stored, by the default minimum."""
    if grouped.mix is None or settings.min_speakers == DEFAULTS.min_speakers:
        return True
    stated = (grouped.codes != NOT_STATED_CODE).all(axis=1)
    n_speakers = grouped.statistics.n_speakers[stated]
    now, stored = n_speakers >= settings.min_speakers, n_speakers >= DEFAULTS.min_speakers
    return bool(np.array_equal(now, stored))


def _conditions(
    build: Build, attributes: Sequence[Attribute], comparator: Comparator, chosen: Metric
) -> tuple[Attribute, ...]:
    """Conditions over which groups of speakers may have to be compared in their own mix."""
    return conditions_to_mix(attributes, build.info.attributes, comparator, is_ratio=chosen.is_ratio)


def _from_store(
    build: Build, system: int, attributes: Sequence[Attribute], subset: int
) -> tuple[GroupedCounts, GroupedCounts]:
    cursor, stored = build.cursor(), build.info.marginal_subsets
    positions = [stored[subset].index(attribute.name) for attribute in attributes]
    mix = build.info.marginal_mixes.get(f"{system}:{subset}")
    grouped = read_marginal(cursor, subset, len(attributes), system, positions, mix)
    whole = read_marginal(cursor, stored.index(()), 0, system, [])
    return grouped, _nobody_beside(whole.totals, whole.statistics)


def _from_recordings(
    build: Build,
    system: int,
    attributes: tuple[Attribute, ...],
    chosen: Metric,
    judged: Judged,
    where: Selection,
    scores: pa.Table | None = None,
) -> tuple[GroupedCounts, GroupedCounts]:
    """Groups and everything selected; a page asks for the same ones in several of its questions."""

    def added() -> tuple[GroupedCounts, GroupedCounts]:
        return _added(build, system, attributes, chosen, judged, where, scores)

    if scores is not None:
        return added()
    names = tuple(attribute.name for attribute in attributes)
    question = ("groups", system, names, chosen.id, judged.comparator, judged.settings, where)
    return build.remembered(question, added)


def _added(
    build: Build,
    system: int,
    attributes: Sequence[Attribute],
    chosen: Metric,
    judged: Judged,
    where: Selection,
    scores: pa.Table | None,
) -> tuple[GroupedCounts, GroupedCounts]:
    conditions = _conditions(build, attributes, judged.comparator, chosen)
    by = [*attributes, *conditions]
    if scores is None:
        finer = pair_counts(build.cursor(), by, system, where, metric=chosen)
    else:
        finer = rescored_pair_counts(build.cursor(), by, system, where, scores, chosen)
    levels = [len(attribute.stored_levels) for attribute in attributes]
    pairs = finer.rolled_up(range(len(attributes)), levels) if conditions else finer
    counts = chosen.by_speaker(pairs.group, pairs.speaker, pairs.columns, len(pairs.codes))
    grouped = grouped_counts(attributes, pairs.codes, pairs.totals(), counts, judged.comparator)
    if conditions:
        cells = chosen.by_speaker(finer.group, finer.speaker, finer.columns, len(finer.codes))
        limit = judged.settings.mix_limit if judged.comparator.where_mixes_differ else None
        mix, contrast = in_the_same_mix(
            cells,
            finer.codes,
            conditions,
            grouped.statistics,
            grouped.contrast,
            limit,
            settings=judged.settings,
        )
        grouped = replace(grouped, mix=mix, contrast=contrast)
    else:
        known, is_ratio, n_groups = build.info.attributes, chosen.is_ratio, len(grouped.codes)
        none = no_mix(attributes, known, judged.comparator, is_ratio=is_ratio, n_groups=n_groups)
        grouped = replace(grouped, mix=none)
    # Groups may share recordings, so everything selected is summed from what was counted once.
    totals = {name: np.array([values.sum()], np.int64) for name, values in pairs.totals().items()}
    return grouped, _nobody_beside(totals, whole_statistics(counts))


def _nobody_beside(totals: Mapping[str, IntArray], whole: GroupStatistics) -> GroupedCounts:
    """Everything selected as a single group, which has nobody to be compared with."""
    undefined, zero = np.full(1, np.nan), np.zeros(1)
    nobody = ContrastStatistics(
        zero, zero, np.zeros(1, np.int64), zero, zero, undefined, undefined, undefined
    )
    return GroupedCounts(np.zeros((1, 0), np.int64), totals, whole, nobody)


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
