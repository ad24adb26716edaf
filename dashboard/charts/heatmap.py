"""The heatmap: rows by columns, panels beside each other on one scale of colours.

One figure per panel, a pure function of a grid. Plotly reports no click on a heatmap's cell, so
transparent points lie over the cells: they carry the row of the table, the hover sentence and
the click. Shapes carry the verdict, hatching few speakers, a dashed frame what was not tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.answers.grid import Grid
from dashboard.charts.cells import Cell, ColourScale, cells, colour_scale
from dashboard.charts.heatmap_layout import BAR_PX, Look, panel_layout
from dashboard.charts.palette import FONT, stops
from dashboard.wording import group_name
from dashboard.wording_audience import WITHHELD_MARK
from dashboard.wording_sentences import cell_sentence, counts_sentence


@dataclass(frozen=True)
class _Spot:
    """A cell and where it stands."""

    x: int
    y: int
    position: int
    cell: Cell


def chart_heatmap(grid: Grid, look: Look, synthetic: bool, panel: int = 0) -> go.Figure:
    """One panel: every combination as a coloured cell with its number, interval and verdict.

    The first panel has the names of the rows and the scale of colours, which all share.
    """
    scale = colour_scale(grid.everything, look.show, look.palette)
    drawn = cells(grid.table, grid.everything, look.show, scale, look.palette)
    spots = [
        _Spot(c, r, int(grid.place[panel, r, c]), drawn[int(grid.place[panel, r, c])])
        for r in range(len(grid.rows))
        for c in range(len(grid.columns))
    ]
    layout = panel_layout(grid, look, panel)
    bar = _bar(scale, look, layout["height"]) if panel == 0 and not look.small else None
    traces = [_colours(spots, scale, bar), _hatching(spots)]
    traces += _texts(spots, look)
    shapes = [*_not_tested(spots, look), *_withheld(spots, look), *_outline(spots, look)]
    # Handed over whole: Plotly checks a figure's parts again at every change of it.
    return go.Figure([*traces, _points(spots, grid, synthetic)], {**layout, "shapes": shapes})


def position_of_click(points: list[dict]) -> int | None:
    """Row of the table behind the points a click reports; None where none was clicked."""
    for point in points:
        data = point.get("customdata")
        value = data[0] if isinstance(data, list | tuple) and data else data
        if isinstance(value, int | float):
            return int(value)
    return None


def _bar(scale: ColourScale, look: Look, height: int) -> dict:
    """The scale of colours at the foot of the picture.

    Placed in the container it takes no room from the cells, so that rows of all panels stay in line.
    """
    return {
        "orientation": "h",
        "thickness": 8,
        "len": BAR_PX,
        "lenmode": "pixels",
        "x": 1,
        "xanchor": "right",
        "xpad": 16,
        "y": 13 / height,
        "yref": "container",
        "yanchor": "bottom",
        "ypad": 0,
        "outlinewidth": 0,
        "tickvals": scale.ticks,
        "ticktext": scale.tick_texts,
        "tickfont": {"size": 11, "color": look.palette.faint},
    }


def _colours(spots: list[_Spot], scale: ColourScale, bar: dict | None) -> go.Heatmap:
    n_rows, n_columns = (max(getattr(spot, side) for spot in spots) + 1 for side in ("y", "x"))
    value = {(spot.x, spot.y): spot.cell.value for spot in spots}
    z = [[value[x, y] for x in range(n_columns)] for y in range(n_rows)]
    return go.Heatmap(
        x=list(range(n_columns)),
        y=list(range(n_rows)),
        z=z,
        zmin=scale.low,
        zmax=scale.high,
        colorscale=stops(scale.colours),
        colorbar=bar,
        showscale=bar is not None,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
        name="",
    )


def _hatching(spots: list[_Spot]) -> go.Bar:
    few = [spot for spot in spots if spot.cell.few]
    return go.Bar(
        x=[spot.x for spot in few],
        y=[0.94] * len(few),
        base=[spot.y - 0.47 for spot in few],
        width=0.94,
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"width": 0},
            "pattern": {
                "shape": "/",
                "size": 7,
                "solidity": 0.22,
                "fgcolor": [spot.cell.text_colour for spot in few],
                "fgopacity": 0.55,
            },
        },
        hoverinfo="skip",
        showlegend=False,
    )


def _texts(spots: list[_Spot], look: Look) -> list[go.Scatter]:
    """Number, interval and mark as three layers of text, each in a colour that can be read on its cell."""
    full = [spot for spot in spots if not (spot.cell.empty or spot.cell.withheld)]
    if look.small:
        return [_layer(full, [spot.cell.text for spot in full], 0.0, 0.0, 12)]
    return [
        _layer(full, [f"<b>{spot.cell.text}</b>" for spot in full], -0.11, -0.13, 13),
        _layer(full, [spot.cell.detail for spot in full], -0.11, 0.24, 10),
        _layer(full, [spot.cell.mark for spot in full], 0.36, -0.18, 13),
    ]


def _layer(spots: list[_Spot], texts: list[str], dx: float, dy: float, size: int) -> go.Scatter:
    return go.Scatter(
        x=[spot.x + dx for spot in spots],
        y=[spot.y + dy for spot in spots],
        text=texts,
        mode="text",
        textfont={"size": size, "color": [spot.cell.text_colour for spot in spots], "family": FONT},
        hoverinfo="skip",
        showlegend=False,
    )


def _points(spots: list[_Spot], grid: Grid, synthetic: bool) -> go.Scatter:
    return go.Scatter(
        x=[spot.x for spot in spots],
        y=[spot.y for spot in spots],
        mode="markers",
        marker={"symbol": "square", "size": 30, "color": "rgba(0,0,0,0)", "line": {"width": 0}},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[[spot.position] for spot in spots],
        text=[_hover(grid, spot.position, synthetic) for spot in spots],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _hover(grid: Grid, i: int, synthetic: bool) -> str:
    table = grid.table
    title = " · ".join(group_name(value) for value in table.group(i).values())
    sentence = cell_sentence(table, i, grid.answer.system, synthetic)
    lines = [
        f"<b>{escape(title)}</b>",
        *map(escape, wrap(sentence, 62)),
        escape(counts_sentence(table, i, synthetic)),
    ]
    return "<br>".join(lines)


def _not_tested(spots: list[_Spot], look: Look) -> list[dict]:
    return [
        {
            **_frame(spot, 0.44),
            "line": {"width": 1, "dash": "dot", "color": look.palette.faint},
            "label": {
                "text": "" if look.small else spot.cell.text,
                "font": {"size": 10, "color": look.palette.faint, "family": FONT},
            },
        }
        for spot in spots
        if spot.cell.empty
    ]


def _withheld(spots: list[_Spot], look: Look) -> list[dict]:
    """Filled grey with a word, or a mark where there is no room for words."""
    return [
        {
            **_frame(spot, 0.48),
            "layer": "below",
            "fillcolor": spot.cell.colour,
            "line": {"width": 0},
            "label": {
                "text": WITHHELD_MARK if look.small else spot.cell.text,
                "font": {"size": 10, "color": spot.cell.text_colour, "family": FONT},
            },
        }
        for spot in spots
        if spot.cell.withheld
    ]


def _outline(spots: list[_Spot], look: Look) -> list[dict]:
    line = {"width": 3, "color": look.palette.accent}
    return [{**_frame(spot, 0.5), "line": line} for spot in spots if spot.position == look.chosen]


def _frame(spot: _Spot, reach: float) -> dict:
    return {
        "type": "rect",
        "x0": spot.x - reach,
        "x1": spot.x + reach,
        "y0": spot.y - reach,
        "y1": spot.y + reach,
        "layer": "above",
    }
