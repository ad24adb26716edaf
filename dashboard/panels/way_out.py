"""Where a page has nothing to show: what can be done about it, as a button or a link instead of an empty picture."""

from __future__ import annotations

import streamlit as st

from analysis.selection import EVERYTHING
from dashboard import state
from dashboard.state import View
from dashboard.wording_next import ADD_SYSTEM_LINK, LOAD_LINK, NEEDS_SPEAKERS, WITHOUT_SELECTION


def draw_without_selection(view: View) -> None:
    """The same page without the selection that leaves nobody; nothing where nothing is selected."""
    if view.where != EVERYTHING:
        st.button(WITHOUT_SELECTION, icon=":material/filter_alt_off:", on_click=state.choose_everything)


def draw_load_groups(needed: str = NEEDS_SPEAKERS) -> None:
    """What an evaluation needs that is not there, groups of speakers as a rule, and where to load it."""
    st.markdown(needed)
    st.page_link(
        "app_pages/data.py", label=LOAD_LINK, icon=":material/upload_file:", query_params={state.TAB: "load"}
    )


def draw_add_system(view: View) -> None:
    """Where the transcripts of another version are added."""
    link = {state.EVALUATION: view.info.name, state.TAB: "add"}
    st.page_link("app_pages/data.py", label=ADD_SYSTEM_LINK, icon=":material/add:", query_params=link)
