"""Findings on record for the system on screen: as the card prints them, what became of them, and ways to say more."""

from __future__ import annotations

import streamlit as st

from analysis.card.content import Card
from analysis.card.sections import Facts, Section
from dashboard import loading_card
from dashboard.answers.findings_check import Retest
from dashboard.exports.card_markdown import block_markdown, text_markdown
from dashboard.loading import InputError
from dashboard.state import View
from dashboard.wording_card_page import (
    AUTHOR,
    AUTHOR_HELP,
    CHANGE,
    CLAIM,
    CLAIM_HELP,
    HISTORY,
    KEPT,
    NO_FINDINGS,
    NOTE,
    OPEN_HEATMAP,
    PLACE,
    REASON,
    REASON_HELP,
    SAVE_CHANGE,
    STATE,
    WITHDRAWN_LEAVE,
    event_sentence,
    place_label,
)
from dashboard.wording_findings import STATE_HELP, STATE_LABELS, changed_sentence, retest_sentence
from dashboard.wording_markup import plain

LONGEST = 500


def draw_findings(view: View, card: Card) -> None:
    """The parts of the section "Findings on record", each with its numbers of then and now."""
    margin = card.evidence.settings["margin_ratio"]
    if not card.evidence.findings:
        st.markdown(plain(NO_FINDINGS.format(system=view.system)))
        link = {key: value for key, value in view.link().items() if key != "where"}
        st.page_link(
            "app_pages/heatmap.py", label=OPEN_HEATMAP, icon=":material/arrow_forward:", query_params=link
        )
        return
    known = loading_card.retests_of(view.info, view.system)
    found = {one.finding.id: one for one in known}
    if not view.is_public:
        st.caption(f"{changed_sentence(known)} {WITHDRAWN_LEAVE}")
    parts = _parts(card)
    for number, (finding, part) in enumerate(zip(card.evidence.findings, parts, strict=True), 1):
        with st.container(border=True):
            st.markdown(f"**{text_markdown(part.title, margin)}**")
            for block in part.blocks:
                if isinstance(block, Facts):
                    st.markdown(block_markdown(block, margin))
            if finding.id in found and not view.is_public:
                _draw_retest(found[finding.id], margin)
                _draw_change(view, found[finding.id], number, len(parts))


def _parts(card: Card) -> tuple[Section, ...]:
    """The finding's sections, wherever the outline has put the one that holds them."""
    walked = (part for section in card.sections for part in section.walk())
    return tuple(part for part in walked if part.id.startswith("finding-"))


def _draw_retest(one: Retest, margin: float) -> None:
    """What became of the numbers, where they are of another build."""
    if one.change != "same build":
        st.markdown(plain(retest_sentence(one, margin)))


def _draw_change(view: View, one: Retest, number: int, count: int) -> None:
    """Another state, claim, note or place; what was said before is listed below."""
    kept = one.finding
    with st.popover(CHANGE, key=f"change {kept.id}"):
        with st.form(f"said of {kept.id} {len(kept.history)}", border=False):
            state = st.selectbox(
                STATE, list(STATE_LABELS), list(STATE_LABELS).index(kept.state), STATE_LABELS.__getitem__,
                key=f"state {kept.id}", help=STATE_HELP,
            )  # fmt: skip
            reason = st.text_input(REASON, key=f"reason {kept.id}", max_chars=LONGEST, help=REASON_HELP)
            claim = st.text_input(
                CLAIM, kept.claim, key=f"claim {kept.id}", max_chars=LONGEST, help=CLAIM_HELP
            )
            note = st.text_area(NOTE, kept.note, key=f"note {kept.id}", max_chars=LONGEST * 10, height=80)
            author = st.text_input(AUTHOR, key=f"author {kept.id}", max_chars=LONGEST, help=AUTHOR_HELP)
            places = list(range(1, count + 1))
            place = st.selectbox(
                PLACE, places, number - 1, lambda n: place_label(n, count), key=f"place {kept.id} {number}"
            )
            done = st.form_submit_button(SAVE_CHANGE, key=f"save {kept.id}")
        st.caption(KEPT)
        if kept.history:
            st.caption(HISTORY)
            for event in kept.history:
                said = event_sentence(event.at, event.author, event.what, event.value, event.reason)
                st.caption(plain(said))
        if done:
            said_now = {"state": state, "claim": claim.strip(), "note": note.strip(), "place": str(place)}
            before = {"state": kept.state, "claim": kept.claim, "note": kept.note, "place": str(number)}
            changes = {key: value for key, value in said_now.items() if value != before[key]}
            _save(view, kept.id, changes, author, reason)


def _save(view: View, finding_id: str, changes: dict[str, str], author: str, reason: str) -> None:
    try:
        loading_card.change_finding(view.info, finding_id, changes, author, reason)
    except InputError as problem:
        st.error(plain(str(problem)))
        return
    st.rerun()
