"""What a page leads with: one sentence to act on, under it in small what it rests on, and the notice.

The notice of an evaluation has to stand on every page. A page that leads with
`draw_headline` has it there; for any other, `draw_notice_unless_drawn` puts it on top.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.selection import EVERYTHING
from dashboard import state
from dashboard.wording_markup import plain
from dashboard.wording_methods import selection_label

_DRAWN = "notice drawn"
BETWEEN = "&emsp;"
"""Between what stands in the line under a heading, which breaks where the window is narrow."""


def draw_headline(sentence: str, caption: str | None = None, beneath: str = "", second: str = "") -> None:
    """The page's heading; in one line under it the notice, a selection, which a phone shows nowhere else, and the caption.

    beneath: what no reader of the sentence should miss, between both, each sentence on a line of its own; "" for none.
    second: what weighs as much as the sentence and is drawn as large, right under it; "" for none.
    """
    view = state.on_screen()
    parts = [_worded(view.info.notice)] if view.info.notice else []
    label = selection_label(view.where)
    # A sentence about the selection names it already.
    is_named = view.where == EVERYTHING or label.casefold() in sentence.casefold()
    parts += [] if is_named else [f":small[**{plain(label)}**]"]
    parts += [f":small[{plain(caption)}]"] if caption else []
    with st.container(gap="xxsmall"):
        st.title(plain(sentence), anchor=False)
        if second:
            with st.container(key="headline_second"):
                st.markdown(plain(second))
        for line in filter(None, beneath.splitlines()):
            st.markdown(f"**{plain(line)}**")
        if parts:
            st.markdown(BETWEEN.join(parts))
    st.session_state[_DRAWN] = True


def expect_notice() -> None:
    """Forget the notice of the run before; call it before a page runs."""
    st.session_state[_DRAWN] = False


def draw_notice_unless_drawn(place: DeltaGenerator, notice: str | None) -> None:
    """Put the notice on top of a page that leads with something else."""
    if notice and not st.session_state[_DRAWN]:
        place.markdown(_worded(notice))


def _worded(notice: str) -> str:
    return f":small[:orange[**{plain(notice)}**]]"
