"""A figure of this room as an SVG that needs no script: for a view that is saved, printed or sent.

Draws what our figures are made of: points with intervals, lines, bars, marks across, and labels in simple HTML.
What a figure shows is the figure's; nothing is worked out here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import Any

import plotly.graph_objects as go

WIDTH = 720.0
LETTER_PX, LINE_PX = 7.4, 15.0
_TAG = re.compile(r"<[^>]+>")
_COLOUR = re.compile(r"color:(#[0-9a-f]{6})")
Part = Mapping[str, Any]


def still_svg(figure: go.Figure, title: str) -> str:
    """The figure as inline SVG, `title` read aloud; every text is escaped."""
    drawn = figure.to_dict()
    frame = _Frame(drawn)
    parts = [
        *_axes(drawn["layout"], frame),
        *(_mark(shape, frame) for shape in drawn["layout"].get("shapes", ()) if shape.get("type") == "line"),
    ]
    for trace in drawn["data"]:
        parts += _bars(trace, frame) if trace["type"] == "bar" else _points(trace, frame)
    said = escape(title)
    return (
        f'<svg class="still" role="img" aria-label="{said}" viewBox="0 0 {WIDTH:g} {frame.height:g}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{said}</title>{"".join(parts)}</svg>'
    )


class _Frame:
    """Where values stand: labels at the left, the rest of the width for the values."""

    def __init__(self, drawn: Part) -> None:
        layout = drawn["layout"]
        self.height = float(layout["height"])
        margin = layout["margin"]
        self.top, self.bottom = float(margin["t"]), self.height - float(margin["b"])
        labels = list(layout["yaxis"].get("ticktext") or ())
        longest = max((len(line) for label in labels for line in _lines(label)), default=6)
        self.left = min(0.5 * WIDTH, 16 + LETTER_PX * longest)
        self.right = WIDTH - 34
        self.x_range = [float(value) for value in layout["xaxis"]["range"]]
        self.y_range = [float(value) for value in layout["yaxis"].get("range") or _heights(drawn["data"])]

    def x(self, value: float) -> float:
        low, high = self.x_range
        return self.left + (value - low) / (high - low) * (self.right - self.left)

    def y(self, value: float) -> float:
        first, last = self.y_range
        return self.bottom + (value - first) / (last - first) * (self.top - self.bottom)


def _heights(traces: Iterable[Part]) -> list[float]:
    tallest = max((float(value) for trace in traces for value in trace["y"]), default=1.0)
    return [0.0, 1.05 * tallest or 1.0]


def _axes(layout: Part, frame: _Frame) -> list[str]:
    parts = []
    across, down = layout["xaxis"], layout["yaxis"]
    for value, text in zip(across.get("tickvals") or (), across.get("ticktext") or (), strict=True):
        x = frame.x(float(value))
        if across.get("showgrid") is not False:
            parts.append(f'<path class="rule" d="M{x:.1f} {frame.top:g}V{frame.bottom:g}"/>')
        beside = frame.top - 9 if across.get("side") == "top" else frame.bottom + 17
        parts.append(_text([str(text)], x, beside, "middle", "faint"))
    for value, text in zip(down.get("tickvals") or (), down.get("ticktext") or (), strict=True):
        parts.append(_label(str(text), frame.left - 8, frame.y(float(value))))
    return parts


def _label(text: str, x: float, y: float) -> str:
    """A label at the left, its lines below each other, in the colour it asks for."""
    lines = _lines(text)
    colour = _COLOUR.search(text)
    style = f' style="fill:{colour.group(1)}"' if colour else ""
    first = y + 4 - LINE_PX * (len(lines) - 1) / 2
    texts = [
        f'<text x="{x:.1f}" y="{first + LINE_PX * i:.1f}" text-anchor="end"{style if i else ""}>{escape(line)}</text>'
        for i, line in enumerate(lines)
    ]
    return "".join(texts)


def _lines(text: str) -> list[str]:
    return [unescape(_TAG.sub("", line)).strip() for line in text.split("<br>")]


def _text(lines: list[str], x: float, y: float, anchor: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(" ".join(lines))}</text>'


def _mark(shape: Part, frame: _Frame) -> str:
    dashed = ' stroke-dasharray="5 4"' if shape["line"].get("dash") in ("dash", "dot") else ""
    x0, x1, y0, y1 = (float(shape[end]) for end in ("x0", "x1", "y0", "y1"))
    path = f"M{frame.x(x0):.1f} {frame.y(y0):.1f}L{frame.x(x1):.1f} {frame.y(y1):.1f}"
    return f'<path d="{path}" fill="none" stroke="{shape["line"]["color"]}" stroke-width="1.5"{dashed}/>'


def _points(trace: Part, frame: _Frame) -> list[str]:
    places = [(i, x, y) for i, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)) if _known(x)]
    parts = _intervals(trace, places, frame)
    if "lines" in trace["mode"] and len(places) > 1:
        path = "L".join(f"{frame.x(float(x)):.1f} {frame.y(float(y)):.1f}" for _, x, y in places)
        line = trace["line"]
        parts.append(
            f'<path d="M{path}" fill="none" stroke="{line["color"]}" stroke-width="{line["width"]}"/>'
        )
    marker = trace.get("marker") or {}
    for i, x, y in places:
        size, colour = _nth(marker.get("size", 6), i), _nth(marker.get("color", "#111111"), i)
        if size > 1:
            symbol = str(_nth(marker.get("symbol", "circle"), i))
            ring = _nth((marker.get("line") or {}).get("color", colour), i)
            fill = "none" if symbol.endswith("-open") else colour
            shape = _shape(symbol, frame.x(float(x)), frame.y(float(y)), size / 2)
            parts.append(f'<{shape} fill="{fill}" stroke="{ring}" stroke-width="1.5"/>')
        if "text" in trace["mode"] and (said := _nth(trace["text"], i).strip()):
            parts.append(_text([said], frame.x(float(x)) + 8, frame.y(float(y)) + 5, "start", "mark"))
    return parts


def _shape(symbol: str, x: float, y: float, radius: float) -> str:
    if symbol.startswith("triangle"):
        return f'path d="M{x:.1f} {y - radius:.1f}l{radius:.1f} {1.7 * radius:.1f}h{-2 * radius:.1f}Z"'
    return f'circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"'


def _intervals(trace: Part, places: list[tuple[int, Any, Any]], frame: _Frame) -> list[str]:
    bars = trace.get("error_x") or {}
    if not len(bars.get("array", ())):
        return []
    colour, width = bars.get("color", "#111111"), bars.get("thickness", 2)
    return [
        f'<path d="M{frame.x(float(x) - float(bars["arrayminus"][i])):.1f} {frame.y(float(y)):.1f}'
        f'H{frame.x(float(x) + float(bars["array"][i])):.1f}" stroke="{colour}" stroke-width="{width}"/>'
        for i, x, y in places
    ]


def _bars(trace: Part, frame: _Frame) -> list[str]:
    """Upright bars, one unit wide."""
    parts = []
    for i, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        left, right, top = frame.x(float(x) - 0.45), frame.x(float(x) + 0.45), frame.y(float(y))
        colour = _nth((trace.get("marker") or {}).get("color", "#55565a"), i)
        parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
            f'height="{max(0.0, frame.bottom - top):.1f}" fill="{colour}"/>'
        )
    return parts


def _known(value: Any) -> bool:
    return value is not None and math.isfinite(float(value))


def _nth(value: Any, i: int) -> Any:
    """One of many, or the same for all."""
    return value if isinstance(value, str | int | float) else value[i]
