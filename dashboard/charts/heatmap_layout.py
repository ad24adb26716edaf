"""Where things stand in a heatmap: widths, margins, axes and the titles of panels.

Panels are figures of their own, so that they can stand beside each other or scroll; equal
margins keep their rows in line. What the cells show is `heatmap.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.answers.grid import Grid, Show
from dashboard.charts.palette import Palette, quiet_layout
from dashboard.wording import group_name, group_phrase
from dashboard.wording_verdicts import scale_title

PICTURE_PX = 1_010
"""Width of all panels together: what a laptop shows beside the sidebar. A narrower screen scrolls."""
GAP_PX = 8
FOOT_PX = 40
"""Below the cells, for the scale of colours."""
BAR_PX = 150
NARROWEST_PX, WIDEST_PX = 48, 110
"""Of a cell."""


OVERHANG_PX = 44
"""By how much a name written aslant reaches beyond the last cell."""
SMALL_CELLS_PX = 270
"""Width of a small picture's cells beside another picture."""
SMALL_HEAD_PX = 40
"""Above the small picture's cells: two lines of names. The forest plot beside it begins as far down."""
LETTER_PX = 6.4
"""Width of a letter of a column's name, on average."""

_QUIET_AXIS = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}


@dataclass(frozen=True)
class Look:
    """How a heatmap is drawn, apart from its numbers."""

    palette: Palette
    show: Show = "rate"
    chosen: int | None = None
    """Row of the table whose cell is outlined."""
    row_px: int = 34
    small: bool = False
    """Without intervals, colour bar and room for fingers: beside other pictures."""


def panel_width_px(grid: Grid, panel: int) -> int:
    """Width of one panel; together they fill a laptop's screen, unless their cells would get too wide or narrow."""
    width = _cells_px(grid) + (0 if _fits_level(grid, _column_names(grid), _cells_px(grid)) else OVERHANG_PX)
    return width + _names_px(grid) if panel == 0 else width


def _cells_px(grid: Grid) -> int:
    """Width of the cells of one panel."""
    n_panels, n_columns = len(grid.panels), len(grid.columns)
    names = _names_px(grid)
    cell = (PICTURE_PX - names - GAP_PX * (n_panels - 1)) / (n_panels * n_columns)
    return round(min(WIDEST_PX, max(NARROWEST_PX, cell)) * n_columns)


def _column_names(grid: Grid) -> list[str]:
    return [group_name(group) if grid.columns.attribute else "" for group in grid.columns.groups]


def _names_px(grid: Grid) -> int:
    """Room for the names of the rows: letters of 13 pixels are about 6 wide."""
    return min(260, 20 + round(6.1 * max(len(group_name(group)) for group in grid.rows.groups)))


def panel_layout(grid: Grid, look: Look, panel: int) -> dict[str, Any]:
    """Axes, title and margins: rows from above, their names left of the first panel, columns named on top."""
    names = _column_names(grid)
    level = _fits_level(grid, names, SMALL_CELLS_PX if look.small else _cells_px(grid))
    lines = max((len(name.split()) for name in names), default=1)
    titled = grid.panels.attribute is not None
    slanted = 22 + round(0.65 * LETTER_PX * max(map(len, names), default=0))
    head = 10 + 15 * lines if level else slanted
    head = max(head, SMALL_HEAD_PX) if look.small else head
    top = head + (20 if titled else 0)
    bottom = 8 if look.small else FOOT_PX
    notes = _panel_title(grid, panel, look, head - 4)
    if panel == 0 and not look.small:
        notes.append(_scale_title(look, grid.table.metric.label))
    return {
        "xaxis": _columns_axis(names, look, level),
        "yaxis": _rows_axis(grid, look, named=panel == 0),
        "annotations": notes,
        "height": len(grid.rows) * look.row_px + top + bottom,
        # Names written aslant reach beyond the last cell.
        "margin": {
            "l": _names_px(grid) if panel == 0 else 0,
            "r": 0 if level else OVERHANG_PX,
            "t": top,
            "b": bottom,
        },
        "clickmode": "event+select",
        "hoverdistance": -1,
        "bargap": 0,
        **quiet_layout(look.palette),
    }


def _columns_axis(names: list[str], look: Look, level: bool) -> dict[str, Any]:
    return {
        "range": [-0.5, len(names) - 0.5],
        "tickvals": list(range(len(names))),
        "ticktext": ["<br>".join(map(escape, name.split())) if level else escape(name) for name in names],
        "side": "top",
        "tickangle": 0 if level else -40,
        "tickfont": {"size": 12, "color": look.palette.faint},
        **_QUIET_AXIS,
    }


def _rows_axis(grid: Grid, look: Look, named: bool) -> dict[str, Any]:
    n_rows = len(grid.rows)
    return {
        "range": [n_rows - 0.5, -0.5],
        "tickvals": list(range(n_rows)),
        "ticktext": [f"{escape(group_name(group))}  " for group in grid.rows.groups],
        "tickfont": {"size": 13, "color": look.palette.text},
        "showticklabels": named,
        **_QUIET_AXIS,
    }


def _scale_title(look: Look, metric_label: str) -> dict[str, Any]:
    """What the colours stand for, left of their bar: a title of the bar's own would push the cells away."""
    return {
        "text": scale_title(look.show, metric_label),
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "xshift": -(BAR_PX + 26),
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -6,
        "showarrow": False,
        "font": {"size": 11, "color": look.palette.faint},
    }


def _fits_level(grid: Grid, names: list[str], cells_px: int) -> bool:
    """Whether the columns' names, one word a line, are no wider than their cells; else they are written aslant."""
    longest = max((len(word) for name in names for word in name.split()), default=0)
    return longest * LETTER_PX <= cells_px / len(grid.columns)


def _panel_title(grid: Grid, panel: int, look: Look, above_px: int) -> list[dict]:
    """The panel's group over it; nothing where there is one panel for all."""
    if grid.panels.attribute is None:
        return []
    title = group_phrase(grid.panels.attribute.name, grid.panels.groups[panel])
    place = {
        "x": (len(grid.columns) - 1) / 2,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": above_px,
    }
    font = {"size": 14, "color": look.palette.text}
    return [{"text": f"<b>{escape(title)}</b>", "showarrow": False, "font": font, **place}]
