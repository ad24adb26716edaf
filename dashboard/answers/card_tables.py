"""Which tables of groups a card has, and each of them as evidence.

Owns how fine a table may be and the bound that a statement about every group may use. Called by `card.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.attributes import Attribute
from analysis.card.floors import floor_bounds
from analysis.published_digits import bound_up
from analysis.rates import SUPPRESSED
from analysis.roles import is_fairness
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.card_context import declared_crossings
from dashboard.answers.card_question import CardQuestion, asked, printed
from dashboard.answers.documents import mix_document
from dashboard.answers.gaps import gaps, gaps_document
from dashboard.answers.layouts import default_layout
from dashboard.answers.rates import RatesAnswer, rates
from dashboard.answers.rows import rate_rows
from data.store import Build, EvaluationInfo

MOST_GROUPS = 400
"""Groups of a table that a card still prints; a finer grouping is left out."""
_WITHOUT_CROSSINGS = 1
"""The last version of a card whose declared crossings had no tables of their own."""


def card_tables(
    build: Build, question: CardQuestion, grid: Mapping[str, Any] | None
) -> list[tuple[str, ...]]:
    """Each attribute alone, then the crossings that the plan declares and the grid does not show."""
    alone = [(name,) for name in _alone(build.info.attributes, question.audience)]
    shown = [*alone, *([tuple(grid["by"])] if grid else [])]
    crossed = (
        declared_crossings(build.info, question.audience, shown)
        if question.version > _WITHOUT_CROSSINGS
        else []
    )
    return [*alone, *(by for by in crossed if _size(build.info, by) <= MOST_GROUPS)]


def _alone(attributes: Sequence[Attribute], audience: Audience) -> list[str]:
    """Attributes that get a table of their own: not those that were worked out, which nobody collected groups for.

    For the public none by which recordings may be in several groups.
    """
    given = (a for a in attributes if not a.derived and (audience == INTERNAL or not a.multi))
    return [attribute.name for attribute in given if 0 < len(attribute.levels) <= MOST_GROUPS]


def people_by_conditions(build: Build, question: CardQuestion) -> dict[str, Any] | None:
    """Speakers by conditions as the heatmap opens; without the panels where they are too many, else nothing."""
    info = build.info
    layout = default_layout(info.attributes)
    role = {attribute.name: attribute.role for attribute in info.attributes}
    both = (
        len(layout) > 1
        and role[layout[0]] == "speaker"
        and all(role[name] != "speaker" for name in layout[1:])
    )
    for by in (layout, layout[:2]) if both else ():
        several = any(info.attribute(name).multi for name in by)
        if _size(info, by) <= MOST_GROUPS and (question.audience == INTERNAL or not several):
            return table_evidence(build, question, by)
    return None


def _size(info: EvaluationInfo, by: Sequence[str]) -> int:
    known = [info.attribute(name) for name in by]
    return int(np.prod([len(attribute.levels) + attribute.has_missing for attribute in known]))


def table_evidence(build: Build, question: CardQuestion, by: Sequence[str]) -> dict[str, Any]:
    """One table of rates as evidence, with the bound that a statement about every group may use."""
    answer = rates(build, asked(question, tuple(by)))
    table = answer.table
    bounds = _bounds(build, question, answer)
    rows = [
        {**printed(row, question), "floor_bound": bound}
        for row, bound in zip(rate_rows(table), bounds, strict=True)
    ]
    return {
        "by": [attribute.name for attribute in table.attributes],
        "comparator": table.comparator.label,
        "mix": mix_document(table),
        "gaps": gaps_document(answer, gaps(build, answer)),
        "correction": table.judgement.correction,
        "family_size": table.judgement.family_size,
        "design_effect": table.design_effect if np.isfinite(table.design_effect) else None,
        "rows": rows,
        "label_sources": {attribute.name: attribute.label_source for attribute in table.attributes},
        "is_about_people": is_fairness(table.attributes),
    }


def _bounds(build: Build, question: CardQuestion, answer: RatesAnswer) -> list[float | None]:
    """Upper bounds by group, of the exact numbers whoever may read them; None where there is none, or it is withheld."""
    if question.audience == INTERNAL or question.digits == "three":
        known = [float(bound) for bound in floor_bounds(answer.table)]
    else:
        exact = rates(build, replace(answer.question, audience=INTERNAL)).table
        withheld = answer.table.status == SUPPRESSED
        known = [bound_up(float(bound)) for bound in np.where(withheld, np.nan, floor_bounds(exact))]
    return [bound if np.isfinite(bound) else None for bound in known]
