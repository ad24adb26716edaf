"""Places of a Word card that a line leads to, and the pages that are laid across.

Owns the pieces of Word's markup for bookmarks, for links inside the document and for turned pages,
for which python-docx has no words.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

_LINK = RGBColor(0x0B, 0x6B, 0x5F)


def mark_place(heading: Paragraph, section_id: str, number: int) -> None:
    """Make a heading a place that lines can lead to; `number` is another one for each."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _name(section_id))
    held = heading._p  # noqa: SLF001 - python-docx knows no bookmarks
    held.insert(1 if held.pPr is not None else 0, start)
    held.append(end)


def add_link(document: WordDocument, words: str, section_id: str) -> None:
    """A line that leads to a heading of the same document."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(words)
    run.font.color.rgb, run.font.underline = _LINK, True
    link: Any = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _name(section_id))
    link.append(run._r)  # noqa: SLF001 - python-docx knows no links inside a document
    paragraph._p.append(link)  # noqa: SLF001 - as above


def lay_across(document: WordDocument) -> None:
    """Turn the pages from here on, which gives wide tables room."""
    upright = document.sections[-1]
    width, height = upright.page_width, upright.page_height
    turned = document.add_section(WD_SECTION.NEW_PAGE)
    turned.orientation = WD_ORIENT.LANDSCAPE
    turned.page_width, turned.page_height = height, width


def _name(section_id: str) -> str:
    """A bookmark's name: at most 40 letters, digits and underscores."""
    return f"s_{sha256(section_id.encode()).hexdigest()[:16]}"
