"""What was chosen for a file, for the moment when its mended copy is uploaded.

A browser takes the old file away before it hands in the new one; the boxes are gone for that
moment, and Streamlit forgets what they held. Keys tell files apart by name and columns.
"""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def chosen_before(key: str, otherwise: T) -> T:
    """What the box held when it was last on screen."""
    held: T = st.session_state.get(f"{key} chosen", otherwise)
    return held


def keep(key: str, value: T) -> T:
    """Hold on to what a box holds now."""
    st.session_state[f"{key} chosen"] = value
    return value
