"""A section of a card as it will be printed: the text of the Markdown, tables and figures of the HTML.

Draws the same content that the files are made of. Nothing here is worded or computed anew.
"""

from __future__ import annotations

import streamlit as st

from analysis.card.content import Card
from analysis.card.sections import Block, HeatTable, IntervalPlot, Section, SeeAlso, Table
from dashboard.exports.card_html import figures_css, heat_panels
from dashboard.exports.card_html_tables import html_table
from dashboard.exports.card_markdown import block_markdown, text_markdown
from dashboard.exports.card_plot import plot_image
from dashboard.panels.card_outline import show_section
from dashboard.panels.html_table import goes_on_css
from dashboard.panels.themed import current_palette
from dashboard.wording_card import outline_label, plain_text
from dashboard.wording_card_page import MISSING_HERE
from dashboard.wording_markup import plain

_GOES_ON = f".scroll{{{goes_on_css('var(--ground)', 'var(--line)')}}}"
_LONG = (
    ".scroll:has(tbody tr:nth-child(25)){max-height:34rem;overflow:auto}"
    ".scroll:has(tbody tr:nth-child(25)) thead th{position:sticky;top:0;background:var(--ground)}"
)
"""A long table scrolls in itself on a page, under its headings; on paper it goes on."""
_FEW_TALL = 3
"""Parts with tables or pictures that stand open one under another; of more, all but the first are closed."""
_SHORT_TABLE = 8
"""Rows of a table that takes little room."""


def draw_preview(card: Card, chosen: Section) -> None:
    """Every section of the card in its order: the chosen one open, each other a line that opens it instead."""
    margin = card.evidence.settings["margin_ratio"]
    for section in card.sections:
        if section is chosen:
            draw_section(card, section)
            continue
        label = plain(outline_label(section, margin))
        # The key names both, so that a section that was left is closed when it is seen again.
        key = f"open {section.id} from {chosen.id}"
        st.expander(label, key=key, on_change=show_section, args=(section.id,), type="compact")


def draw_section(card: Card, section: Section) -> None:
    """The section with all its parts."""
    margin = card.evidence.settings["margin_ratio"]
    st.header(text_markdown(section.title, margin), anchor=False)
    missing = [item for part in section.walk() for item in part.missing]
    if missing:
        st.caption(f"**{MISSING_HERE}** {plain(', '.join(missing))}.")
    tall = [part.id for part in section.walk() if part is not section and _is_tall(part)]
    for part in section.walk():
        title = text_markdown(part.title, margin)
        if part is section:
            _draw_blocks(card, part)
        elif part.id not in tall or len(tall) <= _FEW_TALL:
            st.subheader(title, anchor=False)
            _draw_blocks(card, part)
        else:
            key = f"card part {part.id}"
            place = st.expander(f"**{title}**", key=key, expanded=part.id == tall[0], on_change="rerun")
            # What is closed is not made: a card has thousands of numbers.
            if place.open:
                with place:
                    _draw_blocks(card, part)


def _is_tall(part: Section) -> bool:
    return any(
        isinstance(block, HeatTable | IntervalPlot)
        or (isinstance(block, Table) and len(block.rows) > _SHORT_TABLE)
        for block in part.blocks
    )


def _draw_blocks(card: Card, part: Section) -> None:
    margin = card.evidence.settings["margin_ratio"]
    for number, block in enumerate(part.blocks):
        if isinstance(block, SeeAlso):
            _draw_way(card, block, f"{part.id} {number}", margin)
        else:
            draw_block(block, margin)
    heat = heat_panels(part, margin)
    if heat:
        st.html(f"<style>{_style()}</style>{heat}")


def _draw_way(card: Card, way: SeeAlso, key: str, margin: float) -> None:
    """A button that opens the section a line leads to."""
    target = next(one.id for one in card.sections if any(part.id == way.section for part in one.walk()))
    label = plain(plain_text(way.text, margin))
    st.button(label, key=f"way {key}", type="tertiary", on_click=_follow, args=(target, way.section))


def _follow(section_id: str, part_id: str) -> None:
    st.session_state[f"card part {part_id}"] = True
    show_section(section_id)


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
        "ground": colours.ground,
        "worse": colours.alert,
    }
    variables = "".join(f"--{name}:{value};" for name, value in own.items())
    dark = st.context.theme.type == "dark"
    return f".plot,.scroll,.key{{{variables}}}{figures_css(dark)}{_GOES_ON}{_LONG}"
