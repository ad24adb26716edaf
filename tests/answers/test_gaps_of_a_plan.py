"""Whom the gaps of a comparison of systems are to: the plan decides where it names somebody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.plan import Plan
from analysis.selection import AllOf, OneOf
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.compare_document import compare_document
from data.plans import PlanRecord, StoredPlan
from data.store import Build, open_build
from tests.answers.made_up import made_up_build
from tests.answers.test_compare_adjust import two_system_frame


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), two_system_frame())


def planned(build: Build, comparator: str) -> Build:
    """The build as it is when a plan names whom groups by accent are compared with."""
    again, plan = open_build(build.path), Plan(groupings=(("accent",),), comparator=comparator)
    stored = StoredPlan(plan, plan.sha256, "2025-01-01T00:00:00Z", before_results=True)
    again.info = replace(again.info, record=PlanRecord(plan=stored))
    return again


def test_a_gap_is_to_whom_the_plan_names(build: Build) -> None:
    question = CompareQuestion("old", "new", ("accent",))
    document = compare_document(build.info, compare(planned(build, "accent=North"), question))
    rows = {row["group"]["accent"]: row for row in document["rows"]}
    gaps = {row["group"]["accent"]: row for row in document["gap_changes"]}
    assert document["gap_comparator"] == "accent=North"
    for system, key in (("rate_a", "before"), ("rate_b", "after")):
        expected = rows["South"][system] / rows["North"][system]
        assert gaps["South"][key] == pytest.approx(expected)
    assert gaps["North"]["factor"] is None
    assert gaps["North"]["reason"] == "this is the reference group"


def test_a_plan_that_names_nobody_leaves_gaps_to_all_others(build: Build) -> None:
    question = CompareQuestion("old", "new", ("accent",))
    named, unnamed = (compare(one, question) for one in (planned(build, "complement"), build))
    found, expected = (compare_document(build.info, one) for one in (named, unnamed))
    assert found["gap_comparator"] == expected["gap_comparator"] == "complement"
    assert [row["factor"] for row in found["gap_changes"]] == [
        row["factor"] for row in expected["gap_changes"]
    ]


def test_nobody_selected_is_the_reason_of_everything_too(build: Build) -> None:
    nobody = AllOf((OneOf("noise", ("babble",)), OneOf("noise", ("quiet",))))
    document = compare_document(build.info, compare(build, CompareQuestion("old", "new", (), nobody)))
    assert document["overall"]["reason"] == "nobody was recorded among what is selected"
    assert document["gap_comparator"] is None
