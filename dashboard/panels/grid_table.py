"""The heatmap as a table: the way for keyboards, screen readers and those who want the numbers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.settings import DEFAULTS
from dashboard.answers.grid import Grid
from dashboard.answers.rates import RatesAnswer
from dashboard.answers.rows import rate_row, selected_rows
from dashboard.state import View
from dashboard.wording import (
    UNDEFINED,
    attribute_label,
    group_name,
    interval_text,
    level_text,
    people,
    percent,
    ratio_text,
)
from dashboard.wording_audience import WITHHELD_LABEL
from dashboard.wording_grid import (
    RATE,
    RATIO,
    UTTERANCES,
    VERDICT,
    counted_heading,
    interval_heading,
)
from dashboard.wording_sentences import guessed_by_software
from dashboard.wording_tables import COMBINATIONS
from dashboard.wording_verdicts import ratio_heading, verdict_cell


def draw_grid_table(grid: Grid, view: View) -> None:
    """One line per combination, in the order of the picture."""
    frame = grid_frame(grid, view.synthetic)
    numbers = [name for name in frame if str(name).startswith((RATE, RATIO)) or name == _interval(grid)]
    st.dataframe(
        frame,
        hide_index=True,
        height=560,
        placeholder=UNDEFINED,
        alt=COMBINATIONS,
        # Numbers written as text stand under each other by their last digit, as counts do.
        column_config={str(name): st.column_config.TextColumn(alignment="right") for name in numbers},
    )


def _interval(grid: Grid) -> str:
    return interval_heading(level_text(grid.table.level))


def grid_frame(grid: Grid, synthetic: bool) -> pd.DataFrame:
    """Groups, rate, interval, ratio, verdict and counts as they are written in the picture."""
    rows = [rate_row(grid.table, int(i)) for i in grid.place.transpose(1, 0, 2).reshape(-1)]
    margin, guessed = grid.table.settings.margin_ratio, bool(guessed_by_software(grid.table.attributes))
    counted = grid.table.metric.counted
    frame = pd.DataFrame(
        [rate_line(row, margin, synthetic, counted, grid.table.level, guessed=guessed) for row in rows]
    )
    # A count that is withheld is no count; whole numbers stay whole beside it.
    return frame.astype(dict.fromkeys(frame.select_dtypes("float").columns, "Int64"))


def rate_lines(answer: RatesAnswer, synthetic: bool) -> list[dict[str, object]]:
    """Every group of an answer that is not hidden by its filter, as it is written in a table."""
    table = answer.table
    margin, guessed = table.settings.margin_ratio, bool(guessed_by_software(table.attributes))
    return [
        rate_line(rate_row(table, i), margin, synthetic, table.metric.counted, table.level, guessed=guessed)
        for i in selected_rows(table)
    ]


def rate_line(
    row: dict,
    margin: float,
    synthetic: bool,
    counted: str = "word",
    level: float = DEFAULTS.level,
    *,
    guessed: bool = False,
) -> dict[str, object]:
    """One group as it is written in a table; `counted` is what counts of words are of, `level` that of the rates.

    guessed: software made the groups, so that none has a verdict.
    """
    versus = row["versus"]
    return {
        **{attribute_label(name): group_name(value) for name, value in row["group"].items()},
        RATE: percent(row["rate"]),
        interval_heading(level_text(level)): interval_text(row["low"], row["high"]),
        ratio_heading(RATIO): ratio_text(versus["ratio"], versus["low"], versus["high"]),
        VERDICT: WITHHELD_LABEL
        if row["status"] == "suppressed"
        else verdict_cell(versus["verdict"], versus["reason"], margin, guessed),
        people(synthetic).capitalize(): row["n_speakers"],
        UTTERANCES: row["n_utterances"],
        counted_heading(counted): row["n_words"],
    }
