"""`fairhearing rates` as a person reads it: levels in the heads, rows that a filter hides, rows without a verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.commands.main import main
from tests.answers.made_up import made_up_build, made_up_frame

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("rates")
    made_up_build(home, made_up_frame(3, n_speakers=40))
    return home


def said(home: Path, capsys: Output, *options: str) -> str:
    assert main(["rates", "made-up", "--home", str(home), "--by", "accent", *options]) == 0
    return capsys.readouterr().out


def test_heads_say_which_interval_has_which_level(home: Path, capsys: Output) -> None:
    text = said(home, capsys, "--level", "0.8")
    assert "80 % interval  " in text
    assert "(95 % interval)" in text
    assert "(80 % interval)" not in text
    document = json.loads(said(home, capsys, "--level", "0.8", "--format", "json"))
    assert (document["level"], document["ratio_level"]) == (0.8, 0.95)
    usual = json.loads(said(home, capsys, "--format", "json"))
    assert [row["versus"] for row in document["rows"]] == [row["versus"] for row in usual["rows"]]
    assert "# level of ratios: 0.95" in said(home, capsys, "--level", "0.8", "--format", "csv")


def test_a_filter_hides_rows_and_the_text_says_how_many(home: Path, capsys: Output) -> None:
    text = said(home, capsys, "--where", "accent in ('North', 'South')")
    assert "\nNorth " in text
    assert "\nEast " not in text
    assert "The filter hides 2 of 4 rows, which still count in every comparison and verdict." in text
    assert "Another selection" not in text
    text = said(home, capsys, "--where", "accent in ('North', 'South') and noise = 'babble'")
    assert "The filter hides 2 of 4 rows" in text
    assert "Another selection: groups are compared and judged within it only." in text


def test_the_comparator_and_not_stated_have_no_verdict(home: Path, capsys: Output) -> None:
    lines = said(home, capsys, "--against", "accent=North").splitlines()
    verdict = {
        line.split("  ")[0]: line.split("  ")[-1].strip() for line in lines if "×" in line or "%" in line
    }
    assert verdict["North"] == "is the comparator"
    assert verdict["not stated"] == "not a group"


def test_where_nobody_is_selected_a_sentence_says_so_and_no_dash_stands_for_a_rate(
    home: Path, capsys: Output
) -> None:
    text = said(home, capsys, "--where", "noise = 'babble' and noise = 'quiet'")
    assert "no overall rate: nobody was recorded among what is selected" in text
    assert "overall –" not in text
    assert "mean of speakers" not in text


def test_where_a_filter_leaves_no_row_there_is_no_table_without_rows(home: Path, capsys: Output) -> None:
    text = said(home, capsys, "--where", "accent = 'North' and accent = 'South'")
    assert "The filter hides 4 of 4 rows" in text
    assert "verdict\n" not in text


def test_one_speaker_has_a_rate_and_it_is_said_why_no_interval(tmp_path: Path, capsys: Output) -> None:
    made_up_build(tmp_path, made_up_frame(3, n_speakers=1, missing=0.0))
    text = said(tmp_path, capsys)
    assert "no interval: too few speakers" in text
    assert "(–)" not in text


def test_synthetic_voices_are_voices_in_heads_counts_and_reasons(tmp_path: Path, capsys: Output) -> None:
    made_up_build(tmp_path, made_up_frame(3, n_speakers=12), about={"synthetic_voices": True})
    text = said(tmp_path, capsys)
    assert "12 voices" in text
    assert "fewer than 10 voices" in text
    assert "speakers" not in text
