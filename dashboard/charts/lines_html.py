"""Lines as inert markup: label, number and words at the left, the point with its interval at the right.

One drawing serves the screen, a saved view and paper: places are percentages of whatever width there is, colours
those of the theme that the reader has chosen. A triangle is worse, a hollow point few; an interval or a value that
lies beyond an end goes on as an arrow. All text is escaped here.
"""

from __future__ import annotations

import math
from functools import cache
from html import escape
from importlib.resources import files

from dashboard.charts.interval_lines import BARE_ROW_PX, ROW_PX, Estimate, IntervalLine, LinesPicture
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.scales import Scale
from dashboard.charts.spoken import framed, said

_EDGE = 1e-9


def lines_html(picture: LinesPicture, alt: str) -> str:
    """The picture; `alt` is read aloud before its lines, whose intervals stand beside the numbers while it has the keyboard."""
    words = any(line.words for line in picture.lines)
    row_px = picture.row_px or (ROW_PX if words else BARE_ROW_PX)
    marks = any(line.mark for line in picture.lines)
    rows = "".join(_heading(line) + _row(line, picture.scale, marks=marks) for line in picture.lines)
    size = f"--head:{picture.head_px}px;--row:{row_px}px"
    return framed("lines", alt, size, f'{_field(picture)}<div class="rows" role="list">{rows}</div>')


@cache
def pictures_css() -> str:
    """How lines and bars look, in the colours of either theme."""
    names = ("text", "faint", "rule", "ground", "alert")
    colours = "".join(f"--{name}:light-dark({getattr(LIGHT, name)},{getattr(DARK, name)});" for name in names)
    sheet = files("dashboard.charts").joinpath("lines.css").read_text(encoding="utf-8")
    return f":is(.lines,.bars){{{colours}}}{sheet}"


def _field(picture: LinesPicture) -> str:
    """What stands behind all lines: named values above, thin rules below them, and the marks."""
    ticks = "".join(
        f'<span class="tick" style="left:{_percent(picture.scale.place(tick.value))}"><b>{escape(tick.text)}</b></span>'
        for tick in picture.ticks
    )
    marks = "".join(
        f'<span class="mark{" dashed" if mark.dashed else ""}" style="left:{_percent(picture.scale.place(mark.value))}"></span>'
        for mark in picture.marks
        if math.isfinite(mark.value)
    )
    return f'<div class="field" aria-hidden="true">{ticks}{marks}</div>'


def _heading(line: IntervalLine) -> str:
    return f'<div class="heading" role="listitem">{escape(line.heading)}</div>' if line.heading else ""


def _row(line: IntervalLine, scale: Scale, *, marks: bool) -> str:
    kinds = {"alert": line.alert, "few": line.faint, "quiet": line.quiet}
    classes = " ".join(["row", *(name for name, holds in kinds.items() if holds)])
    mark = f"<u>{escape(line.mark)}</u>" if marks else ""
    words = f'<div class="words">{escape(line.words)}</div>' if line.words else ""
    span = f'<span class="span">{escape(line.span)}</span>' if line.span else ""
    number = f"<b>{escape(line.number)}</b>{span}{mark}"
    # Its sentence says all of it, and is heard once.
    heard = ' aria-hidden="true"' if line.hover else ""
    return (
        f'<div class="{classes}" role="listitem"><div class="label"{heard}><div class="first"><span>{escape(line.label)}</span>'
        f"<span>{number}</span></div>{words}</div>{_plot(line, scale)}</div>"
    )


def _plot(line: IntervalLine, scale: Scale) -> str:
    own = Estimate(line.value, line.low, line.high)
    place = scale.place(line.value)
    drawn = _estimate(own, scale, "") + (
        "" if line.second is None else _estimate(line.second, scale, " second")
    )
    at = "" if math.isnan(place) else f' style="--at:{_percent(place)}"'
    return f'<div class="plot"{at}>{drawn}{said(line.hover)}</div>'


def _estimate(one: Estimate, scale: Scale, kind: str) -> str:
    """A bar from end to end and a point upon it; an arrow where either lies beyond."""
    place, low, high = (scale.place(value) for value in (one.value, one.low, one.high))
    if math.isnan(place):
        return ""
    return (_bar(low, high, kind) if not math.isnan(high - low) else "") + _point(place, kind)


def _bar(low: float, high: float, kind: str) -> str:
    left, right = (min(1.0, max(0.0, end)) for end in (low, high))
    goes_on = f"{' below' if low < -_EDGE else ''}{' above' if high > 1 + _EDGE else ''}"
    return f'<span class="bar{kind}{goes_on}" style="left:{_percent(left)};width:{_percent(right - left)}"></span>'


def _point(place: float, kind: str) -> str:
    if place < -_EDGE or place > 1 + _EDGE:
        return f'<span class="beyond{kind} {"below" if place < 0 else "above"}"></span>'
    return f'<span class="point{kind}" style="left:{_percent(place)}"></span>'


def _percent(place: float) -> str:
    """A place on the scale as style sheets write it."""
    return f"{round(100 * min(1.0, max(0.0, place)), 3):g}%"
