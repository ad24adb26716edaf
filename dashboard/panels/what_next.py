"""The last line of a page: where a reader goes from here, with everything that is on screen going along."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.answers.audience import WITHHELD_PAGES
from dashboard.state import View
from dashboard.wording_next import NEXT, WHAT_NOW


def draw_next(page: str, view: View) -> None:
    """Links to the pages that follow from one, on the same evaluation, system and selection."""
    ways = st.container(key="what_next")
    ways.markdown(f"**{WHAT_NOW}**")
    with ways.container(horizontal=True, gap="medium"):
        for target, label, *tab in NEXT[page]:
            alone = target == "versions" and len(view.info.systems) < 2
            if alone or (view.is_public and target in WITHHELD_PAGES):
                continue
            st.page_link(
                f"app_pages/{target}.py",
                label=label,
                icon=":material/arrow_forward:",
                query_params=view.link(**({state.TAB: tab[0]} if tab else {})),
            )
