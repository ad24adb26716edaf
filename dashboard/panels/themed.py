"""The colours of the theme that the reader has chosen."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.lines_html import pictures_css
from dashboard.charts.palette import Palette, palette
from dashboard.charts.printing import paper_css, screen_css, source_css

# Streamlit writes the tags of a multiselect in white on the accent, which in the dark theme is bright: 2 : 1.
_DARK_TAGS = "<style>[data-tag], [data-tag] * { color: #111111 !important; }</style>"


def draw_readable_tags() -> None:
    """Tags of a multiselect that can be read in the dark theme; once for a page, takes no room."""
    if st.context.theme.type == "dark":
        st.html(_DARK_TAGS)


def draw_for_paper() -> None:
    """How a page and its pictures are laid out, and what a printer makes of them; once for a page, takes no room."""
    st.html(f"<style>{screen_css()}{pictures_css()}{paper_css(st.context.theme.type == 'dark')}</style>")


def draw_source_on_paper(source: str) -> None:
    """The line that ends a page on paper and is not seen on screen."""
    st.html(f"<style>{source_css(source)}</style>")


def current_palette() -> Palette:
    """Light or dark, as the page is shown."""
    return palette(st.context.theme.type == "dark")
