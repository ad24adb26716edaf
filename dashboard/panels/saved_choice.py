"""The saved subgroups in the sidebar: one press shows the recordings of one of them.

Draws nothing where none is saved. What they are, and changing them, is `saved_subgroups.py`.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loading_saved, state
from dashboard.loading import EvaluationInfo
from dashboard.wording_markup import plain
from dashboard.wording_saved import saved_label, saved_sentence
from dashboard.wording_subgroup_controls import SAVED


def draw_saved_choice(info: EvaluationInfo) -> None:
    """Draw the list of names, each a button."""
    kept = loading_saved.saved_subgroups_of(info)
    if not kept:
        return
    with st.popover(SAVED, type="tertiary"):
        for one in kept:
            selection = one.saved.selection
            st.button(
                plain(saved_label(one.saved)),
                key=f"saved_choice_{one.saved.id}",
                type="tertiary",
                help=plain(saved_sentence(one)),
                disabled=one.why_not is not None or selection is None,
                on_click=state.choose if selection is not None else None,
                args=(selection,) if selection is not None else None,
            )
