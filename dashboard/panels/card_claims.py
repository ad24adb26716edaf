"""The claims of a card: what may be said with the evidence behind it, what may not with the reason."""

from __future__ import annotations

import streamlit as st

from analysis.card.claim import Claim
from analysis.card.content import Card
from analysis.card.rows import Grouping
from analysis.card.tables import rows_table
from dashboard.exports.card_markdown import text_markdown
from dashboard.panels.card_preview import draw_block
from dashboard.wording_card import claim_kind
from dashboard.wording_controls import CARRIED, EVIDENCE, NONE_OF_THEM, REFUSED, more_in_the_table

MOST_ROWS = 30
"""Rows of evidence beside a claim; a longer table stands whole in its section."""


def draw_claims(card: Card) -> None:
    """Refused ones first: they are what a reader cannot see from the card alone."""
    refused = [claim for claim in card.claims if not claim.supported]
    carried = [claim for claim in card.claims if claim.supported]
    if refused:
        st.subheader(REFUSED, anchor=False)
        for claim in refused:
            _draw_claim(card, claim)
    st.subheader(CARRIED, anchor=False)
    if not carried:
        st.markdown(NONE_OF_THEM)
    for claim in carried:
        _draw_claim(card, claim)


def _draw_claim(card: Card, claim: Claim) -> None:
    margin = card.evidence.settings["margin_ratio"]
    with st.container(border=True, gap="xsmall"):
        st.caption(claim_kind(claim, margin))
        st.markdown(text_markdown(claim.text, margin))
        if claim.reason:
            st.markdown(f"**Refused:** {text_markdown(claim.reason, margin)}")
        grouping = _grouping_of(card, claim)
        if grouping is not None and claim.rows:
            with st.expander(EVIDENCE, type="compact"):
                table = rows_table(card.evidence, grouping, claim.rows[:MOST_ROWS])
                draw_block(table, margin)
                rest = len(claim.rows) - MOST_ROWS
                if rest > 0:
                    st.caption(more_in_the_table(rest))


def _grouping_of(card: Card, claim: Claim) -> Grouping | None:
    evidence = card.evidence
    tables = [*evidence.groupings, *([evidence.grid] if evidence.grid else [])]
    return next((grouping for grouping in tables if grouping.by == claim.by), None)
