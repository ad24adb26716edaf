"""The colours of the theme that the reader has chosen."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.palette import Palette, palette

PLOTLY = {"displayModeBar": False, "responsive": True, "doubleClick": False, "showTips": False}


def current_palette() -> Palette:
    """Light or dark, as the page is shown."""
    return palette(st.context.theme.type == "dark")
