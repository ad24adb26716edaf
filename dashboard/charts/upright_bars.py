"""Counts as upright bars around a middle, as inert markup: what `lines_html.py` is for lines.

Owns the value and its drawing; who counts and words the bars does. All text is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.charts.scales import round_values
from dashboard.charts.spoken import framed, said
from dashboard.wording import number

HEIGHT_PX = 170
_MOST_RULES = 3


@dataclass(frozen=True)
class Bar:
    """One bar."""

    place: int
    """Left of the middle below 0, right of it above, at it 0."""
    count: int
    hover: str
    alert: bool = False
    """On the side where it gets worse: in colour."""


@dataclass(frozen=True)
class BarsPicture:
    """Bars on a row of equal places, the same number on both sides of the middle."""

    bars: Sequence[Bar]
    furthest: int
    """The outermost place on either side, at least 1."""
    below: tuple[str, str, str]
    """Under the left end, the middle and the right end."""


def bars_html(picture: BarsPicture, alt: str) -> str:
    """The picture; `alt` is read aloud before its bars, whose numbers stand above them while it has the keyboard."""
    values = round_values(0.0, max((bar.count for bar in picture.bars), default=1), _MOST_RULES)
    step = max(1.0, values[1] if len(values) > 1 else 1.0)
    tallest = max((bar.count for bar in picture.bars), default=1)
    top = max(step * math.ceil(tallest / step - 1e-9), 1.0)
    n_places = 2 * picture.furthest + 1
    rules = "".join(
        f'<span class="level" style="bottom:{100 * i * step / top:.3f}%"><b>{number(round(i * step))}</b></span>'
        for i in range(round(top / step) + 1)
    )
    bars = "".join(_bar(bar, picture.furthest, n_places, top) for bar in picture.bars)
    names = zip(("start", "middle", "end"), picture.below, strict=True)
    below = "".join(f'<span class="{kind}">{escape(text)}</span>' for kind, text in names)
    inside = (
        f'<div class="ground"><div aria-hidden="true">{rules}</div><div role="list">{bars}</div></div>'
        f'<div class="below" aria-hidden="true">{below}</div>'
    )
    return framed("bars", alt, f"--tall:{HEIGHT_PX}px", inside)


def _bar(bar: Bar, furthest: int, n_places: int, top: float) -> str:
    left, share = 100 * (bar.place + furthest) / n_places, 100 / n_places
    place = f"left:{left:.3f}%;width:{share:.3f}%;--high:{100 * bar.count / top:.3f}%;--at:{left + share / 2:.3f}%"
    worse = " alert" if bar.alert else ""
    return (
        f'<div class="place{worse}" role="listitem" style="{place}"><span class="upright" '
        f'data-count="{number(bar.count)}"></span>{said(bar.hover)}</div>'
    )
