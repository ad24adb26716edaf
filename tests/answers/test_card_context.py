"""What a card says beside rates: the doctor without examples, other normalisers, declared crossings."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from analysis.card.faults_told import TOLD, told_of
from analysis.plan import Plan
from analysis.rates import SHOWN
from analysis.settings import DEFAULTS
from dashboard.answers import card_context, verify_doctor
from dashboard.answers.audience import INTERNAL, PUBLIC, Audience
from dashboard.answers.card import CardQuestion, card, card_evidence
from dashboard.answers.card_context import (
    declared_crossings,
    doctor_findings,
    recounted_tables,
    under_normalisers,
)
from dashboard.answers.doctor import doctor
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.sensitivity import sensitivity
from dashboard.answers.verify import OnRecord, verify
from dashboard.answers.verify_doctor import digests_of
from dashboard.exports.card_json import card_json
from data.doctor import EVERYWHERE, SEVERITIES, DoctorFault, examine
from data.doctor.registry import KINDS
from data.plans import PlanRecord, StoredPlan
from data.store import Build
from tests.answers.made_up import made_up_build, made_up_frame

SYSTEM = "hypothesis"
PUBLISHED = Path(__file__).resolve().parents[2] / "dashboard" / "exports" / "card_schema.json"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("context"), made_up_frame(5, n_speakers=48))


def planned(build: Build, *groupings: tuple[str, ...]) -> Build:
    """The same build under a plan that declares these groupings."""
    plan = Plan(groupings)
    held = StoredPlan(plan, plan.sha256, "2026-01-31T12:00:00Z", before_results=True)
    return build.judged_under(build.info.settings, PlanRecord(held))


def test_the_doctor_is_quoted_without_texts_of_recordings(build: Build) -> None:
    found = doctor_findings(build, SYSTEM, INTERNAL)
    assert [one["code"] for one in found] == [fault.code for fault in doctor(build)]
    assert all(set(one) == {"code", "severity", "what", "consequence"} for one in found)


def test_the_public_reads_no_number_of_the_doctor(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = doctor(build)[0] if doctor(build) else None
    assert fault is not None
    twice = (
        replace(fault, code="few-speakers", what="3 of 9"),
        replace(fault, code="few-speakers", what="2 of 4"),
    )
    monkeypatch.setattr(card_context, "doctor", lambda _: twice)
    [one] = doctor_findings(build, SYSTEM, PUBLIC)
    assert one["what"] == "Some groups have too few speakers to be tested."
    assert "withheld" in one["consequence"]
    assert not re.search(r"\d|shown", f"{one['what']} {one['consequence']}")


def test_every_kind_of_fault_has_its_sentences_for_the_public() -> None:
    assert set(TOLD) == {kind.code for kind in KINDS}
    assert not any(re.search(r"\d|“(?!not known)", words) for told in TOLD.values() for words in told)
    assert told_of("another-kind")[0].startswith("A fault")


def test_the_public_is_told_the_gravest_of_several_faults_of_a_kind(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = replace(doctor(build)[0], code="few-speakers")
    found = [replace(fault, severity=severity) for severity in SEVERITIES[::-1]]
    monkeypatch.setattr(card_context, "doctor", lambda _: found)
    assert [one["severity"] for one in doctor_findings(build, SYSTEM, PUBLIC)] == ["error"]


def test_what_is_wrong_with_another_system_is_not_this_ones(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = doctor(build)[0]
    other = replace(fault, where="Other")
    two = replace(fault, where="Other, Third")
    with_own = replace(fault, where=f"Other, {SYSTEM}", what="Of both.")
    monkeypatch.setattr(card_context, "doctor", lambda _: (other, fault, two, with_own))
    info = replace(build.info, systems=(SYSTEM, "Other", "Third"))
    monkeypatch.setattr(type(build), "info", property(lambda _: info), raising=False)
    assert [one["what"] for one in doctor_findings(build, SYSTEM, INTERNAL)] == [fault.what, "Of both."]


@pytest.mark.parametrize("called", [EVERYWHERE, "accent"])
def test_a_system_called_as_a_place_hides_no_finding_about_that_place(
    build: Build, monkeypatch: pytest.MonkeyPatch, called: str
) -> None:
    of_data = replace(doctor(build)[0], where=called, what="Of the data.")
    monkeypatch.setattr(card_context, "doctor", lambda _: (of_data,))
    info = replace(build.info, systems=(SYSTEM, called))
    monkeypatch.setattr(type(build), "info", property(lambda _: info), raising=False)
    assert [one["what"] for one in doctor_findings(build, SYSTEM, INTERNAL)] == ["Of the data."]


def test_an_evidence_file_takes_one_examination_for_all_systems_and_audiences(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    examined: list[Build] = []

    def counting(one: Build) -> tuple[DoctorFault, ...]:
        examined.append(one)
        return examine(one)

    monkeypatch.setattr(verify_doctor, "examine", counting)
    assert len(digests_of(build)) == 2
    assert examined == [build]


def test_movements_are_those_of_the_sensitivity(build: Build) -> None:
    question = RatesQuestion(SYSTEM, ("accent",))
    known = under_normalisers(build, [question])
    answer = sensitivity(build, question)
    assert known["reason"] is None
    assert known["normalizers"] == [one.id for one in answer.under if not one.is_own]
    [table] = known["groupings"]
    groups = [n for n in range(len(answer.own.table)) if None not in answer.own.table.group(n).values()]
    tested = [n for n in groups if answer.own.table.status[n] == SHOWN]
    assert [row["moves"] for row in table["rows"]] == [bool(answer.movements.moves[n]) for n in tested]
    assert table["few"] == len(groups) - len(tested)


def test_groups_of_too_few_speakers_are_not_accused_by_another_normaliser(build: Build) -> None:
    lenient, strict = (
        under_normalisers(
            build, [RatesQuestion(SYSTEM, ("accent",), settings=replace(DEFAULTS, min_speakers=minimum))]
        )["groupings"][0]
        for minimum in (2, 1000)
    )
    assert len(lenient["rows"]) == strict["few"] > 0
    assert strict["rows"] == []


def test_several_tables_are_counted_again_as_each_alone(build: Build) -> None:
    questions = [RatesQuestion(SYSTEM, by) for by in (("accent",), ("accent", "noise"))]
    both = under_normalisers(build, questions)["groupings"]
    assert both == [under_normalisers(build, [one])["groupings"][0] for one in questions]


def test_tables_a_plan_declares_are_counted_again_and_else_those_of_people(build: Build) -> None:
    tables = [("accent",), ("noise",), ("device",), ("accent", "noise")]
    both = planned(build, ("noise", "accent"), ("noise",))
    assert recounted_tables(both.info, tables, ["accent"]) == [("noise",), ("accent", "noise")]
    assert recounted_tables(build.info, tables, ["accent"]) == [("accent",)]


@pytest.mark.parametrize(
    ("tables", "audience", "most", "said"),
    [
        ((), INTERNAL, 50_000, "no groups of people to compare"),
        ((("accent",),), PUBLIC, 50_000, "Withheld"),
        ((("accent",),), INTERNAL, 1, "takes long"),
    ],
)
def test_what_is_not_counted_again_says_why(
    build: Build,
    monkeypatch: pytest.MonkeyPatch,
    tables: tuple[tuple[str, ...], ...],
    audience: Audience,
    most: int,
    said: str,
) -> None:
    monkeypatch.setattr(card_context, "MOST_RECOUNTED", most)
    known = under_normalisers(build, [RatesQuestion(SYSTEM, by, audience=audience) for by in tables])
    assert said in str(known["reason"])
    assert known["groupings"] == []


def test_declared_crossings_have_a_table_of_their_own(build: Build) -> None:
    both = planned(build, ("accent",), ("accent", "device"), ("accent", "noise", "device"))
    assert declared_crossings(both.info, INTERNAL, [("device", "accent")]) == [("accent", "noise", "device")]
    tables = [one.by for one in card_evidence(both, CardQuestion()).groupings]
    assert ("accent", "device") in tables
    assert ("accent", "noise", "device") not in tables
    without = card_evidence(both, CardQuestion(version=1))
    assert ("accent", "device") not in [one.by for one in without.groupings]


def test_without_context_nobody_is_asked(build: Build) -> None:
    evidence = card_evidence(build, CardQuestion(with_context=False))
    assert (evidence.doctor, evidence.normalisers) == (None, None)


@pytest.mark.parametrize(
    "changes", [{}, {"audience": PUBLIC}, {"metric": "empty-output-rate"}, {"template": "2025"}]
)
def test_a_card_of_an_evaluation_has_the_published_form(build: Build, changes: dict[str, Any]) -> None:
    document = json.loads(card_json(card(build, CardQuestion(**changes))))
    form = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(form).iter_errors(document)] == []


def test_a_card_of_version_1_is_still_verified_and_a_changed_one_is_not(build: Build, tmp_path: Path) -> None:
    both = planned(build, ("accent", "device"))
    document = json.loads(card_json(card(both, CardQuestion(version=1))))
    evidence = document["evidence"]
    document["schema"] = "fairhearing-card/1"
    del document["template"]
    for later in (
        "about_systems",
        "looked_at",
        "decision",
        "signed_off",
        "keywords",
        "doctor",
        "normalisers",
    ):
        del evidence[later]
    crossed = [one["by"] for one in evidence["groupings"] if len(one["by"]) > 1]
    evidence["groupings"] = [one for one in evidence["groupings"] if len(one["by"]) == 1]
    document["claims"] = [claim for claim in document["claims"] if claim["by"] not in crossed]
    on_record = OnRecord.of(tmp_path, both.info.name)
    assert verify(json.dumps(document).encode(), both, on_record).numbers.differences == ()
    evidence["groupings"][0]["rows"][0]["rate"] += 0.01
    [found] = verify(json.dumps(document).encode(), both, on_record).numbers.differences
    assert found.path == "evidence.groupings[0].rows[0].rate"
