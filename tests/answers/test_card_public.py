"""A card for the public: nothing in any format tells of a group that is withheld, whatever people wrote of it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from analysis.card.content import Card
from analysis.card.sections import Points, PValue, Rate, RateSpan, Ratio
from analysis.selection import AllOf, OneOf, Selection
from dashboard.answers.audience import PUBLIC
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.findings import add_finding, add_subgroup_finding, change_finding
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.answers.verify import verify
from dashboard.answers.verify_said import OnRecord
from dashboard.exports.card_bundle import card_files
from dashboard.exports.card_json import card_json
from dashboard.wording_card import plain_text
from data.store import Build
from tests.answers.made_up import made_up_build, made_up_frame

SECRET = "what only insiders may read"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("public")


@pytest.fixture(scope="module")
def build(home: Path) -> Build:
    """Sixty speakers, four of them from the Coast."""
    frame = made_up_frame(9, n_speakers=60, missing=0.0)
    few = frame["speaker_id"].isin([f"s{n}" for n in range(4)])
    build = made_up_build(home, frame.assign(accent=frame["accent"].mask(few, "Coast")))
    said = {"note": f"note: {SECRET}", "author": f"author: {SECRET}", "claim": f"claim: {SECRET}"}
    for group in ("Coast", "North"):
        add_finding(home, build, RatesQuestion(None, ("accent",)), {"accent": group}, **said)
    in_noise: Selection = AllOf((OneOf("accent", ("Coast", "North")), OneOf("noise", ("babble",))))
    kept = add_subgroup_finding(home, build, SubgroupQuestion(in_noise), **said)
    change_finding(home, "made-up", kept.id, {"state": "accepted"}, reason=f"reason: {SECRET}")
    return build


@pytest.fixture(scope="module")
def public(build: Build, home: Path) -> Card:
    return card(build, CardQuestion(home=home, audience=PUBLIC))


def texts(files: dict[str, bytes]) -> dict[str, str]:
    """What each text format and the Word document hold; the PDF is made of the same content."""
    read = {name: content.decode() for name, content in files.items() if not name.endswith((".pdf", ".docx"))}
    with zipfile.ZipFile(io.BytesIO(files["card.docx"])) as word:
        read["card.docx"] = word.read("word/document.xml").decode()
    return read


def test_a_finding_about_a_withheld_group_is_withheld_with_a_count(public: Card) -> None:
    [told] = public.evidence.findings
    assert dict(told.group) == {"accent": "North"}
    assert public.evidence.findings_withheld == 2
    shown = texts(card_files(public))
    assert "2 findings are withheld, because they are about groups" in shown["card.md"]
    assert "2 findings are withheld" in shown["card.html"]


def test_no_words_of_people_stand_in_any_format(public: Card) -> None:
    for name, text in texts(card_files(public)).items():
        assert SECRET not in text, name


def test_no_number_of_the_withheld_group_stands_in_any_format(build: Build, public: Card, home: Path) -> None:
    exact = card(build, CardQuestion(home=home))
    by_accent = next(one for one in exact.evidence.groupings if one.by == ("accent",))
    coast = next(row for row in by_accent.rows if row.group["accent"] == "Coast")
    shown = texts(card_files(public))
    for name, text in shown.items():
        assert f"{coast.rate:.10g}" not in text, name
    rows = [
        row for one in public.evidence.groupings for row in one.rows if row.group.get("accent") == "Coast"
    ]
    assert rows
    assert all(row.is_withheld and row.rate is None and row.versus.ratio is None for row in rows)
    assert not [claim for claim in public.claims if "Coast" in json.dumps(claim.to_json())]


def test_the_whole_card_with_words_and_counts_is_for_insiders_only(build: Build, home: Path) -> None:
    exact = card(build, CardQuestion(home=home))
    assert len(exact.evidence.findings) == 3
    assert exact.evidence.findings_withheld == 0
    assert SECRET in texts(card_files(exact))["card.md"]


def test_a_public_card_is_verified_and_says_that_the_count_is_not(
    public: Card, build: Build, home: Path
) -> None:
    found = verify(card_json(public), build, OnRecord.of(home, "made-up"))
    assert found.holds
    assert "how many findings are withheld from the public" in found.not_checked


def test_a_withheld_finding_put_back_into_a_public_card_is_found(
    build: Build, public: Card, home: Path
) -> None:
    plain = json.loads(card_json(public))
    coast = json.loads(json.dumps(plain["evidence"]["findings"][0]))
    coast |= {"group": {"accent": "Coast"}, "id": "0" * 12}
    plain["evidence"]["findings"].append(coast)
    found = verify(json.dumps(plain).encode(), build, OnRecord.of(home, "made-up"))
    assert any(one.path.startswith("evidence.findings") for one in found.numbers.differences)


def test_a_bound_for_the_public_is_that_of_the_exact_numbers_and_never_below(
    build: Build, public: Card, home: Path
) -> None:
    exact = card(build, CardQuestion(home=home)).evidence
    compared = 0
    for own, theirs in zip(public.evidence.groupings, exact.groupings, strict=True):
        for told, row in zip(own.rows, theirs.rows, strict=True):
            if told.is_withheld:
                assert told.floor_bound is None
            elif row.floor_bound is not None:
                assert told.floor_bound is not None
                assert row.floor_bound - 1e-9 <= told.floor_bound <= row.floor_bound + 0.001
                compared += 1
    assert compared > 3


def test_numbers_of_the_public_are_those_of_insiders_as_they_are_printed(
    build: Build, public: Card, home: Path
) -> None:
    exact = card(build, CardQuestion(home=home)).evidence
    for own, theirs in zip(public.evidence.groupings, exact.groupings, strict=True):
        for told, row in zip(own.rows, theirs.rows, strict=True):
            if not told.is_withheld:
                tokens = ((Rate(r.rate), RateSpan(r.low, r.high), Ratio(r.versus.ratio)) for r in (told, row))
                more = ((Points(r.versus.difference), PValue(r.versus.p_adjusted)) for r in (told, row))
                shown, known = (plain_text((*a, *b), 1.25) for a, b in zip(tokens, more, strict=True))
                assert shown == known
