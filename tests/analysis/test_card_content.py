"""The content of a card: a pure function of its evidence, with every section and what is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.card.canonical import canonical
from analysis.card.content import compose
from analysis.card.evidence import Evidence
from analysis.card.phrases import comparator_of_row
from analysis.card.provenance import commands
from analysis.card.sections import Facts, HeatTable, Section, Table
from dashboard.wording_card import plain_text
from tests.analysis.card_evidence import made_attribute, made_evidence, made_grouping, made_row


def section_of(evidence: Evidence, section_id: str) -> Section:
    return next(
        part for whole in compose(evidence).sections for part in whole.walk() if part.id == section_id
    )


def test_evidence_survives_its_json() -> None:
    evidence = made_evidence()
    assert Evidence.from_json(json.loads(json.dumps(evidence.to_json()))) == evidence


def test_the_card_of_the_json_is_the_card() -> None:
    evidence = made_evidence()
    assert compose(Evidence.from_json(json.loads(json.dumps(evidence.to_json())))) == compose(evidence)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_floats_have_ten_significant_digits_and_json_can_hold_them(value: float) -> None:
    kept = canonical({"x": [value]})["x"][0]
    assert kept == canonical(kept)
    assert kept is None or abs(kept - value) <= 1e-9 * abs(value)


def test_the_sections_stand_in_their_order() -> None:
    expected = [
        "glance",
        "measured",
        "advice",
        "expectations",
        "fairness",
        "robustness",
        "limits",
        "findings",
        "tried",
        "decision",
        "testing",
        "method",
        "mapping",
        "provenance",
        "sign-off",
        "annex",
    ]
    assert [section.id for section in compose(made_evidence()).sections] == expected


def test_ids_of_sections_are_unique() -> None:
    ids = [part.id for section in compose(made_evidence()).sections for part in section.walk()]
    assert len(ids) == len(set(ids))


def test_what_the_owner_did_not_state_is_missing() -> None:
    missing = dict(compose(made_evidence()).missing)
    assert "language" in missing["fairness-data"]
    assert "style of speech" not in missing["fairness-data"]
    assert missing["fairness-goal"] == ("goal",)


def test_without_attributes_of_speakers_nothing_is_said_about_people() -> None:
    conditions = [grouping for grouping in made_evidence().groupings if not grouping.is_about_people]
    evidence = made_evidence(
        groupings=[made_grouping(["noise"], [made_row({"noise": "quiet"})], False) for _ in conditions],
        grid=None,
        attributes=[made_attribute("noise", ["quiet"], "condition")],
    )
    section = section_of(evidence, "fairness")
    assert section.missing
    assert not any(part.id.startswith("fairness-by") for part in section.walk())


def test_without_conditions_nothing_is_said_about_robustness() -> None:
    evidence = made_evidence(groupings=[], grid=None, attributes=[])
    assert section_of(evidence, "robustness").missing
    assert compose(evidence).claims[0].kind == "overall"


def test_a_card_on_synthetic_voices_cannot_be_signed_off() -> None:
    notice = "Synthetic voices: says nothing about people"
    card = compose(made_evidence(notice=notice)).to_json()
    assert card["sign_off"]["state"] == "refused"
    assert notice in card["sign_off"]["reason"]
    assert compose(made_evidence()).to_json()["sign_off"]["state"] == "open"


def test_the_limits_say_what_a_few_speakers_can_hide_and_that_nothing_was_declared() -> None:
    [block] = section_of(made_evidence(), "limits").blocks
    text = " ".join(plain_text(item, 1.25) for item in block.items)  # type: ignore[union-attr]
    assert "no interval from fewer than 100 speakers can show it" in text
    assert "not declared in advance" in text
    assert "not a conformity assessment" in text


@pytest.mark.parametrize(("before", "word"), [(True, "before"), (False, "after")])
def test_the_limits_say_when_a_plan_was_set_and_which_tables_it_declares(before: bool, word: str) -> None:
    plan = {"set": "2026-01-31T12:00:00Z", "sha256": "ab" * 32, "before_results": before, "declared": {}}
    rows = [made_row({"accent": name}, versus={"family": "planned"}) for name in ("North", "South")]
    evidence = made_evidence(plan=plan, groupings=[made_grouping(["accent"], rows)])
    section = section_of(evidence, "limits")
    [block] = section.blocks
    text = " ".join(plain_text(item, 1.25) for item in block.items)  # type: ignore[union-attr]
    assert f"A plan was set {word} results of this evaluation were first opened on this machine" in text
    assert "Declared in it: accent. Every other verdict is exploratory." in text
    assert section.missing == ()
    assert Evidence.from_json(evidence.to_json()) == evidence


@pytest.mark.parametrize(
    ("before", "said"), [(True, "yes"), (False, "declared after results were first opened")]
)
def test_a_table_declared_after_results_were_opened_is_not_called_declared_in_advance(
    before: bool, said: str
) -> None:
    plan = {"set": "2026-01-31T12:00:00Z", "sha256": "ab" * 32, "before_results": before, "declared": {}}
    rows = [made_row({"accent": name}, versus={"family": "planned"}) for name in ("North", "South")]
    evidence = made_evidence(plan=plan, groupings=[made_grouping(["accent"], rows)])
    [table] = [block for block in section_of(evidence, "testing").blocks if isinstance(block, Table)]
    cells = [[plain_text(cell, 1.25) for cell in row] for row in table.rows]
    assert [(row[0], row[2]) for row in cells] == [("accent", said), ("accent × noise", "no")]


def test_a_plan_that_declares_no_table_of_the_card_leaves_every_verdict_exploratory() -> None:
    plan = {"set": "2026-01-31T12:00:00Z", "sha256": "ab" * 32, "before_results": True, "declared": {}}
    [block] = section_of(made_evidence(plan=plan), "limits").blocks
    text = " ".join(plain_text(item, 1.25) for item in block.items)  # type: ignore[union-attr]
    assert "It declares none of the tables of this card" in text


def test_a_card_from_before_plans_can_be_read() -> None:
    plain = json.loads(json.dumps(made_evidence().to_json()))
    del plain["plan"]
    for grouping in plain["groupings"]:
        for row in grouping["rows"]:
            del row["versus"]["family"]
    assert Evidence.from_json(plain).plan is None


def test_commands_name_build_system_and_grouping_safely() -> None:
    lines = commands(made_evidence(system="A; rm -rf /"))
    assert (
        lines[0] == "fairhearing rates made-up@0123456789ab --system 'A; rm -rf /' --by accent --format json"
    )
    assert lines[-1].startswith("fairhearing card made-up@0123456789ab --system 'A; rm -rf /'")


def test_a_wide_grid_is_cut_into_tables_that_fit_a_page() -> None:
    names = [f"n{number}" for number in range(14)]
    cells = [made_row({"accent": accent, "noise": noise}) for accent in ("North", "South") for noise in names]
    evidence = made_evidence(grid=made_grouping(["accent", "noise"], cells))
    tables = [block for block in section_of(evidence, "fairness-grid").blocks if isinstance(block, HeatTable)]
    assert [len(table.columns) for table in tables] == [6, 6, 2]
    assert len({table.scale for table in tables}) == 1
    assert sum(len(cells) for table in tables for _, cells in table.rows) == 28


def finding(**changes: Any) -> dict[str, Any]:
    row = made_row({"accent": "South"}, "worse", 0.4)
    known = {"id": "f1", "note": "", "author": "", "added": "2026-01-02T03:04:05Z", "by": ["accent"]}
    known |= {"group": {"accent": "South"}, "selection": "all recordings", "recorded_build": "0123456789ab"}
    return {**known, "recorded": row, "row": row, "reason": None, **changes}


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "1. Speakers who reported “South” (accent)"),
        (
            {"selection": "recordings with noise babble"},
            "1. Speakers who reported “South” (accent), within recordings with noise babble",
        ),
        (
            {"selection": "recordings with noise babble", "row": None, "reason": "There is none"},
            "1. accent: South, within recordings with noise babble",
        ),
        ({"by": [], "group": {}, "selection": "recordings of men"}, "1. Recordings of men"),
    ],
)
def test_the_heading_of_a_finding_names_whom_and_within_what(changes: dict[str, Any], title: str) -> None:
    section = section_of(made_evidence(findings=[finding(**changes)]), "finding-1")
    assert plain_text(section.title, 1.25) == title


def test_a_subgroup_is_not_said_to_be_looked_at_among_itself() -> None:
    of_table, alone = (
        section_of(made_evidence(findings=[finding(**changes)]), "finding-1").blocks[0]
        for changes in ({}, {"by": [], "group": {}, "selection": "recordings of men"})
    )
    assert isinstance(of_table, Facts)
    assert isinstance(alone, Facts)
    assert "Looked at among" in [term for term, _ in of_table.facts]
    assert "Looked at among" not in [term for term, _ in alone.facts]


@pytest.mark.parametrize(("audience", "is_said"), [("internal", True), ("public", False)])
def test_what_is_not_told_to_the_public_is_not_called_unstated(audience: str, is_said: bool) -> None:
    section = section_of(made_evidence(findings=[finding()], audience=audience), "finding-1")
    said = " ".join(term for block in section.blocks if isinstance(block, Facts) for term, _ in block.facts)
    assert ("Not stated" in said) is is_said


@pytest.mark.parametrize(
    ("by", "comparator", "said"),
    [
        (["accent", "noise"], "peers", "other speakers in the same noise"),
        (["accent"], "peers", "other speakers in the same mix of conditions"),
        ([], "peers", "other speakers in the same conditions"),
        (["accent"], "complement", "all others"),
        (["accent"], "overall", "all recordings"),
        (["accent"], "accent=North", "accent=North"),
    ],
)
def test_a_finding_names_the_conditions_it_shares_with_those_it_is_compared_with(
    by: list[str], comparator: str, said: str
) -> None:
    assert plain_text(comparator_of_row(made_evidence(), by, comparator), 1.25) == said


def test_a_finding_of_another_build_shows_both_numbers() -> None:
    finding = {
        "id": "f1",
        "note": "look at this",
        "author": "",
        "added": "2026-01-02T03:04:05Z",
        "by": ["accent"],
        "group": {"accent": "South"},
        "selection": "all recordings",
        "recorded_build": "ffffffffffff",
        "recorded": made_row({"accent": "South"}, "worse", 0.4),
        "row": made_row({"accent": "South"}, "undecided", 0.3),
        "reason": None,
    }
    section = section_of(made_evidence(findings=[finding]), "finding-1")
    [block] = section.blocks
    text = " ".join(f"{term}: {plain_text(value, 1.25)}" for term, value in block.facts)  # type: ignore[union-attr]
    assert "Numbers of this build: 30.0%" in text
    assert "build ffffffffffff: 40.0%" in text
    gone = section_of(
        made_evidence(findings=[{**finding, "row": None, "reason": "There is no attribute"}]), "finding-1"
    )
    assert "There is no attribute" in plain_text(gone.blocks[0].facts[0][1], 1.25)  # type: ignore[union-attr]
