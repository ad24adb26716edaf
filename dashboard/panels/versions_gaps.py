"""Did a group's gap to the others change? The factor by which it grew or shrank, with its interval."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from dashboard.answers.versions import Versions
from dashboard.charts.interval_lines import IntervalLine, ratio_lines
from dashboard.charts.lines_html import lines_html
from dashboard.panels.html_table import draw_table
from dashboard.wording import group_names, ratio_text
from dashboard.wording_controls import EVERY_NUMBER
from dashboard.wording_markup import plain
from dashboard.wording_tables import GAPS_BEFORE_AFTER, GAPS_PICTURE
from dashboard.wording_verdicts import unjudged
from dashboard.wording_versions_gaps import (
    GAP_MARKS,
    NO_GAPS,
    SERVED_WORSE,
    gap_hover,
    gap_line,
    gap_word,
    gaps_note,
    gaps_sentence,
    undecided_gaps,
)


def draw_gap_changes(answer: Versions, document: dict[str, Any], synthetic: bool) -> None:
    """The sentence, the picture, the table; where there is no gap, why."""
    rows = [row for row in document["gap_changes"] if row["factor"] is not None]
    if not rows:
        st.markdown(NO_GAPS)
        return
    st.markdown(f"**{plain(gaps_sentence(document, answer.groups.attributes))}**")
    st.html(lines_html(ratio_lines([_line(row) for row in rows]), GAPS_PICTURE))
    for note in (undecided_gaps(document, synthetic), gaps_note(document)):
        if note:
            st.caption(plain(note))
    margin = document["settings"]["margin_ratio"]
    with st.expander(EVERY_NUMBER, type="compact", key="versions_gap_table"):
        draw_table([gap_line(row, margin, synthetic) for row in rows], ("Group", "Shown"), GAPS_BEFORE_AFTER)


def _line(row: dict[str, Any]) -> IntervalLine:
    known = {name: math.nan if row[name] is None else row[name] for name in ("factor", "low", "high")}
    word = gap_word(row)
    no_group = unjudged(row["reason"])
    mark = "" if no_group else f"{GAP_MARKS.get(word, '?')} "
    said = no_group or f"{word[0].upper()}{word[1:]}"
    return IntervalLine(
        label=group_names(row["group"]),
        number=ratio_text(row["factor"]),
        value=known["factor"],
        low=known["low"],
        high=known["high"],
        words=f"{mark}{said}",
        hover=f"{group_names(row['group'])}\n{gap_hover(row)}\n{said}",
        alert=word == SERVED_WORSE,
        faint=row["p"] is None,
    )
