"""`fairhearing plan`: what it prints, what it sets, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.commands.main import main
from tests.answers.made_up import made_up_build, made_up_frame

GOOD = {
    "groupings": [["accent"], ["accent", "noise"]],
    "populations": {"accent": ["North", "South", "East", "Maltese"]},
    "normalizer": "basic",
    "margin": {"ratio": 1.5},
    "owner": "product safety",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made_up_build(tmp_path, made_up_frame(1))
    return tmp_path


def written(home: Path, plan: dict[str, Any]) -> str:
    path = home / "my-plan.json"
    path.write_text(json.dumps(plan))
    return str(path)


def plan(home: Path, *options: str) -> int:
    return main(["plan", "made-up", "--home", str(home), *options])


def document(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert plan(home, "--format", "json", *options) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_without_a_plan_it_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan(home) == 0
    said = capsys.readouterr().out
    assert "No plan: defaults" in said
    assert "No results have been opened" in said


def test_a_plan_is_set_before_results_and_says_so_ever_after(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plan(home, "--file", written(home, GOOD)) == 0
    said = capsys.readouterr().out
    assert "The plan is set." in said
    assert "before results were first opened" in said
    assert "Meant for, but not recorded: Maltese (accent)." in said
    assert main(["rates", "made-up", "--home", str(home), "--by", "accent"]) == 0
    assert "planned: the groups by accent were declared before results" in capsys.readouterr().out
    found = document(home, capsys)
    assert found["plan"]["before_results"] is True
    assert found["declared"]["owner"] == "product safety"
    assert found["without_data"] == {"accent": ["Maltese"]}
    assert [entry["what"] for entry in found["log"]] == ["plan set", "results opened"]


def test_a_plan_set_after_results_says_that_they_had_been_opened(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["rates", "made-up", "--home", str(home)])
    capsys.readouterr()
    assert plan(home, "--file", written(home, GOOD)) == 0
    assert "after results were first opened" in capsys.readouterr().out
    assert document(home, capsys)["plan"]["before_results"] is False


def test_a_question_that_was_refused_opened_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rates", "made-up", "--home", str(home), "--by", "acent"]) == 2
    assert main(["doctor", "made-up", "--home", str(home)]) == 0
    capsys.readouterr()
    assert document(home, capsys)["results_opened"] is None


def test_checking_sets_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan(home, "--check", written(home, GOOD)) == 0
    assert "my-plan.json fits made-up" in capsys.readouterr().out
    assert plan(home, "--check", written(home, {**GOOD, "groupings": [["acent"]]})) == 2
    assert "Did you mean 'accent'?" in capsys.readouterr().out
    assert document(home, capsys)["plan"] is None


def test_every_fault_of_a_file_is_printed_and_nothing_set(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plan(home, "--file", written(home, {"metric": "were", "margin": {"ratio": 0}, "colour": 1})) == 2
    said = capsys.readouterr().err
    assert [line.split(":")[0] for line in said.splitlines()] == [
        "my-plan.json, colour", "my-plan.json, groupings", "my-plan.json, metric", "my-plan.json, margin.ratio",
        "4 faults. Nothing was written.",
    ]  # fmt: skip
    assert document(home, capsys)["plan"] is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "is no JSON in UTF-8"),
        (b"\xff", "is no JSON in UTF-8"),
        (b"[" * 100_000, "is no JSON"),
        (b"[]", "an object"),
    ],
)
def test_a_file_that_holds_no_plan_is_named(
    home: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    (home / "broken.json").write_bytes(content)
    assert plan(home, "--file", str(home / "broken.json")) == 2
    assert said in capsys.readouterr().err


def test_a_missing_file_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan(home, "--file", str(home / "nowhere.json")) == 2
    assert "nowhere.json cannot be read" in capsys.readouterr().err


def test_a_draft_can_be_set_as_it_is(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan(home, "--draft") == 0
    draft = json.loads(capsys.readouterr().out)
    assert document(home, capsys, "--file", written(home, draft))["faults"] == []


def test_removing_keeps_the_log(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan(home, "--remove") == 2
    plan(home, "--file", written(home, GOOD))
    capsys.readouterr()
    assert plan(home, "--remove") == 0
    assert "The plan is removed." in capsys.readouterr().out
    found = document(home, capsys)
    assert found["plan"] is None
    assert [entry["what"] for entry in found["log"]] == ["plan set", "plan removed"]


def test_settings_that_cannot_be_are_refused_by_every_command(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "fairhearing.toml").write_text("margin_rato = 1.1\n")
    assert main(["rates", "made-up", "--home", str(home)]) == 2
    assert "Did you mean 'margin_ratio'?" in capsys.readouterr().err
