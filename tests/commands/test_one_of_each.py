"""What commands print of one speaker, one recording, one word: a noun after one is singular."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.commands.main import main
from tests.answers.one_of_each import ONE_OF_MANY, make_both

BY = ("--system", "A", "--by", "accent")
ASKED: dict[str, tuple[str, ...]] = {
    "rates": ("rates", "--system", "A"),
    "rates by group": ("rates", "--system", "A", "--by", "accent,noise"),
    "rates for the public": ("rates", *BY, "--audience", "public"),
    "compare": ("compare", "--by", "accent", "--mapsswe"),
    "coverage": ("coverage", "--system", "A", "--by", "accent,noise"),
    "words": ("words", "--system", "A", "--where", "accent = 'North'"),
    "slices": ("slices", "--system", "A", "--no-confirm"),
    "adjust": ("adjust", "--system", "A", "--attribute", "accent", "--for", "noise"),
    "sensitivity": ("sensitivity", *BY),
    "gate": ("gate", *BY, "--max-ratio", "1.5"),
    "doctor": ("doctor",),
    "plan": ("plan",),
    "list": ("list",),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one-of-each")
    make_both(folder)
    return folder


def said(home: Path, capsys: pytest.CaptureFixture[str], *command: str) -> str:
    capsys.readouterr()
    code = main([*command, "--home", str(home)])
    shown = capsys.readouterr()
    assert code in (0, 1, 2, 3)
    return shown.out + shown.err


@pytest.mark.parametrize("name", ASKED)
def test_a_noun_after_one_is_singular(name: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command, *options = ASKED[name]
    for evaluation in ("one", "few"):
        text = said(home, capsys, command, *([] if command == "list" else [evaluation]), *options)
        assert text
        assert ONE_OF_MANY.findall(text) == []


def test_a_noun_after_one_is_singular_in_a_card(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for evaluation in ("one", "few"):
        said(home, capsys, "card", evaluation, "--system", "A", "--out", str(tmp_path), "--formats", "md")
        card = (tmp_path / "card.md").read_text("utf-8")
        assert ONE_OF_MANY.findall(card) == []


def test_the_rule_itself_finds_one_of_many() -> None:
    assert ONE_OF_MANY.findall("of 1 speakers and 1 more groups")
    assert not ONE_OF_MANY.findall("of 1 speaker, 11 speakers, 0.1 words and 2–1 words")
