"""A card as a PDF on A4: tagged, archivable, set by Typst in the fonts of its package.

Owns which plain strings and numbers the template gets; how they look stands in
`templates/card.typ`. The heatmap is a real table of filled cells and the plot is drawn from the
numbers. Nothing is cut off: what has no place to break gets one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from analysis.card.content import Card
from analysis.card.groups_shown import MOST_ROWS
from analysis.card.outlines import ANNEX, GLANCE
from analysis.card.rows import Row
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
    Text,
)
from dashboard.exports.card_html_tables import shade_of, shades
from dashboard.exports.card_plot import PlotScale, plot_caption, plot_words
from dashboard.exports.card_text import printed, visible
from dashboard.exports.card_typst import typeset_pdf, typeset_png
from dashboard.wording_card import (
    CONTENTS,
    NOT_STATED,
    NOT_TESTED,
    PAGE,
    WITHHELD,
    axis_text,
    card_footer,
    cell_mark,
    cell_rate,
    cell_span,
    marks_legend,
    plain_text,
    plot_description,
)

_LONGEST_IN_TEXT = 30
_LONGEST_IN_CELL = 14
"""Characters without a space or a hyphen that surely fit; longer runs may break anywhere from there on."""
_MOST_ON_A_PAGE = 4000
"""Characters of a table that surely fit one page, so that it need not be parted."""
_WIDE_TABLE = 8
_WIDEST_TABLE = 11
"""Columns from which a table is set smaller, and smaller again."""
_SHORT_NAME = 26
"""Characters of a name that the widest tables, which lie across the page, print on one line."""
_PICTURE_PPI = 220.0


def card_pdf(card: Card, system_fonts: bool = False) -> bytes:
    """The document; with the fonts of this computer more scripts can be drawn, and bytes may differ elsewhere."""
    margin = card.evidence.settings["margin_ratio"]
    data = {
        "title": _words(card.title, margin),
        "short_title": _cut(plain_text(card.title, margin)),
        "subtitle": _words(card.subtitle, margin),
        "notice": _breakable(visible(card.evidence.notice or ""), _LONGEST_IN_TEXT),
        "footer": _cut(card_footer(card)),
        "contents": CONTENTS,
        "system_fonts": system_fonts,
        "page": PAGE,
        **{name: list(_parts(card, name, margin)) for name in ("glance", "sections", "annex")},
    }
    return typeset_pdf("card.typ", data, system_fonts)


def plot_png(plot: IntervalPlot, margin: float) -> bytes:
    """The plot of intervals alone, for documents that hold pictures."""
    return typeset_png("plot.typ", _plot(plot, margin), _PICTURE_PPI)


def _parts(card: Card, name: str, margin: float) -> Iterator[dict[str, Any]]:
    """What stands before the contents, after them, or at the end on pages laid across."""
    apart = {GLANCE: "glance", ANNEX: "annex"}
    for section in card.sections:
        if apart.get(section.id, "sections") == name:
            yield from _sections(section, 1, margin)


def _sections(section: Section, level: int, margin: float) -> Iterator[dict[str, Any]]:
    """A section and its parts in order, each with its depth."""
    blocks: list[dict[str, Any]] = []
    heat = [block for block in section.blocks if isinstance(block, HeatTable)]
    for block in section.blocks:
        if heat and block is heat[0]:
            blocks.append(_scale(heat[0], margin))
        if isinstance(block, Facts) and blocks and blocks[-1]["kind"] == "paragraph":
            blocks[-1]["leads"] = True
        blocks.append(_block(block, margin))
    yield {"id": section.id, "level": level, "title": _words(section.title, margin), "blocks": blocks}
    for part in section.parts:
        yield from _sections(part, level + 1, margin)


def _block(block: Block, margin: float) -> dict[str, Any]:
    match block:
        case Paragraph(text, tone):
            return {"kind": "paragraph", "text": _words(text, margin), "tone": tone}
        case Listing(items):
            return {"kind": "listing", "items": [_words(item, margin) for item in items]}
        case Facts(facts):
            known = [[term, _words(text, margin) or NOT_STATED, bool(text)] for term, text in facts]
            return {"kind": "facts", "facts": known}
        case Commands(lines):
            return {
                "kind": "commands",
                "lines": [_breakable(visible(line), _LONGEST_IN_TEXT) for line in lines],
            }
        case Table():
            return _table(block, margin)
        case HeatTable():
            return _heat(block, margin)
        case SeeAlso(text, section):
            return {"kind": "more", "text": _words(text, margin), "to": section}
        case IntervalPlot():
            return {"kind": "plot", **_plot(block, margin)}


def _table(table: Table, margin: float) -> dict[str, Any]:
    def cell(text: Text, column: int) -> str:
        # A column of numbers is as wide as its numbers, which no line break may part.
        return printed(text, margin) if column in table.numeric else _cell(text, margin)

    rows = [[cell(text, number) for number, text in enumerate(row)] for row in table.rows]
    return {
        "kind": "table",
        "caption": _words(table.caption, margin),
        "columns": [_cell(column, margin) for column in table.columns],
        "rows": rows,
        "headers": table.n_headers,
        "numeric": list(table.numeric),
        "widths": [
            0 if number in table.numeric else _weight(table, number, [row[number] for row in rows])
            for number in range(len(table.columns))
        ],
        "whole": len(rows) <= MOST_ROWS and sum(len(text) for row in rows for text in row) < _MOST_ON_A_PAGE,
        "size": _size(len(table.columns)),
    }


def _size(columns: int) -> float:
    """Points of the letters: fewer where more columns share the page."""
    return 7.0 if columns >= _WIDEST_TABLE else 7.6 if columns >= _WIDE_TABLE else 8.5


def _weight(table: Table, column: int, cells: Sequence[str]) -> float:
    """The share of a column of text in the width: more where there is more to read. 0: as wide as its text."""
    longest = max((len(cell) for cell in cells), default=0)
    if len(table.columns) >= _WIDEST_TABLE and column < table.n_headers and longest <= _SHORT_NAME:
        return 0
    return float(min(5.0, max(1.0, (longest / 16) ** 0.7)))


def _heat(table: HeatTable, margin: float) -> dict[str, Any]:
    return {
        "kind": "heat",
        "caption": _words(table.caption, margin),
        "corner": _cell(table.corner, margin),
        "columns": [_cell(column, margin) for column in table.columns],
        "rows": [
            {"name": _cell(label, margin), "cells": [_heat_cell(row, table.scale) for row in cells]}
            for label, cells in table.rows
        ],
    }


def _heat_cell(row: Row | None, scale: tuple[float, float]) -> dict[str, str]:
    if row is not None and row.is_withheld:
        return {"kind": "withheld", "rate": "", "words": WITHHELD}
    if row is None or row.rate is None:
        return {"kind": "empty", "rate": "", "words": NOT_TESTED}
    numbers = {"rate": cell_rate(row), "mark": cell_mark(row), "span": cell_span(row)}
    if row.status == "few speakers":
        return {"kind": "few", **numbers}
    if not row.is_group:
        return {"kind": "none", **numbers}
    ground, text = shades(dark=False)[shade_of(row.rate, scale)]
    return {"kind": "shade", "ground": ground, "text": text, **numbers}


def _scale(table: HeatTable, margin: float) -> dict[str, Any]:
    low, high = table.scale
    grounds = [ground for ground, _ in shades(dark=False)]
    return {
        "kind": "scale",
        "low": axis_text(low),
        "high": axis_text(high),
        "shades": grounds,
        "legend": marks_legend(margin),
    }


def _plot(plot: IntervalPlot, margin: float) -> dict[str, Any]:
    scale = PlotScale(plot)
    return {
        "title": _words(plot_caption(plot), margin),
        "alt": visible(plot_description(plot.rows, plot.overall)),
        "ticks": [{"at": scale.share(tick), "label": axis_text(tick)} for tick in scale.ticks],
        "overall": None if plot.overall is None else scale.share(plot.overall),
        "rows": [_plot_row(scale, name, row, margin) for name, row in plot.rows],
    }


def _plot_row(scale: PlotScale, name: str, row: Row, margin: float) -> dict[str, Any]:
    return {
        "name": _breakable(_cut(name), _LONGEST_IN_CELL),
        "rate": None if row.rate is None else scale.share(row.rate),
        "low": scale.share(row.low) if row.low is not None and row.high is not None else None,
        "high": scale.share(row.high) if row.low is not None and row.high is not None else None,
        "cut": scale.cuts(row),
        "worse": row.is_group and row.versus.verdict == "worse",
        "words": plot_words(row, margin),
    }


def _words(text: Text, margin: float) -> str:
    return _breakable(printed(text, margin), _LONGEST_IN_TEXT)


def _cell(text: Text, margin: float) -> str:
    return _breakable(printed(text, margin), _LONGEST_IN_CELL)


def _breakable(text: str, longest: int) -> str:
    """The text with places to break in every run without a space that may be wider than its column."""
    return re.sub(
        rf"[^\s\-–]{{{longest + 1},}}",
        lambda run: "\u200b".join(re.findall(rf".{{1,{longest // 2}}}", run[0], re.DOTALL)),
        text,
    )


def _cut(text: str, longest: int = 90) -> str:
    shown = visible(text)
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
