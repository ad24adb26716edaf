"""A line of the builder about what was said: words, or a pattern, that the reference holds or does not.

Draws the line and hands every change to the draft (`subgroup_draft.py`).
"""

from __future__ import annotations

import streamlit as st

from dashboard.panels.subgroup_conditions import Row, Text, fault_of
from dashboard.panels.subgroup_draft import change_row, held_row, remove_row
from dashboard.wording_saved import ASKS, REFERENCE_ASKS, REFERENCE_CHOICE
from dashboard.wording_subgroup_controls import PATTERN_EXAMPLE, REMOVE, WORD_EXAMPLE, WORD_OR_PATTERN


def draw_text_row(text: Text, row: Row, number: int) -> None:
    """Draw one line about the reference."""
    key = f"subgroup_{number}"
    name, asks, what, away = st.columns([1.5, 2.5, 4.5, 1], vertical_alignment="center")
    with name:
        st.markdown(f"**{REFERENCE_CHOICE}**")
    with asks:
        st.session_state.setdefault(f"{key}_asks", (row.is_not, text.is_pattern))
        st.selectbox(
            REFERENCE_ASKS,
            list(ASKS),
            format_func=ASKS.__getitem__,
            key=f"{key}_asks",
            label_visibility="collapsed",
            filter_mode=None,
            on_change=_changed,
            args=(number,),
        )
    with what:
        st.session_state.setdefault(f"{key}_typed", text.typed)
        st.text_input(
            WORD_OR_PATTERN,
            key=f"{key}_typed",
            label_visibility="collapsed",
            placeholder=PATTERN_EXAMPLE if text.is_pattern else WORD_EXAMPLE,
            on_change=_changed,
            args=(number,),
        )
    with away:
        st.button(REMOVE, key=f"{key}_remove", type="tertiary", on_click=remove_row, args=(number,))
    if fault := fault_of(row):
        st.text(fault)


def _changed(number: int) -> None:
    """A widget of the line was changed: the row as its widgets now say."""
    key = f"subgroup_{number}"
    is_not, is_pattern = st.session_state[f"{key}_asks"]
    typed = str(st.session_state[f"{key}_typed"])
    change_row(number, Row(held_row(number).attribute, is_not, text=Text(typed, is_pattern)))
