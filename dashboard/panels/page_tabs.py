"""The tabs of a page, the open one in the address, so that a link opens the tab it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.state_tabs import prepare_tab, record_tab

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_tab_container import TabContainer


def draw_tabs(page: str, labels: Mapping[str, str], is_busy: bool = False) -> Sequence[TabContainer]:
    """Tabs in the order of `labels`, which has what is read on each by its name in the address.

    `open` of a tab says whether it is looked at, for one that is drawn only then.
    is_busy: this run works on something that a new run would stop, so a click changes the tab and tells nobody.
    """
    key = prepare_tab(page, labels)
    if is_busy:
        tabs = st.tabs([*labels.values()], default=st.session_state[key], key=f"{key} while busy")
    else:
        tabs = st.tabs([*labels.values()], key=key, on_change="rerun")
    record_tab(page, labels)
    return tabs
