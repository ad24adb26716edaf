"""Expectations, testing, advice, coverage and mapping: each sentence follows from the evidence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.card.content import compose
from analysis.card.coverage import untested_populations
from analysis.card.sections import Facts, Listing, Paragraph, Section, Table
from dashboard.wording_card import plain_text
from tests.analysis.card_evidence import EXAMPLES, made_attribute, made_evidence, made_grouping, made_row

PLAN: dict[str, Any] = {"set": "2026-01-31T12:00:00Z", "sha256": "ab" * 32, "before_results": True}


def planned(**declared: Any) -> dict[str, Any]:
    return {**PLAN, "declared": declared}


def words(section_id: str, **changes: Any) -> str:
    card = compose(made_evidence(**changes))
    section = next(part for whole in card.sections for part in whole.walk() if part.id == section_id)
    return "\n".join(line for part in section.walk() for block in part.blocks for line in lines(block))


def lines(block: object) -> list[str]:
    match block:
        case Paragraph(text, _):
            return [plain_text(text, 1.25)]
        case Listing(items):
            return [plain_text(item, 1.25) for item in items]
        case Facts(facts):
            return [f"{term}: {plain_text(text, 1.25)}" for term, text in facts]
        case Table():
            return [plain_text(cell, 1.25) for row in block.rows for cell in row]
    return []


def section_of(section_id: str, **changes: Any) -> Section:
    card = compose(made_evidence(**changes))
    return next(part for whole in card.sections for part in whole.walk() if part.id == section_id)


def test_expectations_give_ranges_and_name_no_group_of_people() -> None:
    said = words("expectations", plan=planned(floor=0.4))
    assert "Over everybody: 25.0% (22.5–27.5%)." in said
    assert "runs from 15.0%" in said
    assert "Over the 2 combinations of accent × noise with enough speakers: from 10.0% to 30.0%." in said
    assert "Largest rate any group may have, by the plan: 40.0%" in said
    assert "South" not in said


@pytest.mark.parametrize("planned_table", [False, True])
def test_advice_names_cells_shown_to_be_worse_whatever_the_plan_declares(planned_table: bool) -> None:
    family = {"family": "planned"} if planned_table else {}
    accents = [made_row({"accent": name}, versus=family) for name in ("North", "South")]
    cells = [
        made_row({"accent": "North", "noise": "quiet"}, "worse", 0.3),
        made_row({"accent": "South", "noise": "quiet"}),
    ]
    said = words(
        "advice",
        groupings=[made_grouping(["accent"], accents)],
        grid=made_grouping(["accent", "noise"], cells),
    )
    how = ", not declared in advance" if planned_table else ""
    assert f"speakers by accent × noise{how}: “North, quiet” (1.40×, 1.20–1.60)" in said


def test_testing_lists_what_was_tested_together() -> None:
    said = words("testing")
    assert "not declared in advance" in said
    assert "accent × noise" in said
    assert "Holm’s correction" in said


def test_advice_names_the_groups_that_are_shown_to_be_worse_and_who_bears_it() -> None:
    said = words("advice")
    assert "Expect more errors in transcripts of speakers by accent: “South” (1.40×, 1.20–1.60)" in said
    assert "bear the cost" in said
    assert "errs more often with noise “babble” (35.0%)" in said


@pytest.mark.parametrize("verdict", ["slightly worse", "within", "better"])
def test_advice_warns_of_nobody_else(verdict: str) -> None:
    rows = [made_row({"accent": name}, verdict) for name in ("North", "South")]
    said = words("advice", groupings=[made_grouping(["accent"], rows)], grid=None)
    assert "Expect more errors" not in said
    assert "Conclude nothing yet" not in said
    assert "Test again with recordings of your own" in said


def test_of_labels_that_software_guessed_no_advice_follows() -> None:
    rows = [made_row({"accent": name}, "worse", 0.3) for name in ("North", "South")]
    said = words("advice", groupings=[made_grouping(["accent"], rows, source="inferred")], grid=None)
    assert "Expect more errors" not in said


def test_of_withheld_groups_nothing_is_advised() -> None:
    rows = [made_row({"accent": name}, "undecided", status="suppressed") for name in ("North", "South")]
    said = words("advice", groupings=[made_grouping(["accent"], rows)], grid=None, audience="public")
    assert "North" not in said


def test_undecided_groups_are_not_called_alike() -> None:
    rows = [made_row({"accent": "North"}, "undecided"), made_row({"accent": "South"})]
    said = words("advice", groupings=[made_grouping(["accent"], rows)], grid=None)
    assert "Conclude nothing yet for “North” (accent): not shown is not equal." in said


@given(st.lists(st.sampled_from(sorted(EXAMPLES)), min_size=2, max_size=30))
def test_advice_speaks_of_every_group_that_is_worse_and_of_no_other(verdicts: list[str]) -> None:
    rows = [made_row({"accent": f"a{n}."}, verdict) for n, verdict in enumerate(verdicts)]
    said = words("advice", groupings=[made_grouping(["accent"], rows)], grid=None)
    warned = next((line for line in said.splitlines() if line.startswith("Expect more errors")), "")
    worse = [n for n, verdict in enumerate(verdicts) if verdict == "worse"]
    if len(worse) > 12:
        assert f"{len(worse)} groups are shown to have a higher rate" in warned
    else:
        assert [n for n in range(len(verdicts)) if f"“a{n}.”" in warned] == worse


def test_advice_on_synthetic_voices_says_that_it_is_none() -> None:
    said = words("advice", notice="Synthetic voices: says nothing about people")
    assert "it is no advice for any use" in said


def test_intended_people_nobody_recorded_are_named_in_limits_and_advice() -> None:
    plan = planned(populations={"accent": ["North", "Island"], "noise": ["wind"]})
    evidence = made_evidence(plan=plan)
    assert untested_populations(evidence) == (("accent", ("Island",)), ("noise", ("wind",)))
    assert "By accent: “Island”." in words("limits-populations", plan=plan)
    said = words("advice", plan=plan)
    assert "“Island” (accent), of which there is no recording. Test with them" in said
    assert "“wind” (noise), of which there is no recording. Test there" in said


def test_an_intended_group_without_a_recording_of_the_system_is_untested() -> None:
    rows = [made_row({"accent": "North"}), made_row({"accent": "South"}, rate=None)]
    evidence = made_evidence(
        plan=planned(populations={"accent": ["North", "South"]}),
        groupings=[made_grouping(["accent"], rows)],
        attributes=[made_attribute("accent", ["North", "South"])],
        grid=None,
    )
    assert untested_populations(evidence) == (("accent", ("South",)),)


def test_without_a_plan_it_is_missing_for_whom_the_system_is_meant() -> None:
    assert section_of("limits-populations").missing == ("the people the system is meant for",)


NORMALISERS: dict[str, Any] = {"limit": 0.05, "normalizers": ["none", "whisper-english"], "reason": None}


def moved(*rows: tuple[str | None, bool, bool], few: int = 0, by: str = "accent") -> dict[str, Any]:
    """One table counted again: of each group whether its ratio moves and its verdict changes."""
    counted = [{"group": {by: name}, "moves": moves, "verdict_changes": other} for name, moves, other in rows]
    return {"by": [by], "few": few, "rows": counted}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (moved(("North", False, False)), "By accent: no ratio moves by more than 5 %."),
        (
            moved(("North", True, True), ("South", True, False)),
            "By accent: the ratio moves by more than 5 % for “North” and “South”, and 1 of them would have another verdict.",
        ),
        (moved(("North", True, False)), "for “North”, and no verdict would be another."),
        (moved(("North", True, True)), "for “North”, and the verdict would be another."),
        (
            moved(("North", True, True), ("South", True, True)),
            "“South”, and the verdict would be another for each of them.",
        ),
        (
            moved(("North", False, True), ("South", False, False)),
            "no ratio moves by more than 5 %; the verdict would be another for “North”, whose ratio moves no further.",
        ),
        (
            moved(("North", True, False), ("South", False, True)),
            "for “North”; the verdict would be another for “South”, whose ratio moves no further.",
        ),
        (
            moved(("North", True, True), ("South", False, True), ("West", False, True)),
            "for “North”, and the verdict would be another; also for “South” and “West”, whose ratios move no further.",
        ),
        (
            moved(("North", False, False), few=2),
            "by more than 5 %; 2 more groups left out, with too few speakers or errors to be tested.",
        ),
        (
            moved(few=1),
            "no group is large enough to be tested; 1 more group left out, with too few speakers or errors to be tested.",
        ),
    ],
)
def test_limits_say_whether_gaps_depend_on_the_normaliser(table: dict[str, Any], said: str) -> None:
    assert said in words("limits-normalisers", normalisers={**NORMALISERS, "groupings": [table]})


def test_every_table_that_was_counted_again_is_named() -> None:
    tables = [moved(("North", True, False)), moved(("quiet", False, False), by="noise")]
    said = words("limits-normalisers", normalisers={**NORMALISERS, "groupings": tables})
    assert [line.partition(":")[0] for line in said.splitlines()[1:]] == ["By accent", "By noise"]


def test_of_groups_that_software_guessed_no_limit_names_one() -> None:
    table = moved(("North", True, True))
    said = words(
        "limits-normalisers",
        normalisers={**NORMALISERS, "groupings": [table]},
        attributes=[
            made_attribute("accent", ["North", "South"], source="inferred"),
            made_attribute("noise", ["quiet", "babble"], role="condition"),
        ],
    )
    assert "By accent: nothing is claimed, because the labels of accent were guessed by software." in said
    assert "North" not in said


def test_many_groups_that_move_are_counted() -> None:
    table = moved(*((f"a{n}", n > 1, n == 2) for n in range(20)))
    said = words("limits-normalisers", normalisers={**NORMALISERS, "groupings": [table]})
    assert "moves by more than 5 % for 18 of 20 groups, and 1 of them" in said


def test_what_an_earlier_version_counted_again_is_still_read() -> None:
    older = {**NORMALISERS, "by": ["accent"], "rows": moved(("North", True, True))["rows"]}
    assert "By accent: the ratio moves by more than 5 % for “North”" in words(
        "limits-normalisers", normalisers=older
    )


@pytest.mark.parametrize("known", [None, {**NORMALISERS, "groupings": [], "reason": "There are no texts"}])
def test_what_was_not_counted_again_is_missing(known: dict[str, Any] | None) -> None:
    section = section_of("limits-normalisers", normalisers=known)
    assert section.missing == ("whether gaps depend on the normaliser",)


def test_open_findings_of_the_doctor_are_listed_with_what_they_do() -> None:
    fault = {
        "code": "few-speakers",
        "severity": "warning",
        "what": "4 speakers.",
        "consequence": "Wide intervals.",
    }
    said = words("limits-doctor", doctor=[fault])
    assert said.splitlines() == ["Warning", "4 speakers.", "Wide intervals."]
    assert "found nothing" in words("limits-doctor", doctor=[])
    assert section_of("limits-doctor").missing == ("what the doctor says of the data",)


def test_the_mapping_is_a_place_to_look_and_no_conformity() -> None:
    said = words("mapping")
    assert "Where a reader may look; not a conformity assessment." in said
    assert "MEASURE 2.11" in said
    titles = {
        plain_text(one.title, 1.25) for whole in compose(made_evidence()).sections for one in whole.walk()
    }
    table = section_of("mapping").blocks[1]
    assert isinstance(table, Table)
    named = {name for row in table.rows for name in plain_text(row[-1], 1.25).split(" · ")}
    assert named <= titles


def test_a_declared_grid_has_every_cell_with_its_counts() -> None:
    cells = [
        made_row({"accent": a, "noise": n}, versus={"family": "planned"}) for a in "ab" for n in ("x", "y")
    ]
    said = words("fairness-grid-rows", grid=made_grouping(["accent", "noise"], cells))
    assert said.count("2,000") == 4
