"""Items and their excess: one line each, the excess as a point, its interval as a bar, no excess as a rule.

A pure function of rows as `words_document` makes them. Filled and coloured is what stands
out after looking at all of them; its q-value stands in the table below.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.palette import Palette, quiet_layout
from dashboard.wording_words import excess_with_interval, item_text, more_per_thousand

ROW_PX = 27
LONGEST_LABEL = 28


def chart_words(rows: Sequence[dict[str, Any]], palette: Palette) -> go.Figure:
    """Rows in their order, the first on top."""
    low, high = _ends(rows)
    colours = [palette.alert if row["stands_out"] else palette.text for row in rows]
    bars = [_bars(rows, colours, colour, (low, high)) for colour in dict.fromkeys(colours)]
    points = go.Scatter(
        x=[row["excess"] for row in rows],
        y=list(range(len(rows))),
        mode="markers",
        marker={
            "size": 9,
            "color": [palette.alert if row["stands_out"] else palette.ground for row in rows],
            "line": {"width": 2, "color": colours},
            "opacity": 1,
        },
        text=[f"{escape(item_text(row))}<br>{excess_with_interval(row)} in 1,000 words" for row in rows],
        hovertemplate="%{text}<extra></extra>",
    )
    return go.Figure([*bars, points], _layout(rows, (low, high), palette))


def _ends(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """The range that is drawn; an interval far wider than the excesses runs out of it."""
    reach = 2.5 * max((abs(row["excess"]) for row in rows), default=0.001) or 0.001
    lows = [row["low"] for row in rows if row["low"] is not None] + [row["excess"] for row in rows]
    highs = [row["high"] for row in rows if row["high"] is not None] + [row["excess"] for row in rows]
    low, high = max(-reach, min([0.0, *lows])), min(reach, max([0.0, *highs]))
    room = 0.04 * (high - low)
    return low - room, high + room


def _bars(
    rows: Sequence[dict[str, Any]], colours: Sequence[str], colour: str, ends: tuple[float, float]
) -> go.Scatter:
    """Intervals of one colour, cut at the ends of the range."""
    mine = [i for i, row in enumerate(rows) if colours[i] == colour and row["low"] is not None]
    return go.Scatter(
        x=[rows[i]["excess"] for i in mine],
        y=mine,
        mode="markers",
        marker={"size": 1, "color": colour},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [min(rows[i]["high"], ends[1]) - rows[i]["excess"] for i in mine],
            "arrayminus": [rows[i]["excess"] - max(rows[i]["low"], ends[0]) for i in mine],
            "thickness": 2.2,
            "width": 0,
            "color": colour,
        },
        hoverinfo="skip",
    )


def _layout(rows: Sequence[dict[str, Any]], ends: tuple[float, float], palette: Palette) -> dict[str, Any]:
    quiet = {"zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    ticks = _round_ticks(*ends)
    digits = 1 if ticks[1] - ticks[0] < 0.001 else 0
    labels = [
        f"{escape(_shortened(item_text(row)))}  <b>{more_per_thousand(row['excess'])}</b>  " for row in rows
    ]
    return {
        "xaxis": {
            "range": list(ends),
            "tickvals": ticks,
            "tickangle": 0,
            "ticktext": [more_per_thousand(tick, digits) for tick in ticks],
            "tickfont": {"size": 12, "color": palette.faint},
            "gridcolor": palette.rule,
            **quiet,
        },
        "yaxis": {
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": labels,
            "tickfont": {"size": 13, "color": palette.text},
            "showgrid": False,
            "automargin": True,
            **quiet,
        },
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "y0": -0.5,
                "y1": len(rows) - 0.5,
                "line": {"color": palette.faint, "width": 1.5, "dash": "dash"},
                "layer": "below",
            }
        ],
        "height": len(rows) * ROW_PX + 34,
        "margin": {"l": 10, "r": 12, "t": 6, "b": 26},
        **quiet_layout(palette),
    }


def _round_ticks(low: float, high: float) -> list[float]:
    """Three to seven round excesses between two ends, zero among them."""
    steps = [factor * 10.0**power for power in range(-6, 1) for factor in (1, 2, 5)]
    step = next((one for one in steps if (high - low) / one <= 6), 1.0)
    first, last = int(low / step - 1e-9), int(high / step + 1e-9)
    ticks = [round(i * step, 9) for i in range(first, last + 1) if low <= i * step <= high]
    return ticks if len(ticks) > 1 else [0.0, step]


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
