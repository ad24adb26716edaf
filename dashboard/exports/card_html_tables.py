"""Tables of an HTML card: real captions, row and column headings, cells shaded by rate.

Owns the markup of tables and the ten shades. The shade repeats what the number says; the
verdict stands in each cell as a shape and, for those who do not see it, in words.
"""

from __future__ import annotations

import re
from html import escape

from analysis.card.rows import Row
from analysis.card.sections import HeatTable, Label, Name, Table, Text
from dashboard.charts.palette import palette, text_on
from dashboard.exports.card_text import visible
from dashboard.wording_card import (
    NOT_STATED,
    NOT_TESTED,
    WITHHELD,
    cell_mark,
    cell_rate,
    cell_span,
    cell_words,
    plain_text,
    token_text,
)

_EASY = 6
"""Columns that fit a screen at the usual size."""
_MOST_UPRIGHT = 8
"""Columns that fit an upright page at the usual size; a table of more is printed smaller."""
_MOST_ON_A_PAGE = 24
"""Rows of a table that is not cut by the end of a page; a browser would cut its caption, too."""
N_SHADES = len(palette(dark=False).sequential)

_PARTED = re.compile(r"(?<=\d) %")


def shades(dark: bool) -> tuple[tuple[str, str], ...]:
    """Ground and text from the lowest rate to the highest: those of the heatmap."""
    return tuple((ground, text_on(ground)) for ground in palette(dark).sequential)


def shades_css(dark: bool = False) -> str:
    """The rules of the shades in one theme."""
    return "".join(
        f".heat .s{n},.scale .s{n}{{background:{ground};color:{text}}}"
        for n, (ground, text) in enumerate(shades(dark))
    )


def html_text(text: Text, margin: float) -> str:
    """A text as markup: what people wrote is set apart in its own direction."""
    parts = []
    for token in text:
        # A narrow window would part a number from its sign.
        safe = _PARTED.sub("\u00a0%", escape(visible(token_text(token, margin))))
        parts.append(f"<bdi>{safe}</bdi>" if isinstance(token, Label | Name) else safe)
    return "".join(parts)


def html_table(table: Table, margin: float) -> str:
    """A table whose first columns name the rows."""
    head = "".join(
        f'<th scope="col"{_numeric(table, n)}>{html_text(c, margin)}</th>'
        for n, c in enumerate(table.columns)
    )
    rows = "".join(f"<tr>{_cells(table, row, margin)}</tr>" for row in table.rows)
    caption = f"<caption><span>{html_text(table.caption, margin)}</span></caption>"
    names = [
        *(["wide"] if len(table.columns) > _MOST_UPRIGHT else []),
        *(["full"] if _EASY < len(table.columns) <= _MOST_UPRIGHT else []),
        *(["whole"] if len(table.rows) <= _MOST_ON_A_PAGE else []),
    ]
    classes = f' class="{" ".join(names)}"' if names else ""
    markup = f"<table{classes}>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return _scrolling(table.caption, margin, markup)


def _cells(table: Table, row: tuple[Text, ...], margin: float) -> str:
    cells = []
    for number, cell in enumerate(row):
        inner = html_text(cell, margin)
        if number < table.n_headers:
            cells.append(f'<th scope="row">{inner}</th>')
        else:
            cells.append(f"<td{_numeric(table, number)}>{inner}</td>")
    return "".join(cells)


def _numeric(table: Table, column: int) -> str:
    return ' class="n"' if column in table.numeric else ""


def _scrolling(caption: Text, margin: float, markup: str) -> str:
    """A region that scrolls sideways on a narrow screen, also by keyboard."""
    name = escape(visible(plain_text(caption, margin)), quote=True)
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">{markup}</div>'


def html_heat_table(table: HeatTable, margin: float) -> str:
    """Rates shaded on the scale shared by all panels."""
    head = "".join(f'<th scope="col">{html_text(column, margin)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{html_text(label, margin)}</th>'
        f"{''.join(_heat_cell(row, table.scale, margin) for row in cells)}</tr>"
        for label, cells in table.rows
    )
    corner = f'<th scope="col">{html_text(table.corner, margin)}</th>'
    caption = f"<caption><span>{html_text(table.caption, margin)}</span></caption>"
    markup = (
        f'<table class="heat">{caption}<thead><tr>{corner}{head}</tr></thead><tbody>{rows}</tbody></table>'
    )
    return _scrolling(table.caption, margin, markup)


def _heat_cell(row: Row | None, scale: tuple[float, float], margin: float) -> str:
    if row is not None and row.is_withheld:
        return f'<td class="withheld">{WITHHELD}</td>'
    if row is None or row.rate is None:
        return f'<td class="empty">{NOT_TESTED}</td>'
    if row.status == "few speakers":
        shade = "few"
    elif not row.is_group:
        shade = "none"
    else:
        shade = f"s{shade_of(row.rate, scale)}"
    mark = cell_mark(row)
    shown = f'<span class="mark" aria-hidden="true">{mark}</span>' if mark else ""
    words = cell_words(row, margin)
    spoken = f'<span class="spoken">, {escape(words)}</span>' if words != NOT_STATED else ""
    return f'<td class="{shade}"><b>{cell_rate(row)}</b>{shown}<small>{cell_span(row)}</small>{spoken}</td>'


def shade_of(rate: float, scale: tuple[float, float]) -> int:
    """Which shade a rate has on a scale from its lowest to its highest rate."""
    low, high = scale
    if high <= low:
        return 0
    return min(N_SHADES - 1, max(0, int((rate - low) / (high - low) * N_SHADES)))
