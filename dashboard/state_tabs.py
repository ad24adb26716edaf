"""The open tab of a page, as part of its address: each page remembers its own. Draws nothing; `state.py` owns the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.state import TAB, asked_for, record, recorded, remember


def prepare_tab(page: str, labels: Mapping[str, str]) -> str:
    """Open the tab of a page that the address asks for, and return the key of its widget; call it before it is drawn.

    labels: what is read on each tab, by its name in the address. The first is open where there is no such name.
    Each page remembers its own tab, so that one of another page never opens here.
    """
    key = _tabs_of(page)
    asked = asked_for(TAB, recorded(key))
    if asked != recorded(key) or st.session_state.get(key) not in labels.values():
        st.session_state[key] = labels.get((asked or "").casefold(), next(iter(labels.values())))
    return key


def record_tab(page: str, labels: Mapping[str, str]) -> None:
    """Write the open tab of a page to the address; the first leaves no parameter."""
    key = _tabs_of(page)
    _, *others = labels
    shown = next((name for name in others if labels[name] == st.session_state[key]), None)
    remember(key, shown)
    record({TAB: shown})


def _tabs_of(page: str) -> str:
    return f"tabs of {page}"
