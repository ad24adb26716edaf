"""A saved view: everything in one file, nothing that runs or is fetched, every text as it was written."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest

from dashboard.charts.forest import chart_forest
from dashboard.charts.lines_html import lines_html, pictures_css
from dashboard.exports.view_html import Picture, SavedView, export_view_html
from dashboard.wording_markup import plain
from tests.dashboard.made_up import ACCENT, made_up_table
from tests.hostile_texts import HOSTILE

VIEW = SavedView(
    sentence="Alpha makes more errors for 1 of 4 accents: East.",
    notice="Synthetic voices: says nothing about people",
    pictures=[Picture("Word error rate by accent", "<svg></svg>")],
    rows=[{"Accent": "East", "Rate": "60.1%", "Words": 2_000}, {"Accent": "West", "Rate": None, "Words": 10}],
    lines=["Overall: 33.0%.", "Evaluation demo, build abc."],
    method="**Verdicts.** Each group against others.\n\n**Minima.** Below 10 speakers.",
)


def text_of(view: SavedView) -> str:
    return export_view_html(view).decode()


def test_it_holds_sentence_notice_picture_table_method_and_source() -> None:
    page = text_of(VIEW)
    for said in (VIEW.sentence, VIEW.notice or "", "<svg></svg>", "60.1%", "2,000", "build abc"):
        assert said in page
    assert "<strong>Verdicts.</strong> Each group" in page
    assert page.index(VIEW.sentence) < page.index("<svg") < page.index("60.1%") < page.index("Minima")


def test_what_is_undefined_is_a_dash() -> None:
    assert ">–</td>" in text_of(VIEW)


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = text_of(VIEW)
    assert "default-src 'none'" in page
    for sign in ("<script", "http://", "https://", "@import", "url(", " src=", "<link"):
        assert sign not in page.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_texts_from_files_are_never_markup(hostile: str) -> None:
    words = " ".join(hostile.split())
    page = text_of(
        SavedView(hostile, hostile, [Picture(hostile, "")], [{hostile: hostile}], [hostile], plain(hostile))
    )
    assert escape(hostile) in page
    assert page.count("<script") == 0
    method = page.split("How this was computed</h2>")[1]
    assert escape(words).replace("\u2060", "") in method.replace("\u2060", "")


def test_a_picture_of_lines_is_kept_as_the_page_draws_it_with_its_looks() -> None:
    table = made_up_table((ACCENT,))
    markup = lines_html(chart_forest(table, 0.3, "Alpha", synthetic=False), "By <accent>")
    page = text_of(replace(VIEW, pictures=[Picture("By accent", markup)], picture_css=pictures_css()))
    assert markup in page
    assert "By &lt;accent&gt;</span>" in page
    assert page.count('class="point"') == len(ACCENT.levels)
    assert ".lines .alert .point{" in page.split("</style>")[0]
    assert "&lt;i&gt;East&lt;/i&gt;" in page
