"""What becomes of single speakers: how many get worse and better, and by how much.

A pure function of changes of rate, one per speaker. Shown beside the test of the whole, which
leans to "better" where a few are hurt and the rest are helped.
"""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from analysis.speaker_counts import FloatArray
from dashboard.charts.palette import Palette, quiet_layout
from dashboard.wording_versions import points_text

HEIGHT_PX = 210
_BARS = 31
_CUT = 0.01
"""Share of speakers at each end whose changes are drawn in the outermost bars."""


def chart_speaker_changes(changes: FloatArray, palette: Palette, who: str) -> go.Figure:
    """Speakers by change of rate, in bars of equal width with one edge at no change; right of it they get worse."""
    low, high = (float(value) for value in np.quantile(changes, (_CUT, 1 - _CUT)))
    reach = max(-low, high, 0.01)
    width = 2 * reach / _BARS
    # Whoever nothing changed for stands in a bar of their own.
    place = np.where(changes == 0, 0.0, np.sign(changes) * (np.floor(np.abs(changes) / width) + 1))
    place = np.clip(place, -(_BARS // 2 + 1), _BARS // 2 + 1)
    places, counts = np.unique(place, return_counts=True)
    colours = [palette.alert if p > 0 else palette.faint for p in places]
    return go.Figure(
        go.Bar(
            x=places,
            y=counts,
            width=0.86,
            marker={"color": colours, "line": {"width": 0}},
            text=[f"{n:,} {who}<br>{_span(float(p), width)}" for p, n in zip(places, counts, strict=True)],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        ),
        _layout(palette, width, float(places.min()), float(places.max())),
    )


def _span(place: float, width: float) -> str:
    if place == 0:
        return "no change"
    near, far = (abs(place) - 1) * width, abs(place) * width
    sign = 1 if place > 0 else -1
    if abs(place) > _BARS // 2:
        return f"{points_text(sign * near)} and beyond"
    return f"{points_text(sign * near)} to {points_text(sign * far)}"


def _end(drawn: float, end: float, width: float) -> str:
    """What stands under an end of the axis; where the outermost bar `drawn` there holds all that lie further out, it says so."""
    return _span(drawn, width) if drawn == end and abs(end) > _BARS // 2 else points_text(end * width)


def _layout(palette: Palette, width: float, lowest: float, highest: float) -> dict:
    quiet = {"zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    furthest = max(-lowest, highest)
    ticks = [-furthest, 0, furthest]
    ends = [_end(drawn, end, width) for drawn, end in ((lowest, -furthest), (highest, furthest))]
    return {
        "xaxis": {
            "range": [-furthest - 0.7, furthest + 0.7],
            "tickvals": ticks,
            "ticktext": [ends[0], "no change", ends[1]],
            "tickfont": {"size": 12, "color": palette.faint},
            "tickangle": 0,
            "showgrid": False,
            **quiet,
        },
        "yaxis": {
            "tickfont": {"size": 12, "color": palette.faint},
            "gridcolor": palette.rule,
            "nticks": 4,
            **quiet,
        },
        "height": HEIGHT_PX,
        "margin": {"l": 40, "r": 24, "t": 10, "b": 28},
        "bargap": 0,
        **quiet_layout(palette),
    }
