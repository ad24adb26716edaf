"""The four numbers of the overview: overall rate, largest gap shown, what cannot be told yet, what was tested."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.overview import Overview
from dashboard.wording_markup import plain
from dashboard.wording_overview import (
    combinations_card,
    largest_card,
    nobody_selected,
    overall_card,
    undecided_card,
)

CARD_PX = 236
"""Four beside each other on a laptop; a narrower window, or a larger print, puts them below each other whole."""


def draw_numbers(answer: Overview, synthetic: bool) -> None:
    """One bordered number per question; those that do not apply are left out, and all where nobody is selected."""
    if nobody_selected(answer):
        return
    cards = [
        overall_card(answer),
        largest_card(answer, synthetic),
        undecided_card(answer, synthetic),
        combinations_card(answer),
    ]
    shown = [card for card in cards if card is not None]
    with st.container(horizontal=True, gap="small"):
        for card in shown:
            with st.container(border=True, height="stretch", gap="xxsmall", width=CARD_PX):
                st.metric(card.label, card.value, help=card.help)
                st.caption(plain(card.detail))
