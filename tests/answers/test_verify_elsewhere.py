"""A card away from its own folder: what is green there, and what only the log of its folder, or a record of it, tells."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.plan_reading import plan_from_json
from dashboard.answers import evidence
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.card_changes import keep_card
from dashboard.answers.verify import verify
from dashboard.answers.verify_files import exit_code, verify_from_source, verify_with_record
from dashboard.answers.verify_said import OnRecord
from dashboard.exports.card_json import card_json
from dashboard.wording_verify import verdict_sentence
from dashboard.wording_verify_conditions import condition_lines
from data.looked_at import SUBGROUP, Tried, record_look
from data.plans import set_plan
from data.store import Build, open_build
from tests.answers.cards_with_evidence import composed
from tests.answers.made_up import made_up_build, made_up_frame
from tests.answers.tampered_cards import NAME, Plain, as_bytes, evaluation_with_a_history


@dataclass(frozen=True)
class Case:
    home: Path
    build: Build
    card: Plain


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    home = tmp_path_factory.mktemp("elsewhere")
    build = evaluation_with_a_history(home)
    made = card(build, CardQuestion(home=home))
    keep_card(home, made, card_json(made))
    return Case(home, build, json.loads(card_json(made)))


def another_folder(case: Case, home: Path) -> Build:
    """The same evaluation where nothing else is known, as in a fresh clone."""
    shutil.copytree(case.build.path.parent, home / NAME)
    return open_build(home / NAME / case.build.path.name)


def _with_what_was_tried(plain: Plain, log: str | None) -> None:
    none: dict[str, list[list[object]]] = {"looks": [], "searches": [], "findings": [], "withdrawn": []}
    # Findings that nobody put on record would show.
    plain["evidence"] |= {"looked_at": Tried(log, none).summary().to_json(), "findings": []}


def _no_log(plain: Plain) -> None:
    _with_what_was_tried(plain, None)


def _another_log(plain: Plain) -> None:
    plain["evidence"]["looked_at"]["log"] = "another"


def test_an_evidence_file_tells_less_that_was_tried_from_a_card_of_an_earlier_day(tmp_path: Path) -> None:
    build = evaluation_with_a_history(tmp_path)
    then = card(build, CardQuestion(home=tmp_path))
    keep_card(tmp_path, then, card_json(then))
    record_look(tmp_path, NAME, build.info.build, SUBGROUP, "recordings with accent South")
    evidence.write(build, tmp_path, tmp_path / "evidence.parquet")
    plain = json.loads(card_json(then))
    with evidence.opened(tmp_path / "evidence.parquet") as (counts, on_record):
        assert verify(as_bytes(plain), counts, on_record, "evidence").result == "holds"
        _with_what_was_tried(plain, plain["evidence"]["looked_at"]["log"])
        found = verify(as_bytes(composed(plain)), counts, on_record, "evidence")
    assert (found.result, found.reservations) == ("partly checked", ("tried", "record"))
    assert any("goes on where the card ends" in line for line in condition_lines(found))


def test_a_finding_that_its_own_log_never_heard_of_is_red(case: Case) -> None:
    plain = copy.deepcopy(case.card)
    plain["evidence"]["findings"][0]["id"] = "0" * 12
    found = verify(as_bytes(plain), case.build, OnRecord.of(case.home, NAME))
    assert "evidence.findings[0].id" in {one.path for one in found.numbers.differences}


def test_more_findings_than_were_put_on_record_are_red_anywhere(case: Case, tmp_path: Path) -> None:
    plain = copy.deepcopy(case.card)
    plain["evidence"]["findings"].append({**plain["evidence"]["findings"][0], "id": "0" * 12})
    found = verify(as_bytes(plain), another_folder(case, tmp_path), OnRecord.of(tmp_path, NAME))
    assert "evidence.findings" in {one.path for one in found.numbers.differences}


def test_a_card_is_green_in_a_fresh_folder_with_its_plan_and_says_what_only_its_own_log_knows(
    case: Case, tmp_path: Path
) -> None:
    another_folder(case, tmp_path)
    set_plan(tmp_path, NAME, plan_from_json(case.card["evidence"]["plan"]["declared"]))
    found = verify_with_record(as_bytes(case.card), tmp_path, NAME)
    assert (found.result, exit_code(found, key_named=False)) == ("holds", 0)
    assert found.elsewhere == ("tried", "findings", "plan set")
    assert verdict_sentence(found) == (
        "The card holds: every number and every sentence is what the data give; not checked, since only the log of another "
        "folder tells it: how much was tried before, when its plan was set and which findings were put on record with "
        "which numbers."
    )


@pytest.mark.parametrize("change", [_another_log, _no_log])
def test_another_log_is_never_green_in_the_folder_the_card_may_be_from(
    case: Case, change: Callable[[Plain], None]
) -> None:
    plain = copy.deepcopy(case.card)
    change(plain)
    found = verify_with_record(as_bytes(composed(plain)), case.home, NAME)
    assert (exit_code(found, key_named=False), "tried" in found.reservations) == (3, True)


def test_without_a_plan_a_card_is_green_at_home_and_elsewhere(tmp_path: Path) -> None:
    build = made_up_build(tmp_path / "one", made_up_frame(7, n_speakers=24))
    document = card_json(card(build, CardQuestion(home=tmp_path / "one")))
    (tmp_path / "two").mkdir()
    shutil.copytree(tmp_path / "one" / NAME, tmp_path / "two" / NAME)
    for home in (tmp_path / "one", tmp_path / "two"):
        found = verify_with_record(document, home, NAME)
        assert (found.reservations, exit_code(found, key_named=False)) == ((), 0)
    of_files = verify_from_source(document, tmp_path / "three", [tmp_path / "one" / "made-up.csv"])
    assert (of_files.reservations, of_files.elsewhere) == ((), ("nothing tried",))


def test_a_card_on_record_holds_as_it_was_worded_when_another_version_or_form_wrote_it(
    tmp_path: Path,
) -> None:
    build = made_up_build(tmp_path, made_up_frame(7, n_speakers=24))
    made = card(build, CardQuestion(home=tmp_path))
    plain = json.loads(card_json(made))
    plain["evidence"]["generator"]["version"] = "0.0.9"
    keep_card(tmp_path, made, as_bytes(plain))
    found = verify_with_record(as_bytes(plain), tmp_path, NAME)
    assert (found.result, found.version) == ("holds", "0.0.9")
    assert "its sentences are those that were taken away from here" in verdict_sentence(found)
    # Another form over the same evidence is not that card.
    plain["schema"] = "fairhearing-card/2"
    assert verify_with_record(as_bytes(plain), tmp_path, NAME).result != "holds"
