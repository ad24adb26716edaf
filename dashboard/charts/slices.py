"""Slices as dots with intervals: what the others say of each, and fainter beside it what it was found by.

A pure function of slices; the drawing is that of every chart of ratios.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from analysis.slices_estimates import SliceEstimate
from dashboard.answers.slices import FoundSlice
from dashboard.charts.interval_lines import FOOT_PX, HEAD_PX, IntervalLine, chart_ratio_lines
from dashboard.charts.palette import Palette
from dashboard.wording import ratio_text
from dashboard.wording_slices import conditions_text, reported, result_text, slice_name
from dashboard.wording_slices_page import AS_FOUND

LINE_PX, ROOM_PX = 18, 16
_BESIDE = 0.24
"""How far below the estimate of the others that of the search stands, in rows."""


def chart_slices(found: Sequence[FoundSlice], palette: Palette) -> go.Figure:
    """One row for each slice, in the order given; confirmed ones in colour, ratios on a log scale, solid at 1×."""
    lines = [_line(one) for one in found]
    figure = chart_ratio_lines(lines, None, palette)
    _add_found(figure, found, palette)
    deepest = max(len(one.where) for one in found)
    figure.update_layout(height=len(lines) * (deepest * LINE_PX + ROOM_PX) + HEAD_PX + FOOT_PX)
    return figure


def _line(one: FoundSlice) -> IntervalLine:
    estimate = reported(one)
    text = ratio_text(estimate.ratio, estimate.low, estimate.high)
    return IntervalLine(
        label="  <br>".join(escape(conditions_text([part])) for part in one.where),
        value=estimate.ratio,
        low=_number(estimate.low),
        high=_number(estimate.high),
        words="",
        hover=f"{escape(slice_name(one))}<br>{text}<br>{escape(result_text(one))}",
        alert=one.test is not None and one.test.confirmed,
    )


def _add_found(figure: go.Figure, found: Sequence[FoundSlice], palette: Palette) -> None:
    """What the search itself saw, thin and hollow below; the range of the picture makes room for it."""
    low, high = figure.layout.xaxis.range
    shown = [(row, one.estimate) for row, one in enumerate(found) if one.test and _drawable(one.estimate)]
    if not shown:
        return
    ratios = [math.log(estimate.ratio) for _, estimate in shown]
    ends = [(math.log(estimate.low or 1), math.log(estimate.high or 1)) for _, estimate in shown]
    figure.add_trace(
        go.Scatter(
            x=ratios,
            y=[row + _BESIDE for row, _ in shown],
            mode="markers",
            marker={"size": 6, "color": palette.faint, "symbol": "circle-open"},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [end[1] - ratio for ratio, end in zip(ratios, ends, strict=True)],
                "arrayminus": [ratio - end[0] for ratio, end in zip(ratios, ends, strict=True)],
                "thickness": 1,
                "width": 0,
                "color": palette.faint,
            },
            text=[f"{AS_FOUND}<br>{ratio_text(e.ratio, e.low, e.high)}" for _, e in shown],
            hovertemplate="%{text}<extra></extra>",
        )
    )
    span = [min(low, *(end[0] - 0.02 for end in ends)), max(high, *(end[1] + 0.02 for end in ends))]
    figure.update_xaxes(range=span)


def _drawable(estimate: SliceEstimate) -> bool:
    ends = (estimate.ratio, estimate.low, estimate.high)
    return all(end is not None and math.isfinite(end) and end > 0 for end in ends)


def _number(value: float | None) -> float:
    return math.nan if value is None else value
