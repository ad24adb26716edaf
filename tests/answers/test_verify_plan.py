"""A card is judged by the plan it names, whichever plan holds where it is verified."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from analysis.plan import Plan
from analysis.published_digits import UNDER_SMALLEST_P
from dashboard.answers import evidence
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.verify import Verification, verify
from dashboard.answers.verify_files import exit_code, verification_document
from dashboard.answers.verify_plan import GivenPlan
from dashboard.answers.verify_said import OnRecord
from dashboard.exports.card_json import card_json
from dashboard.wording_verify import verdict_sentence
from dashboard.wording_verify_conditions import condition_lines
from dashboard.wording_verify_plan import other_plan_sentence
from data.plans import PlanRecord, StoredPlan, remove_plan, set_plan
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame
from tests.answers.tampered_cards import NAME, as_bytes

ONE = Plan((("accent",), ("accent", "noise")), margin_ratio=1.3)
OTHER = Plan((("noise",),), margin_ratio=1.1)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return made_up_build(tmp_path, made_up_frame(7, n_speakers=40))


def _card(build: Build, home: Path) -> bytes:
    return card_json(card(open_build(build.path), CardQuestion(home=home)))


def _verified(document: bytes, build: Build, home: Path) -> Verification:
    return verify(document, open_build(build.path), OnRecord.of(home, NAME))


def test_a_card_without_a_plan_holds_after_one_was_set(build: Build, tmp_path: Path) -> None:
    document = _card(build, tmp_path)
    set_plan(tmp_path, NAME, ONE)
    found = _verified(document, build, tmp_path)
    assert found.holds, found.numbers.differences
    assert other_plan_sentence(found).startswith("Plan: the card was made without a plan")
    assert verification_document(found)["other_plan"]["here"] == ONE.sha256


@pytest.mark.parametrize("now", [OTHER, None], ids=["another", "removed"])
def test_a_card_holds_by_its_own_plan_after_that_was_changed(
    build: Build, tmp_path: Path, now: Plan | None
) -> None:
    set_plan(tmp_path, NAME, ONE)
    document = _card(build, tmp_path)
    set_plan(tmp_path, NAME, now) if now else remove_plan(tmp_path, NAME)
    found = _verified(document, build, tmp_path)
    assert found.holds, found.numbers.differences
    assert ONE.sha256[:12] in other_plan_sentence(found)


def test_a_card_of_the_plan_that_holds_says_nothing_of_it(build: Build, tmp_path: Path) -> None:
    set_plan(tmp_path, NAME, ONE)
    found = _verified(_card(build, tmp_path), build, tmp_path)
    assert (found.holds, found.other_plan, other_plan_sentence(found)) == (True, None, "")


def test_a_card_without_a_plan_holds_against_an_evidence_file_with_one(build: Build, tmp_path: Path) -> None:
    document = _card(build, tmp_path)
    set_plan(tmp_path, NAME, ONE)
    evidence.write(open_build(build.path), tmp_path, tmp_path / "evidence.parquet")
    with evidence.opened(tmp_path / "evidence.parquet") as (counts, on_record):
        found = verify(document, counts, on_record, "evidence")
    assert found.holds, found.numbers.differences
    assert found.other_plan is not None


@pytest.mark.parametrize("declared", [True, False], ids=["carried too", "named only"])
def test_a_plan_that_was_put_into_a_card_is_found(build: Build, tmp_path: Path, declared: bool) -> None:
    set_plan(tmp_path, NAME, ONE)
    plain = json.loads(_card(build, tmp_path))
    plain["evidence"]["plan"]["sha256"] = OTHER.sha256
    if declared:
        plain["evidence"]["plan"]["declared"] = OTHER.to_json()
    found = _verified(as_bytes(plain), build, tmp_path)
    assert "evidence.plan.sha256" in {one.path for one in found.numbers.differences} or found.other_plan
    assert not found.holds


def test_a_plan_that_was_taken_out_of_a_card_is_found(build: Build, tmp_path: Path) -> None:
    set_plan(tmp_path, NAME, ONE)
    plain = json.loads(_card(build, tmp_path))
    plain["evidence"]["plan"] = None
    found = _verified(as_bytes(plain), build, tmp_path)
    assert not found.holds
    assert found.other_plan is not None


def test_a_digit_of_a_card_without_a_plan_is_found_after_one_was_set(build: Build, tmp_path: Path) -> None:
    plain = json.loads(_card(build, tmp_path))
    set_plan(tmp_path, NAME, ONE)
    plain["evidence"]["groupings"][0]["rows"][0]["rate"] += 0.01
    found = _verified(as_bytes(plain), build, tmp_path)
    assert [one.path for one in found.numbers.differences] == ["evidence.groupings[0].rows[0].rate"]
    assert found.other_plan is not None


def _given(plan: Plan) -> GivenPlan:
    return GivenPlan(plan, "plan.json")


@pytest.fixture
def elsewhere(build: Build, tmp_path: Path) -> tuple[bytes, Build]:
    """A card by a plan, and the same data in a folder that never had it."""
    set_plan(tmp_path, NAME, ONE)
    document = _card(build, tmp_path)
    shutil.copytree(tmp_path / NAME, tmp_path / "other" / NAME)
    return document, open_build(tmp_path / "other" / NAME / build.path.name)


def test_the_plan_that_was_given_is_no_open_question(elsewhere: tuple[bytes, Build]) -> None:
    document, other = elsewhere
    assert verify(document, other, OnRecord()).reservations == ("plan",)
    found = verify(document, other, OnRecord(), given=_given(ONE))
    assert (found.result, found.reservations) == ("holds", ())
    assert "Plan: the one in plan.json, as the card declares it; when it was set was not checked." in (
        condition_lines(found)
    )
    assert verification_document(found)["given_plan"] == {
        "file": "plan.json",
        "sha256": ONE.sha256,
        "is_of_card": True,
    }


def test_another_plan_than_the_one_given_is_a_difference(elsewhere: tuple[bytes, Build]) -> None:
    document, other = elsewhere
    found = verify(document, other, OnRecord(), given=_given(OTHER))
    assert [(one.path, one.recomputed) for one in found.numbers.differences] == [
        ("evidence.plan.sha256", OTHER.sha256)
    ]
    assert exit_code(found, key_named=False) == 1
    assert verdict_sentence(found).endswith("and it was not made by the plan in plan.json.")
    assert any(line.startswith("Plan: NOT the one in plan.json") for line in condition_lines(found))


def test_a_card_without_a_plan_is_not_made_by_the_one_given(build: Build, tmp_path: Path) -> None:
    document = _card(build, tmp_path)
    found = verify(document, open_build(build.path), OnRecord.of(tmp_path, NAME), given=_given(ONE))
    assert [one.path for one in found.numbers.differences] == ["evidence.plan.sha256"]
    assert any(line.endswith("the card declares none.") for line in condition_lines(found))


def test_a_plan_that_is_given_does_not_outweigh_the_log_of_the_cards_own_folder(
    build: Build, tmp_path: Path
) -> None:
    set_plan(tmp_path, NAME, ONE)
    plain = json.loads(_card(build, tmp_path))
    forged = PlanRecord(StoredPlan(OTHER, OTHER.sha256, "2020-01-01T00:00:00Z", before_results=True))
    judged = open_build(build.path).judged_under(build.info.settings, forged)
    made = json.loads(card_json(card(judged, CardQuestion(home=tmp_path))))
    assert made["evidence"]["looked_at"] == plain["evidence"]["looked_at"]
    found = verify(as_bytes(made), open_build(build.path), OnRecord.of(tmp_path, NAME), given=_given(OTHER))
    assert "evidence.plan.sha256" in {one.path for one in found.numbers.differences}


def test_when_a_plan_was_set_is_named_as_unchecked_in_the_first_line(build: Build, tmp_path: Path) -> None:
    set_plan(tmp_path, NAME, ONE)
    document = _card(build, tmp_path)
    (tmp_path / "two").mkdir()
    there = open_build(shutil.copytree(build.path.parent, tmp_path / "two" / NAME) / build.path.name)
    set_plan(tmp_path / "two", NAME, ONE)
    found = verify(document, open_build(there.path), OnRecord.of(tmp_path / "two", NAME), given=_given(ONE))
    assert exit_code(found, key_named=False) == 0
    _, _, unchecked = verdict_sentence(found).partition("; not checked, since only the log of another folder")
    assert "when its plan was set" in unchecked


def test_the_plan_that_was_given_is_kept_where_the_card_is_of_a_system_that_is_not_here(
    build: Build, tmp_path: Path
) -> None:
    set_plan(tmp_path, NAME, ONE)
    plain = json.loads(_card(build, tmp_path))
    plain["evidence"]["system"] = "System X"
    on_record = OnRecord.of(tmp_path, NAME)
    found, other = (verify(as_bytes(plain), build, on_record, given=_given(plan)) for plan in (ONE, OTHER))
    assert (found.result, found.given) == ("does not hold", _given(ONE))
    assert verification_document(found)["given_plan"]["is_of_card"]
    assert {one.path for one in other.numbers.differences} == {"evidence.system", "evidence.plan.sha256"}


def test_a_public_card_with_a_p_that_is_printed_as_under_the_smallest_holds(tmp_path: Path) -> None:
    frame = made_up_frame(7, n_speakers=60)
    north = frame["accent"] == "North"
    frame.loc[north, "hypothesis"] = "oops oops oops oops oops oops oops oops"
    build = made_up_build(tmp_path, frame)
    document = card_json(card(build, CardQuestion(home=tmp_path, audience="public")))
    rows = json.loads(document)["evidence"]["groupings"][0]["rows"]
    assert UNDER_SMALLEST_P in [row["versus"]["p"] for row in rows]
    assert not [row for row in rows if (row["versus"]["p"] or 1) < UNDER_SMALLEST_P]
    assert _verified(document, build, tmp_path).holds
