"""Which settings and which declared family a question falls under.

Owns the two things every answer takes from the folder an evaluation lies in: the settings that
hold there, and the plan. A question that says nothing else gets them, so no page and no command
can forget them. It works out no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from analysis.attributes import Attribute
from analysis.group_product import full_product
from analysis.plan_families import OTHER_NORMALIZER, Family, family_of, planned_comparator
from analysis.roles import Comparator, comparator_from_text
from analysis.selection import EVERYTHING, AllOf, OneOf, Selection
from analysis.settings import DEFAULTS, Settings
from data.store import Build, EvaluationInfo

Question = TypeVar("Question")


def settled(build: Build, question: Question) -> Question:
    """A frozen question with the settings of the evaluation's folder, unless it brings settings of its own.

    So too its level, where it has one and says nothing about it.
    """
    asked: Any = question
    own = settings_in_force(build.info, asked.settings)
    changes: dict[str, Any] = {"settings": own}
    if getattr(asked, "level", None) == DEFAULTS.level:
        changes["level"] = own.level
    result: Question = replace(asked, **changes)
    return result


def settings_in_force(info: EvaluationInfo, settings: Settings = DEFAULTS) -> Settings:
    """Settings of the evaluation's folder, unless others are given.

    The very object DEFAULTS means that nothing was said: a plan's margin may make settings equal to it.
    """
    return info.settings if settings is DEFAULTS else settings


def margin_in_force(info: EvaluationInfo, settings: Settings = DEFAULTS) -> float:
    """The margin of verdicts, and the bound of a gate where nobody names another: the plan's, else the settings'."""
    return info.plan.plan.margin_ratio if info.plan else settings_in_force(info, settings).margin_ratio


@dataclass(frozen=True)
class Judged:
    """How the rows of one question are judged."""

    comparator: Comparator
    family: Family
    settings: Settings
    """Those of the question, with the plan's margin and minimum speakers where the family is planned, or would be
    but for the normaliser that texts are counted again under."""


def judged_by(
    info: EvaluationInfo,
    attributes: Sequence[Attribute],
    metric: str,
    where: Selection,
    against: str | None,
    settings: Settings,
    counted_otherwise: bool = False,
) -> Judged:
    """Comparator, family and settings of a table of rates; raises `ComparatorError` or `TooManyGroups`.

    counted_otherwise: whether the texts were counted after another normaliser than the build's.
    """
    plan = info.plan.plan if info.plan else None
    written = against if against is not None else planned_comparator(plan, attributes)
    comparator = comparator_from_text(written, attributes)
    codes = full_product(attributes)
    normalizer = str(info.normalizer["id"])
    family = family_of(plan, attributes, metric, comparator, normalizer, where, codes)
    if plan is not None and family.planned:
        settings = plan.settings_over(settings)
    if counted_otherwise and family.planned:
        # Not declared, but judged over the same rows by the same margin: else verdicts differ where no rate does.
        family = replace(family, planned=False, why_not=OTHER_NORMALIZER)
    return Judged(comparator, family, settings)


def one_group_each(where: Selection) -> dict[str, str] | None:
    """The group of each attribute where a selection is one group of each, joined by "all of these"; None for any other."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    groups = {
        part.attribute: part.values[0]
        for part in parts
        if isinstance(part, OneOf) and len(part.values) == 1 and not part.or_not_stated
    }
    return groups if len(groups) == len(parts) else None


def declared_family(
    info: EvaluationInfo, where: Selection, metric: str, against: str | None = None
) -> Family | None:
    """The declared grouping that a selection is one group of; None where it is none, or nothing is declared.

    against: a comparator that was asked for; the grouping is declared with the plan's alone. None: none was asked for.
    """
    groups = one_group_each(where)
    if info.plan is None or groups is None:
        return None
    attributes = [one for name in groups for one in info.attributes if one.name == name]
    family = judged_by(info, attributes, metric, EVERYTHING, against, DEFAULTS).family
    return family if family.planned else None


def settings_of_one(
    info: EvaluationInfo, where: Selection, metric: str, against: str | None, settings: Settings
) -> Settings:
    """Settings a subgroup is judged by: with the plan's margin and minimum speakers where it is a declared group."""
    if info.plan is None or declared_family(info, where, metric, against) is None:
        return settings
    return info.plan.plan.settings_over(settings)


def is_compared_as_declared(info: EvaluationInfo, where: Selection, comparator: str) -> bool:
    """Whether a declared group is compared with whom the plan names; so it is where the plan leaves it to the roles."""
    groups = one_group_each(where) or {}
    attributes = [one for name in groups for one in info.attributes if one.name == name]
    named = planned_comparator(info.plan.plan if info.plan else None, attributes)
    return named in (None, comparator)
