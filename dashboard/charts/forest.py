"""The forest plot: one line per group, its rate as a point, its interval as a bar, its verdict under its name.

A pure function of a table grouped by one attribute. The dashed line is the overall rate, for
display only: verdicts come from the comparator, which the page names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.judgement import VERDICTS, WORSE
from analysis.rates import FEW, SUPPRESSED, RateTable
from dashboard.charts.heatmap_layout import SMALL_HEAD_PX
from dashboard.charts.interval_lines import ROW_PX, IntervalLine, LinesPicture, Mark, rate_lines
from dashboard.wording import group_name, percent
from dashboard.wording_audience import WITHHELD_LABEL, WITHHELD_MARK
from dashboard.wording_sentences import cell_sentence, counts_sentence, no_verdict
from dashboard.wording_verdicts import verdict_label, verdict_mark

DENSE_ROW_PX = 24
"""Room for one line, of many groups: the verdict's mark alone stands beside the rate."""


def chart_forest(
    table: RateTable,
    overall: float,
    system: str,
    synthetic: bool,
    shown: Sequence[int] | None = None,
    *,
    dense: bool = False,
) -> LinesPicture:
    """Groups in their order with rate, interval and verdict; dashed is everything selected.

    `shown` names the rows of the table to draw, all by default. `dense` gives each one line: verdicts are marks.
    """
    rows = range(len(table)) if shown is None else shown
    lines = [_line(table, i, system, synthetic, dense) for i in rows]
    marks = [Mark(overall)] if math.isfinite(overall) else []
    # As far down as the rows of a small heatmap beside it, which has two lines of names above: rows meet.
    return rate_lines(lines, marks, SMALL_HEAD_PX, DENSE_ROW_PX if dense else ROW_PX)


def _line(table: RateTable, i: int, system: str, synthetic: bool, dense: bool) -> IntervalLine:
    (value,) = table.group(i).values()
    rate = float(table.statistics.rate[i])
    verdict = int(table.judgement.verdict[i])
    why_not = no_verdict(table, i)
    withheld = table.status[i] == SUPPRESSED
    mark = WITHHELD_MARK if withheld else "" if why_not else verdict_mark(VERDICTS[verdict])
    words = why_not or verdict_label(VERDICTS[verdict], table.settings.margin_ratio)
    words = WITHHELD_LABEL if withheld else words
    return IntervalLine(
        label=group_name(value),
        number="" if withheld else percent(rate),
        value=rate,
        low=float(table.intervals.low[i]),
        high=float(table.intervals.high[i]),
        words="" if dense else f"{mark} {words}".strip(),
        hover=f"{group_name(value)}\n{cell_sentence(table, i, system, synthetic)}\n{counts_sentence(table, i, synthetic)}",
        mark=mark if dense else "",
        alert=verdict == WORSE and not why_not,
        faint=bool(table.status[i] == FEW),
    )
