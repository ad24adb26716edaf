"""Points with their intervals, one line each: ratios on a log scale around 1×, or rates from left to right.

A pure function of lines that somebody worded. It knows neither groups nor systems: forests of
ratios, changes of gaps and the history of systems are all drawn by it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboard.charts.palette import Palette, point_marker, quiet_layout
from dashboard.wording import percent, ratio_text

ROW_PX, BARE_ROW_PX = 42, 27
"""Height of a line whose words stand under its label, and of lines without words."""
HEAD_PX, FOOT_PX = 28, 6
"""Above the lines stands the scale."""
SMALL_PX = 12
"""Size of the words."""
_RATIO_TICKS = (0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0)
_MOST_TICKS = 4
_FURTHEST = 8.0
"""Ratios beyond this, and below its inverse, run out of the picture."""


@dataclass(frozen=True)
class IntervalLine:
    """One line as it is drawn; NaN is not drawn."""

    label: str
    """Left of the line; may hold simple HTML, so names must be escaped."""
    value: float
    low: float
    high: float
    words: str
    """Under the label, where no narrow screen cuts them off: the verdict."""
    hover: str
    alert: bool = False
    """Shown to be worse."""
    faint: bool = False
    """Never judged: drawn hollow, and its interval does not set the range."""


def chart_ratio_lines(
    lines: Sequence[IntervalLine], margin: float | None, palette: Palette, head_px: int = HEAD_PX
) -> go.Figure:
    """Ratios on a log scale: solid at 1×, dashed at a margin. `head_px` is the room above the first line."""
    marks = (0.0,) if margin is None else (0.0, math.log(margin))
    return _figure([_as_logs(line) for line in lines], palette, marks, head_px, ratios=True)


def chart_rate_lines(lines: Sequence[IntervalLine], palette: Palette) -> go.Figure:
    """Rates on a plain scale."""
    return _figure(list(lines), palette, (), HEAD_PX, ratios=False)


def _as_logs(line: IntervalLine) -> IntervalLine:
    value, low, high = (_log(number) for number in (line.value, line.low, line.high))
    return IntervalLine(line.label, value, low, high, line.words, line.hover, line.alert, line.faint)


def _log(ratio: float) -> float:
    """Logarithm within what is drawn; NaN stays NaN."""
    if math.isnan(ratio):
        return math.nan
    return math.log(min(_FURTHEST, max(1 / _FURTHEST, ratio)))


def _figure(
    lines: list[IntervalLine], palette: Palette, marks: tuple[float, ...], head_px: int, *, ratios: bool
) -> go.Figure:
    ends = _ends(lines, marks)
    traces = [_bars(lines, ends, alert, palette) for alert in (False, True)]
    traces.append(_points(lines, palette))
    layout = _layout(lines, ends, palette, head_px, ratios)
    layout["shapes"] = [
        {
            "type": "line",
            "x0": x,
            "x1": x,
            "y0": -0.5,
            "y1": len(lines) - 0.5,
            "layer": "below",
            "line": {"color": palette.faint, "width": 1.5, "dash": "dash" if i else "solid"},
        }
        for i, x in enumerate(marks)
    ]
    return go.Figure(traces, layout)


def _ends(lines: list[IntervalLine], marks: tuple[float, ...]) -> tuple[float, float]:
    judged = [line for line in lines if not line.faint] or lines
    values = [value for line in judged for value in (line.low, line.high)] + [line.value for line in lines]
    known = [value for value in (*values, *marks) if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(known), max(known)
    room = 0.05 * max(high - low, 0.02)
    return low - room, high + room


def _colour(line: IntervalLine, palette: Palette) -> str:
    return palette.alert if line.alert else palette.text


def _bars(lines: list[IntervalLine], ends: tuple[float, float], alert: bool, palette: Palette) -> go.Scatter:
    """The intervals of one colour, cut at the ends: Plotly gives all error bars of a trace the same."""
    mine = [
        i
        for i, line in enumerate(lines)
        if line.alert == alert and all(map(math.isfinite, (line.value, line.low, line.high)))
    ]
    return go.Scatter(
        x=[lines[i].value for i in mine],
        y=mine,
        mode="markers",
        marker={"size": 1, "color": palette.text},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [min(lines[i].high, ends[1]) - lines[i].value for i in mine],
            "arrayminus": [lines[i].value - max(lines[i].low, ends[0]) for i in mine],
            "thickness": 2.2,
            "width": 0,
            "color": palette.alert if alert else palette.text,
        },
        hoverinfo="skip",
    )


def _points(lines: list[IntervalLine], palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=[line.value if math.isfinite(line.value) else None for line in lines],
        y=list(range(len(lines))),
        mode="markers",
        marker=point_marker(
            [_colour(line, palette) for line in lines],
            [line.faint for line in lines],
            [line.alert for line in lines],
            palette,
        ),
        text=[line.hover for line in lines],
        hovertemplate="%{text}<extra></extra>",
    )


def _label(line: IntervalLine, palette: Palette) -> str:
    if not line.words:
        return f"{line.label}  "
    words = f'<span style="color:{_colour(line, palette)};font-size:{SMALL_PX}px">{escape(line.words)}</span>'
    return f"{line.label}  <br>{words}  "


def _layout(
    lines: list[IntervalLine], ends: tuple[float, float], palette: Palette, head_px: int, ratios: bool
) -> dict:
    low, high = ends
    quiet = {"zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    row_px = ROW_PX if any(line.words for line in lines) else BARE_ROW_PX
    ticks = _ratio_ticks(low, high) if ratios else _rate_ticks(low, high)
    return {
        "xaxis": {
            "range": [low, high],
            "side": "top",
            "tickvals": [place for place, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "tickangle": 0,
            "tickfont": {"size": 12, "color": palette.faint},
            "gridcolor": palette.rule,
            **quiet,
        },
        "yaxis": {
            "range": [len(lines) - 0.5, -0.5],
            "tickvals": list(range(len(lines))),
            "ticktext": [_label(line, palette) for line in lines],
            "tickfont": {"size": 13, "color": palette.text},
            "showgrid": False,
            "automargin": True,
            **quiet,
        },
        "height": len(lines) * row_px + head_px + FOOT_PX,
        "margin": {"l": 10, "r": 20, "t": head_px, "b": FOOT_PX},
        **quiet_layout(palette),
    }


def _ratio_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Round ratios between two ends, one for 1×, none nearer to the next than can be read."""
    apart = (high - low) / _MOST_TICKS
    found: list[float] = [0.0]
    for ratio in sorted(_RATIO_TICKS, key=lambda one: abs(math.log(one))):
        place = math.log(ratio)
        if low <= place <= high and all(abs(place - other) >= apart for other in found):
            found.append(place)
    return [(place, ratio_text(round(math.exp(place), 2))) for place in sorted(found)]


def _rate_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Two to five round rates between two ends."""
    step = next((s for s in (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if (high - low) / s <= 4), 2.0)
    first = max(0, math.ceil(low / step - 1e-9))
    places = [round(i * step, 6) for i in range(first, int(high / step + 1e-9) + 1)]
    return [(place, percent(place, 1 if step < 0.01 else 0)) for place in places]
