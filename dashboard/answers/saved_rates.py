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
from dashboard.answers.choices import chosen_metric, chosen_system
from dashboard.answers.documents import document_head
from dashboard.answers.families import settings_in_force
from dashboard.answers.rows import rate_row
from dashboard.answers.saved import SavedHere, note_subgroup, saved_here
from dashboard.answers.saved_files import subgroup_document
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer, SubgroupQuestion, subgroup
from data.store import Build

NOT_DECLARED = "the saved subgroups; exploratory: not declared in advance"


@dataclass(frozen=True)
class SavedRow:
    """One saved subgroup and what is known of it."""

    one: SavedHere
    answer: SubgroupAnswer | None
    """Judged in the family of all rows; None where the subgroup does not fit this build."""


@dataclass(frozen=True)
class SavedRates:
    """All saved subgroups, by name."""

    system: str
    metric: str
    rows: tuple[SavedRow, ...]
    family_size: int
    """Subgroups that could be tested."""


def saved_rates(
    build: Build, system: str | None = None, metric: str = DEFAULT_METRIC, settings: Settings = DEFAULTS
) -> SavedRates:
    """Each saved subgroup against its comparator, by rule; raises `QuestionError` for system or metric."""
    name = build.info.systems[chosen_system(build, system)]
    chosen_metric(build, metric)
    kept = saved_here(build.info)
    answers: dict[str, SubgroupAnswer] = {}
    for one in kept:
        where = one.saved.selection
        if one.why_not is None and where is not None:
            answers[one.saved.id] = subgroup(build, SubgroupQuestion(where, name, metric, settings=settings))
            note_subgroup(build.info, where)
    tables = judged_together(
        [answer.table for answer in answers.values()], SUBGROUP, settings_in_force(build.info, settings)
    )
    joined = {
        key: replace(answer, table=table)
        for (key, answer), table in zip(answers.items(), tables, strict=True)
    }
    family = next((table.judgement.family_size for table in tables), 0)
    rows = tuple(SavedRow(one, joined.get(one.saved.id)) for one in kept)
    return SavedRates(name, metric, rows, family)


def saved_rates_document(build: Build, answer: SavedRates, settings: Settings = DEFAULTS) -> dict[str, Any]:
    """The JSON document of `fairhearing subgroups rates`; keys are a contract, rows are those of `rates`."""
    return {
        **document_head(build.info, settings, EVERYTHING),
        "family": NOT_DECLARED,
        "system": answer.system,
        "metric": answer.metric,
        "family_size": answer.family_size,
        "rows": [_row(row) for row in answer.rows],
    }


def _row(row: SavedRow) -> dict[str, Any]:
    about = {"subgroup": subgroup_document(row.one.saved), "fits": row.one.why_not is None}
    if row.answer is None:
        return {**about, "rate": None, "reason": row.one.why_not, "versus": None}
    found = rate_row(row.answer.table, SUBGROUP)
    found.pop("group")
    return {**about, **found, "versus": {**found["versus"], "comparator": row.answer.comparator}}


def nobody_in(answer: SubgroupAnswer) -> bool:
    """Whether no recording is selected."""
    return bool(answer.table.status[SUBGROUP] == NOBODY)
