"""`fairhearing compare` and `gate`: contracts of keys and exit codes, JUnit, and sentences for what cannot be asked."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.commands.main import main
from dashboard.wording import ratio_text
from dashboard.wording_versions_gaps import gap_words, gaps_note
from tests.answers.made_up import made_up_build
from tests.answers.test_compare_adjust import two_system_frame
from tests.exports.test_junit import read

Run = Callable[..., tuple[int, str, str]]
ROW = {
    "group", "rate_a", "low_a", "high_a", "rate_b", "low_b", "high_b", "difference", "difference_low", "difference_high", "ratio", "low", "high", "p",
    "p_adjusted", "p_sign_flip", "family_size", "verdict", "status", "reason", "detectable_ratio", "speakers_needed",
    "n_speakers", "effective_speakers", "n_utterances", "n_words", "speakers_worse", "speakers_better", "worst_tenth",
    "median_change", "best_tenth",
}  # fmt: skip
GATE_ROW = {
    "group", "outcome", "reason", "rate", "rate_low", "rate_high", "ratio", "low", "high", "p_adjusted", "verdict", "status",
    "detectable_ratio", "speakers_needed", "n_speakers", "n_utterances", "n_words",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    made_up_build(folder, two_system_frame())
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command over the made-up evaluation; its exit code, output and complaint."""

    def ran(command: str, *options: str) -> tuple[int, str, str]:
        code = main([command, "made-up", "--home", str(home), *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def test_json_of_compare_has_its_keys(run: Run) -> None:
    code, out, _ = run("compare", "--by", "accent", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert {
        "evaluation",
        "build",
        "settings",
        "audience",
        "selection",
        "a",
        "b",
        "utterances",
        "rows",
    } <= set(document)
    assert set(document["rows"][0]) == ROW
    assert set(document["overall"]) == ROW
    assert set(document["gap_changes"][0]) == {
        "group", "before", "after", "factor", "low", "high", "p", "p_adjusted", "change", "status", "reason",
        "detectable_factor", "speakers_needed", "n_speakers", "n_utterances", "n_words",
    }  # fmt: skip
    assert "segments" not in document


def test_the_table_says_how_many_speakers_get_worse(run: Run) -> None:
    code, out, _ = run("compare", "--by", "accent")
    assert code == 0
    assert "speakers worse" in out
    assert "worst tenth" in out
    assert "utterances scored for both" in out


def test_the_table_of_compare_is_followed_by_whose_gap_to_the_others_changed(run: Run) -> None:
    _, out, _ = run("compare", "--by", "accent")
    document = json.loads(run("compare", "--by", "accent", "--format", "json")[1])
    told = out.partition(gaps_note(document))[2].splitlines()
    [head, _, *lines] = [line for line in told if line.strip()]
    assert head.split()[:4] == ["accent", "before", "after", "change"]
    gaps = [row for row in document["gap_changes"] if row["factor"] is not None]
    assert gaps
    for row, line in zip(gaps, lines, strict=False):
        words = gap_words(row, document["settings"]["margin_ratio"], document["notice"] is not None)
        assert line.startswith(row["group"]["accent"] or "not stated")
        assert ratio_text(row["factor"], row["low"], row["high"]) in line
        assert words in line


def test_without_groups_there_is_no_table_of_gaps(run: Run) -> None:
    assert "gap is its rate" not in run("compare")[1]


def test_mapsswe_says_what_it_assumes(run: Run) -> None:
    _, out, _ = run("compare", "--mapsswe")
    assert "utterances assumed independent" in out
    document = json.loads(run("compare", "--mapsswe", "--format", "json")[1])
    assert document["segments"]["label"].endswith("utterances assumed independent")


def test_the_csv_of_compare_has_a_line_a_group(run: Run) -> None:
    _, out, _ = run("compare", "--by", "accent", "--format", "csv")
    lines = [line for line in out.splitlines() if not line.startswith("#")]
    assert [row["accent"] for row in csv.DictReader(io.StringIO("\n".join(lines)))] == [
        "East", "North", "South", "not stated",
    ]  # fmt: skip
    assert any(line.startswith("# a: old") for line in out.splitlines())


def test_a_system_of_another_build_is_compared_and_said(
    home: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "old.csv"
    two_system_frame().drop(columns="hypothesis_new").to_csv(other, index=False)
    ingest = ["ingest", str(other), "--name", "before", "--home", str(home), "--role", "accent=speaker"]
    assert main([*ingest, "--role", "noise=condition,device=condition"]) == 0
    capsys.readouterr()
    code, out, _ = run("compare", "--systems", "old,new", "--first-in", "before", "--by", "accent")
    assert code == 0
    assert "Numbers of two builds" in out
    code, out, _ = run(
        "gate",
        "--system",
        "new",
        "--baseline",
        "old",
        "--baseline-in",
        "before",
        "--by",
        "accent",
        "--format",
        "json",
    )
    assert code == 1
    assert json.loads(out)["baseline"] == "old"


@pytest.mark.parametrize(
    ("options", "code", "result"),
    [
        (["--system", "old", "--by", "accent", "--max-ratio", "2.5"], 0, "pass"),
        (["--system", "new", "--by", "accent", "--max-ratio", "1.25"], 1, "fail"),
        (["--system", "old", "--by", "accent,noise,device", "--max-ratio", "1.25"], 3, "undecided"),
        (
            ["--system", "old", "--by", "accent,noise,device", "--max-ratio", "1.25", "--allow-undecided"],
            0,
            "undecided",
        ),
        (["--system", "new", "--by", "accent", "--max-ratio", "1.25", "--allow-undecided"], 1, "fail"),
        (["--system", "new", "--by", "accent", "--baseline", "old"], 1, "fail"),
        (["--system", "old", "--baseline", "new"], 0, "pass"),
    ],
)
def test_the_exit_code_is_the_result(run: Run, options: list[str], code: int, result: str) -> None:
    found, out, _ = run("gate", *options, "--format", "json")
    document = json.loads(out)
    assert (found, document["result"]) == (code, result)
    assert set(document["rows"][0]) == GATE_ROW


def test_the_table_of_the_gate_leads_with_its_result(run: Run) -> None:
    _, out, _ = run("gate", "--system", "new", "--by", "accent", "--max-ratio", "1.25")
    assert out.startswith("Fails: new is shown to be worse for South")
    assert "not declared in advance" in out


def test_undecided_says_how_many_speakers_would_decide(run: Run) -> None:
    _, out, _ = run("gate", "--system", "old", "--by", "accent,noise,device", "--max-ratio", "1.25")
    assert out.startswith("Undecided: none of the 18 groups can be told yet")
    assert "speakers would decide" in out


def test_junit_has_a_case_for_every_group(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "gate.xml"
    code, out, _ = run(
        "gate",
        "--system",
        "new",
        "--by",
        "accent",
        "--max-ratio",
        "1.25",
        "--junit",
        str(file),
        "--format",
        "json",
    )
    cases = read(file.read_bytes()).findall("./testsuite/testcase")
    assert code == 1
    assert len(cases) == len(json.loads(out)["rows"])
    assert [case.get("name") for case in cases if case.find("failure") is not None] == ["South"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--system", "old"], "Say which groups count"),
        (["--system", "old", "--by", "accent", "--max-ratio", "1"], "must be above 1"),
        (["--system", "older", "--by", "accent"], "There is no system 'older'"),
        (["--system", "old", "--by", "accent", "--against", "overall"], "contains the group itself"),
        (
            ["--system", "old", "--by", "accent", "--baseline-in", "made-up"],
            "name the system with --baseline",
        ),
        (
            ["--system", "old", "--by", "accent", "--junit", "/nowhere/at/all.xml"],
            "No such file or directory",
        ),
    ],
)
def test_what_cannot_be_asked_exits_with_two_and_a_sentence(run: Run, options: list[str], says: str) -> None:
    code, out, err = run("gate", *options)
    assert code == 2
    assert says in err
    assert "Traceback" not in err
    assert out == ""
