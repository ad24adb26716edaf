"""The forest plot: one line per group, its rate as a point, its interval as a bar, its verdict under its name.

A pure function of a table grouped by one attribute. The dashed line is the overall rate, for
display only: verdicts come from the comparator, which the page names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import plotly.graph_objects as go

from analysis.judgement import VERDICTS, WORSE
from analysis.rates import FEW, SUPPRESSED, RateTable
from dashboard.charts.heatmap_layout import SMALL_HEAD_PX
from dashboard.charts.palette import Palette, point_marker, quiet_layout
from dashboard.wording import group_name, percent
from dashboard.wording_audience import WITHHELD_LABEL, WITHHELD_MARK
from dashboard.wording_sentences import cell_sentence, counts_sentence
from dashboard.wording_verdicts import unjudged, verdict_label, verdict_mark

ROW_PX = 42
"""Room for two lines at the left: group and rate, and under them the verdict, which no narrow screen cuts off."""
DENSE_ROW_PX = 26
"""Room for one line, of many groups: the verdict's mark alone stands beside the rate."""
TOP_PX, FOOT_PX = SMALL_HEAD_PX, 6
"""Above the rows stands the scale, in as much room as a small heatmap beside it needs for its columns: rows meet."""
SMALL_PX = 12
"""Size of the verdict's words."""


@dataclass(frozen=True)
class _Line:
    """One group as it is drawn; NaN is not drawn."""

    rate: float
    low: float
    high: float
    label: str
    colour: str
    worse: bool
    """Shown to be worse."""
    hover: str
    few: bool
    """Never judged: drawn hollow, and its interval, which may be huge, does not set the range."""


def chart_forest(
    table: RateTable,
    overall: float,
    palette: Palette,
    system: str,
    synthetic: bool,
    shown: Sequence[int] | None = None,
    *,
    dense: bool = False,
) -> go.Figure:
    """Groups in their order with rate, interval and verdict; dashed is everything selected.

    `shown` names the rows of the table to draw, all by default. `dense` gives each one line: verdicts are marks.
    """
    rows = range(len(table)) if shown is None else shown
    lines = [_line(table, i, palette, system, synthetic, dense) for i in rows]
    low, high = _ends(lines, overall)
    bars = [_intervals(lines, colour, (low, high)) for colour in dict.fromkeys(line.colour for line in lines)]
    layout = _layout(lines, (low, high), palette, DENSE_ROW_PX if dense else ROW_PX)
    layout["shapes"] = _overall_line(overall, len(lines), palette)
    return go.Figure([*bars, _points(lines, palette)], layout)


def _overall_line(overall: float, n_lines: int, palette: Palette) -> list[dict]:
    if not np.isfinite(overall):
        return []
    dashes = {"color": palette.faint, "width": 1.5, "dash": "dash"}
    ends = {"x0": overall, "x1": overall, "y0": -0.5, "y1": n_lines - 0.5}
    return [{"type": "line", **ends, "line": dashes, "layer": "below"}]


def _line(table: RateTable, i: int, palette: Palette, system: str, synthetic: bool, dense: bool) -> _Line:
    (value,) = table.group(i).values()
    rate = float(table.statistics.rate[i])
    verdict = int(table.judgement.verdict[i])
    why_not = unjudged(table.judgement.reason_text(i, table.settings))
    colour = palette.alert if verdict == WORSE else palette.text
    mark = "" if why_not else verdict_mark(VERDICTS[verdict])
    withheld = table.status[i] == SUPPRESSED
    mark = WITHHELD_MARK if withheld else mark
    words = why_not or verdict_label(VERDICTS[verdict], table.settings.margin_ratio)
    hover = f"{escape(cell_sentence(table, i, system, synthetic))}<br>{counts_sentence(table, i, synthetic)}"
    words = WITHHELD_LABEL if withheld else words
    name = f"{escape(group_name(value))}  <b>{'' if withheld else percent(rate)}</b>"
    said = f'<span style="color:{colour};font-size:{SMALL_PX}px">{mark} {escape(words)}</span>'
    label = f'{name} <span style="color:{colour}">{mark or " "}</span>' if dense else f"{name}  <br>{said}"
    return _Line(
        rate=rate,
        low=float(table.intervals.low[i]),
        high=float(table.intervals.high[i]),
        label=f"{label}  ",
        colour=colour,
        worse=verdict == WORSE,
        hover=hover,
        few=bool(table.status[i] == FEW),
    )


def _ends(lines: list[_Line], overall: float) -> tuple[float, float]:
    """The range of rates that is drawn, with a little room on both sides.

    Intervals of groups with few speakers run out of it, unless there is no other group.
    """
    judged = [line for line in lines if not line.few] or lines
    rates = [line.rate for line in lines]
    values = np.array([overall, *rates, *(value for line in judged for value in (line.low, line.high))])
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    room = 0.05 * max(high - low, 0.02)
    return low - room, high + room


def _intervals(lines: list[_Line], colour: str, ends: tuple[float, float]) -> go.Scatter:
    """The bars of one colour, cut at the ends of the range: Plotly gives all error bars of a trace the same."""
    mine = [i for i, line in enumerate(lines) if line.colour == colour and np.isfinite(line.high - line.low)]
    return go.Scatter(
        x=[lines[i].rate for i in mine],
        y=mine,
        mode="markers",
        marker={"size": 1, "color": colour},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [min(lines[i].high, ends[1]) - lines[i].rate for i in mine],
            "arrayminus": [lines[i].rate - max(lines[i].low, ends[0]) for i in mine],
            "thickness": 2.2,
            "width": 0,
            "color": colour,
        },
        hoverinfo="skip",
    )


def _points(lines: list[_Line], palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=[line.rate if np.isfinite(line.rate) else None for line in lines],
        y=list(range(len(lines))),
        mode="markers",
        marker=point_marker(
            [line.colour for line in lines],
            [line.few for line in lines],
            [line.worse for line in lines],
            palette,
        ),
        text=[line.hover for line in lines],
        hovertemplate="%{text}<extra></extra>",
    )


def _layout(lines: list[_Line], ends: tuple[float, float], palette: Palette, row_px: int) -> dict:
    low, high = ends
    quiet = {"zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    ticks = _round_ticks(low, high)
    return {
        "xaxis": {
            "range": [low, high],
            "side": "top",
            "tickvals": ticks,
            "tickangle": 0,
            "ticktext": [percent(tick, 0) for tick in ticks],
            "tickfont": {"size": 12, "color": palette.faint},
            "gridcolor": palette.rule,
            **quiet,
        },
        "yaxis": {
            "range": [len(lines) - 0.5, -0.5],
            "tickvals": list(range(len(lines))),
            "ticktext": [line.label for line in lines],
            "tickfont": {"size": 13, "color": palette.text},
            "showgrid": False,
            "automargin": True,
            **quiet,
        },
        "height": len(lines) * row_px + TOP_PX + FOOT_PX,
        "margin": {"l": 10, "r": 20, "t": TOP_PX, "b": FOOT_PX},
        **quiet_layout(palette),
    }


def _round_ticks(low: float, high: float) -> list[float]:
    """Two to five round rates between two ends."""
    step = next((s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0) if (high - low) / s <= 4), 5.0)
    first = max(0, int(np.ceil(low / step - 1e-9)))
    return [round(i * step, 6) for i in range(first, int(high / step + 1e-9) + 1)]
