"""Verification: green on the card of the data, red with its path after any change, and honest about the rest."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.card.canonical import canonical
from dashboard.answers import doctor as doctor_answers
from dashboard.answers import evidence
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.findings import change_finding
from dashboard.answers.verify import verify
from dashboard.answers.verify_differences import compare
from dashboard.answers.verify_files import verification_document, verify_against, verify_from_source
from dashboard.answers.verify_reading import MOST_BYTES
from dashboard.exports.card_json import card_json
from dashboard.wording_verify_conditions import other_settings_sentence
from data.doctor.kept_findings import keep_findings
from data.errors import InputError
from data.looked_at import NORMALIZER, record_look
from tests.answers.cards_with_evidence import CardWithEvidence, card_with_evidence
from tests.answers.made_up import made_up_build, made_up_frame
from tests.answers.tampered_cards import (
    NAME,
    TAMPERINGS,
    as_bytes,
    at,
    evaluation_with_a_history,
    number_paths,
    with_value,
    written,
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardWithEvidence]:
    with card_with_evidence(tmp_path_factory.mktemp("verify")) as made:
        yield made


def found_in(case: CardWithEvidence, document: bytes) -> list[str]:
    """Paths at which the evidence file gives something else; it answers sooner than the evaluation."""
    return [one.path for one in verify(document, case.counts, case.on_record, "evidence").numbers.differences]


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_card_of_the_evaluation_has_every_number_equal(case: CardWithEvidence, audience: str) -> None:
    document = case.card if audience == "internal" else case.public
    found = verify_against(as_bytes(document), case.home, NAME)
    assert found.numbers.differences == ()
    assert found.numbers.checked == found.numbers.equal > 500
    assert found.text == "unprotected"


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_an_evidence_file_gives_the_same_numbers(case: CardWithEvidence, audience: str) -> None:
    document = case.card if audience == "internal" else case.public
    found = verify_against(as_bytes(document), case.home / "elsewhere", str(case.evidence))
    assert found.numbers.differences == ()
    assert any("takes the texts" in note for note in found.not_checked)


def test_the_source_files_give_the_same_numbers_in_an_empty_folder(
    case: CardWithEvidence, tmp_path: Path
) -> None:
    found = verify_from_source(as_bytes(case.card), tmp_path, [case.home / "made-up.csv"])
    assert found.numbers.differences == ()
    assert any("looked at" in note for note in found.not_checked)
    assert any("when the plan was set" in note for note in found.not_checked)


def test_other_source_files_are_refused_by_their_hash(case: CardWithEvidence, tmp_path: Path) -> None:
    other = tmp_path / "made-up.csv"
    other.write_text((case.home / "made-up.csv").read_text() + "\n")
    with pytest.raises(InputError, match="not of this card"):
        verify_from_source(as_bytes(case.card), tmp_path, [other])


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_where_it_was_done(case: CardWithEvidence, name: str) -> None:
    change, where = TAMPERINGS[name]
    tampered = copy.deepcopy(case.card)
    change(tampered)
    if where == "evidence.doctor":
        found = [one.path for one in verify_against(as_bytes(tampered), case.home, NAME).numbers.differences]
    else:
        found = found_in(case, as_bytes(tampered))
    assert any(path.startswith(where) for path in found)


@pytest.mark.parametrize("key", ["sha256", "phrases"])
def test_other_keywords_are_found_in_the_evaluation(case: CardWithEvidence, key: str) -> None:
    other = {"sha256": "0" * 64, "phrases": ["light"]}
    tampered = with_value(case.card, ("evidence", "keywords", key), other[key])
    found = [one.path for one in verify_against(tampered, case.home, NAME).numbers.differences]
    assert any(path.startswith(f"evidence.keywords.{key}") for path in found)


def test_the_doctor_looks_again_whatever_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = evaluation_with_a_history(tmp_path)
    # As of a build that is too large to be examined for every card.
    monkeypatch.setattr(doctor_answers, "MOST_EXAMINED", 0)
    keep_findings(build.path, ())
    doctor_answers._KEPT.clear()
    doctor_answers._EXAMINED.clear()
    hiding = card(build, CardQuestion(home=tmp_path))
    assert hiding.evidence.doctor == ()
    found = [one.path for one in verify_against(card_json(hiding), tmp_path, NAME).numbers.differences]
    assert any(path.startswith("evidence.doctor") for path in found)


def test_settings_that_are_others_here_are_told_in_words(case: CardWithEvidence) -> None:
    document = with_value(case.card, ("evidence", "settings", "power"), 0.9)
    found = verify(document, case.counts, case.on_record, "evidence")
    assert [(one.name, one.card, one.here) for one in found.other_settings] == [("power", 0.9, 0.8)]
    assert other_settings_sentence(found) == (
        "Other settings: the card was judged with a chance of seeing the detectable ratio of 90 %, here 80 %."
    )
    assert verification_document(found)["other_settings"] == [{"name": "power", "card": 0.9, "here": 0.8}]
    own = verify(as_bytes(case.card), case.counts, case.on_record, "evidence")
    assert (own.other_settings, other_settings_sentence(own)) == ((), "")


def test_a_withheld_group_that_is_shown_is_found(case: CardWithEvidence) -> None:
    tampered = copy.deepcopy(case.public)
    row = tampered["evidence"]["groupings"][0]["rows"][0]
    assert row["status"] != "suppressed" or row["rate"] is None
    row["rate"], row["status"] = 0.5, "shown" if row["status"] == "suppressed" else "suppressed"
    assert "evidence.groupings[0].rows[0].rate" in found_in(case, as_bytes(tampered))


def test_exact_numbers_in_a_card_for_the_public_are_found(case: CardWithEvidence) -> None:
    tampered = copy.deepcopy(case.public)
    tampered["evidence"]["overall"] = case.card["evidence"]["overall"]
    assert "evidence.overall.rate" in found_in(case, as_bytes(tampered))


def test_every_number_of_a_card_is_held_against_the_data(case: CardWithEvidence) -> None:
    paths = list(number_paths(case.card))
    for path in paths[::17]:
        changed = json.loads(with_value(case.card, path, at(case.card, path) * 2 + 1))
        assert [one.path for one in compare(changed, case.card).differences] == [written(path)]
    assert len(paths) == compare(case.card, case.card).checked


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_changed_number_is_found(case: CardWithEvidence, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(number_paths(case.card))))
    before = at(case.card, path)
    after = data.draw(
        st.integers(-10, 10**9).filter(lambda value: value != before)
        if isinstance(before, int)
        else st.floats(0, 10, allow_nan=False).filter(lambda value: abs(value - before) > 1e-8 * abs(before))
    )
    try:
        found = verify(with_value(case.card, path, after), case.counts, case.on_record, "evidence")
    except (InputError, ValueError):
        return  # The document is no card any more, and is refused as such.
    unseen = path[:2] in (("evidence", "doctor"), ("evidence", "normalisers"))
    assert found.numbers.differences or unseen


def test_notes_are_not_checked_and_that_is_said(case: CardWithEvidence) -> None:
    tampered = copy.deepcopy(case.card)
    tampered["evidence"]["findings"][0]["note"] = "something else"
    found = verify_against(as_bytes(tampered), case.home, NAME)
    assert found.numbers.differences == ()
    assert any("notes" in note for note in found.not_checked)


def test_a_card_from_before_a_later_look_is_still_green(tmp_path: Path) -> None:
    build = evaluation_with_a_history(tmp_path)
    document = card_json(card(build, CardQuestion(home=tmp_path)))
    record_look(tmp_path, NAME, build.info.build, NORMALIZER, "none")
    assert verify_against(document, tmp_path, NAME).numbers.differences == ()


def test_a_finding_accepted_later_leaves_an_earlier_card_green(tmp_path: Path) -> None:
    build = evaluation_with_a_history(tmp_path)
    made = card(build, CardQuestion(home=tmp_path))
    change_finding(tmp_path, NAME, made.evidence.findings[0].id, {"state": "accepted"}, "me", "until May")
    assert verify_against(card_json(made), tmp_path, NAME).numbers.differences == ()


def test_another_evaluation_of_the_same_name_is_red(case: CardWithEvidence, tmp_path: Path) -> None:
    made_up_build(tmp_path, made_up_frame(8, n_speakers=40))
    found = verify_against(as_bytes(case.card), tmp_path, NAME)
    assert "evidence.build" in [one.path for one in found.numbers.differences]


def test_a_card_of_a_system_that_is_not_there_is_red(case: CardWithEvidence) -> None:
    tampered = with_value(case.card, ("evidence", "system"), "another")
    [difference] = verify_against(tampered, case.home, NAME).numbers.differences
    assert (difference.path, difference.card, difference.recomputed) == (
        "evidence.system",
        "another",
        ["hypothesis"],
    )


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "cannot be read as JSON"),
        (b"[1, 2]", "expected an object"),
        (b"{}", "no schema"),
        (b'{"schema": "other/1"}', "other/1"),
        (b'{"schema": "fairhearing-card/1"}', "no evidence"),
        (b'{"schema": "a", "schema": "b"}', "names a key twice"),
        (b'{"schema": NaN}', "no number of JSON"),
        (b'{"schema": 1e400}', "too large for a number"),
        (b'{"schema": "\\ud800"}', "half of a character"),
        (b'{"schema": ' + b"[" * 70 + b"]" * 70 + b"}", "more than 60 lists"),
        (b"PK\x03\x04", "a ZIP archive: take card.json out of it"),
        (b"%PDF-1.7", "a PDF: hand in the card.json"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b"[" * 100_000, "cannot be read as JSON"),
        (b'{"schema": ' + b"9" * 5_000 + b"}", "digits"),
        (b"\xff\xfe{}", "UTF-8"),
        (b" " * (MOST_BYTES + 1), "has 20,000,001 bytes"),
    ],
)
def test_what_is_no_card_is_refused_in_a_sentence(
    case: CardWithEvidence, document: bytes, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        verify_against(document, case.home, NAME)


def test_a_number_is_equal_to_nine_digits_and_no_fewer() -> None:
    assert compare({"a": 0.123456789}, {"a": 0.1234567890001}).differences == ()
    assert len(compare({"a": 0.12345678}, {"a": 0.12345679}).differences) == 1
    assert len(compare({"a": 0}, {"a": 1e-12}).differences) == 1
    assert len(compare({"a": True}, {"a": 1}).differences) == 1
    assert len(compare({"a": 10**400}, {"a": 0.5}).differences) == 1


def test_canonical_text_of_a_card_is_what_is_verified(case: CardWithEvidence) -> None:
    assert canonical(case.card) == case.card


def test_a_card_of_groups_that_are_exactly_alike_is_green_from_its_evidence_file(tmp_path: Path) -> None:
    """What is left of their differences is rounding, which depends on the order of adding."""
    one = made_up_frame(1, 13, missing=0.0)
    alike = [
        one.assign(accent=name, speaker_id=name + one["speaker_id"], utterance_id=name + one["utterance_id"])
        for name in ("North", "South", "East")
    ]
    build = made_up_build(tmp_path, pd.concat(alike))
    document = card_json(card(build, CardQuestion(home=tmp_path)))
    file = tmp_path / "evidence.parquet"
    evidence.write(build, tmp_path, file)
    with evidence.opened(file) as (counts, on_record):
        found = verify(as_bytes(json.loads(document)), counts, on_record, "evidence")
    assert found.numbers.differences == ()
    omnibus = json.loads(document)["evidence"]["groupings"][0]["gaps"]["omnibus"]
    assert (omnibus["statistic"], omnibus["p"]) == (0.0, 1.0)
