"""One gap three ways: as recorded, standardised and modelled under each other, all groups on one scale.

A pure function of an answer; the drawing is that of every chart of ratios. A hollow point is
a group of few speakers.
"""

from __future__ import annotations

import math
from html import escape

import plotly.graph_objects as go

from dashboard.answers.adjust import AdjustAnswer
from dashboard.answers.adjust_document import KINDS, gap_rows
from dashboard.charts.interval_lines import IntervalLine, chart_ratio_lines
from dashboard.charts.palette import Palette
from dashboard.wording import ratio_text
from dashboard.wording_adjust import ESTIMATES, row_name

MOST_GROUPS = 20
"""Groups that are drawn, in their order; the table holds all."""


def chart_adjusted_gaps(answer: AdjustAnswer, palette: Palette) -> go.Figure:
    """Three lines for each group; ratios on a log scale, solid at 1×."""
    lines = []
    for row in gap_rows(answer)[:MOST_GROUPS]:
        (group,) = row["group"].values()
        name = row_name(answer, group)
        for kind in KINDS:
            ratio, low, high = (_number(row[kind][key]) for key in ("ratio", "low", "high"))
            several = f"<b>{escape(name)}</b> · " if kind == KINDS[0] and len(answer.rows) > 1 else ""
            text = ratio_text(ratio, low, high)
            lines.append(
                IntervalLine(
                    label=f"{several}{ESTIMATES[kind]}  <b>{ratio_text(ratio)}</b>",
                    value=ratio,
                    low=low,
                    high=high,
                    words="",
                    hover=f"{escape(name)}, {ESTIMATES[kind].lower()}<br>{text}",
                    faint=row["status"] != "shown",
                )
            )
    figure = chart_ratio_lines(lines, None, palette)
    rule = {"color": palette.rule, "width": 1}
    for y in range(len(KINDS), len(lines), len(KINDS)):
        figure.add_shape(
            type="line", xref="paper", x0=0, x1=1, y0=y - 0.5, y1=y - 0.5, line=rule, layer="below"
        )
    return figure


def _number(value: float | None) -> float:
    return math.nan if value is None else value
