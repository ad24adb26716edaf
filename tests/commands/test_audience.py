"""`--audience public` on the command line: what it prints and writes, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.answers.audience import PUBLIC
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.findings import add_finding
from dashboard.answers.rates import RatesQuestion
from dashboard.commands.main import main
from dashboard.exports.card_bundle import card_files
from dashboard.exports.card_json import card_from_json
from dashboard.exports.card_markdown import card_markdown
from data.store import Build
from tests.answers.made_up import made_up_build
from tests.answers.test_audience import uneven_frame


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), uneven_frame(1))


@pytest.fixture
def home(build: Build, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = build.path.parents[1]
    monkeypatch.setenv("FAIRHEARING_HOME", str(folder))
    return folder


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        printed(capsys, *arguments, "--audience", "public", "--format", "json")
    )
    return found


def test_every_format_of_rates_says_whom_it_is_for(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rates = ("rates", "made-up", "--by", "accent")
    assert document(capsys, *rates)["audience"] == "public"
    assert "# audience: public" in printed(capsys, *rates, "--audience", "public", "--format", "csv")
    table = printed(capsys, *rates, "--audience", "public")
    assert "For the public: small groups are withheld" in table
    assert "Withheld" in next(line for line in table.splitlines() if line.startswith("Coast"))
    assert json.loads(printed(capsys, *rates, "--format", "json"))["audience"] == "internal"


def test_csv_and_json_print_the_same_rounded_numbers(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rates = ("rates", "made-up", "--by", "accent,noise")
    rows = document(capsys, *rates)["rows"]
    text = printed(capsys, *rates, "--audience", "public", "--format", "csv")
    lines = list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))
    assert [line["status"] for line in lines] == [row["status"] for row in rows]
    for line, row in zip(lines, rows, strict=True):
        for key in ("rate", "low", "high", "n_speakers", "n_words", "errors"):
            assert line[key] == ("" if row[key] is None else str(row[key]))


@pytest.mark.parametrize(
    "arguments",
    [
        ("words", "--where", "accent = 'East'"),
        ("coverage",),
        ("adjust", "--attribute", "accent"),
        ("sensitivity", "--by", "accent"),
        ("compare",),
        ("gate", "--by", "accent"),
    ],
)
def test_a_command_whose_answer_is_not_published_refuses_in_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    name, *options = arguments
    assert main([name, "made-up", *options, "--audience", "public"]) == 2
    told = capsys.readouterr()
    assert "What this command tells is not published" in told.err
    assert told.out == ""


def test_the_card_for_the_public_lists_withheld_groups_without_numbers(
    home: Path, build: Build, tmp_path: Path
) -> None:
    add_finding(
        home, build, RatesQuestion("hypothesis", ("accent",)), {"accent": "Coast"}, "3 speakers only", "A. B."
    )
    assert main(["card", "made-up", "--audience", "public", "--out", str(tmp_path)]) == 0
    text = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert "for public use" in text
    assert (
        "Withheld from the public, because they have fewer than 10 speakers or would give another group away"
        in text
    )
    assert "3 speakers only" not in text
    evidence = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))["evidence"]
    for table in [*evidence["groupings"], evidence["grid"]]:
        for row in table["rows"]:
            if row["status"] == "suppressed":
                assert row["rate"] is row["n_speakers"] is row["n_words"] is row["errors"] is None
                assert row["versus"]["verdict"] == "undecided"
            else:
                assert row["n_speakers"] % 5 == 0
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["audience"] == "public"


def test_its_rows_are_those_of_rates_and_its_files_those_of_the_page(
    home: Path, build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["card", "made-up", "--audience", "public", "--out", str(tmp_path)]) == 0
    capsys.readouterr()
    evidence = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))["evidence"]
    for table in evidence["groupings"]:
        rows = document(capsys, "rates", "made-up", "--by", ",".join(table["by"]))["rows"]
        for printed_row, row in zip(table["rows"], rows, strict=True):
            for key in ("rate", "low", "high", "n_speakers", "n_words", "status"):
                assert printed_row[key] == row[key]
    made = card_files(card(build, CardQuestion("hypothesis", home=home, audience=PUBLIC)))
    for name, content in made.items():
        assert (tmp_path / name).read_bytes() == content


def test_its_json_gives_its_markdown(home: Path, tmp_path: Path) -> None:
    assert main(["card", "made-up", "--audience", "public", "--out", str(tmp_path)]) == 0
    again = card_from_json((tmp_path / "card.json").read_bytes())
    assert card_markdown(again) == (tmp_path / "card.md").read_bytes()


def test_no_claim_of_the_public_card_is_about_a_withheld_group(home: Path, build: Build) -> None:
    public = card(build, CardQuestion("hypothesis", home=home, audience=PUBLIC))
    tables = {one.by: one for one in [*public.evidence.groupings, public.evidence.grid] if one is not None}
    assert any(row.is_withheld for row in tables["accent",].rows)
    for claim in public.claims:
        if claim.by:
            assert not any(tables[claim.by].rows[i].is_withheld for i in claim.rows)
    (floor,) = (one for one in public.claims if one.id == "floor:accent")
    assert not floor.supported


def test_nobody_gets_a_public_card_of_a_handful_of_speakers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = uneven_frame(1)
    made_up_build(tmp_path, frame[frame["speaker_id"].isin(sorted(frame["speaker_id"].unique())[:6])])
    asked = [
        "card",
        "made-up",
        "--home",
        str(tmp_path),
        "--audience",
        "public",
        "--out",
        str(tmp_path / "card"),
    ]
    assert main(asked) == 2
    assert "Fewer than 10 speakers were recorded" in capsys.readouterr().err
    assert not (tmp_path / "card").exists()


@pytest.mark.parametrize("attributes", [(), ("accent", "noise")], ids=["none", "only several labels"])
def test_an_evaluation_without_attributes_of_one_label_is_published_too(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    attributes: tuple[str, ...],
) -> None:
    frame = uneven_frame(1)[["utterance_id", "speaker_id", *attributes, "reference", "hypothesis"]]
    made_up_build(tmp_path, frame, attributes=attributes, multi=dict.fromkeys(attributes, ","))
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path))
    told = document(capsys, "rates", "made-up")["overall"]
    exact = json.loads(printed(capsys, "rates", "made-up", "--format", "json"))["overall"]
    assert told["rate"] == pytest.approx(exact["rate"], abs=0.0005)
    assert printed(capsys, "card", "made-up", "--audience", "public", "--out", str(tmp_path / "card"))
    assert card_from_json((tmp_path / "card" / "card.json").read_text()).evidence.audience == "public"
