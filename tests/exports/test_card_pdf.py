"""A card as PDF: archivable and tagged, the same bytes again, nothing without a glyph, nothing cut off."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.card.content import Card, compose
from analysis.card.outlines import TEMPLATES
from analysis.card.sections import IntervalPlot, Table
from dashboard.exports import card_pdf as module
from dashboard.exports.card_pdf import card_pdf, plot_png
from dashboard.exports.card_text import printed
from dashboard.exports.card_typst import _replaced, _undrawn
from tests.analysis.card_evidence import made_evidence, made_grouping, made_row
from tests.analysis.test_card_annex import made_card


@pytest.fixture(scope="module")
def card() -> Card:
    return compose(made_evidence())


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_outline_is_archivable_and_accessible(template: str) -> None:
    document = card_pdf(compose(made_evidence(), template))
    assert document.startswith(b"%PDF-1.7")
    for said in (
        b"<pdfaid:part>2</pdfaid:part>",
        b"<pdfaid:conformance>A</pdfaid:conformance>",
        b"<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert said in document


def test_the_same_card_gives_the_same_bytes(card: Card) -> None:
    assert card_pdf(card) == card_pdf(card)


@pytest.mark.parametrize(
    ("characters", "missing"),
    [("abc", ""), ("é–“”×→▲△●▽▨−≤", ""), ("日本", "日本"), ("é日", "日"), ("ש", ""), ("👩", "👩")],
)
def test_characters_that_no_font_can_draw_are_known(characters: str, missing: str) -> None:
    assert _undrawn(set(characters), system_fonts=False) == set(missing)


def test_what_cannot_be_drawn_is_printed_as_its_code() -> None:
    data = {"title": "日 x", "rows": [["本", 1, None, True]]}
    assert _replaced(data, {"日", "本"}) == {"title": "[U+65E5] x", "rows": [["[U+672C]", 1, None, True]]}
    assert card_pdf(compose(made_evidence(system="日本"))).startswith(b"%PDF-1.7")


def test_words_of_another_direction_do_not_turn_the_sentence() -> None:
    claim = compose(made_evidence(system="שלום")).claims[0]
    assert printed(claim.text, 1.25).startswith("\u2068שלום\u2069 has a word error rate of 25.0%")


@given(st.text(min_size=1, max_size=200), st.integers(8, 40))
def test_every_long_run_gets_places_to_break_and_loses_nothing(text: str, longest: int) -> None:
    broken = module._breakable(text, longest)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    assert all(len(run) <= longest for run in re.split(r"[\s\-–\u200b]+", broken))


def test_a_table_gives_columns_of_numbers_what_they_need_and_texts_the_rest(card: Card) -> None:
    rows = [part for one in card.sections for part in one.walk() if part.id == "robustness-by-1-rows"]
    data = module._table(rows[0].blocks[-1], 1.25)  # type: ignore[arg-type]
    assert [width == 0 for width in data["widths"]] == [False, *[True] * 6, False]


def test_a_cell_of_the_heatmap_says_what_it_is() -> None:
    few = made_row({"accent": "a", "noise": "b"}, status="few speakers")
    none = made_row({"accent": "a", "noise": "c"}, rate=None)
    shown = made_row({"accent": "d", "noise": "b"}, "worse", 0.3)
    unknown = made_row({"accent": None, "noise": "c"})
    withheld = made_row({"accent": "d", "noise": "c"}, status="suppressed")
    grid = made_grouping(["accent", "noise"], [few, none, shown, withheld, unknown])
    section = next(
        part
        for whole in compose(made_evidence(grid=grid)).sections
        for part in whole.walk()
        if part.id == "fairness-grid"
    )
    table = module._heat(section.blocks[-1], 1.25)  # type: ignore[arg-type]
    kinds = [[cell["kind"] for cell in row["cells"]] for row in table["rows"]]
    assert kinds == [["few", "empty"], ["shade", "withheld"], ["empty", "none"]]


def test_the_plot_alone_is_a_picture(card: Card) -> None:
    plot = next(
        block
        for section in card.sections
        for part in section.walk()
        for block in part.blocks
        if isinstance(block, IntervalPlot)
    )
    assert plot_png(plot, 1.25).startswith(b"\x89PNG")


def test_a_card_with_an_annex_is_archivable_and_accessible_too() -> None:
    document = card_pdf(made_card(30))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert document == card_pdf(made_card(30))


def test_a_table_that_may_not_fit_a_page_can_be_parted() -> None:
    def whole(n_rows: int, words: str) -> bool:
        table = Table(("All.",), (("What",),), tuple(((words,),) for _ in range(n_rows)))
        return bool(module._table(table, 1.25)["whole"])

    assert [whole(24, "short"), whole(25, "short"), whole(24, "long " * 50)] == [True, False, False]
