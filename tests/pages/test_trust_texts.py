"""Trust, where it reads texts: rates under other normalisers, and where two people transcribed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.answers.rates import RatesQuestion
from dashboard.answers.sensitivity import NO_TEXTS, sensitivity
from dashboard.wording_sensitivity import ASK, sensitivity_line, sensitivity_sentence
from data.ingest import ingest
from data.ingest_options import IngestOptions
from tests.data.four_scripts import as_csv
from tests.pages.conftest import texts
from tests.pages.test_counts_only import home as counts_home  # noqa: F401 - a fixture
from tests.pages.test_counts_only import opened
from tests.pages.test_trust import Opened, build_of, tables

pytestmark = pytest.mark.pages


def test_ratios_under_other_normalisers_are_counted_when_asked_for(open_page: Opened) -> None:
    page = open_page("trust")
    assert "Largest change" not in tables(page)
    [button] = [one for one in page.button if one.label == ASK]
    button.click().run()
    assert not page.exception
    answer = sensitivity(build_of("full"), RatesQuestion("Beta", ("accent",)))
    assert sensitivity_sentence(answer, True) in texts(page)
    shown = tables(page)
    assert "Largest change" in shown
    for line in (sensitivity_line(answer, i, True) for i in range(len(answer.own.table))):
        for cell in line.values():
            assert str(cell) in shown
    assert ASK not in [one.label for one in page.button]
    page.run()
    assert "Largest change" in tables(page)


@pytest.mark.parametrize("home", ["one-group", "guessed", "no-speakers"])
def test_normalisers_can_be_compared_in_every_state(open_page: Opened, home: str) -> None:
    page = open_page("trust", home)
    [button] = [one for one in page.button if one.label == ASK]
    button.click().run()
    assert not page.exception
    assert "Largest change" in tables(page)


def test_what_cannot_be_counted_again_says_so(counts_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    page = opened(counts_home, "trust", monkeypatch)
    assert NO_TEXTS in texts(page)
    assert ASK not in [one.label for one in page.button]


def test_two_transcribers_are_shown_where_there_were_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Opened
) -> None:
    rows = [
        f"u{n},s{n % 12},{'North' if n % 2 else 'South'},one two three four five,"
        f"{'one two three four six' if n % 4 < 2 else ''},one two"
        for n in range(24)
    ]
    source = tmp_path / "twice.csv"
    source.write_text("\n".join(["id,speaker,accent,reference,reference_2,hypothesis", *rows]))
    ingest(IngestOptions("twice", (source,)), tmp_path / "home")
    page = opened(tmp_path / "home", "trust", monkeypatch)
    assert "Two transcribers" in [tab.label for tab in page.tabs]
    assert "Two people transcribed 12 of 24 utterances and differ in 20.0% of the words" in texts(page)
    assert "Two people differ" in tables(page)
    assert "Two transcribers" not in [tab.label for tab in open_page("trust").tabs]


def test_texts_of_four_scripts_are_shown_in_their_direction_with_their_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "four.csv"
    source.write_text(as_csv(1), encoding="utf-8")
    options = IngestOptions("four", (source,), normalizer="unicode-marks", show_text=True)
    ingest(options, tmp_path / "home")
    shown = tables(opened(tmp_path / "home", "subgroup", monkeypatch, tab="errors"))
    assert "reference: ذهبت إلى السوق مع أخي; hypothesis: ذهبت إلى السوق" in shown
    assert "reference: ไปตลาด; hypothesis: ไปตลาดนัด" in shown
    assert ">+นั<" in shown
    assert "2 insertions in 6 characters" in shown
    assert "2 deletions in 5 words" in shown
    assert shown.count('<div dir="auto"') == 10
