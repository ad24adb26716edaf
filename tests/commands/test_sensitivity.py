"""`fairhearing sensitivity`: one document, the page's CSV, a table with a sentence first, refusals that say why."""

from __future__ import annotations

import json
import re

import pytest

from dashboard.answers.rates import RatesQuestion
from dashboard.answers.sensitivity import sensitivity
from dashboard.answers.sensitivity_document import sensitivity_rows
from dashboard.commands.main import main
from dashboard.exports.sensitivity_csv import export_sensitivity_csv
from data.store import Build
from tests.answers.made_up import made_up_build
from tests.answers.test_sensitivity import frame


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), frame(), label_sources={"accent": "inferred"})


def asked(build: Build, *options: str) -> int:
    return main(["sensitivity", "made-up", "--home", str(build.path.parents[1]), *options])


def test_json_is_one_document_with_its_keys(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(build, "--by", "accent", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    head = {"evaluation", "build", "settings", "audience", "selection", "label_sources", "family", "plan"}
    assert head | {"system", "metric", "limit", "normalizers", "refusals", "overall", "rows"} <= set(found)
    assert found["limit"] == found["settings"]["sensitivity_limit"] == 0.05
    assert [(one["id"], one["own"]) for one in found["normalizers"]][:2] == [("basic", True), ("none", False)]
    row = found["rows"][0]
    assert set(row) == {
        "group", "moves", "largest_change", "largest_change_under", "verdict_changes", "enough_speakers", "normalizers",
    }  # fmt: skip
    assert {"rate", "low", "high", "n_words", "versus", "status", "change"} <= set(row["normalizers"]["none"])
    of_overall = {*found["overall"]["none"]}
    assert "speaker_mean" not in of_overall | {*row["normalizers"]["none"]}, "a mean without its interval"
    assert found["rows"] == json.loads(
        json.dumps(sensitivity_rows(sensitivity(build, RatesQuestion(by=("accent",)))))
    )


def test_csv_is_that_of_the_page(build: Build, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert asked(build, "--by", "accent", "--format", "csv") == 0
    answer = sensitivity(build, RatesQuestion(by=("accent",)))
    written = export_sensitivity_csv(build.info, answer)
    assert capfdbinary.readouterr().out == written
    lines = written.decode().splitlines()
    assert "# labels: accent: guessed by software" in lines
    head = next(line for line in lines if not line.startswith("#"))
    assert head.startswith("accent,normalizer,change,moves,rate,low,high")
    assert "_mean" not in head


def test_the_table_begins_with_what_moves(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(build, "--by", "accent") == 0
    said = capsys.readouterr().out
    assert re.search(r"\d of 2 ratios by accent changes? by more than 5%", said)
    assert said.index("ratios by accent") < said.index("Largest change")
    assert "⚑ moves" in said
    assert "no claim is made about them" in said


def test_without_a_grouping_there_are_the_rates_alone(
    build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(build) == 0
    said = capsys.readouterr().out
    assert "basic (this build’s)" in said
    assert "Largest change" not in said


@pytest.mark.parametrize(
    ("options", "sentence"),
    [(["--by", "acent"], "did you mean 'accent'"), (["--metric", "wre"], "Did you mean 'wer'")],
)
def test_what_cannot_be_asked_is_a_sentence(
    build: Build, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert asked(build, *options) == 2
    assert sentence in capsys.readouterr().err
