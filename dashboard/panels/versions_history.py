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
from dashboard.wording_tables import HISTORY
from dashboard.wording_versions_tables import history_line, history_note


def draw_history(answer: Versions, view: View) -> None:
    """Overall rates with their intervals, and the largest gap shown of each."""
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
    st.plotly_chart(
        chart_rate_lines(lines, current_palette()),
        theme=None,
        config=PLOTLY,
        key="versions_history",
        alt="Overall rate of every system with its interval; the table below has the numbers",
    )
    draw_table(
        [history_line(one, view.synthetic) for one in answer.history],
        ("System", "Status", "Largest gap shown"),
        HISTORY,
    )
    st.caption(plain(history_note(view.synthetic)))
