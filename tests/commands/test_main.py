"""The command `fairhearing`: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboard.commands import main as commands
from dashboard.commands.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
GOOD = "id,speaker,accent,ref,hyp_A,hyp_B\nu1,s1,us,a b,a b,a\nu2,s2,uk,a b,a b,b\n"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FAIRHEARING_DEBUG", raising=False)
    (tmp_path / "in.csv").write_text(GOOD)
    return tmp_path / "in.csv"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard.commands.main", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])
    assert stop.value.code == 0
    assert f"  fairhearing {name}" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["rates", "doctor", "coverage", "slices", "sensitivity"])
def test_an_unknown_evaluation_is_refused_before_anything_large_is_imported(
    command: str, tmp_path: Path
) -> None:
    asked = f"from dashboard.commands.main import main; code = main(['{command}', 'nosuch', '--home', {str(tmp_path)!r}])"
    checked = "import sys; print(code, {'numpy', 'duckdb', 'pandas', 'scipy', 'pyarrow'} & {*sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", f"{asked}; {checked}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert 'There is no evaluation "nosuch"' in ran.stderr
    assert ran.stdout == "2 set()\n"


def test_help_takes_less_than_half_a_second() -> None:
    def seconds(*arguments: str) -> float:
        start = time.perf_counter()
        assert run(*arguments).returncode == 0
        return time.perf_counter() - start

    assert min(seconds("--help") for _ in range(3)) < 0.5
    assert min(seconds("ingest", "--help") for _ in range(3)) < 0.5


def test_an_unknown_command_names_the_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lisst"]) == 2
    assert capsys.readouterr().err == '"lisst" is not a command. Did you mean list?\n'


def test_an_option_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["ingest", "x.csv", "--name", "x", "--several", "a=,"])
    assert stop.value.code == 2
    assert "--several" in capsys.readouterr().err


def test_ingest_says_what_came_out(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(source), "--name", "x", "--label-source", "accent=self"]) == 0
    shown = capsys.readouterr()
    assert "2 utterances · 2 speakers · 4 words" in shown.out
    assert "accent  speaker  label: self  2: uk, us" in shown.out
    assert shown.err == ""


def test_json_is_one_document_and_nothing_else(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(source), "--name", "x", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["evaluation"], document["is_new"], document["systems"]) == ("x", True, ["A", "B"])
    assert {"build", "settings", "audience", "selection"} <= document.keys()
    assert main(["list", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["build"] for one in listed["evaluations"]] == [document["build"]]


def test_csv_lists_one_evaluation_a_row(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(source), "--name", "x"])
    capsys.readouterr()
    assert main(["list", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["evaluation"], row["systems"], row["utterances"]) == ("x", "A, B", "2")


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
    source.write_text(GOOD + "u3,s3,us,a\n" * 25)
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


def test_a_failure_nobody_thought_of_is_a_sentence_too(
    source: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("data.ingest.ingest", fail)
    assert main(["ingest", str(source), "--name", "x"]) == 2
    shown = capsys.readouterr().err
    assert "ZeroDivisionError: by zero" in shown
    assert "FAIRHEARING_DEBUG=1" in shown
    assert "Traceback" not in shown
    monkeypatch.setenv("FAIRHEARING_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["ingest", str(source), "--name", "x"])


def test_an_interruption_is_a_sentence(
    source: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "_run", interrupt)
    assert main(["list"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_failure(source: Path) -> None:
    command = (
        f"{sys.executable} -m dashboard.commands.main list --format json | true; echo ${{PIPESTATUS[0]}}"
    )
    ran = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("0", "")


def test_progress_for_programs_is_json_lines_on_standard_error(source: Path, tmp_path: Path) -> None:
    ran = run("ingest", str(source), "--name", "x", "--progress", "json", "--format", "json")
    steps = [json.loads(line) for line in ran.stderr.splitlines()]
    assert json.loads(ran.stdout)["evaluation"] == "x"
    assert [step["step"] for step in steps if step["done"] == step["total"]] == [
        "scoring",
        "scoring",
        "writing",
    ][1:]
    assert all(0 <= step["done"] <= step["total"] for step in steps)


def test_remove_asks_unless_told_not_to(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(source), "--name", "x"])
    assert run("remove", "x").returncode == 2
    assert main(["list", "x"]) == 0
    assert main(["remove", "x", "--yes"]) == 0
    assert main(["remove", "x", "--yes"]) == 2
    assert 'There is no evaluation "x"' in capsys.readouterr().err


def test_an_empty_home_is_said_in_words(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert "There is no evaluation in" in capsys.readouterr().out


def test_every_option_of_ingest_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ingest", "--help"])
    options = {*re.findall(r"--[a-z-]+", capsys.readouterr().out)} - {"--help"}
    text = (ROOT / "docs" / "ingest.md").read_text(encoding="utf-8")
    assert {option for option in options if f"`{option}" not in text} == set()
