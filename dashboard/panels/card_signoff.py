"""Who stands for the card: names as typed, for the build on screen. Refused for synthetic voices, with the card's reason."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.card.content import Card
from analysis.card.decision import sign_off_reason, sign_off_state
from dashboard.answers.card_said import SIGN_OFF
from dashboard.panels.card_decision import day_of
from dashboard.panels.decision_form import put_on_record
from dashboard.state import View
from dashboard.wording_card_page import (
    NAME_NEEDED,
    SIGN,
    SIGN_OFF_FIELDS,
    SIGN_OFF_NOTE,
    TAKE_BACK_SIGN_OFF,
    on_record,
)
from dashboard.wording_card_page import SIGN_OFF as HEADING
from dashboard.wording_markup import plain

LONGEST = 200


def draw_sign_off(view: View, card: Card) -> None:
    """The fields, or why nobody can sign off."""
    st.header(HEADING, anchor=False)
    reason = sign_off_reason(card.evidence)
    if reason:
        st.markdown(plain(reason))
        return
    signed = sign_off_state(card.evidence) == "signed off"
    held = dict(card.evidence.signed_off or {}) if signed else {}
    mark = f"{view.info.name} {view.info.build} {view.system} {held.get('at', '')}"
    with st.form(f"sign-off {mark}", border=False):
        name = st.text_input(
            SIGN_OFF_FIELDS["name"], held.get("name", ""), key=f"name {mark}", max_chars=LONGEST
        )
        role = st.text_input(
            SIGN_OFF_FIELDS["role"], held.get("role", ""), key=f"role {mark}", max_chars=LONGEST
        )
        day = st.date_input(SIGN_OFF_FIELDS["date"], day_of(held.get("date", "")), key=f"date {mark}")
        st.caption(SIGN_OFF_NOTE)
        done = st.form_submit_button(SIGN, key="sign off")
    if signed:
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            st.caption(plain(on_record(str(held.get("at", "")))), width="content")
            if st.button(TAKE_BACK_SIGN_OFF, type="tertiary", key="take back sign-off"):
                put_on_record(view, SIGN_OFF, None)
    if done and not name.strip():
        st.error(NAME_NEEDED)
    elif done:
        on = day.isoformat() if isinstance(day, date) else ""
        put_on_record(view, SIGN_OFF, {"name": name.strip(), "role": role.strip(), "date": on})
