"""A section of a card as it will be printed: the text of the Markdown, tables and figures of the HTML.

Draws the same content that the files are made of. Nothing here is worded or computed anew.
"""

from __future__ import annotations

import streamlit as st

from analysis.card.content import Card
from analysis.card.sections import Block, HeatTable, IntervalPlot, Section, Table
from dashboard.exports.card_html import figures_css, heat_panels
from dashboard.exports.card_html_tables import html_table
from dashboard.exports.card_markdown import block_markdown, text_markdown
from dashboard.exports.card_plot import plot_image
from dashboard.panels.themed import current_palette


def draw_section(card: Card, section: Section) -> None:
    """The section with all its parts."""
    margin = card.evidence.settings["margin_ratio"]
    for part in section.walk():
        title = text_markdown(part.title, margin)
        if part is section:
            st.header(title, anchor=False)
        else:
            st.subheader(title, anchor=False)
        for block in part.blocks:
            draw_block(block, margin)
        heat = heat_panels(part, margin)
        if heat:
            st.html(f"<style>{_style()}</style>{heat}")


def draw_block(block: Block, margin: float) -> None:
    """One piece of a section; heat tables are drawn together with their key."""
    match block:
        case HeatTable():
            return
        case IntervalPlot():
            st.caption(text_markdown(block.title, margin))
            st.html(f"<style>{_style()}</style>{plot_image(block, margin, _style())}")
        case Table():
            st.html(f"<style>{_style()}</style>{html_table(block, margin)}")
        case _:
            st.markdown(block_markdown(block, margin))


def _style() -> str:
    """The figures' sheet in the colours of the page."""
    colours = current_palette()
    own = {
        "text": colours.text,
        "soft": colours.faint,
        "line": colours.rule,
        "panel": colours.ground,
        "worse": colours.alert,
    }
    variables = "".join(f"--{name}:{value};" for name, value in own.items())
    dark = st.context.theme.type == "dark"
    return f".plot,.scroll,.key{{{variables}}}{figures_css(dark)}"
