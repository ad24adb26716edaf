"""What each cell of a heatmap shows: its place on the scale of colours, its texts and its mark.

Turns numbers of a grid into colours and words; where they stand in the figure is `heatmap.py`.
A ratio whose interval includes "no difference" keeps the colour of no difference.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.judgement import VERDICTS
from analysis.rates import FEW, NOBODY, SUPPRESSED, RateTable
from analysis.speaker_counts import FloatArray
from dashboard.answers.grid import Show, shown_values
from dashboard.charts.palette import Palette, Scale, colour_at, text_on
from dashboard.wording import (
    cell_interval,
    cell_points,
    cell_rate,
    cell_ratio,
    cell_ratio_interval,
    number,
    percent,
    points,
    ratio_text,
)
from dashboard.wording_audience import WITHHELD_IN_CELL
from dashboard.wording_sentences import guessed_by_software
from dashboard.wording_verdicts import NOT_SELECTED, NOT_TESTED, verdict_mark

LARGEST_RATIO_COLOURED = 3.0


@dataclass(frozen=True)
class ColourScale:
    """The colours of a heatmap with the values at their ends; for ratios the values are logarithms."""

    colours: Scale
    low: float
    high: float
    ticks: tuple[float, ...]
    tick_texts: tuple[str, ...]
    title: str

    def at(self, value: float) -> str:
        """The colour of a value; values beyond an end have the colour of the end."""
        return colour_at(self.colours, (value - self.low) / (self.high - self.low))


@dataclass(frozen=True)
class Cell:
    """One cell as it is drawn."""

    value: float
    """On the scale of colours; NaN where nobody was recorded."""
    text: str
    """What it shows; where it is empty, why."""
    detail: str
    """The interval; "" where there is none."""
    mark: str
    """Shape of the verdict; "" where the group is never judged."""
    colour: str
    text_colour: str
    few: bool
    empty: bool
    withheld: bool = False


def colour_scale(table: RateTable, show: Show, palette: Palette) -> ColourScale:
    """One scale for all cells of a table; take the table of all recordings and filters do not move it."""
    if show == "ratio":
        reach = math.log(LARGEST_RATIO_COLOURED)
        ticks = tuple(math.log(ratio) for ratio in (1 / LARGEST_RATIO_COLOURED, 1.0, LARGEST_RATIO_COLOURED))
        texts = tuple(ratio_text(math.exp(tick)) for tick in ticks)
        return ColourScale(palette.diverging, -reach, reach, ticks, texts, "ratio")
    values = shown_values(table, show)
    known = values[np.isfinite(values)]
    if show == "speakers":
        low, high = 0.0, max(1.0, float(known.max(initial=1.0)))
        return ColourScale(palette.counts, low, high, (low, high), (number(low), number(high)), "speakers")
    step = 0.05
    high = math.ceil(float(known.max(initial=0.0)) / step - 1e-9) * step
    # Rates of 86 and 94 % are nearly alike, and a scale that ran from one to the other would not say so.
    least = min(float(known.min(initial=1.0)), high / 2)
    low = math.floor(least / step + 1e-9) * step if len(known) else 0.0
    low, high = (low, high) if high > low else (0.0, max(step, high))
    texts = (percent(low, 0), percent(high, 0)) if show == "rate" else (points(low, 0), points(high, 0))
    return ColourScale(palette.sequential, low, high, (low, high), texts, "rate")


def cells(
    table: RateTable,
    everything: RateTable,
    show: Show,
    scale: ColourScale,
    palette: Palette,
    *,
    tenths: bool = False,
) -> list[Cell]:
    """Every group of a table as a cell, in the table's order; `everything` tells untested from not selected.

    tenths: with tenths of a percent, for numbers that are rounded to these already and must not be rounded once more.
    """
    values = _places_on_scale(table, show)

    def drawn(i: int) -> Cell:
        if table.status[i] == SUPPRESSED:
            return _withheld_cell(palette)
        if table.status[i] == NOBODY:
            return _empty_cell(bool(everything.status[i] == NOBODY), palette)
        return _cell(table, i, show, float(values[i]), scale, palette, tenths)

    return [drawn(i) for i in range(len(table))]


def _withheld_cell(palette: Palette) -> Cell:
    """Filled in grey: neither a rate nor a gap in the data."""
    return Cell(
        math.nan, WITHHELD_IN_CELL, "", "", palette.rule, palette.text, few=False, empty=False, withheld=True
    )


def _empty_cell(never_recorded: bool, palette: Palette) -> Cell:
    why = NOT_TESTED if never_recorded else NOT_SELECTED
    return Cell(math.nan, why, "", "", palette.ground, palette.faint, few=False, empty=True)


def _places_on_scale(table: RateTable, show: Show) -> FloatArray:
    values = shown_values(table, show)
    if show != "ratio":
        return np.where(np.isin(table.status, (NOBODY, SUPPRESSED)), np.nan, values)
    judged = table.judgement
    with np.errstate(all="ignore"):
        logs = np.log(np.clip(values, 1e-9, 1e9))
    unsure = (judged.low <= 1) & (judged.high >= 1) | ~(judged.p_adjusted <= table.settings.alpha)
    return np.where(np.isin(table.status, (NOBODY, SUPPRESSED)), np.nan, np.where(unsure, 0.0, logs))


def _cell(
    table: RateTable, i: int, show: Show, value: float, scale: ColourScale, palette: Palette, tenths: bool
) -> Cell:
    text, detail = _texts(table, i, show, tenths)
    colour = scale.at(value) if math.isfinite(value) else palette.ground
    judged = bool(np.isfinite(table.judgement.p[i])) and not guessed_by_software(table.attributes)
    mark = verdict_mark(VERDICTS[int(table.judgement.verdict[i])]) if judged else ""
    few = bool(table.status[i] == FEW)
    return Cell(value, text, detail, mark, colour, text_on(colour), few, empty=False)


def _texts(table: RateTable, i: int, show: Show, tenths: bool) -> tuple[str, str]:
    low, high = float(table.intervals.low[i]), float(table.intervals.high[i])
    if show == "ratio":
        judged = table.judgement
        return cell_ratio(float(judged.ratio[i])), cell_ratio_interval(
            float(judged.low[i]), float(judged.high[i])
        )
    if show == "speakers":
        return number(int(table.statistics.n_speakers[i])), ""
    if show == "width":
        return cell_points(high - low, tenths), cell_interval(low, high, tenths)
    return cell_rate(float(table.statistics.rate[i]), tenths), cell_interval(low, high, tenths)
