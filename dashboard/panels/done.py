"""What a reader just did, said where it was done and kept in sight.

A notice that vanishes by itself is missed by whoever reads slowly, and Streamlit's has no name for a screen
reader. `about` is what the sentence holds of: where that is no longer on screen, nothing is said. Decides nothing.
"""

from __future__ import annotations

import streamlit as st

from dashboard.wording_markup import plain


def say_done(key: str, about: str, sentence: str) -> None:
    """Have `draw_done` say it, from the next run on."""
    st.session_state[f"done {key}"] = (about, sentence)


def draw_done(key: str, about: str) -> None:
    """The sentence, while the page is about the same."""
    said = st.session_state.get(f"done {key}")
    if said is not None and said[0] == about:
        st.markdown(f":material/check: {plain(said[1])}")
