"""Which questions are declared families."""

from __future__ import annotations

import pytest

from analysis.group_product import full_product
from analysis.plan import Plan
from analysis.plan_families import (
    NO_PLAN,
    OTHER_COMPARATOR,
    OTHER_FILTER,
    OTHER_GROUPING,
    OTHER_METRIC,
    OTHER_NORMALIZER,
    Family,
    family_of,
    planned_comparator,
)
from analysis.roles import comparator_from_text
from analysis.selection import EVERYTHING, AllOf, Between, NotStated, OneOf
from tests.analysis.small_evaluations import ACCENT, DEVICE, NOISE

BY = [ACCENT, NOISE]
PLAN = Plan((("noise", "accent"), ("accent",)), normalizer="basic")


def asked(plan: Plan | None = PLAN, **changes: object) -> Family:
    by = changes.get("by", BY)
    comparator = comparator_from_text(changes.get("against"), by)  # type: ignore[arg-type]
    return family_of(
        plan,
        by,  # type: ignore[arg-type]
        str(changes.get("metric", "wer")),
        comparator,
        str(changes.get("normalizer", "basic")),
        changes.get("where", EVERYTHING),  # type: ignore[arg-type]
        full_product(by),  # type: ignore[arg-type]
    )


def test_the_declared_question_is_planned_whatever_the_order_of_attributes() -> None:
    assert asked() == Family(planned=True, why_not="")
    assert asked(by=[NOISE, ACCENT]).planned
    assert asked(by=[ACCENT]).planned


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"plan": None}, NO_PLAN),
        ({"by": [ACCENT, DEVICE]}, OTHER_GROUPING),
        ({"by": [NOISE]}, OTHER_GROUPING),
        ({"metric": "deletion-rate"}, OTHER_METRIC),
        ({"against": "complement"}, OTHER_COMPARATOR),
        ({"against": "overall"}, OTHER_COMPARATOR),
        ({"normalizer": "none"}, OTHER_NORMALIZER),
        ({"where": OneOf("device", ("phone",))}, OTHER_FILTER),
        ({"where": Between("snr_db", 0, 10)}, OTHER_FILTER),
        ({"where": AllOf((OneOf("accent", ("irish",)), NotStated("device")))}, OTHER_FILTER),
    ],
)
def test_any_other_question_is_exploratory_and_says_why(changes: dict[str, object], why: str) -> None:
    found = asked(**changes)  # type: ignore[arg-type]
    assert (found.planned, found.why_not) == (False, why)


def test_the_comparator_of_the_plan_holds_where_it_can() -> None:
    assert planned_comparator(PLAN, BY) is None
    against_irish = Plan((("accent",), ("accent", "noise"), ("noise",)), comparator="accent=irish")
    assert planned_comparator(against_irish, BY) == "accent=irish"
    assert planned_comparator(against_irish, [NOISE]) is None
    assert planned_comparator(against_irish, [DEVICE]) is None
    assert asked(against_irish, against="accent=irish").planned
    assert not asked(against_irish).planned


@pytest.mark.parametrize("plan", [None, PLAN, Plan((("noise",),))])
def test_conditions_on_the_groups_hide_rows_and_others_are_what_is_judged_within(plan: Plan | None) -> None:
    phone = OneOf("device", ("phone",))
    found = asked(plan, where=AllOf((OneOf("accent", ("irish",)), phone)))
    assert found.within == phone
    assert found.kept is not None
    assert sum(found.kept) == 2
