"""What changed since the last card: each of the causes by its name, alone, and nothing where nothing changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.card.changes import CAUSES, Changes
from analysis.card.content import Card
from analysis.plan import Plan
from dashboard.answers import card as card_module
from dashboard.answers.audience import Audience
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.card_changes import (
    changes_since,
    earlier_cards,
    keep_card,
    last_document,
)
from dashboard.answers.card_said import DECISION, record_decision
from dashboard.answers.findings import add_finding, change_finding
from dashboard.answers.rates import RatesQuestion
from dashboard.exports.card_json import card_json
from dashboard.wording_card_changes import CAUSE_LABELS, cause_lines, change_lines, changes_sentence
from data.errors import InputError
from data.plans import set_plan
from data.store import Build, open_build
from data.workspace import forget_evaluation
from tests.answers.made_up import made_up_build, made_up_frame

FRAME = made_up_frame(3, n_speakers=40, missing=0.0)
Step = Callable[[Path], Build]


def a_card(home: Path, build: Build) -> Card:
    return card(build, CardQuestion(home=home, with_context=False))


def relabelled(home: Path) -> Build:
    moved = FRAME["speaker_id"].isin([f"s{n}" for n in range(8)])
    return made_up_build(home, FRAME.assign(accent=FRAME["accent"].mask(moved, "North")))


def heard_otherwise(home: Path) -> Build:
    third = FRAME.index % 3 == 0
    return made_up_build(home, FRAME.assign(hypothesis=FRAME["hypothesis"].mask(third, "oops")))


def fewer_speakers(home: Path) -> Build:
    return made_up_build(home, FRAME[~FRAME["speaker_id"].isin(["s1", "s2"])])


def planned(home: Path) -> Build:
    build = made_up_build(home, FRAME)
    set_plan(home, "made-up", Plan((("accent",),), margin_ratio=1.5))
    return open_build(build.path)


def decided(home: Path) -> Build:
    build = made_up_build(home, FRAME)
    record_decision(home, "made-up", "hypothesis", build.info.build, DECISION, {"choice": "hold"})
    return build


STEPS: dict[str, Step] = {
    "system": heard_otherwise,
    "data": fewer_speakers,
    "labels": relabelled,
    "normaliser": lambda home: made_up_build(home, FRAME, normalizer="none"),
    "plan": planned,
    "said": decided,
}


def changes(home: Path, step: Step) -> Changes:
    before = card_json(a_card(home, made_up_build(home, FRAME)))
    return changes_since(before, a_card(home, step(home)))


@pytest.mark.parametrize("kind", STEPS)
def test_one_cause_is_named_and_no_other(tmp_path: Path, kind: str) -> None:
    found = changes(tmp_path, STEPS[kind])
    assert [cause.kind for cause in found.causes] == [kind]
    assert CAUSE_LABELS[kind].lower() in changes_sentence(found).lower()


def test_another_version_of_the_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = made_up_build(tmp_path, FRAME)
    before = card_json(a_card(tmp_path, build))
    monkeypatch.setattr(card_module, "version", lambda _: "9.9.9")
    found = changes_since(before, a_card(tmp_path, build))
    [cause] = found.causes
    assert cause.kind == "tool"
    assert ("version", "9.9.9") in [(what, now) for what, _, now in cause.parts]


def test_labels_of_the_same_groups_by_somebody_else_are_labels(tmp_path: Path) -> None:
    found = changes(tmp_path, lambda home: made_up_build(home, FRAME, label_sources={"accent": "inferred"}))
    assert {cause.kind for cause in found.causes} == {"labels"}


def test_of_several_causes_no_share_is_claimed(tmp_path: Path) -> None:
    def two(home: Path) -> Build:
        return made_up_build(home, FRAME[FRAME["speaker_id"] != "s1"], normalizer="none")

    found = changes(tmp_path, two)
    assert [cause.kind for cause in found.causes] == ["data", "normaliser"]
    assert "nobody can tell" in changes_sentence(found)
    assert not found.comparable
    assert "The rate of all recordings was" not in changes_sentence(found)


def test_the_same_card_again_has_no_difference(tmp_path: Path) -> None:
    found = changes(tmp_path, lambda home: made_up_build(home, FRAME))
    assert found.is_nothing
    assert changes_sentence(found).startswith("Nothing is different")


def test_a_verdict_that_is_another_is_listed_with_both_ratios(tmp_path: Path) -> None:
    def worse(home: Path) -> Build:
        north = FRAME["accent"] == "North"
        return made_up_build(home, FRAME.assign(hypothesis=FRAME["hypothesis"].mask(north, "")))

    found = changes(tmp_path, worse)
    moved = {tuple(one.group.values()): one for one in found.moves}
    north = moved["North",]
    assert north.after.versus.verdict == "worse"
    assert any("North" in line and "is " in line and "worse, shown" in line for line in change_lines(found))


def test_groups_that_came_and_went_are_named(tmp_path: Path) -> None:
    found = changes(tmp_path, lambda home: made_up_build(home, FRAME.replace({"accent": {"East": "West"}})))
    assert {"accent": "West"} in [group for _, group in found.came]
    assert {"accent": "East"} in [group for _, group in found.went]
    assert any("West" in line for line in change_lines(found))


def test_a_card_is_on_record_once_and_the_last_other_one_is_found(tmp_path: Path) -> None:
    first = a_card(tmp_path, made_up_build(tmp_path, FRAME))
    document = card_json(first)
    assert last_document(tmp_path, first, document) is None
    keep_card(tmp_path, first, document)
    keep_card(tmp_path, first, document)
    assert len(earlier_cards(tmp_path, first)) == 1
    assert last_document(tmp_path, first, document) is None
    second = a_card(tmp_path, heard_otherwise(tmp_path))
    assert last_document(tmp_path, second, card_json(second)) == document
    forget_evaluation(tmp_path, "made-up")
    assert earlier_cards(tmp_path, first) == []


def test_a_folder_that_nobody_can_write_to_does_not_stop_a_card(tmp_path: Path) -> None:
    made = a_card(tmp_path, made_up_build(tmp_path, FRAME))
    blocked = tmp_path / "a file"
    blocked.write_text("")
    keep_card(blocked, made, card_json(made))
    assert earlier_cards(tmp_path, made) == []


def test_what_is_no_card_is_refused_in_a_sentence(tmp_path: Path) -> None:
    made = a_card(tmp_path, made_up_build(tmp_path, FRAME))
    with pytest.raises(InputError, match="not the JSON of a card"):
        changes_since(b"{}", made)
    plain = json.loads(card_json(made))
    del plain["evidence"]["overall"]
    with pytest.raises(InputError, match="cannot be read"):
        changes_since(json.dumps(plain).encode(), made)


@pytest.mark.parametrize(("earlier", "own"), [("internal", "public"), ("public", "internal")])
def test_cards_for_two_audiences_are_not_held_against_each_other(
    tmp_path: Path, earlier: Audience, own: Audience
) -> None:
    build = made_up_build(tmp_path, FRAME)
    before, now = (
        card(build, CardQuestion(home=tmp_path, with_context=False, audience=audience))
        for audience in (earlier, own)
    )
    with pytest.raises(InputError, match=f"is for the {earlier} audience and this one for the {own}"):
        changes_since(card_json(before), now)


def test_every_cause_has_words() -> None:
    assert set(CAUSE_LABELS) == set(CAUSES)


def test_a_card_of_the_version_before_can_be_held_against(tmp_path: Path) -> None:
    old = (Path(__file__).parents[1] / "exports" / "golden" / "card-version-1.json").read_bytes()
    found = changes_since(old, a_card(tmp_path, made_up_build(tmp_path, pd.DataFrame(FRAME))))
    assert "question" in {cause.kind for cause in found.causes}


def with_findings(home: Path) -> tuple[Build, list[str]]:
    build = made_up_build(home, FRAME)
    asked = RatesQuestion("hypothesis", ("accent",))
    return build, [add_finding(home, build, asked, {"accent": name}).id for name in ("East", "South")]


def told(home: Path, build: Build, change: Callable[[], object]) -> list[tuple[str, str, str]]:
    """The lines of what people put on record, before and after a change."""
    before = card_json(a_card(home, build))
    change()
    found = changes_since(before, a_card(home, build))
    return [line for cause in found.causes if cause.kind == "said" for line in cause_lines(cause)]


def test_of_findings_only_what_changed_is_said(tmp_path: Path) -> None:
    build, (first, _) = with_findings(tmp_path)

    def change() -> None:
        change_finding(tmp_path, "made-up", first, {"claim": "More errors, shown"})

    assert told(tmp_path, build, change) == [
        ("claim of the finding on accent: East", "nothing", "More errors, shown")
    ]


def test_a_finding_that_came_or_went_is_named(tmp_path: Path) -> None:
    build, (first, _) = with_findings(tmp_path)

    def change() -> None:
        change_finding(tmp_path, build.info.name, first, {"state": "withdrawn"}, reason="it was the street")
        add_finding(tmp_path, build, RatesQuestion("hypothesis", ("noise",)), {"noise": "babble"})

    lines = told(tmp_path, build, change)
    assert ("finding", "accent: East", "nothing") in lines
    assert ("finding", "nothing", "noise: babble") in lines
    assert not any(was == now for _, was, now in lines)


def test_another_order_of_findings_is_said_as_that(tmp_path: Path) -> None:
    build, (_, second) = with_findings(tmp_path)

    def change() -> None:
        change_finding(tmp_path, "made-up", second, {"place": "1"})

    assert told(tmp_path, build, change) == [
        ("order of findings", "accent: East, accent: South", "accent: South, accent: East")
    ]
