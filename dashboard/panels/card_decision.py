"""What was decided about the system on screen: a form whose words stand in the card as they are typed."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.card.content import Card
from dashboard import loading_card
from dashboard.answers.card_said import DECISION
from dashboard.loading import InputError
from dashboard.state import View
from dashboard.wording_card_page import (
    CHOICE_NEEDED,
    DATE_FIELDS,
    DATE_HELP,
    DECIDED_AS,
    DECISION_FIELDS,
    DECISION_LABELS,
    DECISION_NOTE,
    DECISION_OF_OTHER_BUILD,
    DECISION_ROWS,
    LONG_FIELDS,
    RECORD_DECISION,
    TAKE_BACK_DECISION,
)
from dashboard.wording_markup import plain

LONGEST = 2_000


def draw_decision(view: View, card: Card) -> None:
    """Ship, hold or ship with mitigation; which gaps are accepted, by whom and until when; when it is reviewed."""
    held = dict(card.evidence.decision or {})
    st.header(DECIDED_AS, anchor=False)
    if held and held.get("build") != view.info.build:
        st.caption(plain(DECISION_OF_OTHER_BUILD.format(build=held.get("build"))))
    mark = f"{view.info.name} {view.system} {held.get('at', '')}"
    with st.form(f"decision {mark}", border=False):
        choices = list(DECISION_LABELS)
        known = choices.index(held["choice"]) if held.get("choice") in choices else None
        choice = st.radio(
            DECIDED_AS,
            choices,
            known,
            DECISION_LABELS.__getitem__,
            key=f"choice {mark}",
            horizontal=True,
            label_visibility="collapsed",
        )
        said = _fields(held, mark)
        st.caption(DECISION_NOTE)
        done = st.form_submit_button(RECORD_DECISION, key="record decision")
    if held and st.button(TAKE_BACK_DECISION, type="tertiary", key="take back decision"):
        _record(view, None)
    if done and choice is None:
        st.error(CHOICE_NEEDED)
    elif done:
        _record(view, {"choice": str(choice), **said})


def _fields(held: dict[str, str], mark: str) -> dict[str, str]:
    """What was typed under each heading; short ones stand side by side."""
    said = {}
    for row in DECISION_ROWS:
        for name, column in zip(row, st.columns(len(row)), strict=True):
            with column:
                said[name] = _field(name, DECISION_FIELDS[name], str(held.get(name, "")), mark)
    return said


def _field(name: str, label: str, held: str, mark: str) -> str:
    key = f"{name} {mark}"
    if name in LONG_FIELDS:
        return st.text_area(label, held, key=key, max_chars=LONGEST, height=80).strip()
    if name in DATE_FIELDS:
        day = st.date_input(label, day_of(held), key=key, help=DATE_HELP)
        return day.isoformat() if isinstance(day, date) else ""
    return st.text_input(label, held, key=key, max_chars=LONGEST).strip()


def day_of(text: str) -> date | None:
    """A day as it was kept; None where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _record(view: View, said: dict[str, str] | None) -> None:
    try:
        loading_card.decide(view.info, view.system, DECISION, said)
    except InputError as problem:
        st.error(plain(str(problem)))
        return
    st.rerun()
