"""`fairhearing words`: one JSON document, the bytes of the page's CSV, a table, and words only where they may be shown."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from dashboard.answers.words import WordsQuestion, words
from dashboard.answers.words_document import word_rows
from dashboard.commands.main import main
from data.store import find_evaluation, open_build
from tests.answers.made_up import made_up_build, made_up_frame
from tests.answers.test_words import SOUTH

WHERE = "accent = 'South'"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    made_up_build(folder, made_up_frame(7, n_speakers=60), show_text=True)
    return folder


def printed(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["words", "made-up", "--home", str(home), "--where", WHERE, *options]) == 0
    return capsys.readouterr().out


def test_json_is_one_document_with_its_keys(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(home, capsys, "--format", "json", "--limit", "3"))
    assert {
        "evaluation",
        "build",
        "settings",
        "audience",
        "selection",
        "kinds",
        "parts",
        "words",
        "rows",
    } <= set(found)
    assert [row["kind"] for row in found["kinds"]] == ["all", "substitution", "deletion", "insertion"]
    assert [row["part"] for row in found["parts"]] == ["same words", "other words", "insertions"]
    assert len(found["rows"]) == 3
    assert found["words"]["looked_at"]["word"] > 3
    answer = words(open_build(find_evaluation(home, "made-up").path), WordsQuestion(SOUTH))
    assert found["rows"] == json.loads(json.dumps(word_rows(answer, "word", 3)))


@pytest.mark.parametrize("kind", ["substitution", "deletion", "insertion", "phrase", "all"])
def test_a_list_can_be_chosen(home: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    rows = json.loads(printed(home, capsys, "--format", "json", "--kind", kind, "--limit", "0"))["rows"]
    kinds = {row["kind"] for row in rows}
    assert kinds == ({"word", "substitution", "deletion", "insertion", "phrase"} if kind == "all" else {kind})
    assert [row["excess"] for row in rows] == sorted((row["excess"] for row in rows), reverse=True)


def test_csv_holds_the_rows_under_a_head(home: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert (
        main(["words", "made-up", "--home", str(home), "--where", WHERE, "--format", "csv", "--limit", "4"])
        == 0
    )
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert "# comparator: complement: all recordings" in lines
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    answer = words(open_build(find_evaluation(home, "made-up").path), WordsQuestion(SOUTH))
    assert [(row["reference"], float(row["excess"])) for row in rows] == [
        (row["reference"], row["excess"]) for row in word_rows(answer, "word", 4)
    ]


def test_the_table_is_sentences_kinds_and_words(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(home, capsys)
    assert "errors in every 1,000 words of recordings with accent South and " in said
    assert "of all other recordings, as recorded. The excess is " in said
    assert "interval includes 0, so neither more nor fewer errors are shown" in said
    assert re.search(r"This subgroup +\d+\.\d% +\S+% +\d+ +\d+ +\d+ +shown", said)
    assert "Substitutions" in said
    assert "Words looked at: " in said
    assert "Exploratory: not declared in advance" in said


def test_a_sample_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "random sample of whole speakers" in printed(home, capsys, "--most-utterances", "80")


def test_words_that_may_not_be_shown_are_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_up_build(tmp_path, made_up_frame(7))
    said = printed(tmp_path, capsys)
    assert "Deletions" in said
    assert "--show-text of “fairhearing ingest”" in said
    found = json.loads(printed(tmp_path, capsys, "--format", "json"))
    assert (found["rows"], found["words"]["status"]) == ([], "not allowed")
    assert not any(word in said for word in ("alpha", "golf", "oops"))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--where", "acent = 'South'"], "did you mean 'accent'"),
        (["--where", WHERE, "--limit", "-1"], "must not be negative"),
        (["--where", WHERE, "--level", "95"], "between 0 and 1"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert main(["words", "made-up", "--home", str(home), *options]) == 2
    assert sentence in capsys.readouterr().err


def test_nobody_selected_is_no_error(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["words", "made-up", "--home", str(home), "--where", f"{WHERE} and accent = 'North'"]
    assert main(options) == 0
    assert "Nobody spoke a word in this selection" in capsys.readouterr().out
    assert main([*options, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["words"]["status"] == "nobody"


@pytest.mark.parametrize("command", [["rates"], ["words", "--where", WHERE]])
@pytest.mark.parametrize(
    ("options", "level"), [([], 0.9), (["--level", "0.95"], 0.95), (["--level", "0.99"], 0.99)]
)
def test_a_level_that_is_asked_for_goes_before_that_of_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], options: list[str], level: float
) -> None:
    made_up_build(tmp_path, made_up_frame(7))
    (tmp_path / "fairhearing.toml").write_text("level = 0.9\n")
    name, *others = command
    assert main([name, "made-up", "--home", str(tmp_path), "--format", "json", *others, *options]) == 0
    assert json.loads(capsys.readouterr().out)["level"] == level
