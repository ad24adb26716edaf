"""How often two transcribers differ: the same counts as a plain loop, never a system."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jiwer
import pytest

from analysis.selection import OneOf
from dashboard.answers.choices import QuestionError
from dashboard.answers.disagreement import disagreement, disagreement_beside, has_second_references
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from dashboard.commands.main import main
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build

ROWS = [
    ("u1", "s1", "x", "turn the lights on", "turn the light on"),
    ("u2", "s1", "x", "good morning", "good morning"),
    ("u3", "s2", "y", "one two three", "one three"),
    ("u4", "s3", "y", "never written down twice", ""),
]


def made(tmp_path: Path, rows: list[tuple[str, ...]]) -> Build:
    lines = ["id,speaker,accent,reference,reference_2,hypothesis", *(",".join((*row, "hm")) for row in rows)]
    (tmp_path / "in.csv").write_text("\n".join(lines))
    return open_build(ingest(IngestOptions("x", (tmp_path / "in.csv",)), tmp_path / "home").path)


def test_disagreement_is_the_error_rate_of_the_second_transcription_by_group(tmp_path: Path) -> None:
    build = made(tmp_path, ROWS)
    answer = disagreement(build, ("accent",))
    twice = {accent: [row[3:] for row in ROWS if row[2] == accent and row[4]] for accent in "xy"}
    expected = {accent: jiwer.wer(*map(list, zip(*pairs, strict=True))) for accent, pairs in twice.items()}
    assert {row["group"]["accent"]: row["rate"] for row in rate_rows(answer.table)} == pytest.approx(expected)
    assert answer.n_utterances == 3
    assert answer.table.metric.id == "wer"


def test_a_second_transcription_is_no_system_and_no_attribute(tmp_path: Path) -> None:
    build = made(tmp_path, ROWS)
    assert build.info.systems == ("hypothesis",)
    names = {attribute.name for attribute in build.info.attributes}
    assert "accent" in names
    assert "reference_2" not in names
    assert build.info.counts["transcribed_twice"] == 3
    assert rates(build, RatesQuestion()).whole.totals["n_utterances"].tolist() == [4]


def test_without_a_second_transcription_the_question_is_refused(tmp_path: Path) -> None:
    build = made(tmp_path, [(*row[:4], "") for row in ROWS])
    assert not has_second_references(build)
    with pytest.raises(QuestionError, match="no column reference_2"):
        disagreement(build)


def test_every_row_of_rates_says_how_often_two_people_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = made(tmp_path, ROWS)
    home = ["--home", str(build.path.parents[1])]
    capsys.readouterr()
    assert main(["rates", "x", "--by", "accent", "--format", "json", *home]) == 0
    document = json.loads(capsys.readouterr().out)
    by_hand = {"x": 1 / 6, "y": 1 / 3}
    assert {row["group"]["accent"]: row["disagreement"]["rate"] for row in document["rows"]} == by_hand
    assert document["rows"][1]["disagreement"]["n_utterances"] == 1
    assert document["overall"]["disagreement"]["n_words"] == 9
    assert main(["rates", "x", "--by", "accent", "--format", "csv", *home]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("#")]
    rows = {row["accent"]: float(row["disagreement_rate"]) for row in csv.DictReader(lines)}
    assert rows == by_hand
    assert main(["rates", "x", "--by", "accent", *home]) == 0
    assert "two people differ" in capsys.readouterr().out


def test_rows_that_a_filter_leaves_differ_as_often_and_as_surely_as_without_it(tmp_path: Path) -> None:
    more = [(f"v{i}", f"t{i}", "xy"[i % 2], "one two three four", "one two tree four") for i in range(24)]
    build = made(tmp_path, [*ROWS, *more])
    whole = disagreement_beside(build, RatesQuestion(by=("accent",)))
    shown = disagreement_beside(build, RatesQuestion(by=("accent",), where=OneOf("accent", ("x",))))
    assert whole is not None
    assert shown is not None
    before, after = rate_rows(whole.table), rate_rows(shown.table)
    assert after[0] == before[0]
    assert (after[1]["rate"], after[1]["n_speakers"]) == (None, 0)
    assert shown.whole.totals["n_utterances"].tolist() == whole.table.totals["n_utterances"][:1].tolist()


def test_without_a_second_transcription_rows_keep_their_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = made(tmp_path, [(*row[:4], "") for row in ROWS])
    home = ["--home", str(build.path.parents[1])]
    capsys.readouterr()
    assert main(["rates", "x", "--by", "accent", "--format", "json", *home]) == 0
    assert "disagreement" not in json.loads(capsys.readouterr().out)["rows"][0]
    assert disagreement_beside(build, RatesQuestion()) is None
