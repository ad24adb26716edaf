"""Tables of the Conditions tab: the three gaps, who was recorded where, and one group's gap within each condition."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import loading_adjust, state
from dashboard.answers.adjust import AdjustAnswer
from dashboard.panels.html_table import draw_table
from dashboard.state import View
from dashboard.wording import group_name
from dashboard.wording_adjust import (
    CLOSER,
    SCALE_NOTE,
    SPREAD_NOTE,
    SPREAD_TITLE,
    WITHIN_TITLE,
    association_sentence,
    associations_of,
    change_sentence,
    spread_label,
    within_label,
)
from dashboard.wording_adjust_tables import GROUP, NOTE, gap_lines, spread_lines, value_head, within_lines
from dashboard.wording_markup import plain
from dashboard.wording_tables import GAP_THREE_WAYS

MOST_UNFOLDED = 4
"""Groups up to which the shares of every group are in sight."""


def draw_gaps(answer: AdjustAnswer, synthetic: bool) -> None:
    """The three gaps with their counts."""
    draw_table(gap_lines(answer, synthetic), {GROUP, NOTE}, GAP_THREE_WAYS)


def draw_spread(answer: AdjustAnswer) -> None:
    """How groups and conditions go together: a sentence and a table for each condition."""
    st.markdown(f"**{SPREAD_TITLE}**")
    if answer.associations:
        st.caption(SPREAD_NOTE)
    for association, spread in zip(answer.associations, answer.spreads, strict=True):
        st.markdown(plain(association_sentence(association, associations_of(answer))))
        place: DeltaGenerator | nullcontext[None] = nullcontext()
        if len(answer.groups) > MOST_UNFOLDED:
            place = st.expander(spread_label(spread), type="compact")
        with place:
            draw_table(spread_lines(answer, spread), {GROUP}, spread_label(spread))


def draw_gap_within(view: View, answer: AdjustAnswer, key: str) -> AdjustAnswer:
    """One group's gap within each condition; returns the answer that holds it, for those who take it away."""
    st.markdown(f"**{WITHIN_TITLE}**")
    if answer.question.attribute is not None:
        groups = list(answer.groups)
        state.prepare(key, groups, groups[0])
        chosen = st.selectbox(CLOSER, groups, format_func=group_name, key=key, filter_mode=None, width=280)
        state.record({key: None if chosen == groups[0] else chosen})
        answer = loading_adjust.adjust_of(view.info, replace(answer.question, closer=chosen))
    st.caption(SCALE_NOTE)
    for one in answer.by_condition:
        st.markdown(plain(change_sentence(one)))
        draw_table(within_lines(one, view.synthetic), {value_head(one), NOTE}, within_label(one))
    return answer
