"""A card holds, holds as far as was checked, or does not hold: what an attacker may change, and what is said of it."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.plan import Plan
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.verify import Verification, verify
from dashboard.answers.verify_files import (
    exit_code,
    verification_document,
    verify_with_record,
)
from dashboard.answers.verify_said import OnRecord
from dashboard.exports.card_json import card_json
from dashboard.wording_verify import verdict_sentence
from dashboard.wording_verify_conditions import condition_lines
from data.errors import InputError
from data.looked_at import Tried
from data.plans import PlanRecord, StoredPlan
from data.store import Build, open_build
from tests.answers.cards_with_evidence import CardWithEvidence, card_with_evidence, composed
from tests.answers.made_up import made_up_build, made_up_frame
from tests.answers.tampered_cards import NAME, Plain, as_bytes

FORGED = Plan((("accent",),), margin_ratio=1.05)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardWithEvidence]:
    with card_with_evidence(tmp_path_factory.mktemp("standing"), taken_away=True) as made:
        yield made


def found_in(case: CardWithEvidence, document: Plain) -> Verification:
    """Held against the evidence file, which answers sooner than the evaluation."""
    return verify(as_bytes(document), case.counts, case.on_record, "evidence")


def forged_plan(build: Build, home: Path, before: bool = True) -> Plain:
    """A card that is consistent, by a plan that nobody ever set."""
    stored = StoredPlan(FORGED, FORGED.sha256, "2020-01-01T00:00:00Z", before)
    judged = build.judged_under(build.info.settings, PlanRecord(stored))
    made: Plain = json.loads(card_json(card(judged, CardQuestion(home=home))))
    return made


def test_a_card_that_was_taken_away_is_on_record_and_holds(case: CardWithEvidence) -> None:
    found = verify_with_record(as_bytes(case.card), case.home, NAME)
    assert (found.result, found.reservations, exit_code(found, key_named=False)) == ("holds", (), 0)
    assert found.taken is not None
    assert any(
        line.startswith("Record: this card was taken away from here") for line in condition_lines(found)
    )
    assert verdict_sentence(found) == "The card holds: every number and every sentence is what the data give."


def _decision(plain: Plain) -> None:
    plain["evidence"]["decision"] = {"choice": "ship", "build": plain["evidence"]["build"], "by": "the board"}


def _nothing_tried(plain: Plain) -> None:
    log = plain["evidence"]["looked_at"]["log"]
    none: dict[str, list[list[object]]] = {"looks": [], "searches": [], "findings": [], "withdrawn": []}
    # Findings that nobody put on record would show.
    plain["evidence"] |= {"looked_at": Tried(log, none).summary().to_json(), "findings": []}


def _reordered(plain: Plain) -> None:
    plain["evidence"]["findings"].reverse()


@pytest.mark.parametrize("change", [_decision, _nothing_tried, _reordered])
def test_what_people_said_is_not_said_to_be_theirs_once_it_was_changed(
    case: CardWithEvidence, change: Callable[[Plain], None]
) -> None:
    plain = copy.deepcopy(case.card)
    change(plain)
    found = verify_with_record(as_bytes(composed(plain)), case.home, NAME)
    assert (found.result, found.taken) == ("partly checked", None)
    assert "record" in found.reservations
    assert (exit_code(found, key_named=False), exit_code(found, key_named=False, allow_unchecked=True)) == (
        3,
        0,
    )


def test_a_forged_plan_is_red_in_the_folder_it_names(case: CardWithEvidence) -> None:
    found = verify_with_record(as_bytes(forged_plan(case.build, case.home)), case.home, NAME)
    assert not found.holds
    assert "evidence.plan.sha256" in {one.path for one in found.numbers.differences}


def test_a_forged_plan_is_red_where_that_folder_never_had_one(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(7, n_speakers=24))
    plain = forged_plan(build, tmp_path)
    # A log without any plan, as after somebody looked at a subgroup.
    known = OnRecord(Tried("log", {"looks": [], "searches": [], "findings": [], "withdrawn": []}))
    plain["evidence"]["looked_at"]["log"] = "log"
    found = verify(as_bytes(plain), build, known)
    assert "evidence.plan" in {one.path for one in found.numbers.differences}


def test_a_forged_plan_of_another_folder_is_never_a_plain_green(tmp_path: Path) -> None:
    build = made_up_build(tmp_path / "one", made_up_frame(7, n_speakers=24))
    (tmp_path / "two").mkdir()
    shutil.copytree(tmp_path / "one" / NAME, tmp_path / "two" / NAME)
    plain = forged_plan(build, tmp_path / "one")
    plain["evidence"]["looked_at"]["log"] = "another"
    found = verify_with_record(as_bytes(plain), tmp_path / "two", NAME)
    assert (found.result, exit_code(found, key_named=False)) == ("partly checked", 3)
    assert found.reservations == ("plan",)
    assert found.elsewhere == ("tried", "plan set")
    assert "the plan" in verdict_sentence(found)
    [line] = [line for line in condition_lines(found) if line.startswith("Plan:")]
    assert line.startswith(
        f"Plan: not checked (this folder holds no plan with the sha256 {FORGED.sha256[:12]}…; the card’s own was used)"
    )
    assert verification_document(found)["reservations"] == list(found.reservations)


def test_an_evidence_file_knows_the_plans_that_were_set(case: CardWithEvidence) -> None:
    found = found_in(case, forged_plan(case.build, case.home))
    assert "evidence.plan.sha256" in {one.path for one in found.numbers.differences}


def test_a_plan_moved_back_in_a_card_without_a_log_is_red(case: CardWithEvidence) -> None:
    plain = copy.deepcopy(case.card)
    none: dict[str, list[list[object]]] = {"looks": [], "searches": [], "findings": [], "withdrawn": []}
    plain["evidence"] |= {"looked_at": Tried(None, none).summary().to_json(), "findings": []}
    plain["evidence"]["plan"] |= {"set": "2020-01-01T00:00:00Z", "before_results": True}
    found = found_in(case, composed(plain))
    assert "evidence.plan.set" in {one.path for one in found.numbers.differences}


def _another_version(plain: Plain) -> Plain:
    plain = copy.deepcopy(plain)
    plain["evidence"]["generator"]["version"] = "0.0.9"
    return plain


def test_sentences_of_another_version_are_not_compared_and_that_is_said_first(case: CardWithEvidence) -> None:
    plain = _another_version(case.card)
    claim = plain["claims"][0]["text"]
    claim[next(n for n, token in enumerate(claim) if isinstance(token, str))] = " has, in other words, "
    plain["missing"] = {}
    found = found_in(case, plain)
    assert (found.result, found.reservations) == ("partly checked", ("sentences", "record"))
    assert "the sentences" in verdict_sentence(found)
    assert any(
        line.startswith("Sentences: not compared") and "0.0.9" in line for line in condition_lines(found)
    )
    # The same words under this version's name are red.
    plain["evidence"]["generator"] = case.card["evidence"]["generator"]
    assert found_in(case, plain).result == "does not hold"


def _number_in_a_sentence(plain: Plain) -> str:
    token = next(one for one in plain["claims"][0]["text"] if isinstance(one, dict) and "rate" in one)
    token["rate"] /= 2
    return "claims[0].text"


def _claim_taken_out(plain: Plain) -> str:
    del plain["claims"][1]
    return "claims"


def _refused_supported(plain: Plain) -> str:
    place, claim = next((n, one) for n, one in enumerate(plain["claims"]) if not one["supported"])
    claim["supported"] = True
    return f"claims[{place}].supported"


def _verdict(plain: Plain) -> str:
    versus = plain["evidence"]["groupings"][0]["rows"][0]["versus"]
    versus["verdict"] = "within" if versus["verdict"] != "within" else "better"
    return "evidence.groupings[0].rows[0].versus.verdict"


def _another_program(plain: Plain) -> str:
    plain["evidence"]["generator"]["name"] = "approved by everybody"
    return "evidence.generator.name"


@pytest.mark.parametrize(
    "change", [_number_in_a_sentence, _claim_taken_out, _refused_supported, _verdict, _another_program]
)
def test_another_version_is_no_way_around_numbers_and_verdicts(
    case: CardWithEvidence, change: Callable[[Plain], str]
) -> None:
    plain = _another_version(case.card)
    path = change(plain)
    assert any(one.path.startswith(path) for one in found_in(case, plain).numbers.differences)


def test_a_doctors_finding_that_another_version_does_not_name_is_named(case: CardWithEvidence) -> None:
    plain = _another_version(case.card)
    hidden = [one["code"] for one in plain["evidence"]["doctor"]]
    plain["evidence"]["doctor"] = []
    found = verify_with_record(as_bytes(plain), case.home, NAME)
    assert found.result == "partly checked"
    assert any(hidden[0] in note for note in found.not_checked)


def test_an_earlier_form_is_never_a_plain_green(case: CardWithEvidence) -> None:
    plain = copy.deepcopy(case.card)
    plain["schema"] = "fairhearing-card/1"
    # What no card of that form held is no way to add something.
    assert found_in(case, plain).result == "does not hold"
    for name in ("about_systems", "looked_at", "decision", "signed_off", "keywords", "doctor", "normalisers"):
        plain["evidence"].pop(name)
    found = found_in(case, plain)
    assert "form" in found.reservations or not found.holds


@pytest.mark.parametrize("key", ["decision", "signed_off"])
def test_words_that_no_card_prints_are_refused(case: CardWithEvidence, key: str) -> None:
    plain = copy.deepcopy(case.card)
    plain["evidence"][key] = {"choice": "ship", "Certified by": "an authority"}
    with pytest.raises(InputError, match=f"“{key}” has “Certified by”"):
        found_in(case, plain)


def test_another_question_under_the_name_of_a_finding_is_found(case: CardWithEvidence) -> None:
    plain = copy.deepcopy(case.card)
    plain["evidence"]["findings"][0]["group"] = {"accent": "South"}
    found = found_in(case, plain)
    assert "evidence.findings[0].group" in {one.path for one in found.numbers.differences}


def test_a_card_is_held_against_its_own_build_while_that_is_kept(tmp_path: Path) -> None:
    first = made_up_build(tmp_path, made_up_frame(7, n_speakers=24))
    document = card_json(card(first, CardQuestion(home=tmp_path)))
    second = made_up_build(tmp_path, made_up_frame(8, n_speakers=24))
    found = verify_with_record(document, tmp_path, NAME)
    assert (found.holds, found.instead_of) == (True, second.info.build)
    assert any(line.startswith("Build: ") and first.info.build in line for line in condition_lines(found))
    asked = verify_with_record(document, tmp_path, f"{NAME}@{second.info.build}")
    assert (asked.holds, asked.instead_of) == (False, None)


def test_a_path_with_the_mark_of_a_build_in_it_names_no_build(tmp_path: Path) -> None:
    home = tmp_path / "team@site"
    first = made_up_build(home, made_up_frame(7, n_speakers=24))
    document = card_json(card(first, CardQuestion(home=home)))
    second = made_up_build(home, made_up_frame(8, n_speakers=24))
    for named in (second.path, second.path.parent):
        found = verify_with_record(document, home, str(named))
        assert (found.holds, found.instead_of) == (True, second.info.build)


def test_a_card_of_settings_that_are_others_here_is_not_checked_whole(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(7, n_speakers=24))
    lax = build.judged_under(build.info.settings.with_overrides({"margin_ratio": 3.0}), build.info.record)
    document = card_json(card(lax, CardQuestion(home=tmp_path, settings=lax.info.settings)))
    found = verify(document, open_build(build.path), OnRecord.of(tmp_path, NAME))
    assert (found.result, found.reservations) == ("partly checked", ("settings",))
