"""Points with their intervals, one line each, as values: what is said at the left, where it stands, what is marked.

Owns what a picture of lines consists of, and the two scales most have: ratios around 1×, rates from left to
right. It knows neither groups nor systems; who words the lines does. `lines_html.py` draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.scales import Scale, Tick, rate_scale, rate_ticks, ratio_scale, ratio_ticks
from dashboard.wording import cell_ratio_interval, known_interval

ROW_PX, BARE_ROW_PX = 37, 27
"""Height of a line whose words stand under its label, and of lines without words; what needs more gets it."""
HEAD_PX = 28
"""Above the lines stands the scale."""


@dataclass(frozen=True)
class Estimate:
    """A value with its interval; NaN is not drawn."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class IntervalLine:
    """One line as it is drawn; texts as they are written, not as markup. NaN is not drawn."""

    label: str
    """At the left; a line break begins a new line."""
    number: str
    """The value as it is read, beside the label; "" where none is shown."""
    value: float
    low: float
    high: float
    words: str = ""
    """Under the label, where no narrow screen cuts them off: the verdict."""
    hover: str = ""
    """All that the line says, in sentences, read aloud in place of label, number and words; "" where these are all."""
    span: str = ""
    """The interval as it is read, shown beside the number to the keyboard; "" where it is not known."""
    mark: str = ""
    """The verdict's shape beside the number, where there is no room for words."""
    alert: bool = False
    """Shown to be worse: in colour, and as a triangle."""
    faint: bool = False
    """Never judged: drawn hollow, and its interval does not set the range."""
    quiet: bool = False
    """Not what the picture is about: in grey."""
    heading: str = ""
    """Stands above this line and those that follow, parted from the lines before."""
    second: Estimate | None = None
    """Another estimate of the same, drawn thin and hollow below; None where there is none."""


@dataclass(frozen=True)
class Mark:
    """A value marked across all lines."""

    value: float
    dashed: bool = True


@dataclass(frozen=True)
class LinesPicture:
    """Lines in their order, the first on top, on one scale."""

    lines: Sequence[IntervalLine]
    scale: Scale
    ticks: Sequence[Tick]
    marks: Sequence[Mark] = ()
    head_px: int = HEAD_PX
    """Room above the first line, for the scale."""
    row_px: int | None = None
    """Least height of a line; None: by whether there are words under the labels."""


def ratio_lines(
    lines: Sequence[IntervalLine], margin: float | None = None, head_px: int = HEAD_PX
) -> LinesPicture:
    """Ratios on a log scale: solid at 1×, dashed at a margin."""
    marks = [Mark(1.0, dashed=False)] + ([] if margin is None else [Mark(margin)])
    scale = ratio_scale([*_values(lines), *(mark.value for mark in marks)])
    spans = [replace(line, span=cell_ratio_interval(line.low, line.high)) for line in lines]
    return LinesPicture(spans, scale, ratio_ticks(scale), marks, head_px)


def rate_lines(
    lines: Sequence[IntervalLine],
    marks: Sequence[Mark] = (),
    head_px: int = HEAD_PX,
    row_px: int | None = None,
) -> LinesPicture:
    """Rates on a plain scale."""
    scale = rate_scale([*_values(lines), *(mark.value for mark in marks)])
    spans = [replace(line, span=known_interval(line.low, line.high)) for line in lines]
    return LinesPicture(spans, scale, rate_ticks(scale), marks, head_px, row_px)


def _values(lines: Sequence[IntervalLine]) -> Iterator[float]:
    """What sets the range: every value, and the intervals of what is judged, or of all where nothing is."""
    judged = [line for line in lines if not line.faint] or lines
    for line in lines:
        yield line.value
    for line in judged:
        yield from (line.low, line.high)
        if line.second is not None:
            yield from (line.second.value, line.second.low, line.second.high)
