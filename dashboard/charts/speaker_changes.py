"""What becomes of single speakers: how many get worse and better, and by how much.

A pure function of changes of rate, one per speaker. Shown beside the test of the whole, which
leans to "better" where a few are hurt and the rest are helped.
"""

from __future__ import annotations

import numpy as np

from analysis.speaker_counts import FloatArray
from dashboard.charts.upright_bars import Bar, BarsPicture
from dashboard.wording_versions import NO_CHANGE, bar_said, beyond_text, points_span, points_text

_BARS = 31
_CUT = 0.01
"""Share of speakers at each end whose changes are drawn in the outermost bars."""


def chart_speaker_changes(changes: FloatArray, who: str) -> BarsPicture:
    """Speakers by change of rate, in bars of equal width with one edge at no change; right of it they get worse."""
    low, high = (float(value) for value in np.quantile(changes, (_CUT, 1 - _CUT)))
    reach = max(-low, high, 0.01)
    width = 2 * reach / _BARS
    # Whoever nothing changed for stands in a bar of their own.
    place = np.where(changes == 0, 0.0, np.sign(changes) * (np.floor(np.abs(changes) / width) + 1))
    place = np.clip(place, -(_BARS // 2 + 1), _BARS // 2 + 1)
    places, counts = np.unique(place, return_counts=True)
    lowest, highest = float(places.min()), float(places.max())
    furthest = max(-lowest, highest, 1.0)
    bars = [
        Bar(int(p), int(n), bar_said(int(n), who, _span(float(p), width)), alert=bool(p > 0))
        for p, n in zip(places, counts, strict=True)
    ]
    ends = (_end(lowest, -furthest, width), NO_CHANGE, _end(highest, furthest, width))
    return BarsPicture(bars, int(furthest), ends)


def _span(place: float, width: float) -> str:
    if place == 0:
        return NO_CHANGE
    near, far = (abs(place) - 1) * width, abs(place) * width
    sign = 1 if place > 0 else -1
    if abs(place) > _BARS // 2:
        return beyond_text(sign * near)
    return points_span(sign * near, sign * far)


def _end(drawn: float, end: float, width: float) -> str:
    """What stands under an end of the axis; where the outermost bar `drawn` there holds all that lie further out, it says so."""
    return _span(drawn, width) if drawn == end and abs(end) > _BARS // 2 else points_text(end * width)
