"""May a system be released? Each group that counts against a bound, or against a baseline system.

Asks `rates` or `compare` and hands their tables to the rule of `analysis/gate.py`. Nobody tested
is not a pass: planned groups without recordings are rows of their own. Draws and prints nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.attributes import Attribute
from analysis.gate import (
    OUTCOMES,
    counted_groups,
    gate_outcomes,
    gate_result,
    with_margin,
)
from analysis.judgement import Judgement
from analysis.metrics import DEFAULT_METRIC
from analysis.plan_families import Family
from analysis.roles import NOT_STATED_CODE
from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import IntArray
from dashboard.answers.choices import QuestionError, chosen_system
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.compare_document import comparison_row, overall_row, own_intervals
from dashboard.answers.families import margin_in_force, settings_in_force
from dashboard.answers.gate_rows import GateRow, gate_row, nobody_recorded, of_second
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from data.store import Build, EvaluationInfo


@dataclass(frozen=True)
class GateQuestion:
    """What is asked. A frozen value, so that it can be a cache key together with the build."""

    system: str | None = None
    """The system to be released; None means the only one."""
    by: tuple[str, ...] = ()
    """Attributes to group by; none: every grouping of the plan, or with a baseline everything as one group."""
    max_ratio: float | None = None
    """Largest ratio a group may be shown below; None: `margin_in_force`."""
    baseline: str | None = None
    """Compare with this system in each group, instead of each group with the other speakers."""
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    against: str | None = None
    settings: Settings = DEFAULTS


@dataclass(frozen=True)
class GateAnswer:
    """What the gate says, with a row for every group that counts."""

    question: GateQuestion
    """With the system filled in."""
    max_ratio: float
    """The bound that was applied."""
    result: str
    rows: tuple[GateRow, ...]
    groupings: tuple[tuple[str, ...], ...]
    comparators: tuple[str, ...]
    """With whom each of these is compared: peers, complement or ATTRIBUTE=VALUE; none where it is with a baseline."""
    why_not: str
    """Why not every grouping was declared in advance; "" where all were."""

    @property
    def planned(self) -> bool:
        """Whether every grouping was declared in advance."""
        return not self.why_not


def gate(build: Build, question: GateQuestion, baseline_of: Build | None = None) -> GateAnswer:
    """Apply the gate; raises `QuestionError` where nothing says which groups count, and what the tables raise.

    `baseline_of` is the build the baseline's scores are of; None: the same.
    """
    info = build.info
    question, bound = _filled_in(build, question)
    groupings = _groupings(info, question)
    rows: list[GateRow] = []
    comparators: list[str] = []
    why_not = ""
    for by in groupings:
        if question.baseline is None:
            found, family, comparator = _against_others(build, question, by, bound)
            comparators.append(comparator)
        else:
            found, family = _against_baseline(build, question, by, bound, baseline_of)
        rows += [*found, *nobody_recorded(info, by)]
        why_not = why_not or family.why_not
    result = gate_result(np.array([OUTCOMES.index(row.outcome) for row in rows], np.int64))
    return GateAnswer(question, bound, OUTCOMES[result], tuple(rows), groupings, tuple(comparators), why_not)


def _filled_in(build: Build, question: GateQuestion) -> tuple[GateQuestion, float]:
    settings = settings_in_force(build.info, question.settings)
    bound = margin_in_force(build.info, settings) if question.max_ratio is None else question.max_ratio
    if not 1 < bound < float("inf"):
        raise QuestionError(f"The largest ratio is {bound:g}; it must be above 1, such as 1.25.")
    if question.against == "overall":
        raise QuestionError(
            "Everything contains the group itself, so a gate cannot be held against it. "
            "Use --against peers, complement or ATTRIBUTE=VALUE."
        )
    if question.baseline is not None and question.against is not None:
        raise QuestionError("With --baseline each group is compared with itself, so leave --against out.")
    system = build.info.systems[chosen_system(build, question.system)]
    return replace(question, system=system, settings=settings), bound


def _groupings(info: EvaluationInfo, question: GateQuestion) -> tuple[tuple[str, ...], ...]:
    if question.by:
        return (question.by,)
    if info.plan is not None and info.plan.plan.groupings:
        return info.plan.plan.groupings
    if question.baseline is not None:
        return ((),)
    known = ", ".join(attribute.name for attribute in info.attributes) or "none in this evaluation"
    raise QuestionError(f"Say which groups count, with --by and attributes ({known}), or set a plan.")


def _against_others(
    build: Build, question: GateQuestion, by: tuple[str, ...], bound: float
) -> tuple[list[GateRow], Family, str]:
    """Each group against its comparator, the family they are, and the comparator."""
    asked = RatesQuestion(
        question.system, by, question.metric, question.where, question.against, settings=question.settings
    )
    answer = rates(build, asked)
    _refuse_hidden(answer.table.attributes, answer.table.codes, answer.family)
    table = with_margin(answer.table, float(answer.whole.statistics.rate[0]), bound)
    outcomes = gate_outcomes(table.judgement, bound)
    rows = []
    for i in _counted(table.judgement, table.codes):
        row = rate_row(table, i)
        rows.append(
            gate_row(
                {**row, **row["versus"], "rate_low": row["low"], "rate_high": row["high"]},
                int(outcomes[i]),
                table.attributes,
                bound,
            )
        )
    return rows, answer.family, table.comparator.label


def _against_baseline(
    build: Build,
    question: GateQuestion,
    by: tuple[str, ...],
    bound: float,
    baseline_of: Build | None,
) -> tuple[list[GateRow], Family]:
    """The system against the baseline in each group, and the family they are."""
    asked = CompareQuestion(
        str(question.baseline),
        str(question.system),
        by,
        question.where,
        question.settings,
        question.metric,
        bound,
    )
    answer = compare(build, asked, baseline_of)
    if not by:
        outcome = int(gate_outcomes(answer.whole.judgement, bound)[0])
        return [gate_row(of_second(overall_row(answer)), outcome, (), bound)], answer.family
    _refuse_hidden(answer.attributes, answer.codes, answer.family)
    outcomes = gate_outcomes(answer.compared.judgement, bound)
    counted = _counted(answer.compared.judgement, answer.codes)
    own = own_intervals(answer, answer.compared)
    rows = [
        gate_row(of_second(comparison_row(answer, i, own)), int(outcomes[i]), answer.attributes, bound)
        for i in counted
    ]
    return rows, answer.family


def _counted(judged: Judgement, codes: IntArray) -> list[int]:
    """Rows that count: every group. What is not stated is none, whether anybody was recorded there or not."""
    stated = (codes != NOT_STATED_CODE).all(axis=1)
    return [int(i) for i in np.flatnonzero(counted_groups(judged) & stated)]


def _refuse_hidden(attributes: Sequence[Attribute], codes: IntArray, family: Family) -> None:
    """Raise `QuestionError` where a filter hides groups: nothing may pass because somebody was not looked at."""
    if family.kept is None:
        return
    stated = (codes != NOT_STATED_CODE).all(axis=1)
    hidden = int((stated & ~np.array(family.kept)).sum())
    if hidden:
        names = " × ".join(attribute.name for attribute in attributes)
        raise QuestionError(
            f"This filter hides {hidden:,} of {int(stated.sum()):,} groups by {names}, and a gate judges every group: "
            f"one that is not looked at has not passed. Leave what it says of {names} out; a condition on another "
            "attribute holds the gate within those recordings."
        )
