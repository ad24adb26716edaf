"""`fairhearing card`: which files it writes, the same ones as the page, and what it refuses."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard.answers.card import CardQuestion, card
from dashboard.answers.findings import add_finding
from dashboard.answers.rates import RatesQuestion
from dashboard.commands.main import main
from dashboard.exports.card_bundle import card_files
from dashboard.exports.card_json import card_from_json
from dashboard.exports.card_markdown import card_markdown
from data.store import Build
from tests.answers.made_up import made_up_build, made_up_frame


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), made_up_frame(11, n_speakers=36))


@pytest.fixture
def home(build: Build, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FAIRHEARING_DEBUG", raising=False)
    folder = build.path.parents[1]
    monkeypatch.setenv("FAIRHEARING_HOME", str(folder))
    return folder


def test_it_writes_every_format_and_a_manifest(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "card"
    assert main(["card", "made-up", "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "card.cdx.json",
        "card.docx",
        "card.hf.yaml",
        "card.html",
        "card.json",
        "card.md",
        "card.pdf",
        "manifest.json",
    ]
    manifest = json.loads((out / "manifest.json").read_text())
    for one in manifest["files"]:
        assert sha256((out / one["name"]).read_bytes()).hexdigest() == one["sha256"]


def test_the_bytes_are_those_of_the_page(home: Path, build: Build, tmp_path: Path) -> None:
    add_finding(home, build, RatesQuestion("hypothesis", ("accent",)), {"accent": "North"}, "look")
    assert main(["card", "made-up", "--out", str(tmp_path)]) == 0
    for name, content in card_files(card(build, CardQuestion("hypothesis", home=home))).items():
        assert (tmp_path / name).read_bytes() == content


def test_twice_gives_the_same_bytes(home: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert main(["card", "made-up", "--out", str(tmp_path / name)]) == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_its_json_gives_its_markdown(home: Path, tmp_path: Path) -> None:
    assert main(["card", "made-up", "--out", str(tmp_path)]) == 0
    again = card_from_json((tmp_path / "card.json").read_bytes())
    assert card_markdown(again) == (tmp_path / "card.md").read_bytes()


def test_formats_can_be_chosen(home: Path, tmp_path: Path) -> None:
    assert main(["card", "made-up", "--out", str(tmp_path), "--formats", "json, md"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["card.json", "card.md", "manifest.json"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--formats", "odt"], 'not written as "odt"'),
        (["--system", "nobody"], "There is no system 'nobody'"),
        (["--metric", "beauty"], "There is no metric 'beauty'"),
        (["--level", "95"], "--level is 95"),
    ],
)
def test_a_wrong_option_is_refused_in_a_sentence(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    out = tmp_path / "card"
    assert main(["card", "made-up", "--out", str(out), *options]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""
    assert not out.exists()


def test_synthetic_voices_are_named_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up_build(tmp_path, made_up_frame(2, n_speakers=12), about={"synthetic_voices": True})
    assert main(["card", "made-up", "--home", str(tmp_path), "--out", str(tmp_path / "card")]) == 0
    assert "says nothing about people" in capsys.readouterr().out
    for name in ("card.md", "card.html", "card.json", "manifest.json"):
        assert "Synthetic voices: says nothing about people" in (tmp_path / "card" / name).read_text()
