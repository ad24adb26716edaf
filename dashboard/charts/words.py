"""Items and their excess: one line each, the excess as a point, its interval as a bar, no excess as a rule.

A pure function of rows as `words_document` makes them. Filled and coloured is what stands
out after looking at all of them; its q-value stands in the table below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from dashboard.charts.interval_lines import IntervalLine, LinesPicture, Mark
from dashboard.charts.scales import Scale, Tick, decimals, round_values
from dashboard.wording_words import excess_with_interval, item_text, more_per_thousand, span_per_thousand
from dashboard.wording_words_sides import of_thousand_words

_MOST_TICKS = 5
_FURTHEST = 2.5
"""An interval that reaches further than this many times the largest excess goes on as an arrow."""


def chart_words(rows: Sequence[dict[str, Any]]) -> LinesPicture:
    """Rows in their order, the first on top."""
    scale = _scale(rows)
    values = round_values(scale.low, scale.high, _MOST_TICKS, fine=True)
    digits = decimals(1_000 * value for value in values)
    ticks = [Tick(value, more_per_thousand(value, digits)) for value in values]
    return LinesPicture([_line(row) for row in rows], scale, ticks, [Mark(0.0, dashed=False)])


def _line(row: dict[str, Any]) -> IntervalLine:
    low, high = (math.nan if row[end] is None else float(row[end]) for end in ("low", "high"))
    return IntervalLine(
        label=item_text(row),
        number=more_per_thousand(row["excess"]),
        value=float(row["excess"]),
        low=low,
        high=high,
        hover=f"{item_text(row)}\n{of_thousand_words(excess_with_interval(row))}",
        span="" if math.isnan(high - low) else span_per_thousand(low, high),
        alert=bool(row["stands_out"]),
        faint=not row["stands_out"],
    )


def _scale(rows: Sequence[dict[str, Any]]) -> Scale:
    """The range that is drawn; an interval far wider than the excesses runs out of it."""
    reach = _FURTHEST * max((abs(row["excess"]) for row in rows), default=0.001) or 0.001
    lows = [row["low"] for row in rows if row["low"] is not None] + [row["excess"] for row in rows]
    highs = [row["high"] for row in rows if row["high"] is not None] + [row["excess"] for row in rows]
    low, high = max(-reach, min([0.0, *lows])), min(reach, max([0.0, *highs]))
    room = 0.04 * (high - low) or reach
    return Scale(low - room, high + room)
