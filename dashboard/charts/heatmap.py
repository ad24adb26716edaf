"""The heatmap: rows by columns, panels beside each other on one scale of colours, as a table that is a picture.

A pure function of a grid that gives inert HTML: names stay while cells scroll, screen readers announce rows and
columns, and the same markup is shown on a page, saved as a file and printed. Shapes carry the verdict, hatching
few speakers, a dashed frame what was not tested. What a click does is the page's.
"""

from __future__ import annotations

import math
from functools import cache
from html import escape
from importlib.resources import files

from analysis.rates import FEW
from dashboard.answers.audience import PUBLIC
from dashboard.answers.grid import Grid
from dashboard.charts.cells import Cell, ColourScale, cells, colour_scale
from dashboard.charts.heatmap_layout import TALL_ROWS, Look, Widths, widths
from dashboard.charts.palette import DARK, LIGHT, text_on
from dashboard.wording import attribute_name, group_name, group_names, group_phrase
from dashboard.wording_audience import WITHHELD_LEGEND, WITHHELD_MARK
from dashboard.wording_sentences import cell_sentence, counts_sentence, guessed_by_software
from dashboard.wording_verdicts import (
    FEW_MARK,
    NOT_TESTED_LEGEND,
    QUIET_MARK,
    SMALL_MARKS,
    legend,
    scale_title,
)

HEAD_PX = 40
"""Height of the names of a small picture's columns."""
_CORNER, _GAP = '<td class="corner" aria-hidden="true"></td>', '<td aria-hidden="true"></td>'
_Drawn = tuple[Cell, str]
"""A cell and its colours, as the attribute of its markup."""


def heatmap_html(grid: Grid, look: Look, synthetic: bool) -> str:
    """Every combination as a coloured cell with its number, interval and verdict; all text is escaped."""
    scale = colour_scale(grid.everything, look.show, look.palette)
    in_cells = cells(
        grid.table, grid.everything, look.show, scale, look.palette, tenths=grid.question.audience == PUBLIC
    )
    drawn = _printable(in_cells, grid, look)
    wide = widths(grid, look)
    kinds = {"small": look.small, "upright": wide.upright, "narrow": wide.narrow}
    kind = " ".join(name for name, holds in kinds.items() if holds)
    body = "".join(_row(grid, r, drawn, look, synthetic) for r in range(len(grid.rows)))
    table = (
        f'<table class="{kind}" role="grid" style="min-width:{wide.narrowest}px;max-width:{wide.widest}px">'
        f"<caption>{escape(title_of(grid))}</caption>{_columns(grid)}{_head(grid, look)}<tbody>{body}</tbody></table>"
    )
    tall = " tall" if len(grid.rows) > TALL_ROWS and not look.still and not look.small else ""
    key = "" if look.small else _key(grid, in_cells, scale, look, synthetic)
    # The container is measured, not the window: a picture may stand in half of a page.
    return (
        f'<div class="heatmap{" dusk" if look.palette == DARK else ""}" style="{_variables(look, wide)}">{key}'
        f'<div style="container-type:inline-size"><div class="scroll{tall}">{table}</div></div></div>'
    )


@cache
def heatmap_css() -> str:
    """How its parts look."""
    return _part("heatmap.css")


@cache
def heatmap_js() -> str:
    """What its cells do in a browser."""
    return _part("heatmap.js")


def title_of(grid: Grid) -> str:
    """What the picture shows: word error rate by accent, noise and device."""
    axes = (grid.rows, grid.columns, grid.panels)
    names = [attribute_name(axis.attribute.name) for axis in axes if axis.attribute]
    return f"{grid.table.metric.label} by {' and '.join(names)}"


def has_few(grid: Grid) -> bool:
    """Whether a cell of the picture is hatched, since it has too few speakers, words or errors."""
    return bool((grid.table.status[grid.place] == FEW).any())


def _part(name: str) -> str:
    return files("dashboard.charts").joinpath(name).read_text(encoding="utf-8")


def _variables(look: Look, wide: Widths) -> str:
    palette = look.palette
    return (
        f"--text:{palette.text};--faint:{palette.faint};--ground:{palette.ground};--accent:{palette.accent};"
        f"--line:{palette.rule};--names:{wide.names}px;--phone:{wide.phone}px;--row:{look.row_px}px;--paper:{wide.paper:.2f}"
    )


def _printable(drawn: list[Cell], grid: Grid, look: Look) -> list[_Drawn]:
    """Each cell with its colours; in the dark theme with those of paper beside them, for printing."""
    styles = [f"background-color:{cell.colour};color:{cell.text_colour}" for cell in drawn]
    if look.palette == DARK:
        scale = colour_scale(grid.everything, look.show, LIGHT)
        styles = [f"{own};{_on_paper(cell, scale)}" for own, cell in zip(styles, drawn, strict=True)]
    return [
        (cell, "" if cell.empty else f' style="{style}"') for cell, style in zip(drawn, styles, strict=True)
    ]


def _on_paper(cell: Cell, scale: ColourScale) -> str:
    if cell.withheld:
        return f"--fill:{LIGHT.rule};--ink:{LIGHT.text}"
    fill = scale.at(cell.value) if math.isfinite(cell.value) else LIGHT.ground
    return f"--fill:{fill};--ink:{text_on(fill)}"


def _columns(grid: Grid) -> str:
    panel = "<col>" * len(grid.columns)
    return f'<colgroup><col class="names">{"<col class=gap>".join([panel] * len(grid.panels))}</colgroup>'


def _head(grid: Grid, look: Look) -> str:
    """The names of the panels, where there are several, and of the columns."""
    n_columns = len(grid.columns)
    panel = grid.panels.attribute
    lines = []
    if panel:
        titles = (
            f'<th class="panel" scope="colgroup" colspan="{n_columns}"><span>{escape(group_phrase(panel.name, group))}</span></th>'
            for group in grid.panels.groups
        )
        lines.append(f"<tr>{_CORNER}{_GAP.join(titles)}</tr>")
    if grid.columns.attribute:
        own = "".join(
            f'<th class="column" scope="col"><span>{escape(group_name(group))}</span></th>'
            for group in grid.columns.groups
        )
        height = f' style="height:{HEAD_PX - 4}px"' if look.small else ""
        lines.append(f"<tr{height}>{_CORNER}{_GAP.join([own] * len(grid.panels))}</tr>")
    return f"<thead>{''.join(lines)}</thead>"


def _row(grid: Grid, r: int, drawn: list[_Drawn], look: Look, synthetic: bool) -> str:
    panels = [
        "".join(
            _cell(grid, int(grid.place[p, r, c]), drawn, look, synthetic) for c in range(len(grid.columns))
        )
        for p in range(len(grid.panels))
    ]
    name = escape(group_name(grid.rows.groups[r]))
    name = f"<span>{name}</span>" if look.small else name
    return f'<tr><th scope="row">{name}</th>{_GAP.join(panels)}</tr>'


def _cell(grid: Grid, i: int, drawn: list[_Drawn], look: Look, synthetic: bool) -> str:
    cell, style = drawn[i]
    kinds = {"few": cell.few, "empty": cell.empty, "withheld": cell.withheld}
    kinds["chosen"] = look.still and look.chosen == i
    classes = " ".join(name for name, holds in kinds.items() if holds)
    attribute = f' class="{classes}"' if classes else ""
    return f"<td{attribute}{style}{_said(grid, i, look, synthetic)}>{_inner(cell, look)}</td>"


def _said(grid: Grid, i: int, look: Look, synthetic: bool) -> str:
    """The sentence of a cell, where a reader hovers, and its row of the table, which a click reports."""
    title = group_names(grid.table.group(i))
    sentence = cell_sentence(grid.table, i, grid.answer.system, synthetic)
    say = f"{sentence}\n{counts_sentence(grid.table, i, synthetic)}"
    if look.still:
        return f' title="{escape(f"{title}: {say}")}"'
    return f' data-cell="{i}" data-title="{escape(title)}" data-say="{escape(say)}"'


def _inner(cell: Cell, look: Look) -> str:
    if cell.withheld and look.small:
        return WITHHELD_MARK
    if cell.empty or cell.withheld:
        return "" if look.small else escape(cell.text)
    if look.small:
        # What is within the margin has no mark: there is no room for one in every cell.
        marked = cell.mark in SMALL_MARKS and not cell.few
        mark = f"<s>{cell.mark}</s>" if cell.mark == QUIET_MARK else cell.mark
        return f"<b>{cell.text}{f' {mark}' if marked else ''}</b>"
    detail = f"<i>{cell.detail}</i>" if cell.detail else ""
    mark = "" if cell.few or not cell.mark else f"<u>{cell.mark}</u>"
    return f"<b>{cell.text}</b>{detail}{mark}"


def _key(grid: Grid, in_cells: list[Cell], scale: ColourScale, look: Look, synthetic: bool) -> str:
    """What colours and marks stand for; hatching, frames and what is withheld where there are such cells."""
    shown = [in_cells[i] for i in grid.place.reshape(-1)]
    if all(cell.withheld for cell in shown):
        return f'<div class="key">{escape(WITHHELD_LEGEND)}</div>'
    colours = ",".join(scale.colours)
    paper = ",".join(colour_scale(grid.everything, look.show, LIGHT).colours)
    first, last = escape(scale.tick_texts[0]), escape(scale.tick_texts[-1])
    bar = (
        f'<div class="scale">{escape(scale_title(look.show, grid.table.metric.label, synthetic))} {first}'
        f'<span style="--scale:linear-gradient(to right,{paper});background:linear-gradient(to right,{colours})"></span>{last}</div>'
    )
    few = FEW_MARK if any(cell.few for cell in shown) else ""
    marks = [legend(grid.table.settings.margin_ratio, few, bool(guessed_by_software(grid.table.attributes)))]
    marks += [WITHHELD_LEGEND] if any(cell.withheld for cell in shown) else []
    marks += [NOT_TESTED_LEGEND] if any(cell.empty for cell in shown) else []
    return f'<div class="key">{bar}<div>{escape(" · ".join(marks))}</div></div>'
