"""A card as Markdown: headings, tables and plots in text, readable as it stands.

Owns the escaping of Markdown. Nothing in a label can become markup, a link, a cell of its
own, or a formula where a table is pasted into a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.card.content import Card
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
from dashboard.exports.card_plot import PlotScale, plot_caption
from dashboard.exports.card_text import visible
from dashboard.wording_card import (
    NOT_STATED,
    NOT_TESTED,
    WITHHELD,
    cell_mark,
    cell_rate,
    cell_span,
    marks_legend,
    plot_description,
    token_text,
)

_MARKUP = re.compile(r"([\\`*_\[\]|~$])")
_LINK = re.compile(r"(https?(?=:)|ftp(?=:)|mailto(?=:)|www(?=\.))([:.])", re.IGNORECASE)
_SIGN_FIRST = re.compile(r"^(\s*)([#+\-=@!])")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s|$)")
_SHORTCODE = re.compile(r":(?=[A-Za-z_+\-][\w+\-/]*:)")
_PLOT_WIDTH = 48
_LABEL_WIDTH = 28


def card_markdown(card: Card) -> bytes:
    """The card as UTF-8."""
    margin = card.evidence.settings["margin_ratio"]
    lines = [f"# {text_markdown(card.title, margin)}", text_markdown(card.subtitle, margin)]
    if card.evidence.notice:
        lines.append(f"> **{escape(card.evidence.notice)}**")
    for section in card.sections:
        lines += _section(section, 2, margin)
    return ("\n\n".join(lines) + "\n").encode()


def _section(section: Section, level: int, margin: float) -> list[str]:
    parts = [f"{'#' * level} {text_markdown(section.title, margin)}"]
    parts += [block_markdown(block, margin) for block in section.blocks]
    if any(isinstance(block, HeatTable) for block in section.blocks):
        parts.append(marks_legend(margin))
    for part in section.parts:
        parts += _section(part, level + 1, margin)
    return parts


def block_markdown(block: Block, margin: float) -> str:
    """One piece of a section."""
    match block:
        case Paragraph(text, tone):
            line = text_markdown(text, margin)
            return f"> **{line}**" if tone == "notice" else line
        case Listing(items):
            return "\n".join(f"- {text_markdown(item, margin)}" for item in items)
        case Facts(facts):
            return "\n".join(
                f"- **{escape(term)}:** {text_markdown(text, margin) or NOT_STATED}" for term, text in facts
            )
        case Commands(lines):
            return _fenced([visible(line) for line in lines], "sh")
        case Table():
            return _table(block, margin)
        case HeatTable():
            return _heat_table(block, margin)
        case SeeAlso(text, _):
            return f"{text_markdown(text, margin)}."
        case IntervalPlot():
            return _plot(block, margin)


def escape(text: str) -> str:
    """A text that stands alone, in a cell or on a line: shown as it is, whatever it begins with."""
    return _plain_start(_without_markup(text))


def text_markdown(text: Text, margin: float) -> str:
    """A text on a line of its own."""
    return _plain_start("".join(_without_markup(token_text(token, margin)) for token in text).strip())


def _without_markup(text: str) -> str:
    flat = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SHORTCODE.sub(r"\\:", _LINK.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", flat)))


def _plain_start(line: str) -> str:
    """A line that begins no heading, list or rule, and no formula where it is pasted into a spreadsheet."""
    return _NUMBERED.sub(r"\1\\\2", _SIGN_FIRST.sub(r"\1\\\2", line))


def _table(table: Table, margin: float) -> str:
    columns = [text_markdown(column, margin) for column in table.columns]
    rules = ["---:" if number in table.numeric else "---" for number in range(len(columns))]
    rows = [[text_markdown(cell, margin) for cell in row] for row in table.rows]
    return "\n".join([_caption(table.caption, margin), "", *map(_line, [columns, rules, *rows])])


def _heat_table(table: HeatTable, margin: float) -> str:
    columns = [
        text_markdown(table.corner, margin),
        *(text_markdown(column, margin) for column in table.columns),
    ]
    rules = ["---", *("---:" for _ in table.columns)]
    rows = [
        [text_markdown(label, margin), *(_heat_cell(row) for row in cells)] for label, cells in table.rows
    ]
    lines = map(_line, [columns, rules, *rows])
    return "\n".join([_caption(table.caption, margin), "", *lines])


def _heat_cell(row: Row | None) -> str:
    if row is not None and row.is_withheld:
        return WITHHELD
    if row is None or row.rate is None:
        return NOT_TESTED
    return f"{cell_mark(row)} {cell_rate(row)} ({cell_span(row)})".strip()


def _caption(caption: Text, margin: float) -> str:
    return f"*{text_markdown(caption, margin)}*"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plot(plot: IntervalPlot, margin: float) -> str:
    """One line of text for each group: ├──●──┤ against the overall rate, ┊; → where the interval goes on."""
    scale = PlotScale(plot)
    lines = [
        f"{_cut(visible(name))} {_strip(row, plot.overall, scale)} {cell_rate(row)}"
        for name, row in plot.rows
    ]
    caption, words = _caption(plot_caption(plot), margin), plot_description(plot.rows, plot.overall)
    return f"{caption}\n\n{_fenced(lines)}\n\n{escape(words)}"


def _cut(name: str) -> str:
    short = name if len(name) <= _LABEL_WIDTH else f"{name[: _LABEL_WIDTH - 1]}…"
    return short.ljust(_LABEL_WIDTH)


def _strip(row: Row, overall: float | None, scale: PlotScale) -> str:
    def place(rate: float) -> int:
        return round(scale.share(rate) * (_PLOT_WIDTH - 1))

    strip = [" "] * _PLOT_WIDTH
    if overall is not None:
        strip[place(overall)] = "┊"
    if row.low is not None and row.high is not None:
        low, high = place(row.low), place(row.high)
        strip[low : high + 1] = ["─"] * (high - low + 1)
        strip[low], strip[high] = "├", "→" if scale.cuts(row) else "┤"
    strip[place(row.rate or 0.0)] = "●"
    return "".join(strip)


def _fenced(lines: Sequence[str], language: str = "text") -> str:
    """Lines exactly as they stand; the fence is longer than any in them."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])
