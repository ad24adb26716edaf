"""How a command line is read: what may stand before the command, what is said of mistakes, and help that fits."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from pathlib import Path

import pytest

from dashboard.commands.dispatch import COMMANDS
from dashboard.commands.main import main
from dashboard.commands.parsing import with_command_first
from tests.written_documents import parser_of

GOOD = "id,speaker,accent,ref,hyp_A,hyp_B\nu1,s1,us,a b,a b,a\nu2,s2,uk,a b,a b,b\n"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    (tmp_path / "in.csv").write_text(GOOD)
    return tmp_path / "in.csv"


@pytest.mark.parametrize(
    "before", [["--home", "HOME"], ["--home=HOME"], ["--format", "json", "--home", "HOME"]], ids=" ".join
)
def test_options_of_every_command_may_stand_before_it(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], before: list[str]
) -> None:
    home = str(tmp_path / "other")
    before = [word.replace("HOME", home) for word in before]
    assert main([*before[-2:], "ingest", str(source), "--name", "x"]) == 0
    capsys.readouterr()
    assert main([*before, "list"]) == 0
    shown = capsys.readouterr().out
    assert (
        ("x" in [one["evaluation"] for one in json.loads(shown)["evaluations"]])
        if "json" in before
        else "x " in shown
    )


def test_what_stands_behind_the_command_outweighs_what_stands_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path / "one"), "list", "--home", str(tmp_path / "two")]) == 0
    assert f"There is no evaluation in {tmp_path / 'two'}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "typed",
    [["--home", "rates", "x"], ["--home", "list"], ["--format", "rates", "--by", "accent", "x"]],
    ids=" ".join,
)
def test_a_command_that_was_taken_for_the_value_of_an_option_is_named(
    capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    assert main(typed) == 2
    said = capsys.readouterr().err
    assert f'{typed[0]} needs a value after it. "{typed[1]}" was taken for that' in said


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_help_and_version_are_answered_behind_such_options_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    assert main(["--home", str(tmp_path), asked]) == 0
    assert "fairhearing" in capsys.readouterr().out


def test_names_behind_two_dashes_stay_names(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "other")
    assert main(["--home", home, "ingest", str(source), "--name", "x"]) == 0
    assert main(["--home", home, "rates", "--system", "A", "--", "x"]) == 0
    assert "overall" in capsys.readouterr().out


def test_an_option_of_some_commands_is_told_where_it_belongs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--by", "accent", "rates", "x"]) == 2
    assert "A command comes first, then its options: fairhearing COMMAND --by" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["rates", "x", "--sytem", "A"], "fairhearing rates has no option --sytem. Did you mean --system"),
        (["rates", "x", "--system", "System", "A"], "A name with spaces stands in quotation marks"),
        (["rates", "--by", "accent"], "EVAL is missing. `fairhearing list` names the evaluations."),
        (["rates", "x", "--level", "high"], '--level "high": expected a number.'),
        (["list", "--format", "jsn"], '--format "jsn" is not known. Did you mean json?'),
        (["rates", "x", "--by"], "--by needs a value after it."),
        (["subgroups", "lst", "x"], '"lst" is not known. Did you mean list?'),
        (["subgroups", "list", "x", "--fomat", "json"], "has no option --fomat. Did you mean --format?"),
        (["subgroups", "--format=json", "list", "x"], "--format comes after the action"),
        (["rates", "--", "x", "--by", "accent"], '--by stands behind "--"'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_line_that_cannot_be_read_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], typed: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(typed)
    assert stop.value.code == 2
    told = capsys.readouterr().err
    assert said in told
    assert "usage:" not in told


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ([], []),
        (["--home", "H", "list"], ["list", "--home", "H"]),
        (
            ["--home=H", "--progress", "json", "ingest", "a"],
            ["ingest", "a", "--home=H", "--progress", "json"],
        ),
        (["--home", "H", "list", "--home=G"], ["list", "--home=G"]),
        (["--home", "H", "rates", "--", "x"], ["rates", "--home", "H", "--", "x"]),
        (["--home", "H", "rates", "--", "--home"], ["rates", "--home", "H", "--", "--home"]),
        (["--home", "H", "--version"], ["--version"]),
        (["--home=H", "--format", "json", "--help"], ["--help"]),
        (["--home", "H"], ["--home", "H"]),
        (["--by", "a", "rates"], ["--by", "a", "rates"]),
        (["--home", "H", "--by", "a", "rates"], ["--home", "H", "--by", "a", "rates"]),
    ],
    ids=" ".join,
)
def test_only_options_of_every_command_are_moved_behind_it(typed: list[str], read: list[str]) -> None:
    assert with_command_first(typed) == read


def help_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_narrow_terminal_and_its_examples_can_be_read(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    told = help_of(command, capsys).partition("\n\n")[2]
    assert max(map(len, told.splitlines())) <= 80
    examples = re.findall(r"^  (fairhearing (?:.*\\\n)*.*)$", told, re.MULTILINE)
    assert examples
    for example in examples:
        _, name, *words = shlex.split(example.partition(" > ")[0].replace("\\\n", ""))
        if name in COMMANDS:
            assert isinstance(parser_of(name).parse_args(words), argparse.Namespace)
