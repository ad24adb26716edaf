"""`fairhearing subgroups`: what it prints, keeps and refuses, and `--where @name` in other commands."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from dashboard.commands.main import main
from data.workspace import FILE_NAME
from tests.answers.made_up import made_up_build, made_up_frame

SOUTH = "accent = 'South' and noise = 'babble'"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made_up_build(tmp_path, made_up_frame(1), show_text=True)
    return tmp_path


def run(home: Path, action: str, *options: str) -> int:
    return main(["subgroups", action, "made-up", *options, "--home", str(home)])


def rates(home: Path, where: str) -> int:
    return main(["rates", "made-up", "--where", where, "--format", "json", "--home", str(home)])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


def test_a_saved_name_selects_what_its_conditions_select(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "add", "south", "--where", SOUTH, "--note", "why", "--author", "Kim") == 0
    assert said(capsys) == "made-up: @south stands for recordings with accent South and noise babble.\n"
    found = []
    for where in ("@south and not device = 'phone'", f"{SOUTH} and not device = 'phone'"):
        assert rates(home, where) == 0
        found.append(json.loads(said(capsys)))
    assert found[0] == found[1]


def test_the_list_says_who_saved_what(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "list") == 0
    assert said(capsys) == "No subgroup is saved for this evaluation yet.\n"
    run(home, "add", "south", "--where", SOUTH, "--note", "why", "--author", "Kim")
    said(capsys)
    assert run(home, "list") == 0
    text = said(capsys)
    assert text.startswith("@south: recordings with accent South and noise babble\n")
    assert text.endswith("by Kim · why\n")
    assert run(home, "list", "--format", "json") == 0
    [row] = json.loads(said(capsys))["subgroups"]
    assert (row["name"], row["expression"], row["fits"], row["reason"]) == ("south", SOUTH, True, None)


@pytest.mark.parametrize(
    ("action", "options", "sentence"),
    [
        ("add", ["two words", "--where", SOUTH], "cannot be the name of a subgroup"),
        ("add", ["x", "--where", "everything"], "which needs no name"),
        ("add", ["x", "--where", "acent = 'x'"], "did you mean 'accent'"),
        (
            "add",
            ["south", "--where", "noise = 'quiet'"],
            "There is a subgroup @south of other recordings already",
        ),
        ("rename", ["north", "x"], 'There is no saved subgroup "north". Did you mean "south"'),
        ("delete", ["x"], 'There is no saved subgroup "x"'),
        ("import", ["nowhere.json"], "nowhere.json cannot be read"),
        ("rates", ["--system", "Z"], "There is no system 'Z'"),
        ("rates", ["--metric", "wor"], "wor"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], action: str, options: list[str], sentence: str
) -> None:
    run(home, "add", "south", "--where", SOUTH)
    said(capsys)
    assert run(home, action, *options) == 2
    assert sentence in refused(capsys)


def test_one_is_renamed_deleted_and_gone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "add", "south", "--where", SOUTH)
    assert run(home, "rename", "south", "sud") == 0
    assert rates(home, "@sud") == 0
    assert run(home, "delete", "@sud") == 0
    said(capsys)
    assert rates(home, "@sud") == 2
    assert refused(capsys) == (
        "There is no saved subgroup @sud: none is saved for this evaluation. (character 1: @sud)\n"
    )


def test_a_file_goes_from_one_folder_to_another(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_up_build(tmp_path / "other", made_up_frame(1), show_text=True)
    run(home, "add", "south", "--where", SOUTH)
    run(home, "add", "echo", "--where", "reference contains 'echo'")
    said(capsys)
    assert run(home, "export") == 0
    file = tmp_path / "mine.json"
    file.write_text(said(capsys), encoding="utf-8")
    assert run(tmp_path / "other", "import", str(file)) == 0
    assert said(capsys) == "made-up: Saved: @echo, @south.\n"
    assert run(tmp_path / "other", "import", str(file)) == 0
    assert said(capsys) == "made-up: Everything in the file is saved already.\n"
    file.write_text(file.read_text(encoding="utf-8").replace('"South"', '"Soth"'), encoding="utf-8")
    assert run(tmp_path / "other", "import", str(file)) == 2
    assert "mine.json, subgroup 2: No recording has accent 'Soth'" in refused(capsys)


def test_the_table_of_saved_subgroups(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(home, "add", "south", "--where", SOUTH)
    run(home, "add", "nobody", "--where", "accent = 'South' and accent = 'East'")
    said(capsys)
    assert run(home, "rates") == 0
    text = said(capsys)
    assert "@south" in text
    assert "Nobody was recorded in it." in text
    assert run(home, "rates", "--format", "json") == 0
    document: dict[str, Any] = json.loads(said(capsys))
    nobody, south = document["rows"]
    assert (nobody["rate"], south["versus"]["comparator"]) == (None, "peers")
    assert {"evaluation", "build", "settings", "audience", "selection"} <= document.keys()


def test_a_saved_subgroup_that_cannot_be_told_yet_says_why(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(home, "add", "few", "--where", f"{SOUTH} and device = 'car'")
    said(capsys)
    assert run(home, "rates", "--format", "json") == 0
    [row] = json.loads(said(capsys))["rows"]
    assert row["versus"]["verdict"] == "undecided"
    assert run(home, "rates") == 0
    [line] = [line for line in said(capsys).splitlines() if line.startswith("@few")]
    told = line.partition("Can’t tell yet")[2]
    assert told.startswith(": ")
    assert re.search(r"fewer than \d|could only have seen|stands out alone|speakers", told)


def test_a_saved_subgroup_that_does_not_fit_another_build_says_why(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(home, "add", "south", "--where", SOUTH)
    frame = made_up_frame(1)
    made_up_build(home, frame[frame["accent"] != "South"], show_text=True)
    said(capsys)
    assert run(home, "rates") == 0
    [line] = [line for line in said(capsys).splitlines() if line.startswith("@south")]
    assert "No recording has accent 'South'" in line
    assert run(home, "rates", "--format", "json") == 0
    [row] = json.loads(said(capsys))["rows"]
    assert (row["fits"], row["rate"], row["reason"] in line) == (False, None, True)


def test_what_was_looked_at_is_on_record(home: Path) -> None:
    assert rates(home, SOUTH) == 0
    assert rates(home, SOUTH) == 0
    assert rates(home, "accent = 'Sout'") == 2
    assert main(["rates", "made-up", "--home", str(home), "--where", "noise = 'quiet'", "--system", "Z"]) == 2
    connection = sqlite3.connect(home / FILE_NAME)
    rows = connection.execute("SELECT what FROM look_log").fetchall()
    connection.close()
    assert rows == [("recordings with accent South and noise babble",)]
