"""Findings on record for the system on screen, as the card prints them, each with a way to withdraw it."""

from __future__ import annotations

import streamlit as st

from analysis.card.content import Card
from analysis.card.sections import Facts
from dashboard import loading
from dashboard.exports.card_markdown import block_markdown, text_markdown
from dashboard.state import View


def draw_findings(view: View, card: Card) -> None:
    """The parts of the section "Findings on record"."""
    margin = card.evidence.settings["margin_ratio"]
    section = next(section for section in card.sections if section.id == "findings")
    if not card.evidence.findings:
        st.markdown(
            f"Nothing is on record for {text_markdown((view.system,), margin)}. Open the Heatmap, choose a cell and add it to the card."
        )
        link = {key: value for key, value in view.link().items() if key != "where"}
        st.page_link("app_pages/heatmap.py", label="Open the Heatmap", query_params=link)
        return
    for finding, part in zip(card.evidence.findings, section.parts, strict=True):
        with st.container(border=True):
            st.markdown(f"**{text_markdown(part.title, margin)}**")
            for block in part.blocks:
                if isinstance(block, Facts):
                    st.markdown(block_markdown(block, margin))
            _draw_withdrawal(finding.id)


def _draw_withdrawal(finding_id: str) -> None:
    with st.popover("Withdraw", key=f"withdraw {finding_id}"):
        reason = st.text_input("Reason", key=f"reason {finding_id}", max_chars=500)
        if st.button("Withdraw this finding", key=f"confirm {finding_id}"):
            loading.withdraw_finding(finding_id, reason)
            st.rerun()
