"""The Slices page in every state an evaluation can be in: an answer or a sentence, and names that stay texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.ingest import ingest
from data.ingest_options import IngestOptions
from tests.pages.conftest import texts
from tests.pages.test_slices import headline, opened, said, searched

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


@pytest.mark.parametrize(
    "evaluation", ["full", "one-group", "no-conditions", "no-speakers", "nothing-known", "guessed"]
)
def test_every_state_gets_an_answer_or_a_sentence(open_page: Opened, evaluation: str) -> None:
    app = open_page("slices", evaluation, least="10")
    searchable = [one for one in app.button if one.label == "Search"]
    shown = said(searched(app) if searchable else app)
    assert "nan" not in shown.lower()
    ends = ("too small to judge", "too few for a slice", "Choose at least one", "names no attributes")
    assert any(end in shown for end in ends)


def test_without_attributes_the_page_says_so(open_page: Opened) -> None:
    assert "names no attributes" in headline(open_page("slices", "bare"))


def test_a_minimum_that_leaves_every_group_out_is_lowered_by_one_press(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        f"s{k},{'ABCDEFGH'[k % 8]},{(30 if k % 8 else 60) + k // 8 % 3},120"
        for k in range(112)
        for _ in range(8)
    ]
    source = tmp_path / "counts.csv"
    source.write_text("speaker_id,accent,errors,words\n" + "\n".join(rows), encoding="utf-8")
    ingest(IngestOptions("counts", (source,), roles={"accent": "speaker"}), tmp_path / "home")
    app = searched(opened(tmp_path / "home", monkeypatch))
    assert "In half of the speakers there are too few to judge any group by accent." in headline(app)
    assert "has at least 7 speakers in each half, where 10 are needed, half of the 20 asked for" in texts(app)
    assert "a few of them decide what is found" in texts(app)
    app.button(key="search_smaller").click().run()
    assert not app.exception
    assert app.query_params["least"] == "10"
    assert "makes more errors in 1 slice, confirmed on other speakers" in headline(app)
    assert "Surest of those that name speakers: accent A, " in texts(app)


def test_no_lower_minimum_is_offered_where_utterances_are_too_few_for_any(open_page: Opened) -> None:
    app = searched(open_page("slices", "no-conditions"))
    assert "no lower minimum can be asked for that lets one take part" in texts(app)
    assert [one for one in app.button if one.key == "search_smaller"] == []


def test_without_any_evaluation_the_page_says_so(open_page: Opened) -> None:
    assert "There is no evaluation yet" in headline(open_page("slices", "empty"))


def test_too_few_speakers_are_a_sentence(open_page: Opened) -> None:
    app = searched(open_page("slices", "full", where="accent = 'North'"))
    assert "12 speakers are selected, too few for a slice" in texts(app)


def test_a_metric_that_is_no_ratio_of_sums_is_a_sentence(open_page: Opened) -> None:
    app = searched(open_page("slices", "full", metric="wil"))
    assert "so slices cannot be searched by it" in texts(app)


def test_counts_without_texts_are_searched_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"s{k},{'North' if k % 2 else 'South'},{30 if k % 2 else 6},120" for k in range(120)]
    source = tmp_path / "counts.csv"
    source.write_text("speaker_id,accent,errors,words\n" + "\n".join(rows), encoding="utf-8")
    ingest(IngestOptions("counts", (source,)), tmp_path / "home")
    app = searched(opened(tmp_path / "home", monkeypatch))
    assert "searched, " in headline(app)
    assert "nan" not in said(app).lower()


PICTURE = "![a](http://evil.example/x.png)"


def test_names_of_attributes_and_groups_stay_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = "one two three four five six", "one two oops oops oops oops"
    rows = [
        f"u{k}-{n},s{k},{PICTURE if k % 2 else ':red[b]'},{'$x^2$' if n % 2 else '**b**'},{good},{bad if k % 2 else good}"
        for k in range(120)
        for n in range(4)
    ]
    source = tmp_path / "hostile.csv"
    head = f"utterance_id,speaker_id,{PICTURE},noise,reference,hypothesis\n"
    source.write_text(head + "\n".join(rows), encoding="utf-8")
    roles = {PICTURE: "speaker", "noise": "condition"}
    ingest(IngestOptions("hostile", (source,), roles=roles), tmp_path / "home")
    page = searched(opened(tmp_path / "home", monkeypatch))
    shown = [element.value for kind in (page.markdown, page.caption, page.title) for element in kind]
    assert any("evil" in text for text in shown)
    assert [text for text in shown if PICTURE in text or "](http://evil" in text] == []
    assert "<img" not in "".join(str(element.proto.body) for element in page.get("html"))
