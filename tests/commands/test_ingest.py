"""`fairhearing ingest`: every option reaches the build, what came out is said, and what is wrong is a sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dashboard.commands.main import main

ROOT = Path(__file__).resolve().parents[2]


def test_ingest_says_what_came_out(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(source), "--name", "x", "--label-source", "accent=self"]) == 0
    shown = capsys.readouterr()
    assert "2 utterances · 2 speakers · 4 words" in shown.out
    assert "accent  speaker  label: self  2: uk, us" in shown.out
    assert shown.err == ""


def test_groups_that_are_long_numbers_are_rounded_for_reading_and_whole_in_json(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = source.read_text().splitlines()
    numbers = ["snr", "0.5714285714285714", "12"]
    source.write_text("\n".join(f"{line},{one}" for line, one in zip(lines, numbers, strict=True)) + "\n")
    asked = ["ingest", str(source), "--name", "x"]
    assert main(asked) == 0
    assert "2: 0.5714, 12" in capsys.readouterr().out
    assert main([*asked, "--format", "json"]) == 0
    [snr] = [one for one in json.loads(capsys.readouterr().out)["attributes"] if one["name"] == "snr"]
    assert snr["levels"] == ["0.5714285714285714", "12"]


def test_every_option_of_ingest_reaches_the_build(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "about.json").write_text('{"title": "T"}')
    (tmp_path / "c=d.csv").write_text("id,hyp\nu1,x\n")
    options = ["--role", "accent=content", "--order", "accent=us,uk", "--attributes", "accent"]
    options += ["--system", f"C={tmp_path / 'c=d.csv'}", "--allow-missing", "--normalizer", "none"]
    options += ["--about", str(tmp_path / "about.json"), "--note", "why", "--show-text"]
    assert main(["ingest", str(source), "--name", "x", "--format", "json", *options]) == 0
    document = json.loads(capsys.readouterr().out)
    (accent,) = document["attributes"]
    assert (accent["role"], accent["levels"]) == ("content", ["us", "uk"])
    assert document["counts"]["scored"] == {"A": 2, "B": 2, "C": 1}
    assert (document["normalizer"]["id"], document["note"], document["show_text"]) == ("none", "why", True)


def test_faults_are_listed_up_to_twenty_with_the_count_of_the_rest(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.write_text(source.read_text() + "u3,s3,us,a\n" * 25)
    assert main(["ingest", str(source), "--name", "x"]) == 2
    shown = capsys.readouterr()
    *faults, count = shown.err.splitlines()
    assert shown.out == ""
    assert len(faults) == 20
    assert faults[0].startswith("in.csv, row 4: The row has 4 values where the header names 6 columns.")
    assert count == "25 faults, 5 of them not shown. Nothing was written."
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--role", "accent"], '--role "accent": expected NAME=VALUE, such as --role accent=speaker.'),
        (["--role", "accent=person"], '"person" is none of "speaker", "condition", "content"'),
        (["--label-source", "accent=me"], '"me" is none of "self"'),
        (["--bins", "a=5,x"], "expected rising numbers, such as --bins a=5,10."),
        (["--bins", "a=10,5"], "expected rising numbers"),
        (["--bins", "a=nan"], "expected rising numbers"),
        (["--system", "A"], '--system "A": expected NAME=VALUE'),
        (["--system", "A=x", "--system", "A=y"], '--system is given twice for "A"'),
        (["--map", "speeker=x"], 'Did you mean "speaker"?'),
        (["--about", "/nowhere.json"], "There is no file /nowhere.json (--about)."),
        (["--about", "[1]"], "--about must be one JSON object"),
        (["--about", '{"title": NaN}'], "--about is not JSON: NaN is no number of JSON."),
        (
            ["--about", '{"a": ' + "[" * 100_000],
            "--about is not JSON that can be read: it is nested too deeply.",
        ),
        (["--about", '{"purpose": ["a"]}'], '--about: "purpose" must be a text, not a list or an object.'),
        (["--about", '{"purpos": "a"}'], '"purpos" is no fact that a card prints. Did you mean "purpose"?'),
        (
            ["--about", '{"systems": {"A": {"versoin": "2"}}}'],
            '"versoin" of system "A" is no fact that a card prints. Did you mean "version"',
        ),
        (
            ["--about", '{"test_set_in_training_data": "maybe"}'],
            '"test_set_in_training_data" is \'maybe\'; expected "yes", "no", "unknown".',
        ),
        (["--about", '{"synthetic_voices": 1}'], '"synthetic_voices" is 1; expected true or false.'),
        (["--about", '{"card": "text"}'], '"card" must be an object'),
        (["--about", '{"systems": {"A": "2"}}'], '"systems" must hold an object for each system'),
        (["--name", "../x"], '"../x" cannot be the name of an evaluation'),
    ],
)
def test_a_badly_written_option_is_one_sentence(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert main(["ingest", str(source), "--name", "x", *options]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[1]", "about.json must be one JSON object"),
        (b"{", "about.json is not JSON"),
        ("{}".encode("utf-16"), "about.json: The file is UTF-16; text files must be UTF-8."),
    ],
)
def test_a_file_of_facts_that_cannot_be_read_is_one_sentence(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    about = tmp_path / "about.json"
    about.write_bytes(content)
    assert main(["ingest", str(source), "--name", "x", "--about", str(about)]) == 2
    assert sentence in capsys.readouterr().err


def test_facts_may_have_a_byte_order_mark(source: Path, tmp_path: Path) -> None:
    about = tmp_path / "about.json"
    about.write_bytes(b'\xef\xbb\xbf{"title": "T"}')
    assert main(["ingest", str(source), "--name", "x", "--about", str(about)]) == 0


def test_counts_without_ids_are_not_called_utterances(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.csv").write_text("speaker,words,errors\ns1,10,1\ns2,10,1\n")
    assert main(["ingest", str(tmp_path / "c.csv"), "--name", "c", "--home", str(tmp_path / "h")]) == 0
    assert "2 rows of counts · 2 speakers · 20 words" in capsys.readouterr().out


def test_every_option_of_ingest_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ingest", "--help"])
    options = {*re.findall(r"--[a-z-]+", capsys.readouterr().out)} - {"--help"}
    text = (ROOT / "docs" / "ingest.md").read_text(encoding="utf-8")
    assert {option for option in options if f"`{option}" not in text} == set()
