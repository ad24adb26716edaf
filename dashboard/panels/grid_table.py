"""The heatmap as a table: the way for keyboards, screen readers and those who want the numbers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.answers.grid import Grid
from dashboard.answers.rows import rate_row
from dashboard.state import View
from dashboard.wording import (
    UNDEFINED,
    attribute_label,
    group_name,
    interval_text,
    people,
    percent,
    ratio_text,
)
from dashboard.wording_audience import WITHHELD_LABEL
from dashboard.wording_verdicts import verdict_label

_NOT_JUDGED = {"empty": "Not tested", "suppressed": WITHHELD_LABEL}


def draw_grid_table(grid: Grid, view: View) -> None:
    """One line per combination, in the order of the picture."""
    st.dataframe(
        grid_frame(grid, view.synthetic),
        hide_index=True,
        height=560,
        placeholder=UNDEFINED,
        alt="Every combination with its rate, interval, ratio and verdict",
    )


def grid_frame(grid: Grid, synthetic: bool) -> pd.DataFrame:
    """Groups, rate, interval, ratio, verdict and counts as they are written in the picture."""
    rows = [rate_row(grid.table, int(i)) for i in grid.place.transpose(1, 0, 2).reshape(-1)]
    margin = grid.table.settings.margin_ratio
    counted = grid.table.metric.counted
    frame = pd.DataFrame([rate_line(row, margin, synthetic, counted) for row in rows])
    # A count that is withheld is no count; whole numbers stay whole beside it.
    return frame.astype(dict.fromkeys(frame.select_dtypes("float").columns, "Int64"))


def rate_line(row: dict, margin: float, synthetic: bool, counted: str = "word") -> dict[str, object]:
    """One group as it is written in a table; `counted` is what counts of words are of."""
    versus = row["versus"]
    return {
        **{attribute_label(name): group_name(value) for name, value in row["group"].items()},
        "Rate": percent(row["rate"]),
        "Interval": interval_text(row["low"], row["high"]),
        f"Mean of {people(synthetic)}": percent(row["speaker_mean"]),
        "Mean of utterances": percent(row["utterance_mean"]),
        "Ratio": ratio_text(versus["ratio"], versus["low"], versus["high"]),
        "Verdict": _NOT_JUDGED.get(row["status"]) or verdict_label(versus["verdict"], margin),
        people(synthetic).capitalize(): row["n_speakers"],
        "Utterances": row["n_utterances"],
        f"{counted.capitalize()}s": row["n_words"],
    }
