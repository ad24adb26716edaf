"""Every system of the evaluation by itself, in the order in which the build has them."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.answers.versions import Versions
from dashboard.charts.interval_lines import IntervalLine, chart_rate_lines
from dashboard.panels.html_table import draw_table
from dashboard.panels.themed import PLOTLY, current_palette
from dashboard.state import View
from dashboard.wording import interval_text, percent
from dashboard.wording_markup import plain
from dashboard.wording_tables import HISTORY, HISTORY_PICTURE
from dashboard.wording_versions_history import (
    WORDS_OF_HISTORY,
    history_lines,
    history_note,
    history_sentence,
)


def draw_history(answer: Versions, view: View) -> None:
    """The sentence, overall rates with their intervals, and the largest gap shown of each."""
    lines = [
        IntervalLine(
            label=f"{escape(one.system)}  <b>{percent(one.rate)}</b>",
            value=one.rate,
            low=one.low,
            high=one.high,
            words="",
            hover=f"{escape(one.system)}: {percent(one.rate)} ({interval_text(one.low, one.high)})",
        )
        for one in answer.history
    ]
    st.markdown(f"**{plain(history_sentence(answer.history))}**")
    st.plotly_chart(
        chart_rate_lines(lines, current_palette()),
        theme=None,
        config=PLOTLY,
        key="versions_history",
        alt=HISTORY_PICTURE,
    )
    draw_table(history_lines(answer.history, view.synthetic), WORDS_OF_HISTORY, HISTORY)
    st.caption(plain(history_note(view.synthetic)))
