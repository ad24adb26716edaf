"""One gap three ways: as recorded, standardised and modelled under each other, all groups on one scale.

A pure function of an answer; the drawing is that of every chart of ratios. A hollow point is
a group of few speakers.
"""

from __future__ import annotations

import math

from dashboard.answers.adjust import AdjustAnswer
from dashboard.answers.adjust_document import KINDS, gap_rows
from dashboard.charts.interval_lines import IntervalLine, LinesPicture, ratio_lines
from dashboard.wording import ratio_text
from dashboard.wording_adjust import ESTIMATES, row_name

MOST_GROUPS = 20
"""Groups that are drawn, in their order; the table holds all."""


def chart_adjusted_gaps(answer: AdjustAnswer) -> LinesPicture:
    """Three lines for each group under its name; ratios on a log scale, solid at 1×."""
    lines = []
    for row in gap_rows(answer)[:MOST_GROUPS]:
        (group,) = row["group"].values()
        name = row_name(answer, group)
        for kind in KINDS:
            ratio, low, high = (_number(row[kind][key]) for key in ("ratio", "low", "high"))
            lines.append(
                IntervalLine(
                    label=ESTIMATES[kind],
                    number=ratio_text(ratio),
                    value=ratio,
                    low=low,
                    high=high,
                    hover=f"{name}, {ESTIMATES[kind].lower()}\n{ratio_text(ratio, low, high)}",
                    faint=row["status"] != "shown",
                    heading=name if kind == KINDS[0] and len(answer.rows) > 1 else "",
                )
            )
    return ratio_lines(lines)


def _number(value: float | None) -> float:
    return math.nan if value is None else value
