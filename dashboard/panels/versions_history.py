"""Every system of the evaluation by itself, in the order in which the build has them."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.versions import Versions
from dashboard.charts.interval_lines import IntervalLine, rate_lines
from dashboard.charts.lines_html import lines_html
from dashboard.panels.html_table import draw_table
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
            label=one.system,
            number=percent(one.rate),
            value=one.rate,
            low=one.low,
            high=one.high,
            hover=f"{one.system}: {percent(one.rate)} ({interval_text(one.low, one.high)})",
        )
        for one in answer.history
    ]
    st.markdown(f"**{plain(history_sentence(answer.history))}**")
    st.html(lines_html(rate_lines(lines), HISTORY_PICTURE))
    draw_table(history_lines(answer.history, view.synthetic), WORDS_OF_HISTORY, HISTORY)
    st.caption(plain(history_note(view.synthetic)))
