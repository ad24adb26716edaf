"""Two rates, one above the other: a subgroup and whom it is compared with, as points with intervals.

A pure function of a subgroup's answer. Colour marks the subgroup only where its verdict is
"worse", and the verdict's mark stands beside it; its words stand in the table below, which
a narrow window does not clip.
"""

from __future__ import annotations

from html import escape

import numpy as np
import plotly.graph_objects as go

from analysis.judgement import VERDICTS, WORSE
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupAnswer
from dashboard.charts.palette import FONT, Palette
from dashboard.wording import interval_text, percent
from dashboard.wording_subgroup import THIS_SUBGROUP, short_comparator
from dashboard.wording_verdicts import verdict_mark

ROW_PX = 40
ROOM_FOR_MARK = 0.1
"""Width kept for the verdict's mark at the right, as a share of the range of rates."""


def chart_pair(answer: SubgroupAnswer, palette: Palette) -> go.Figure:
    """The subgroup above the others it is compared with."""
    table, order = answer.table, (SUBGROUP, REST)
    alert = table.judgement.verdict[SUBGROUP] == WORSE
    colours = [palette.alert if alert else palette.text, palette.faint]
    traces = [_line(answer, i, y, colours[y]) for y, i in enumerate(order)]
    figure = go.Figure(traces)
    _place(figure, answer, palette)
    return figure


def _line(answer: SubgroupAnswer, i: int, y: int, colour: str) -> go.Scatter:
    table = answer.table
    rate, low, high = (
        float(v[i]) for v in (table.statistics.rate, table.intervals.low, table.intervals.high)
    )
    known = np.isfinite(rate)
    mark = f"  {_mark(answer)}" if i == SUBGROUP else ""
    return go.Scatter(
        x=[low, rate, high] if np.isfinite(low) else [rate],
        y=[y] * (3 if np.isfinite(low) else 1),
        mode="lines+markers+text",
        line={"color": colour, "width": 2.4},
        marker={"size": [0, 10, 0] if np.isfinite(low) else 10, "color": colour, "opacity": 1},
        text=["", "", mark] if np.isfinite(low) else [mark],
        textposition="middle right",
        textfont={"size": 14, "color": colour, "family": FONT},
        cliponaxis=False,
        hovertemplate=f"{percent(rate)} ({interval_text(low, high)})<extra></extra>" if known else None,
        showlegend=False,
    )


def _mark(answer: SubgroupAnswer) -> str:
    table = answer.table
    return verdict_mark(VERDICTS[int(table.judgement.verdict[SUBGROUP])])


def round_rates(low: float, high: float) -> list[float]:
    """A few round rates between two ends."""
    step = next((s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0) if (high - low) / s <= 6), 5.0)
    return [float(tick) for tick in np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step]


def _place(figure: go.Figure, answer: SubgroupAnswer, palette: Palette) -> None:
    table = answer.table
    known = np.array([*table.intervals.low, *table.intervals.high, *table.statistics.rate])
    low, high = float(np.nanmin(known)), float(np.nanmax(known))
    spread = max(high - low, 0.02)
    names = [THIS_SUBGROUP, short_comparator(answer)]
    rates = [percent(float(table.statistics.rate[i])) for i in (SUBGROUP, REST)]
    ticks = round_rates(low, high)
    quiet = {"zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    figure.update_xaxes(
        range=[low - 0.08 * spread, high + ROOM_FOR_MARK * spread],
        tickvals=ticks,
        ticktext=[percent(tick, 0) for tick in ticks],
        tickfont={"size": 12, "color": palette.faint},
        gridcolor=palette.rule,
        **quiet,
    )
    figure.update_yaxes(
        range=[1.5, -0.5],
        tickvals=[0, 1],
        ticktext=[f"{escape(name)}   <b>{rate}</b>  " for name, rate in zip(names, rates, strict=True)],
        tickfont={"size": 13, "color": palette.text},
        showgrid=False,
        automargin=True,
        **quiet,
    )
    figure.update_layout(
        height=2 * ROW_PX + 34,
        margin={"l": 10, "r": 4, "t": 4, "b": 26},
        font={"family": FONT, "color": palette.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        showlegend=False,
    )
