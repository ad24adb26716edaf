"""A plan as a value: its written form, its hash, and every fault of one that cannot be read, at once."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.plan import Plan
from analysis.plan_reading import PlanError, plan_from_json
from analysis.settings import DEFAULTS

WHOLE = Plan(
    groupings=(("accent",), ("accent", "noise")),
    populations=(("accent", ("Irish", "Welsh")), ("noise", ("quiet", "wind"))),
    comparator="accent=Irish",
    normalizer="basic",
    margin_ratio=1.2,
    margin_points=0.02,
    floor=0.3,
    min_speakers=12,
    shares=(("noise", (("quiet", 0.7), ("wind", 0.3))),),
    owner="product safety",
    date="2026-01-31",
)
names = st.text(st.characters(codec="utf-8", exclude_characters="="), min_size=1).filter(str.strip)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    groupings = draw(
        st.lists(
            st.lists(names, min_size=1, max_size=3, unique=True), min_size=1, max_size=4, unique_by=frozenset
        )
    )
    groups = st.lists(names, min_size=1, max_size=4, unique=True).map(tuple)
    populations = draw(st.dictionaries(names, groups, max_size=3))
    shared = draw(st.dictionaries(names, groups, max_size=2))
    shares = {name: tuple((group, 1 / len(of)) for group in of) for name, of in shared.items()}
    return Plan(
        tuple(map(tuple, groupings)),
        tuple(populations.items()),
        draw(st.sampled_from(["default", "peers", "complement", "a=b", "a=b=c"])),
        normalizer=draw(st.none() | st.just("basic")),
        margin_ratio=draw(st.floats(1.01, 3)),
        margin_points=draw(st.floats(0, 0.5)),
        floor=draw(st.none() | st.floats(0.01, 2)),
        min_speakers=draw(st.integers(2, 500)),
        shares=tuple(shares.items()),
        owner=draw(names).strip(),
    )


@given(plans())
def test_what_was_written_is_read_back(plan: Plan) -> None:
    assert plan_from_json(json.loads(json.dumps(plan.to_json()))) == plan
    assert plan_from_json(json.loads(json.dumps(plan.to_json()))).sha256 == plan.sha256


@given(plans(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_named_does_not_change_the_hash(plan: Plan, random: Any) -> None:
    def shuffled(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(values, len(values)))

    other = Plan(
        **{
            **vars(plan),
            "groupings": shuffled(tuple(shuffled(names) for names in plan.groupings)),
            "populations": shuffled(tuple((name, shuffled(groups)) for name, groups in plan.populations)),
            "shares": shuffled(tuple((name, shuffled(shares)) for name, shares in plan.shares)),
        }
    )
    assert other.sha256 == plan.sha256


@pytest.mark.parametrize(
    "change",
    [
        {"groupings": (("accent",),)},
        {"populations": ()},
        {"comparator": "default"},
        {"metric": "deletion-rate"},
        {"normalizer": None},
        {"margin_ratio": 1.25},
        {"margin_points": 0.01},
        {"floor": None},
        {"min_speakers": 13},
        {"shares": ()},
        {"owner": ""},
        {"date": ""},
    ],
)
def test_everything_that_is_declared_is_in_the_hash(change: dict[str, Any]) -> None:
    assert Plan(**{**vars(WHOLE), **change}).sha256 != WHOLE.sha256


def test_a_plan_needs_no_more_than_its_groupings() -> None:
    plan = plan_from_json({"groupings": [["accent"]]})
    assert plan == Plan((("accent",),))
    assert (plan.margin_ratio, plan.min_speakers) == (DEFAULTS.margin_ratio, DEFAULTS.min_speakers)


def test_its_families_are_judged_by_its_margin_and_minimum() -> None:
    settings = WHOLE.settings_over(DEFAULTS.with_overrides({"margin_ratio": 1.5, "holm_limit": 9}))
    assert (settings.margin_ratio, settings.margin_points, settings.min_speakers) == (1.2, 0.02, 12)
    assert settings.holm_limit == 9


def test_every_attribute_it_names_is_known() -> None:
    assert WHOLE.attributes == ("accent", "noise")
    assert WHOLE.shares_of == {"noise": {"quiet": 0.7, "wind": 0.3}}


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"grupings": []}, "grupings", "Did you mean 'groupings'?"),
        ({"groupings": []}, "groupings", "a list of lists of attributes"),
        ({"groupings": "accent"}, "groupings", "a list of lists of attributes"),
        ({"groupings": [["a"], "b"]}, "groupings 2", "a list of names"),
        ({"groupings": [["a", "a"]]}, "groupings 1", "each name once"),
        ({"groupings": [["a", "b"], ["b", "a"]]}, "groupings 2", "each grouping once"),
        ({"populations": ["a"]}, "populations", "expected an object"),
        ({"populations": {"a": []}}, "populations.a", "a list of names"),
        ({"populations": {"a": [""]}}, "populations.a", "a list of names"),
        ({"comparator": "overall"}, "comparator", "nothing can be judged by it"),
        ({"comparator": 3}, "comparator", "default, peers, complement or ATTRIBUTE=VALUE"),
        ({"metric": "were"}, "metric", "Did you mean 'wer'?"),
        ({"normalizer": 1}, "normalizer", "a text"),
        ({"margin": {"ratio": 1}}, "margin.ratio", "a number above 1"),
        ({"margin": {"ratio": math.inf}}, "margin.ratio", "a number above 1"),
        ({"margin": {"points": -0.1}}, "margin.points", "a fraction such as 0.01"),
        ({"margin": {"pionts": 0.1}}, "margin.pionts", "Did you mean 'points'?"),
        ({"floor": 0}, "floor", "a rate above 0"),
        ({"floor": math.nan}, "floor", "a rate above 0"),
        ({"min_speakers": 1}, "min_speakers", "a whole number of at least 2"),
        ({"min_speakers": 10.5}, "min_speakers", "a whole number of at least 2"),
        ({"min_speakers": True}, "min_speakers", "a whole number of at least 2"),
        ({"shares": {"a": {"x": 0.5, "y": 0.4}}}, "shares.a", "add up to 0.9"),
        ({"shares": {"a": {"x": 2}}}, "shares.a.x", "a fraction from 0 to 1"),
        ({"shares": {"a": []}}, "shares.a", "group to share"),
        ({"owner": 5}, "owner", "a text"),
        ({"date": "yesterday"}, "date", "a day as YYYY-MM-DD"),
        ({"version": 2}, "version", "Write the plan in this version"),
    ],
)
def test_a_fault_says_where_what_was_found_and_what_to_write(
    change: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(PlanError) as refused:
        plan_from_json({"groupings": [["accent"]], **change})
    assert [fault.field for fault in refused.value.faults] == [field]
    assert said in str(refused.value)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(PlanError) as refused:
        plan_from_json({"metric": "were", "margin": {"ratio": 0}, "date": 3, "colour": "red"})
    assert [fault.field for fault in refused.value.faults] == [
        "colour", "groupings", "metric", "margin.ratio", "date",
    ]  # fmt: skip


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values | st.fixed_dictionaries({}, optional=dict.fromkeys(WHOLE.to_json(), json_values)))
def test_whatever_stands_in_a_file_it_is_read_or_refused(plain: object) -> None:
    try:
        plan = plan_from_json(plain)
    except PlanError as problem:
        found = problem.faults
    else:
        found = ()
        assert plan_from_json(plan.to_json()) == plan
    assert found or plan.groupings
