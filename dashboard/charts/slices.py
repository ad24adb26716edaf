"""Slices as dots with intervals: what the others say of each, and fainter below it what it was found by.

A pure function of slices; the drawing is that of every chart of ratios.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from analysis.slices_estimates import SliceEstimate
from dashboard.answers.slices import FoundSlice
from dashboard.charts.interval_lines import Estimate, IntervalLine, LinesPicture, ratio_lines
from dashboard.wording import ratio_text
from dashboard.wording_slices import conditions_text, reported, result_text, slice_name
from dashboard.wording_slices_page import AS_FOUND

LINE_PX, ROOM_PX = 17, 10
"""Height of a condition in a slice's name, and what parts one slice from the next."""


def chart_slices(found: Sequence[FoundSlice]) -> LinesPicture:
    """One row for each slice, in the order given; confirmed ones in colour, ratios on a log scale, solid at 1×."""
    deepest = max((len(one.where) for one in found), default=1)
    return replace(ratio_lines([_line(one) for one in found]), row_px=deepest * LINE_PX + ROOM_PX)


def _line(one: FoundSlice) -> IntervalLine:
    estimate = reported(one)
    text = ratio_text(estimate.ratio, estimate.low, estimate.high)
    second = _second(one.estimate) if one.test else None
    searched = "" if second is None else f"\n{AS_FOUND}: {ratio_text(second.value, second.low, second.high)}"
    return IntervalLine(
        label="\n".join(conditions_text([part]) for part in one.where),
        number=ratio_text(estimate.ratio),
        value=estimate.ratio,
        low=_number(estimate.low),
        high=_number(estimate.high),
        hover=f"{slice_name(one)}\n{text}\n{result_text(one)}{searched}",
        alert=one.test is not None and one.test.confirmed,
        second=second,
    )


def _second(estimate: SliceEstimate) -> Estimate | None:
    """What the search itself saw; None where it cannot be drawn by logarithms."""
    own = Estimate(estimate.ratio, _number(estimate.low), _number(estimate.high))
    known = all(math.isfinite(end) and end > 0 for end in (own.value, own.low, own.high))
    return own if known else None


def _number(value: float | None) -> float:
    return math.nan if value is None else value
