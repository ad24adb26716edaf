"""The release gate over evaluations: who counts, what is shown, and what was never tested."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.plan import Plan
from analysis.plan_families import OTHER_FILTER
from analysis.selection import AllOf, Not, NotStated, OneOf, Selection
from analysis.settings import DEFAULTS
from dashboard.answers.choices import QuestionError
from dashboard.answers.families import margin_in_force
from dashboard.answers.gate import GateAnswer, GateQuestion, gate
from dashboard.answers.gate_document import gate_document
from dashboard.answers.gate_rows import GUESSED, NOBODY_PLANNED
from dashboard.answers.plan import set_plan
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.exports.junit import export_junit
from dashboard.wording_gate import gate_sentence
from data.plans import PlanRecord, StoredPlan
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame
from tests.answers.test_compare_adjust import two_system_frame


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """System "new" leaves out every third word of "South"; "old" treats all alike."""
    return made_up_build(tmp_path_factory.mktemp("home"), two_system_frame())


def outcomes(answer: GateAnswer) -> dict[str, str]:
    return {str(row.group.get("accent")): row.outcome for row in answer.rows}


def test_a_system_that_hurts_a_group_fails_for_that_group(build: Build) -> None:
    answer = gate(build, GateQuestion("new", ("accent",), 1.25))
    assert answer.result == "fail"
    assert outcomes(answer)["South"] == "fail"
    [row] = [row for row in answer.rows if row.group["accent"] == "South"]
    assert row.reason.startswith("shown to be worse")


def test_a_wide_bound_is_shown_to_hold_for_everybody(build: Build) -> None:
    answer = gate(build, GateQuestion("old", ("accent",), 2.5))
    assert answer.result == "pass"
    assert set(outcomes(answer).values()) == {"pass"}


def test_not_stated_is_no_group_of_a_gate(build: Build) -> None:
    assert "None" not in outcomes(gate(build, GateQuestion("old", ("accent",), 2.5)))


@pytest.mark.parametrize("by", [("accent",), ("noise",), ("accent", "noise")])
def test_numbers_are_those_of_the_table_of_rates(build: Build, by: tuple[str, ...]) -> None:
    answer = gate(build, GateQuestion("new", by, 1.25))
    table = rates(build, RatesQuestion("new", by)).table
    for row in answer.rows:
        position = table.position(row.group)
        assert position is not None
        assert row.ratio == table.judgement.ratio[position]
        assert row.high == table.judgement.high[position]
        assert row.p_adjusted == table.judgement.p_adjusted[position]


def test_a_mix_of_conditions_of_its_own_is_held_equal_as_in_the_table_of_rates(tmp_path: Path) -> None:
    frame = made_up_frame(21, n_speakers=90, missing=0.0)
    frame = frame[(frame["accent"] != "South") | (frame["noise"] == "babble") | (frame.index % 4 == 0)]
    build = made_up_build(tmp_path, frame)
    table = rates(build, RatesQuestion(by=("accent",))).table
    for row in gate(build, GateQuestion(by=("accent",), max_ratio=1.25)).rows:
        position = table.position(row.group)
        assert position is not None
        assert (row.ratio, row.high) == (table.judgement.ratio[position], table.judgement.high[position])


def test_too_few_speakers_are_undecided_with_how_many_it_takes(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(5, n_speakers=18, missing=0.0))
    answer = gate(build, GateQuestion(by=("accent",), max_ratio=1.25))
    assert answer.result == "undecided"
    assert {row.outcome for row in answer.rows} == {"undecided"}
    assert all((row.speakers_needed or 0) >= 10 for row in answer.rows if row.n_speakers < 10)


def test_a_combination_that_nobody_was_recorded_in_has_not_passed(tmp_path: Path) -> None:
    frame = made_up_frame(3, n_speakers=60, missing=0.0)
    frame = frame[(frame["accent"] != "East") | (frame["noise"] != "babble")]
    build = made_up_build(tmp_path, frame)
    answer = gate(build, GateQuestion(by=("accent", "noise"), max_ratio=20.0))
    [empty] = [row for row in answer.rows if row.n_speakers == 0]
    assert (empty.outcome, empty.status) == ("undecided", "empty")
    assert answer.result == "undecided"


def test_what_is_not_stated_is_no_group_even_where_nobody_was_recorded(tmp_path: Path) -> None:
    frame = made_up_frame(3, n_speakers=60)
    frame = frame[(frame["accent"] != "") | (frame["noise"] != "babble")].rename(
        columns={"hypothesis": "hypothesis_old"}
    )
    build = made_up_build(tmp_path, frame.assign(hypothesis_new=frame["hypothesis_old"]))
    for baseline in (None, "old"):
        answer = gate(build, GateQuestion("new", ("accent", "noise"), max_ratio=20.0, baseline=baseline))
        assert len(answer.rows) == 6
        assert answer.result == "pass"


def test_against_a_baseline_worse_means_the_new_system(build: Build) -> None:
    answer = gate(build, GateQuestion("new", ("accent",), 1.25, baseline="old"))
    assert outcomes(answer)["South"] == "fail"
    assert outcomes(answer)["North"] == "pass"
    back = gate(build, GateQuestion("old", ("accent",), 1.25, baseline="new"))
    assert outcomes(back)["South"] == "pass"


def test_a_baseline_without_groups_compares_everything(build: Build) -> None:
    answer = gate(build, GateQuestion("old", (), 1.25, baseline="new"))
    assert [row.group for row in answer.rows] == [{}]
    assert answer.result == "pass"


def test_a_selection_narrows_what_is_tested(build: Build) -> None:
    whole = gate(build, GateQuestion("new", ("accent",), 1.25))
    part = gate(build, GateQuestion("new", ("accent",), 1.25, where=OneOf("noise", ("babble",))))
    assert sum(row.n_words for row in part.rows) < sum(row.n_words for row in whole.rows)


def planned(build: Build, **changes: object) -> Build:
    """The build as it is when a plan holds for it."""
    plan = replace(Plan(groupings=(("accent",),)), **changes)  # type: ignore[arg-type]
    again = open_build(build.path).read_again()
    stored = StoredPlan(plan, plan.sha256, "2025-01-01T00:00:00Z", before_results=True)
    again.info = replace(again.info, record=PlanRecord(plan=stored))
    return again


def test_without_groups_the_gate_is_that_of_the_plan(build: Build) -> None:
    answer = gate(planned(build, margin_ratio=2.5), GateQuestion("old"))
    assert answer.groupings == (("accent",),)
    assert answer.max_ratio == 2.5
    assert answer.planned
    assert gate_document(planned(build).info, answer)["family"].startswith("planned")


def test_the_usual_bound_is_the_plan_s_margin_else_that_of_the_settings(build: Build) -> None:
    held, lax = planned(build, margin_ratio=2.5), replace(DEFAULTS, margin_ratio=1.6)
    for one, settings, bound in (
        (build, DEFAULTS, build.info.settings.margin_ratio),
        (build, lax, 1.6),
        (held, lax, 2.5),
    ):
        assert margin_in_force(one.info, settings) == bound
        assert gate(one, GateQuestion("old", ("accent",), settings=settings)).max_ratio == bound


def test_a_gate_and_its_file_name_the_plan(build: Build) -> None:
    held = planned(build)
    assert held.info.plan is not None
    document = gate_document(held.info, gate(held, GateQuestion("old")))
    assert document["plan"]["sha256"] == held.info.plan.sha256
    assert held.info.plan.sha256.encode() in export_junit(document)


def test_the_bound_that_is_asked_for_outweighs_the_margin_of_the_plan(build: Build) -> None:
    answer = gate(planned(build, margin_ratio=1.01), GateQuestion("old", ("accent",), 2.5))
    assert answer.result == "pass"


def test_a_planned_group_without_recordings_has_not_passed(build: Build) -> None:
    known = ("North", "South", "East")
    wanted = planned(build, populations=(("accent", (*known, "Zulu")),))
    answer = gate(wanted, GateQuestion("old", ("accent",), 2.5))
    assert outcomes(answer) == {"East": "pass", "North": "pass", "South": "pass", "Zulu": "undecided"}
    assert answer.rows[-1].reason == NOBODY_PLANNED
    assert answer.result == "undecided"


HIDING = [
    OneOf("accent", ("South",)),
    Not(OneOf("accent", ("South",))),
    AllOf((OneOf("accent", ("North", "East")), OneOf("noise", ("quiet",)))),
]


@pytest.mark.parametrize("where", HIDING)
@pytest.mark.parametrize("baseline", [None, "old"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_gate_cannot_be_passed_by_hiding_a_group(
    build: Build, where: Selection, baseline: str | None, declared: bool
) -> None:
    held = planned(build) if declared else build
    with pytest.raises(QuestionError, match="a gate judges every group"):
        gate(held, GateQuestion("new", ("accent",), 3.0, baseline=baseline, where=where))


@pytest.mark.parametrize("by", [(), ("accent",)])
def test_a_filter_that_hides_a_group_of_any_planned_grouping_is_refused(
    build: Build, by: tuple[str, ...]
) -> None:
    held = planned(build, groupings=(("noise",), ("accent",)))
    with pytest.raises(QuestionError, match="hides 2 of 3 groups by accent"):
        gate(held, GateQuestion("new", by, 3.0, where=OneOf("accent", ("South",))))


def test_a_filter_that_hides_no_group_changes_nothing(build: Build) -> None:
    whole = gate(build, GateQuestion("new", ("accent",), 1.25))
    stated = gate(build, GateQuestion("new", ("accent",), 1.25, where=Not(NotStated("accent"))))
    assert stated.rows == whole.rows


def test_a_group_that_a_condition_leaves_nobody_of_has_not_passed(tmp_path: Path) -> None:
    frame = made_up_frame(5, n_speakers=60, missing=0.0)
    build = made_up_build(tmp_path, frame[(frame["accent"] != "South") | (frame["device"] == "car")])
    answer = gate(
        build, GateQuestion(by=("accent",), max_ratio=3.0, where=OneOf("device", ("phone", "headset")))
    )
    assert outcomes(answer)["South"] == "undecided"
    assert answer.result == "undecided"
    [row] = [row for row in answer.rows if row.group["accent"] == "South"]
    assert row.reason == "nobody was recorded among what is selected"


def test_another_selection_than_the_planned_one_is_said_to_be_exploratory(build: Build) -> None:
    held = planned(build)
    answer = gate(held, GateQuestion("old", ("accent",), 2.5, where=OneOf("noise", ("babble",))))
    assert gate_document(held.info, answer)["family"] == (
        f"the rows asked for; {OTHER_FILTER}; exploratory: not declared in advance"
    )


def test_groups_guessed_by_software_neither_pass_nor_fail(tmp_path: Path) -> None:
    guessed = made_up_build(tmp_path, two_system_frame(), label_sources={"accent": "inferred"})
    answer = gate(guessed, GateQuestion("new", ("accent",), 1.25))
    assert {row.outcome for row in answer.rows} == {"undecided"}
    assert {row.reason for row in answer.rows} == {GUESSED}


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (GateQuestion("old", ("accent",), 0.9), "must be above 1"),
        (GateQuestion("old", ("accent",), float("nan")), "must be above 1"),
        (GateQuestion("old", ("accent",), 1.5, against="overall"), "contains the group itself"),
        (GateQuestion("old", ("accent",), 1.5, baseline="new", against="peers"), "leave --against out"),
        (GateQuestion("old", (), 1.5), "Say which groups count"),
        (GateQuestion("old", ("acent",), 1.5), "did you mean 'accent'"),
        (GateQuestion(None, ("accent",), 1.5), "has 2 systems"),
        (GateQuestion("old", ("accent",), 1.5, baseline="old"), "compared with itself"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    build: Build, question: GateQuestion, says: str
) -> None:
    with pytest.raises(QuestionError, match=says):
        gate(build, question)


def test_the_document_holds_only_what_json_can_say(build: Build) -> None:
    document = gate_document(build.info, gate(build, GateQuestion("new", ("accent", "noise"), 1.25)))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert sum(document["counts"].values()) == len(document["rows"])


def test_a_declared_reference_is_not_held_against_itself(build: Build) -> None:
    answer = gate(build, GateQuestion("new", ("accent",), 1.25, against="accent=North"))
    assert "North" not in outcomes(answer)


def test_speakers_needed_are_for_the_bound_that_is_asked(tmp_path: Path) -> None:
    frame: pd.DataFrame = made_up_frame(8, n_speakers=45, missing=0.0)
    build = made_up_build(tmp_path, frame)
    narrow, wide = (gate(build, GateQuestion(by=("accent",), max_ratio=bound)) for bound in (1.05, 1.4))
    needed = [
        (a.speakers_needed, b.speakers_needed)
        for a, b in zip(narrow.rows, wide.rows, strict=True)
        if a.speakers_needed and b.speakers_needed
    ]
    assert all(a >= b for a, b in needed)
    assert any(row.speakers_needed for row in narrow.rows)


def test_the_gate_tells_with_whom_each_grouping_is_compared(tmp_path: Path, build: Build) -> None:
    asked = gate(build, GateQuestion("new", ("accent",), against="accent=North"))
    assert asked.comparators == ("accent=North",)
    assert "than for North" in gate_sentence(gate_document(build.info, asked))
    assert gate(build, GateQuestion("new", ("accent", "noise"))).comparators == ("peers",)
    assert gate(build, GateQuestion("new", ("accent",), baseline="old")).comparators == ()
    declared = made_up_build(tmp_path, two_system_frame())
    set_plan(declared.info, Plan((("accent",), ("noise",)), comparator="accent=North"))
    planned = gate_document(declared.info, gate(open_build(declared.path), GateQuestion("new")))
    assert (planned["against"], planned["comparators"]) == (None, ["accent=North", "complement"])
    assert "than for North" in gate_sentence(planned)
