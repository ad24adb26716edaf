"""The plot of intervals as inline SVG, drawn from the numbers of the evidence.

Owns the drawing and the scale that every format draws by: a dot and an interval for each group against the dashed overall rate. Colours
come from the style sheet, so that it can be read on light and dark and in grey.
"""

from __future__ import annotations

import math
from base64 import b64encode
from html import escape

from analysis.card.rows import Row
from analysis.card.sections import IntervalPlot, Text
from dashboard.exports.card_text import visible
from dashboard.wording_card import (
    axis_text,
    cell_mark,
    cell_rate,
    cell_words,
    cut_text,
    plain_text,
    plot_description,
)

_WIDTH, _LABELS, _WORDS = 780.0, 190.0, 250.0
_ROW, _TOP, _BOTTOM = 24.0, 8.0, 26.0
_LONGEST_LABEL = 26
_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)


def plot_svg(plot: IntervalPlot, plot_id: str, margin: float) -> str:
    """The drawing with its title and description."""
    scale = PlotScale(plot)
    height = _TOP + _ROW * len(plot.rows) + _BOTTOM
    parts = [
        (
            f'<svg class="plot" role="img" viewBox="0 0 {_WIDTH:g} {height:g}" '
            f'aria-labelledby="{plot_id}-title {plot_id}-text">'
        ),
        f'<title id="{plot_id}-title">{_safe(plain_text(plot.title, margin))}</title>',
        f'<desc id="{plot_id}-text">{_safe(plot_description(plot.rows, plot.overall))}</desc>',
        *_axis(scale, height),
    ]
    for number, (name, row) in enumerate(plot.rows):
        parts += _line(scale, name, row, _TOP + _ROW * (number + 0.5), margin)
    if plot.overall is not None:
        x = scale.place(plot.overall)
        parts.append(f'<path class="overall" d="M{x:.1f} {_TOP:g}V{height - _BOTTOM:g}"/>')
    return "".join([*parts, "</svg>"])


def plot_image(plot: IntervalPlot, margin: float, style: str) -> str:
    """The same drawing as an image, for a page that takes no drawing in its markup; `style` colours it."""
    opening, rest = plot_svg(plot, "plot", margin).split(">", 1)
    drawing = f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{escape(style)}</style>{rest}'
    title = _safe(plain_text(plot.title, margin))
    alt = f"{title}. {_safe(plot_description(plot.rows, plot.overall))}"
    source = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    image = f'<img class="plot" src="{source}" alt="{alt}">'
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{title}">{image}</div>'


def plot_caption(plot: IntervalPlot) -> Text:
    """The title of a plot, with what the arrow means where an interval goes on beyond the drawing."""
    cut = PlotScale(plot).n_cut
    return (*plot.title, cut_text(cut)) if cut else plot.title


class PlotScale:
    """From a rate to a place on a drawing; starts at 0, so that lengths can be compared."""

    def __init__(self, plot: IntervalPlot) -> None:
        rates = [row.rate or 0.0 for _, row in plot.rows]
        highs = [row.high or 0.0 for _, row in plot.rows]
        # One very wide interval must not press all others together; it is cut off with an arrow.
        top = max([min(max(highs), 2 * max(rates)), max(rates), plot.overall or 0.0]) or 1.0
        step = next((step for step in _STEPS if top / step <= 6), top)
        self.top = math.ceil(top / step - 1e-9) * step
        self.n_cut = sum(self.cuts(row) for _, row in plot.rows)
        self.ticks = [step * number for number in range(round(self.top / step) + 1)]

    def share(self, rate: float) -> float:
        """Where a rate stands between the two ends, from 0 to 1."""
        return min(rate, self.top) / self.top

    def cuts(self, row: Row) -> bool:
        """Whether the drawing ends before the interval of a row does."""
        return row.has_interval and (row.high or 0.0) > self.top

    def place(self, rate: float) -> float:
        """Where it stands in the drawing."""
        return _LABELS + self.share(rate) * (_WIDTH - _LABELS - _WORDS)


def plot_words(row: Row, margin: float) -> str:
    """What stands beside a line of the plot: shape, rate and verdict."""
    return f"{cell_mark(row)} {cell_rate(row)}, {cell_words(row, margin)}".strip()


def _axis(scale: PlotScale, height: float) -> list[str]:
    parts = []
    for tick in scale.ticks:
        x = scale.place(tick)
        parts.append(f'<path class="tick" d="M{x:.1f} {_TOP:g}V{height - _BOTTOM:g}"/>')
        parts.append(
            f'<text class="small" x="{x:.1f}" y="{height - 8:g}" text-anchor="middle">{axis_text(tick)}</text>'
        )
    return parts


def _line(scale: PlotScale, name: str, row: Row, y: float, margin: float) -> list[str]:
    label = visible(name)
    short = label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
    parts = [f'<text x="{_LABELS - 10:g}" y="{y + 4:.1f}" text-anchor="end">{_safe(short)}</text>']
    kind = _kind(row)
    if row.low is not None and row.high is not None:
        low, high = scale.place(row.low), scale.place(row.high)
        parts.append(f'<path class="span {kind}" d="M{low:.1f} {y:.1f}H{high:.1f}"/>')
        if scale.cuts(row):
            parts.append(f'<path class="span {kind}" d="M{high - 5:.1f} {y - 4:.1f}l5 4l-5 4"/>')
    if row.rate is not None:
        parts.append(f'<circle class="dot {kind}" cx="{scale.place(row.rate):.1f}" cy="{y:.1f}" r="4"/>')
    words = plot_words(row, margin)
    x = _WIDTH - _WORDS + 12
    return [*parts, f'<text class="small {kind}" x="{x:g}" y="{y + 4:.1f}">{_safe(words)}</text>']


def _kind(row: Row) -> str:
    return "worse" if row.is_group and row.versus.verdict == "worse" else ""


def _safe(text: str) -> str:
    return escape(visible(text))
