"""The command `fairhearing`: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from dashboard.commands import dispatch
from dashboard.commands.dispatch import COMMANDS
from dashboard.commands.main import main

ROOT = Path(__file__).resolve().parents[2]


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

    monkeypatch.setattr(dispatch, "_run", interrupt)
    assert main(["list"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_an_interruption_while_the_command_is_loaded_is_the_same_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: str) -> object:
        raise KeyboardInterrupt

    half_loaded = types.ModuleType("dashboard.commands.dispatch")
    half_loaded.__getattr__ = interrupt  # type: ignore[method-assign]
    monkeypatch.setitem(sys.modules, "dashboard.commands.dispatch", half_loaded)
    assert main(["list"]) == 130
    assert capsys.readouterr().err.splitlines() == ["", "Stopped. Nothing that was there before has changed."]


def test_nothing_is_loaded_before_an_interruption_is_caught() -> None:
    script = "import sys; there = {*sys.modules}; import dashboard.commands.main; print(*sorted({*sys.modules} - there))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    own = {"__future__", "dashboard", "dashboard.commands", "dashboard.commands.main"}
    assert {*ran.stdout.split()} <= own


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
