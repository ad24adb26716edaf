"""Did a group's gap to the others change? The factor by which it grew or shrank, with its interval."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import streamlit as st

from dashboard.answers.versions import Versions
from dashboard.charts.interval_lines import IntervalLine, chart_ratio_lines
from dashboard.panels.html_table import draw_table
from dashboard.panels.themed import PLOTLY, current_palette
from dashboard.wording import group_names, ratio_text
from dashboard.wording_markup import plain
from dashboard.wording_versions_gaps import (
    GAP_MARKS,
    GAPS_NOTE,
    NO_GAPS,
    gap_hover,
    gap_line,
    gap_word,
    gaps_sentence,
)


def draw_gap_changes(answer: Versions, document: dict[str, Any]) -> None:
    """The sentence, the picture, the table; where there is no gap, why."""
    rows = [row for row in document["gap_changes"] if row["factor"] is not None]
    if not rows:
        st.markdown(NO_GAPS)
        return
    alpha = document["settings"]["alpha"]
    st.markdown(f"**{plain(gaps_sentence(document, answer.groups.attributes))}**")
    st.plotly_chart(
        chart_ratio_lines([_line(row, alpha) for row in rows], None, current_palette()),
        theme=None,
        config=PLOTLY,
        key="versions_gaps",
        alt="Change of each group’s gap to the others, with its interval; the table below has the numbers",
    )
    st.caption(plain(GAPS_NOTE))
    with st.expander("Every number", type="compact", key="versions_gap_table"):
        draw_table([gap_line(row, alpha) for row in rows], ("Group", "Shown"), "Gaps before and after")


def _line(row: dict[str, Any], alpha: float) -> IntervalLine:
    known = {name: math.nan if row[name] is None else row[name] for name in ("factor", "low", "high")}
    word = gap_word(row, alpha)
    return IntervalLine(
        label=f"{escape(group_names(row['group']))}  <b>{ratio_text(row['factor'])}</b> {GAP_MARKS.get(word, '?')}",
        value=known["factor"],
        low=known["low"],
        high=known["high"],
        words=word[0].upper() + word[1:],
        hover=escape(gap_hover(row)),
        faint=row["p"] is None,
    )
