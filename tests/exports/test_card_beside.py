"""Files beside a card's JSON: its own byte for byte, or named as something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.card.content import Card, compose
from dashboard.exports.card_beside import NOTHING_BESIDE, files_beside
from dashboard.exports.card_bundle import FORMATS, MANIFEST, card_files
from dashboard.exports.card_json import card_from_json, card_json
from dashboard.exports.card_markdown import card_markdown
from tests.analysis.card_evidence import made_evidence, made_grouping, made_row

LIGHT = ("md", "html", "json", "cyclonedx", "hf")
"""Formats that are made in no time."""
BY = ("noise", "accent")
"""Not in the order of the alphabet, in which JSON has the names of a group."""


@pytest.fixture(scope="module")
def card() -> Card:
    rows = [
        made_row({"noise": noise, "accent": accent}, "undecided", 0.3)
        for noise in ("quiet", "babble")
        for accent in ("North", "South")
    ]
    return compose(made_evidence(grid=made_grouping(BY, rows)))


@pytest.fixture
def folder(card: Card, tmp_path: Path) -> Path:
    for name, content in card_files(card, LIGHT).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def beside(folder: Path, name: str = "card.json") -> tuple[set[str], set[str]]:
    found = files_beside(folder / name, (folder / name).read_bytes())
    return set(found.equal), set(found.others)


def test_files_made_with_the_card_are_its_own(folder: Path) -> None:
    own = {"card.md", "card.html", "card.cdx.json", "card.hf.yaml", MANIFEST}
    assert beside(folder) == (own, set())


@pytest.mark.parametrize("name", ["card.md", "card.html", "card.cdx.json", "card.hf.yaml", MANIFEST])
def test_one_changed_byte_is_named(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes().replace(b"3", b"2", 1))
    assert name in beside(folder)[1]


def test_a_manifest_of_no_files_or_of_others_is_not_the_cards(folder: Path) -> None:
    for files in ([], [{"name": "letter.txt"}]):
        (folder / MANIFEST).write_text(json.dumps({"files": files}))
        assert beside(folder)[1] == {MANIFEST}


def test_pdf_and_word_are_compared_too(card: Card, tmp_path: Path) -> None:
    for name, content in card_files(card, ["json", "pdf", "docx"]).items():
        (tmp_path / name).write_bytes(content)
    assert beside(tmp_path) == ({"card.pdf", "card.docx", MANIFEST}, set())
    (tmp_path / "card.pdf").write_bytes(b"%PDF-1.7 something else")
    assert beside(tmp_path)[1] == {"card.pdf"}


def test_files_are_found_under_the_names_of_the_page(folder: Path) -> None:
    for file in ("card.json", "card.md"):
        (folder / file).rename(folder / f"mine-0a1b2c3d-{file}")
    assert beside(folder, "mine-0a1b2c3d-card.json") == ({"mine-0a1b2c3d-card.md"}, set())


def test_a_card_of_another_name_has_nothing_beside_it(folder: Path) -> None:
    (folder / "card.json").rename(folder / "something.json")
    assert files_beside(folder / "something.json", b"") == NOTHING_BESIDE


def test_every_format_can_be_made_again_from_the_json_alone(card: Card) -> None:
    """Also of a table whose attributes are not in the order of the alphabet."""
    document = card_files(card, ["json"])["card.json"]
    for name in FORMATS:
        assert card_files(card_from_json(document), [name]) == card_files(card, [name])


def test_json_alone_gives_the_people_a_plan_names_in_the_same_order() -> None:
    declared = {"populations": {"noise": ["quiet"], "accent": ["North"]}}
    plan = {"set": "2026-01-31T12:00:00Z", "sha256": "ab" * 32, "before_results": True, "declared": declared}
    made = compose(made_evidence(plan=plan))
    assert "by accent and noise, there are recordings" in card_markdown(made).decode()
    assert card_markdown(card_from_json(card_json(made))) == card_markdown(made)
