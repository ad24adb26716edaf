"""A card is judged by the plan it names, whichever plan holds where it is verified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.plan import Plan
from dashboard.answers import evidence
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.verify import Verification, verify
from dashboard.answers.verify_files import verification_document
from dashboard.answers.verify_said import OnRecord
from dashboard.exports.card_json import card_json
from dashboard.wording_verify_plan import other_plan_sentence
from data.plans import remove_plan, set_plan
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
