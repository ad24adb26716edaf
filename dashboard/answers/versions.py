"""Everything the Versions page shows: groups, combinations, and every system of the evaluation.

Asks `compare` for two systems and `rates` for each system by itself, and arranges combinations in
a grid that the heatmap draws. It works out no number of its own, and draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.judgement import WORSE
from analysis.metrics import DEFAULT_METRIC
from analysis.rates import FEW, STATUSES, RateTable
from analysis.roles import Comparator
from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.verdict_reasons import NO_REASON
from dashboard.answers.compare import CompareAnswer, CompareQuestion, compare
from dashboard.answers.grid import Grid, GridQuestion, grid
from dashboard.answers.overview import largest_gap
from dashboard.answers.rates import RatesQuestion, rates
from data.store import Build


@dataclass(frozen=True)
class VersionsQuestion:
    """What is asked. A frozen value, so that it can be a cache key together with the build."""

    current: str
    candidate: str
    rows: str | None = None
    """What groups are made by; None: no attribute."""
    columns: str | None = None
    """Crossed with the rows in the heatmap; None: no heatmap."""
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    settings: Settings = DEFAULTS


@dataclass(frozen=True)
class SystemAlone:
    """One system of the evaluation by itself."""

    system: str
    rate: float
    """NaN, as its interval, where it was given no words of the selection."""
    low: float
    high: float
    n_speakers: int
    n_utterances: int
    status: str
    """shown, few speakers or empty, as of a group."""
    largest: tuple[str, float, float, float] | None
    """Group with the largest gap shown, with ratio and interval; None where none is shown, or may be named."""
    n_worse: int | None
    """Groups shown to be worse than their comparator; None where there are no groups, or nothing may be claimed of them."""


@dataclass(frozen=True)
class Versions:
    """Two systems, and the history of all."""

    question: VersionsQuestion
    groups: CompareAnswer
    combinations: Grid | None
    """Rows by columns, each cell the candidate against the current system; None without columns."""
    alone: Grid | None
    """The same cells with the candidate by itself, against its comparator; None without columns."""
    history: tuple[SystemAlone, ...]
    """Every system in the order of the build."""


def versions(build: Build, question: VersionsQuestion) -> Versions:
    """Compare two systems in groups and combinations; raises what `compare` and `rates` raise."""
    by = () if question.rows is None else (question.rows,)
    crossed = question.rows is not None and question.columns is not None
    alone = grid(build, _grid_question(question)) if crossed else None
    return Versions(
        question=question,
        groups=compare(build, _compare_question(question, by)),
        combinations=_combinations(build, question, alone) if alone else None,
        alone=alone,
        history=tuple(_alone(build, question, system, by) for system in build.info.systems),
    )


def compare_question(question: VersionsQuestion) -> CompareQuestion:
    """The comparison behind the groups."""
    return _compare_question(question, () if question.rows is None else (question.rows,))


def _compare_question(question: VersionsQuestion, by: tuple[str, ...]) -> CompareQuestion:
    return CompareQuestion(
        question.current, question.candidate, by, question.where, question.settings, question.metric
    )


def _grid_question(question: VersionsQuestion) -> GridQuestion:
    """The candidate's combinations as the heatmap has them."""
    return GridQuestion(
        str(question.rows),
        question.columns,
        None,
        question.candidate,
        question.metric,
        question.where,
        settings=question.settings,
    )


def _combinations(build: Build, question: VersionsQuestion, alone: Grid) -> Grid:
    """The heatmap's grid with the comparison of the systems in the place of the candidate's own comparisons."""
    answer = compare(build, _compare_question(question, alone.question.by))
    return replace(alone, answer=replace(alone.answer, table=_as_rates(alone.table, answer)))


def _as_rates(table: RateTable, answer: CompareAnswer) -> RateTable:
    """A table of the candidate's rates with the current system as the comparator of every group."""
    compared = answer.compared
    first, judged = compared.statistics_a, compared.judgement
    contrast = replace(
        table.contrast,
        numerator=first.numerator,
        denominator=first.denominator,
        n_speakers=first.n_speakers,
        effective_speakers=first.effective_speakers,
        variance_log=first.variance_log,
    )
    few = np.where(answer.status == FEW, judged.reason, NO_REASON)
    return replace(
        table,
        comparator=Comparator("system", value=answer.question.first),
        totals={**table.totals, "n_utterances": answer.n_utterances, "n_words": answer.n_words},
        statistics=compared.statistics_b,
        contrast=contrast,
        status=answer.status,
        status_reason=np.where(first.denominator > 0, few, judged.reason),
        judgement=judged,
        settings=answer.settings,
        planned=answer.family.planned,
    )


def _alone(build: Build, question: VersionsQuestion, system: str, by: tuple[str, ...]) -> SystemAlone:
    asked = RatesQuestion(system, by, question.metric, question.where, settings=question.settings)
    answer = rates(build, asked)
    whole, table = answer.whole, answer.table
    guessed = any(a.guessed for a in table.attributes)
    i = largest_gap(table) if by and not guessed else None
    largest = None
    if i is not None:
        judged = table.judgement
        name = str(table.group(i)[by[0]])
        largest = (name, float(judged.ratio[i]), float(judged.low[i]), float(judged.high[i]))
    return SystemAlone(
        system=system,
        rate=float(whole.statistics.rate[0]),
        low=float(whole.intervals.low[0]),
        high=float(whole.intervals.high[0]),
        n_speakers=int(whole.statistics.n_speakers[0]),
        n_utterances=int(whole.totals["n_utterances"][0]),
        status=STATUSES[int(whole.status[0])],
        largest=largest,
        n_worse=int((table.judgement.verdict == WORSE).sum()) if by and not guessed else None,
    )
