"""How often two transcribers differ: the same counts as a plain loop, never a system."""

from __future__ import annotations

from pathlib import Path

import jiwer
import pytest

from dashboard.answers.choices import QuestionError
from dashboard.answers.disagreement import disagreement, has_second_references
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
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
    assert [attribute.name for attribute in build.info.attributes] == ["accent"]
    assert build.info.counts["transcribed_twice"] == 3
    assert rates(build, RatesQuestion()).whole.totals["n_utterances"].tolist() == [4]


def test_without_a_second_transcription_the_question_is_refused(tmp_path: Path) -> None:
    build = made(tmp_path, [(*row[:4], "") for row in ROWS])
    assert not has_second_references(build)
    with pytest.raises(QuestionError, match="no column reference_2"):
        disagreement(build)
