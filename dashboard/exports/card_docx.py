"""A card as a Word document: real headings, tables whose header rows repeat, pictures with alt text.

Owns the document around the content; its tables stand in `card_docx_tables.py`. Texts go in as
runs, so nothing in them can become a field or a link, and no file says when it was made.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analysis.card.content import Card
from analysis.card.outlines import ANNEX
from analysis.card.sections import (
    Block,
    Commands,
    Facts,
    HeatTable,
    IntervalPlot,
    Listing,
    Paragraph,
    Section,
    SeeAlso,
    Table,
)
from dashboard.exports.card_archive import zipped_again
from dashboard.exports.card_docx_links import add_link, lay_across, mark_place
from dashboard.exports.card_docx_tables import add_heat, add_table, set_style
from dashboard.exports.card_pdf import plot_png
from dashboard.exports.card_plot import plot_caption
from dashboard.exports.card_text import printed, visible
from dashboard.wording_card import NOT_STATED, card_footer, marks_legend, plot_description

_FONT = "Calibri"
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
_DEEPEST = 4
_NOTICE = RGBColor(0x8A, 0x36, 0x09)


def card_docx(card: Card) -> bytes:
    """The document as bytes, the same for the same card."""
    margin = card.evidence.settings["margin_ratio"]
    document = Document()
    _set_up(document, card, margin)
    document.add_heading(printed(card.title, margin), 0)
    document.add_paragraph(printed(card.subtitle, margin))
    if card.evidence.notice:
        _notice(document, visible(card.evidence.notice))
    numbers = count(1)
    for section in card.sections:
        if section.id == ANNEX:
            lay_across(document)
        _section(document, section, 1, margin, numbers)
    target = io.BytesIO()
    document.save(target)
    return zipped_again(target.getvalue())


def _set_up(document: WordDocument, card: Card, margin: float) -> None:
    """A4, one font, the language, and properties without a date of today."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin = page.bottom_margin = Mm(20)
    page.footer.paragraphs[0].text = visible(card_footer(card))
    for style in document.styles:
        fonts = style.element.find(".//" + qn("w:rFonts"))
        if fonts is not None:
            for name in list(fonts.attrib):
                del fonts.attrib[name]
            for name in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{name}"), _FONT)
    _plain_bullets(document)
    for name, size in (
        ("Normal", 10),
        ("Title", 22),
        ("Heading 1", 16),
        ("Heading 2", 13),
        ("Heading 3", 11),
    ):
        set_style(document, name, size)
    properties = document.core_properties
    properties.title = printed(card.title, margin)[:255]
    properties.author = properties.last_modified_by = "Fair Hearing"
    properties.language = "en-GB"
    properties.comments = ""
    properties.created = properties.modified = _NO_DATE


def _plain_bullets(document: WordDocument) -> None:
    """Bullets of a font that every computer has, instead of a symbol font."""
    numbering = document.part.numbering_part.element
    for text in numbering.iter(qn("w:lvlText")):
        if not (text.get(qn("w:val")) or "%").isascii():
            text.set(qn("w:val"), "•")
            for fonts in text.getparent().iter(qn("w:rFonts")):
                for name in ("ascii", "hAnsi"):
                    fonts.set(qn(f"w:{name}"), _FONT)


def _section(
    document: WordDocument, section: Section, level: int, margin: float, numbers: Iterator[int]
) -> None:
    heading = document.add_heading(printed(section.title, margin), min(level, _DEEPEST))
    mark_place(heading, section.id, next(numbers))
    heat_seen = False
    for block in section.blocks:
        if isinstance(block, HeatTable) and not heat_seen:
            heat_seen = True
            _small(document, marks_legend(margin))
        _block(document, block, margin)
    for part in section.parts:
        _section(document, part, level + 1, margin, numbers)


def _block(document: WordDocument, block: Block, margin: float) -> None:
    match block:
        case Paragraph(text, tone):
            words = printed(text, margin)
            if tone == "notice":
                _notice(document, words)
            else:
                document.add_paragraph(words)
        case Listing(items):
            for item in items:
                document.add_paragraph(printed(item, margin), style="List Bullet")
        case Facts():
            _facts(document, block, margin)
        case Commands(lines):
            for line in lines:
                run = document.add_paragraph().add_run(visible(line))
                run.font.name, run.font.size = "Consolas", Pt(8)
        case Table():
            add_table(document, block, margin)
        case HeatTable():
            add_heat(document, block, margin)
        case SeeAlso(text, section):
            add_link(document, printed(text, margin), section)
        case IntervalPlot():
            _picture(document, block, margin)


def _facts(document: WordDocument, facts: Facts, margin: float) -> None:
    """Each term in bold with what is known of it; a term nobody filled in says so."""
    for term, text in facts.facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.add_run(f"{visible(term)}: ").bold = True
        known = paragraph.add_run(printed(text, margin) or NOT_STATED)
        known.italic = not text


def _picture(document: WordDocument, plot: IntervalPlot, margin: float) -> None:
    """The plot with what it shows in words, for those who do not see it."""
    title = printed(plot.title, margin)
    _small(document, printed(plot_caption(plot), margin)).paragraph_format.keep_with_next = True
    shape = document.add_picture(io.BytesIO(plot_png(plot, margin)), width=Mm(174))
    described: Any = shape._inline.docPr  # noqa: SLF001 - python-docx has no other way to a picture's description
    described.set("title", title)
    described.set("descr", visible(plot_description(plot.rows, plot.overall)))


def _small(document: WordDocument, words: str) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(8.5), RGBColor(0x53, 0x56, 0x5C)
    return paragraph


def _notice(document: WordDocument, words: str) -> None:
    """A paragraph nobody overlooks, with a rule at its side."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(words)
    run.bold, run.font.color.rgb = True, _NOTICE
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "6"), ("color", str(_NOTICE))):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    held = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - borders have no other way in
    held.insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")
