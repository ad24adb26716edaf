"""`fairhearing add-system`, and which build a command means."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dashboard.commands.main import main
from data.home import builds, current_build

ROOT = Path(__file__).resolve().parents[2]
GOOD = "id,speaker,accent,ref,hyp_A\nu1,s1,us,a b,a b\nu2,s2,uk,a b,b\nu3,,uk,a b,b\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(GOOD)
    Path("b.csv").write_text("id,output\nu1,a b\nu2,a\nu3,a\n")
    assert main(["ingest", "in.csv", "--name", "x", "--missing-speaker", "drop", "--note", "first"]) == 0
    capsys.readouterr()
    return tmp_path / "home"


ADD = ["add-system", "x", "--system", "B=b.csv", "--map", "system:B=output"]


def test_a_system_is_added_and_the_answer_is_that_of_an_ingest(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ADD, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["systems"], document["is_new"], document["note"]) == (["A", "B"], True, "first")
    assert [(one["name"], one["system"]) for one in document["inputs"]] == [("in.csv", None), ("b.csv", "B")]
    assert document["left_out"] == {"B": 1}
    assert document["build"] == current_build(home / "x") == document["builds"][0]
    assert main(["compare", "x", "--systems", "A,B"]) == 0


def test_rows_that_are_left_out_are_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    shown = capsys.readouterr().out
    assert "b.csv (csv, 3 rows): hypothesis = output, id = id" in shown
    assert "Left out of B for want of a speaker, as before: 1 of its rows." in shown


def test_a_refusal_is_that_of_an_ingest(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add-system", "x", "--system", "A=b.csv"]) == 2
    assert 'x has a system "A" already.' in capsys.readouterr().err
    assert main(["add-system", "x", "--system", "B=b.csv"]) == 2
    assert "b.csv, hypothesis: No column holds the hypothesis" in capsys.readouterr().err
    assert main(["add-system", "y", "--system", "B=b.csv"]) == 2
    assert 'There is no evaluation "y"' in capsys.readouterr().err
    assert main(["add-system", "x", "--system", "B=b.csv", "--progress", "json"]) == 2
    refusal = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert refusal["faults"][0]["file"] == "b.csv"


def test_every_option_of_add_system_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["add-system", "--help"])
    options = {*re.findall(r"--[a-z-]+", capsys.readouterr().out)} - {"--help"}
    text = (ROOT / "docs" / "ingest.md").read_text(encoding="utf-8")
    assert {option for option in options if f"`{option}" not in text} == set()


def test_a_build_is_meant_by_name_by_build_and_by_path(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = current_build(home / "x")
    main(ADD)
    capsys.readouterr()
    for wanted in ("x", f"x@{first}", str(home / "x" / f"{first}.duckdb"), str(home / "x")):
        for command in (["rates", wanted, "--system", "A"], ["doctor", wanted], ["list", wanted]):
            assert main([*command, "--format", "json"]) == 0
            document = json.loads(capsys.readouterr().out)
            current = current_build(home / "x")
            assert document["build"] == (first if str(first) in wanted else current), (command, wanted)


def test_list_names_the_builds_that_are_kept(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = current_build(home / "x")
    main(ADD)
    capsys.readouterr()
    assert main(["list", "x"]) == 0
    *_, newest, oldest = capsys.readouterr().out.splitlines()
    assert re.fullmatch(rf"  {current_build(home / 'x')}  made 20.* UTC  shown  first", newest)
    assert re.fullmatch(rf"  {first}  made 20.* UTC +first", oldest)


def test_one_build_can_be_removed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = current_build(home / "x")
    main(ADD)
    capsys.readouterr()
    assert main(["remove", f"x@{first}"]) == 2
    assert f"This would delete the build {first} of x. Add --yes" in capsys.readouterr().err
    assert main(["remove", f"x@{first}", "--yes"]) == 0
    [left] = builds(home / "x")
    assert capsys.readouterr().out == f"The build {first} is deleted; x shows {left.stem}.\n"
    assert main(["remove", str(left), "--yes"]) == 2
    assert "`fairhearing remove x` deletes the evaluation." in capsys.readouterr().err


def test_nobody_selected_says_why_there_is_no_rate(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rates", "x", "--where", "accent = 'us' and not accent = 'us'"]) == 0
    assert "no overall rate: nobody was recorded" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("systems", "sentence"),
    [
        ("A,X", "There is no system 'X'. Known: A, B."),
        ("X,A", "There is no system 'X'. Known: A, B."),
        ("A,b", "There is no system 'b'; did you mean 'B'?"),
        ("X,b", "There are no systems 'X' and 'b'; did you mean 'B'?"),
        ("A", "'A' is one name; write two systems as A,B."),
    ],
)
def test_a_pair_of_systems_says_which_is_unknown(
    home: Path, capsys: pytest.CaptureFixture[str], systems: str, sentence: str
) -> None:
    main(ADD)
    capsys.readouterr()
    assert main(["compare", "x", "--systems", systems]) == 2
    assert sentence in capsys.readouterr().err
