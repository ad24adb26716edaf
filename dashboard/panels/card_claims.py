"""The claims of a card: what may be said with the evidence behind it, what may not with the reason."""

from __future__ import annotations

import json

import streamlit as st

from analysis.card.claim import Claim
from analysis.card.content import Card
from analysis.card.rows import Grouping
from analysis.card.tables import rows_table
from analysis.judgement import VERDICTS
from dashboard.exports.card_markdown import text_markdown
from dashboard.panels.card_preview import draw_block
from dashboard.wording_card import claim_kind
from dashboard.wording_card_page import CLAIMS_INTRO, claims_about
from dashboard.wording_controls import CARRIED, EVIDENCE, NONE_OF_THEM, REFUSED, more_in_the_table
from dashboard.wording_markup import plain

MOST_ROWS = 30
"""Rows of evidence beside a claim; a longer table stands whole in its section."""


def draw_claims(card: Card) -> None:
    """Refused ones first: they are what a reader cannot see from the card alone. Of single groups, table by table."""
    refused = [claim for claim in card.claims if not claim.supported]
    carried = [claim for claim in card.claims if claim.supported]
    st.markdown(CLAIMS_INTRO)
    if refused:
        st.header(REFUSED, anchor=False)
        for claim in refused:
            _draw_claim(card, claim)
    st.header(CARRIED, anchor=False)
    if not carried:
        st.markdown(NONE_OF_THEM)
    for by in dict.fromkeys(claim.by for claim in carried):
        of_table = [claim for claim in carried if claim.by == by]
        for claim in of_table:
            if not _is_of_one_group(claim):
                _draw_claim(card, claim)
        single = [claim for claim in of_table if _is_of_one_group(claim)]
        if single:
            _draw_single(card, by, single)


def _is_of_one_group(claim: Claim) -> bool:
    return claim.kind in VERDICTS


def place_of(by: tuple[str, ...]) -> str:
    """The key of a table's claims; names may hold whatever could stand between them."""
    return f"claims by {json.dumps(by)}"


def _draw_single(card: Card, by: tuple[str, ...], claims: list[Claim]) -> None:
    """Claims about single groups of one table, closed until asked for, with one table of evidence under them."""
    margin = card.evidence.settings["margin_ratio"]
    place = st.expander(plain(claims_about(by, len(claims))), key=place_of(by), on_change="rerun")
    if not place.open:
        return
    with place:
        for claim in claims:
            st.markdown(f"**{claim_kind(claim, margin)}.** {text_markdown(claim.text, margin)}")
        grouping = _grouping_of(card, claims[0])
        if grouping is not None:
            rows = [row for claim in claims for row in claim.rows]
            draw_block(rows_table(card.evidence, grouping, rows), margin)


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
