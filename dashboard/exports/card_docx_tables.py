"""Tables of a Word card: header rows that repeat, rows that stay whole, cells shaded by rate.

Owns the few pieces of Word's markup that python-docx has no words for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analysis.card.rows import Row
from analysis.card.sections import HeatTable, Table
from dashboard.exports.card_html_tables import shade_of, shades
from dashboard.exports.card_text import printed
from dashboard.wording_card import (
    NOT_TESTED,
    WITHHELD,
    cell_mark,
    cell_rate,
    cell_span,
)

_WIDTH = 174.0
"""Millimetres between the margins of an upright page."""
_FAINT = "F3F2EE"
_SMALL, _SMALLER = 7.5, 6.8
_MANY = 9
"""Columns from which a table is set smaller."""
_PER_POINT = 0.225
"""Millimetres a letter takes for each point of its size, with room for a wider font than the named one."""
_PADDING = 2.6
_WIDEST_WORD = 46.0
_RULE = "C9C7C0"
_SIDE = "60"
"""Twentieths of a point left and right in a cell."""
_JOINED = str.maketrans({" ": "\u00a0", "–": "\u2060–\u2060"})
"""Keeps a number, its interval and its sign on one line."""


def set_style(document: WordDocument, name: str, size: float) -> None:
    """One of the document's styles, in ink and at this size."""
    style = document.styles[name]
    style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x17, 0x18, 0x1C)


def add_table(document: WordDocument, table: Table, margin: float) -> None:
    """A table whose first columns name the rows."""
    columns = [printed(column, margin) for column in table.columns]
    rows = [[printed(cell, margin) for cell in row] for row in table.rows]
    _caption(document, printed(table.caption, margin))
    size = _SMALL if len(columns) < _MANY else _SMALLER
    widths = _widths(columns, rows, table.numeric, size, _between_margins(document))
    made = _empty(document, columns, widths, size)
    for row in rows:
        cells = made.add_row().cells
        for number, words in enumerate(row):
            numeric = number in table.numeric
            whole = words.translate(_JOINED) if numeric else words
            _write(cells[number], whole, bold=number < table.n_headers, right=numeric, size=size)
    _finish(document, made)


def add_heat(document: WordDocument, table: HeatTable, margin: float) -> None:
    """Rates as cells shaded on the scale of all panels; the number and the shape say the same."""
    _caption(document, printed(table.caption, margin))
    columns = [printed(text, margin) for text in (table.corner, *table.columns)]
    each = (_WIDTH - 40.0) / max(len(table.columns), 1)
    made = _empty(document, columns, [40.0, *(each for _ in table.columns)])
    for label, row in table.rows:
        cells = made.add_row().cells
        _write(cells[0], printed(label, margin))
        for number, one in enumerate(row, 1):
            _write_rate(cells[number], one, table.scale)
    _finish(document, made)


def _write_rate(cell: Any, row: Row | None, scale: tuple[float, float]) -> None:
    if row is not None and row.is_withheld:
        _write(cell, WITHHELD)
        return _shade(cell, _FAINT)
    if row is None or row.rate is None:
        return _write(cell, NOT_TESTED)
    ground, text = _FAINT, "#17181c"
    if row.is_group and row.status != "few speakers":
        ground, text = shades(dark=False)[shade_of(row.rate, scale)]
    _write(cell, f"{cell_rate(row)} {cell_mark(row)}".strip(), bold=True, colour=text)
    run = cell.paragraphs[0].add_run(f"\n{cell_span(row)}")
    run.font.size, run.font.color.rgb = Pt(7), _colour(text)
    return _shade(cell, ground.lstrip("#").upper())


def _empty(
    document: WordDocument, columns: Sequence[str], widths: Sequence[float], size: float = _SMALL
) -> Any:
    """A table of fixed widths with its header row, which repeats on every page."""
    made = document.add_table(rows=1, cols=len(columns))
    made.autofit = False
    _rule(made)
    for number, words in enumerate(columns):
        _write(made.rows[0].cells[number], words, bold=True, size=size)
        made.columns[number].width = Mm(widths[number])
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(header)  # noqa: SLF001 - python-docx knows no header rows
    return made


def _rule(table: Any) -> None:
    """Fine lines between rows and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for name in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        side = OxmlElement(f"w:{name}")
        side.set(qn("w:w"), _SIDE)
        side.set(qn("w:type"), "dxa")
        margins.append(side)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 - python-docx knows no margins of cells
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # noqa: SLF001 - python-docx knows no borders


def _finish(document: WordDocument, table: Any) -> None:
    """Widths in every cell, as Word wants them; rows that no page parts; air below."""
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().insert(0, whole)  # noqa: SLF001 - python-docx knows no whole rows
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width = column.width
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _widths(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[int],
    size: float = _SMALL,
    width_mm: float = _WIDTH,
) -> list[float]:
    """Millimetres: no column is narrower than its longest word, and those with more to read share the rest."""
    cells = [[row[n] for row in rows] for n in range(len(columns))]
    words = [
        [*columns[n].split(), *(cells[n] if n in numeric else " ".join(cells[n]).split())]
        for n in range(len(columns))
    ]
    least = [_PADDING + _PER_POINT * size * max((len(word) for word in some), default=1) for some in words]
    least = [min(width, _WIDEST_WORD) for width in least]
    wanted = [
        0.0 if n in numeric else max((len(cell) for cell in cells[n]), default=1) ** 0.9
        for n in range(len(columns))
    ]
    spare, total = width_mm - sum(least), sum(wanted)
    if spare < 0:
        return [width * width_mm / sum(least) for width in least]
    return [
        width + spare * (want / total if total else 1 / len(columns))
        for width, want in zip(least, wanted, strict=True)
    ]


def _between_margins(document: WordDocument) -> float:
    """Millimetres a table may take on the page it stands on."""
    page = document.sections[-1]
    taken = (page.left_margin or 0) + (page.right_margin or 0)
    return ((page.page_width or 0) - taken) / Mm(1) or _WIDTH


def _write(
    cell: Any, words: str, bold: bool = False, right: bool = False, size: float = _SMALL, colour: str = ""
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    if colour:
        run.font.color.rgb = _colour(colour)


def _colour(written: str) -> RGBColor:
    return RGBColor.from_string(written.lstrip("#").upper())


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx knows no shaded cells


def _caption(document: WordDocument, words: str) -> None:
    paragraph = document.add_paragraph(style="Caption")
    run = paragraph.add_run(words)
    run.bold, run.font.size, run.font.color.rgb = False, Pt(8.5), RGBColor(0x53, 0x56, 0x5C)
    paragraph.paragraph_format.keep_with_next = True
