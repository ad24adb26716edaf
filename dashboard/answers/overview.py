"""How does one system fare over the groups of speakers? What the first page says, from one question.

Puts together answers of `rates.py` and `grid.py`: groups of the first speaker attribute with
their verdicts, the small table of groups by condition, and how much the conditions matter.
A group is named only where its verdict is shown. It draws nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.attributes import Attribute
from analysis.judgement import BETTER, SLIGHTLY_WORSE, VERDICTS, WITHIN, WORSE
from analysis.metrics import DEFAULT_METRIC
from analysis.rates import RateTable
from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import IntArray
from dashboard.answers.audience import INTERNAL, Audience, published_attributes
from dashboard.answers.families import settled
from dashboard.answers.gaps import Gaps, gaps
from dashboard.answers.grid import (
    Grid,
    GridQuestion,
    VerdictCounts,
    grid,
    is_asked_for,
    verdict_counts,
)
from dashboard.answers.layouts import default_layout, first_speaker_attribute
from dashboard.answers.overall_mixes import OverallMix, overall_mixes
from dashboard.answers.rates import RatesAnswer, RatesQuestion, rates
from dashboard.answers.worse_places import WorsePlaces, worse_places
from data.store import Build

MOST_CONDITIONS = 3


@dataclass(frozen=True)
class OverviewQuestion:
    """What is asked. A frozen value, so that it can be a cache key together with the build."""

    system: str | None = None
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS
    audience: Audience = INTERNAL


@dataclass(frozen=True)
class ConditionEffect:
    """The group of a condition in which the system is shown to err most, against the other recordings."""

    attribute: str
    group: str
    ratio: float
    low: float
    high: float


@dataclass(frozen=True)
class Combinations:
    """What a heatmap says of its cells."""

    attributes: tuple[Attribute, ...]
    """Those that are combined."""
    counts: VerdictCounts
    worse: WorsePlaces
    """Where each group of the attribute about speakers, else of the first, is shown to be worse."""


@dataclass(frozen=True)
class Overview:
    """One system at a glance."""

    question: OverviewQuestion
    overall: RatesAnswer
    """Everything selected, as `overall.whole`."""
    groups: RatesAnswer | None
    """By the first attribute about speakers; None where there is none with two groups."""
    shown: tuple[int, ...]
    """Rows of `groups` to be shown, in their order: what was recorded but not selected is not among them."""
    counts: VerdictCounts | None
    named: dict[str, tuple[str, ...]]
    """Groups by verdict, only those whose verdict is shown."""
    largest: int | None
    """Row of `groups` with the largest shown gap; None where no group is shown to be worse."""
    small: Grid | None
    """Groups by the first condition."""
    combinations: Combinations | None
    """Of the heatmap that opens first; None where it combines nothing."""
    effects: tuple[ConditionEffect, ...]
    apart: Gaps | None
    """How far those groups lie apart; None without `groups`."""
    mixes: tuple[OverallMix, ...]
    """The overall rate as tested, with those groups equal, and as planned."""


def overview(build: Build, question: OverviewQuestion) -> Overview:
    """The first page's numbers; raises what `rates` raises."""
    question = settled(build, question)
    attributes = published_attributes(build.info.attributes, question.audience)
    first = first_speaker_attribute(attributes)
    overall = rates(build, _rates_question(question, ()))
    groups = rates(build, _rates_question(question, (first.name,))) if first and _is_divided(first) else None
    layout = default_layout(attributes)
    small = grid(build, _grid_question(question, layout[:2])) if groups and len(layout) > 1 else None
    shown = _shown(build, question, groups) if groups else np.zeros(0, np.int64)
    return Overview(
        question=question,
        overall=overall,
        groups=groups,
        shown=tuple(shown.tolist()),
        counts=verdict_counts(groups.table, shown) if groups else None,
        named=named_groups(groups.table) if groups else {},
        largest=largest_gap(groups.table) if groups else None,
        small=small,
        combinations=_combinations(build, question, layout),
        effects=_effects(build, question),
        apart=gaps(build, groups) if groups else None,
        mixes=overall_mixes(build, groups or overall),
    )


def tables_behind(attributes: Sequence[Attribute], question: OverviewQuestion) -> list[RatesQuestion]:
    """The tables of rates that it puts together, each once; the second is that of its groups, where it has some."""
    attributes = published_attributes(attributes, question.audience)
    first = first_speaker_attribute(attributes)
    layout = default_layout(attributes)
    groups = [(first.name,), layout[:2]] if first and _is_divided(first) else []
    conditions = [(one.name,) for one in _conditions(attributes)]
    by = [(), *groups, *([layout] if len(layout) > 1 else []), *conditions]
    return [_rates_question(question, one) for one in dict.fromkeys(by)]


def _conditions(attributes: Sequence[Attribute]) -> list[Attribute]:
    return [a for a in attributes if a.role == "condition" and _is_divided(a)][:MOST_CONDITIONS]


def _shown(build: Build, question: OverviewQuestion, groups: RatesAnswer) -> IntArray:
    everything = groups.table
    if question.where != EVERYTHING:
        everything = rates(build, replace(groups.question, where=EVERYTHING)).table
    return np.flatnonzero(is_asked_for(groups.table, everything))


def _combinations(build: Build, question: OverviewQuestion, layout: tuple[str, ...]) -> Combinations | None:
    """The cells of the heatmap that opens first: the same question, so both pages count the same."""
    if len(layout) < 2:
        return None
    return combinations_of(grid(build, _grid_question(question, layout)))


def combinations_of(arranged: Grid) -> Combinations:
    """What a heatmap says of its cells."""
    counts = verdict_counts(arranged.table, arranged.place.reshape(-1), arranged.everything)
    return Combinations(tuple(arranged.table.attributes), counts, worse_places(arranged))


def _is_divided(attribute: Attribute) -> bool:
    return len(attribute.levels) > 1


def named_groups(table: RateTable) -> dict[str, tuple[str, ...]]:
    """Groups of a table by one attribute whose verdict is shown, by verdict; none of groups that software guessed."""
    (attribute,) = table.attributes
    if attribute.guessed:
        return {}
    shown = {
        VERDICTS[i]: np.flatnonzero(table.judgement.verdict == i)
        for i in (WORSE, SLIGHTLY_WORSE, WITHIN, BETTER)
    }
    return {
        verdict: tuple(str(table.group(int(i))[attribute.name]) for i in positions)
        for verdict, positions in shown.items()
        if len(positions)
    }


def largest_gap(table: RateTable) -> int | None:
    """Row with the largest ratio among those shown to be worse, by whatever margin."""
    shown = np.isin(table.judgement.verdict, (WORSE, SLIGHTLY_WORSE))
    if not shown.any():
        return None
    return int(np.argmax(np.where(shown, np.nan_to_num(table.judgement.ratio), -np.inf)))


def _effects(build: Build, question: OverviewQuestion) -> tuple[ConditionEffect, ...]:
    """For each condition, the group in which the system is shown to err most; largest first."""
    found = []
    for attribute in _conditions(published_attributes(build.info.attributes, question.audience)):
        table = rates(build, _rates_question(question, (attribute.name,))).table
        i = largest_gap(table)
        if i is not None:
            judged = table.judgement
            group = str(table.group(i)[attribute.name])
            ratio, low, high = float(judged.ratio[i]), float(judged.low[i]), float(judged.high[i])
            found.append(ConditionEffect(attribute.name, group, ratio, low, high))
    return tuple(sorted(found, key=lambda effect: -effect.ratio))


def _rates_question(question: OverviewQuestion, by: tuple[str, ...]) -> RatesQuestion:
    return RatesQuestion(
        question.system,
        by,
        question.metric,
        question.where,
        level=question.level,
        settings=question.settings,
        audience=question.audience,
    )


def _grid_question(question: OverviewQuestion, layout: tuple[str, ...]) -> GridQuestion:
    rows, columns, panel = [*layout, None, None][:3]
    return GridQuestion(
        str(rows),
        columns,
        panel,
        question.system,
        question.metric,
        question.where,
        level=question.level,
        settings=question.settings,
        audience=question.audience,
    )
