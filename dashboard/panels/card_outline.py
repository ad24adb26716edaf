"""The outline of a card: its sections with how much each lacks, and why it cannot be signed off."""

from __future__ import annotations

import streamlit as st

from analysis.card.content import Card
from analysis.card.decision import sign_off_reason
from analysis.card.outlines import GLANCE
from analysis.card.sections import Section
from dashboard import state
from dashboard.wording_card import outline_label
from dashboard.wording_card_page import SIGN_OFF_REFUSED
from dashboard.wording_controls import SECTIONS
from dashboard.wording_markup import plain


def draw_outline(card: Card) -> Section:
    """Let the reader choose a section; its id stands in the address."""
    margin = card.evidence.settings["margin_ratio"]
    sections = {section.id: section for section in card.sections}
    first = GLANCE
    state.prepare(state.SECTION, sections, first)
    # Where the window is narrow, the sections are lines of the preview alone: `charts/screen.css`.
    with st.container(key="card_outline"):
        chosen = st.radio(
            SECTIONS,
            list(sections),
            format_func=lambda section_id: plain(outline_label(sections[section_id], margin)),
            key=state.SECTION,
        )
    state.record({state.SECTION: None if chosen == first else chosen})
    return sections[chosen]


def show_section(section_id: str) -> None:
    """Make a section the chosen one, from the next run on; for callbacks of widgets."""
    st.session_state[state.SECTION] = section_id


def draw_refused_sign_off(card: Card) -> None:
    """Why nobody can sign off, if so: the card's own reason, so that page and document agree."""
    reason = sign_off_reason(card.evidence)
    if reason:
        st.warning(f"{plain(SIGN_OFF_REFUSED)} {plain(reason)}", icon=None)
