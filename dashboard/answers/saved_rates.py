"""How do the saved subgroups of an evaluation fare, each against its own comparator?

One row per saved subgroup. They are as many questions as there are subgroups, so they are judged
as one family, whether or not somebody looks at one of them alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from analysis.judged_together import judged_together
from analysis.metrics import DEFAULT_METRIC
from analysis.rates import NOBODY
from analysis.selection import EVERYTHING
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import INTERNAL, PUBLIC, Audience
from dashboard.answers.choices import QuestionError, chosen_metric, chosen_system
from dashboard.answers.documents import document_head
from dashboard.answers.families import settings_in_force
from dashboard.answers.mean_spans import NO_SPANS, MeanSpans, mean_spans_of_subgroup, span_keys
from dashboard.answers.rows import rate_row
from dashboard.answers.saved import SavedHere, note_subgroup, saved_here
from dashboard.answers.saved_files import subgroup_document
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer, SubgroupQuestion, for_the_public, subgroup
from data.store import Build

NOT_DECLARED = "the saved subgroups; exploratory: not declared in advance"

NOT_FOR_THE_PUBLIC = "Withheld from the public: it is chosen by words, a range of numbers or one of several labels of a recording."


@dataclass(frozen=True)
class SavedRow:
    """One saved subgroup and what is known of it."""

    one: SavedHere
    answer: SubgroupAnswer | None
    """Judged in the family of all rows; None where the subgroup does not fit this build or cannot be published."""
    reason: str | None = None
    """Why there is no answer; None where there is one."""
    means: MeanSpans = NO_SPANS
    """Intervals of the mean of speakers and the mean of utterances."""


@dataclass(frozen=True)
class SavedRates:
    """All saved subgroups, by name."""

    system: str
    metric: str
    rows: tuple[SavedRow, ...]
    family_size: int
    """Subgroups that could be tested."""
    audience: Audience = INTERNAL


def saved_rates(
    build: Build,
    system: str | None = None,
    metric: str = DEFAULT_METRIC,
    settings: Settings = DEFAULTS,
    audience: Audience = INTERNAL,
    noted: bool = True,
) -> SavedRates:
    """Each saved subgroup against its comparator, by rule; raises `QuestionError` for system or metric.

    Verdicts are those of the family of all saved subgroups, whoever may see which of them. noted: whether it goes
    into the log of what was looked at.
    """
    number = chosen_system(build, system)
    name = build.info.systems[number]
    chosen_metric(build, metric)
    kept = saved_here(build.info)
    answers: dict[str, SubgroupAnswer] = {}
    for one in kept:
        where = one.saved.selection
        if one.why_not is None and where is not None:
            answers[one.saved.id] = subgroup(
                build, SubgroupQuestion(where, name, metric, settings=settings, by_plan=False)
            )
            if noted:
                note_subgroup(build.info, where)
    tables = judged_together(
        [answer.table for answer in answers.values()], SUBGROUP, settings_in_force(build.info, settings)
    )
    joined = {
        key: replace(answer, table=table)
        for (key, answer), table in zip(answers.items(), tables, strict=True)
    }
    family = next((table.judgement.family_size for table in tables), 0)
    rows = tuple(SavedRow(one, joined.get(one.saved.id), one.why_not) for one in kept)
    if audience == PUBLIC:
        rows = tuple(_published(build, number, row, settings) for row in rows)
    rows = tuple(_with_means(build, row) for row in rows)
    return SavedRates(name, metric, rows, family, audience)


def _with_means(build: Build, row: SavedRow) -> SavedRow:
    return row if row.answer is None else replace(row, means=mean_spans_of_subgroup(build, row.answer))


def _published(build: Build, system: int, row: SavedRow, settings: Settings) -> SavedRow:
    """A row as the public may see it: withheld, rounded, or refused because it is no choice of groups."""
    answer = row.answer
    if answer is None:
        return row
    asked = replace(answer.question, audience=PUBLIC)
    selections = (asked.where, answer.pool)
    try:
        table = for_the_public(
            build, system, answer.table, selections, settings_in_force(build.info, settings)
        )
    except QuestionError:
        return replace(row, answer=None, reason=NOT_FOR_THE_PUBLIC)
    return replace(row, answer=replace(answer, question=asked, table=table))


def saved_rates_document(build: Build, answer: SavedRates, settings: Settings = DEFAULTS) -> dict[str, Any]:
    """The JSON document of `fairhearing subgroups rates`; keys are a contract, rows are those of `rates`."""
    return {
        **document_head(build.info, settings, EVERYTHING),
        "family": NOT_DECLARED,
        "system": answer.system,
        "metric": answer.metric,
        "audience": answer.audience,
        "family_size": answer.family_size,
        "rows": [_row(row) for row in answer.rows],
    }


def _row(row: SavedRow) -> dict[str, Any]:
    about = {"subgroup": subgroup_document(row.one.saved), "fits": row.one.why_not is None}
    if row.answer is None:
        return {**about, "rate": None, "reason": row.reason, "versus": None}
    found = rate_row(row.answer.table, SUBGROUP)
    found.pop("group")
    return {
        **about,
        **found,
        **span_keys(row.means),
        "versus": {**found["versus"], "comparator": row.answer.comparator},
    }


def nobody_in(answer: SubgroupAnswer) -> bool:
    """Whether no recording is selected."""
    return bool(answer.table.status[SUBGROUP] == NOBODY)
