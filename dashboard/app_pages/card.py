"""Card: outline with what is missing, preview, claims with evidence, findings, decision, sign-off, files, verification."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_card, state
from dashboard.panels.card_changes import draw_changes
from dashboard.panels.card_claims import draw_claims
from dashboard.panels.card_decision import draw_decision
from dashboard.panels.card_downloads import draw_downloads
from dashboard.panels.card_findings import draw_findings
from dashboard.panels.card_outline import draw_outline, draw_refused_sign_off
from dashboard.panels.card_preview import draw_preview
from dashboard.panels.card_signoff import draw_sign_off
from dashboard.panels.card_verify import draw_verify
from dashboard.panels.headline import draw_headline
from dashboard.panels.page_tabs import draw_tabs
from dashboard.wording_card import card_caption, card_headline
from dashboard.wording_card_page import TABS

view = state.on_screen()
card = loading_card.card_of(view.info, view.system, view.metric, view.audience)
draw_headline(card_headline(card), card_caption(card))

preview, claims, findings, decision, changes, files, verify = draw_tabs("card", TABS)
with preview:
    outline, content = st.columns([1, 3], gap="large")
    with outline:
        section = draw_outline(card)
    with content:
        draw_refused_sign_off(card)
        draw_preview(card, section)
with claims:
    draw_claims(card)
with findings:
    draw_findings(view, card)
with decision:
    draw_decision(view, card)
    draw_sign_off(view, card)
with changes:
    draw_changes(card)
with files:
    draw_downloads(view, card)
with verify:
    draw_verify(view)
