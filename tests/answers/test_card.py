"""The evidence of a card: the numbers of `rates`, whole groupings, and findings read again."""

from __future__ import annotations

import json
import math
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from analysis.card.rows import MEANS
from analysis.selection import OneOf
from dashboard.answers.card import CardQuestion, card, card_evidence
from dashboard.answers.choices import QuestionError
from dashboard.answers.findings import add_finding, add_subgroup_finding, change_finding, findings
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.exports.card_json import card_json
from data.errors import InputError
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build
from data.workspace import FILE_NAME
from tests.answers.made_up import made_up_build, made_up_frame

SYSTEM = "hypothesis"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("card"), made_up_frame(7, n_speakers=60))


def build_of_people_only(home: Path, column: str = "accent") -> Build:
    """An evaluation that names one attribute of the speaker and no condition."""
    frame = (
        made_up_frame(3, n_speakers=12).drop(columns=["noise", "device"]).rename(columns={"accent": column})
    )
    home.mkdir(parents=True, exist_ok=True)
    frame.to_csv(home / "people.csv", index=False)
    made = ingest(
        IngestOptions(name="people", sources=(home / "people.csv",), roles={column: "speaker"}), home
    )
    return open_build(made.path)


def assert_same(card_value: Any, answer_value: Any) -> None:
    """Equal, floats to the ten digits a card has."""
    if isinstance(answer_value, dict):
        assert set(card_value) >= set(answer_value)
        for key, value in answer_value.items():
            assert_same(card_value[key], value)
    elif isinstance(answer_value, float):
        assert math.isclose(card_value, answer_value, rel_tol=1e-9, abs_tol=1e-12)
    else:
        assert card_value == answer_value


def test_every_number_of_the_card_is_that_of_rates(build: Build) -> None:
    document = json.loads(card_json(card(build, CardQuestion())))
    evidence = document["evidence"]
    tables = [*evidence["groupings"], evidence["grid"]]
    assert [table["by"] for table in tables] == [
        ["accent"],
        ["noise"],
        ["device"],
        ["accent", "noise", "device"],
    ]
    for table in tables:
        answer = rates(build, RatesQuestion(SYSTEM, tuple(table["by"])))
        assert len(table["rows"]) == len(answer.table)
        for shown, expected in zip(table["rows"], rate_rows(answer.table), strict=True):
            assert_same(shown, with_interval(expected))
        assert table["family_size"] == answer.table.judgement.family_size
    assert_same(evidence["overall"], with_interval(rate_rows(rates(build, RatesQuestion(SYSTEM)).whole)[0]))


def with_interval(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the means that a card does not print, since they would stand there without an interval."""
    return {name: value for name, value in row.items() if name not in MEANS}


def test_a_card_holds_no_mean_without_an_interval(build: Build, tmp_path: Path) -> None:
    add_finding(tmp_path, build, RatesQuestion(SYSTEM, ("accent",)), {"accent": "East"})
    document = card_json(card(build, CardQuestion(home=tmp_path))).decode()
    assert not any(name in document for name in MEANS)
    older = card_evidence(build, CardQuestion(version=2)).to_json()
    known = rates(build, RatesQuestion(SYSTEM)).whole.statistics.speaker_mean[0]
    assert older["overall"]["speaker_mean"] == pytest.approx(known)


def test_the_card_names_where_its_numbers_come_from(build: Build) -> None:
    evidence = card_evidence(build, CardQuestion())
    assert evidence.build == build.info.build
    assert evidence.inputs[0]["sha256"] == build.info.inputs[0]["sha256"]
    assert evidence.normalizer["sha256"] == build.info.normalizer["sha256"]
    assert evidence.settings["min_speakers"] == 10


def test_an_unknown_system_is_refused_with_those_there_are(build: Build) -> None:
    with pytest.raises(QuestionError, match=SYSTEM):
        card_evidence(build, CardQuestion("nobody"))


def test_a_grid_needs_speakers_and_conditions(tmp_path: Path) -> None:
    assert card_evidence(build_of_people_only(tmp_path), CardQuestion()).grid is None


def test_a_finding_is_read_again_and_not_copied(build: Build, tmp_path: Path) -> None:
    question = RatesQuestion(SYSTEM, ("accent", "noise"))
    group = {"accent": "North", "noise": "babble"}
    kept = add_finding(tmp_path, build, question, group, note="look", author="me")
    [finding] = card_evidence(build, CardQuestion(home=tmp_path)).findings
    assert finding.id == kept.id
    assert finding.row is not None
    table = rates(build, question).table
    assert finding.row.rate == pytest.approx(table.statistics.rate[table.position(group)], rel=1e-9)
    # What was written down may be changed by whoever has the file; the number on the card is the data's.
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("DROP TRIGGER finding_never_changes")
        connection.execute("UPDATE finding SET numbers = replace(numbers, '\"rate\": 0.', '\"rate\": 9.')")
    [again] = card_evidence(build, CardQuestion(home=tmp_path)).findings
    assert again.row == finding.row


def test_a_subgroup_can_be_a_finding(build: Build, tmp_path: Path) -> None:
    add_subgroup_finding(tmp_path, build, SubgroupQuestion(OneOf("accent", ("North",)), SYSTEM), note="north")
    [finding] = card_evidence(build, CardQuestion(home=tmp_path)).findings
    assert finding.by == ()
    assert finding.row is not None
    assert finding.row.n_speakers > 0
    assert finding.selection == "recordings with accent North"


def test_a_withdrawn_finding_leaves_the_card_and_stays_on_record(build: Build, tmp_path: Path) -> None:
    question = RatesQuestion(SYSTEM, ("accent",))
    kept = add_finding(tmp_path, build, question, {"accent": "North"})
    change_finding(tmp_path, build.info.name, kept.id, {"state": "withdrawn"}, reason="it was noise")
    assert card_evidence(build, CardQuestion(home=tmp_path)).findings == ()
    [old] = findings(tmp_path, build.info.name, withdrawn=True)
    assert (old.state, old.reason) == ("withdrawn", "it was noise")
    with pytest.raises(InputError, match="is withdrawn already"):
        change_finding(tmp_path, build.info.name, kept.id, {"state": "withdrawn"}, reason="again")


def test_a_finding_that_cannot_be_asked_any_more_says_why(tmp_path: Path) -> None:
    first = build_of_people_only(tmp_path)
    add_finding(tmp_path, first, RatesQuestion(SYSTEM, ("accent",)), {"accent": "North"})
    other = build_of_people_only(tmp_path, "dialect")
    [finding] = card_evidence(other, CardQuestion(home=tmp_path)).findings
    assert finding.row is None
    assert "accent" in (finding.reason or "")
    assert finding.recorded_build == first.info.build != other.info.build
    card_json(card(other, CardQuestion(home=tmp_path)))


def test_a_group_that_is_not_there_is_no_finding(build: Build, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="There is no group"):
        add_finding(tmp_path, build, RatesQuestion(SYSTEM, ("accent",)), {"accent": "nowhere"})
    assert findings(tmp_path, build.info.name) == []
