"""A card as a Word document: headings, tables whose headers repeat, pictures with a description."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from analysis.card.content import Card, compose
from analysis.card.sections import HeatTable, IntervalPlot, SeeAlso, Table
from dashboard.exports.card_docx import card_docx
from dashboard.exports.card_docx_tables import _WIDTH, _widths
from tests.analysis.card_evidence import made_evidence
from tests.analysis.test_card_annex import made_card

NOTICE = "Synthetic voices: says nothing about people"


@pytest.fixture(scope="module")
def card() -> Card:
    return compose(made_evidence(notice=NOTICE))


@pytest.fixture(scope="module")
def document(card: Card) -> WordDocument:
    return Document(io.BytesIO(card_docx(card)))


def blocks_of(card: Card, *kinds: type) -> int:
    parts = [part for section in card.sections for part in section.walk()]
    return sum(isinstance(block, kinds) for part in parts for block in part.blocks)


def test_sections_are_real_headings_in_their_order(card: Card, document: WordDocument) -> None:
    found = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert found[:2] == ["At a glance", "What was measured"]
    assert len(found) == len(card.sections)


def test_every_table_has_a_header_row_that_repeats(card: Card, document: WordDocument) -> None:
    assert len(document.tables) == blocks_of(card, Table, HeatTable)
    for table in document.tables:
        properties = table.rows[0]._tr.trPr
        assert properties is not None
        assert properties.find(qn("w:tblHeader")) is not None


def test_every_picture_says_what_it_shows(card: Card, document: WordDocument) -> None:
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(described) == blocks_of(card, IntervalPlot) > 0
    assert all("groups with their rates and intervals" in words for words in described)


def test_the_notice_stands_before_the_first_heading(document: WordDocument) -> None:
    first = [paragraph.text for paragraph in document.paragraphs[:4]]
    assert NOTICE in first


def test_the_archive_holds_no_date_but_the_oldest(card: Card) -> None:
    made = card_docx(card)
    assert made == card_docx(card)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("columns", "rows", "numeric"),
    [
        (["a", "Rate"], [["some words here", "12.5%"]], [1]),
        (["x" * 30] * 9, [["y" * 40] * 9], [3, 4]),
        (["Setting", "Value"], [], [1]),
        (["n"], [["1"]], [0]),
    ],
)
def test_columns_fill_the_width_of_the_page_and_never_more(
    columns: list[str], rows: list[list[str]], numeric: list[int]
) -> None:
    assert sum(_widths(columns, rows, numeric)) == pytest.approx(_WIDTH)


def test_a_line_about_a_long_table_leads_to_its_heading_on_pages_that_lie_across() -> None:
    card = made_card(30)
    made = Document(io.BytesIO(card_docx(card)))
    marks = {mark.get(qn("w:name")) for mark in made.element.body.iter(qn("w:bookmarkStart"))}
    ways = [link.get(qn("w:anchor")) for link in made.element.body.iter(qn("w:hyperlink"))]
    assert len(ways) == blocks_of(card, SeeAlso) == 2
    assert set(ways) <= marks
    upright, across = made.sections
    assert (across.page_width, across.page_height) == (upright.page_height, upright.page_width)
    widths = [sum(cell.width for cell in table.rows[0].cells) for table in made.tables[-2:]]
    assert all(Mm(_WIDTH) < width < across.page_width for width in widths)
