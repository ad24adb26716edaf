"""What a page leads with: one sentence to act on, under it in small what it rests on, and the notice.

The notice of an evaluation has to stand on every page. A page that leads with
`draw_headline` has it there; for any other, `draw_notice_unless_drawn` puts it on top.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import state
from dashboard.wording_markup import plain

_DRAWN = "notice drawn"


def draw_headline(sentence: str, caption: str | None = None) -> None:
    """The page's heading with its caption and the evaluation's notice, close together."""
    notice = state.on_screen().info.notice
    with st.container(gap="xxsmall"):
        st.title(plain(sentence), anchor=False)
        with st.container(horizontal=True, gap="small"):
            if caption:
                st.markdown(f":small[{plain(caption)}]", width="content")
            if notice:
                st.markdown(_worded(notice), width="content")
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
