"""What was decided about the system on screen: a form whose words stand in the card as they are typed."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.card.content import Card
from dashboard.panels.decision_form import LONGEST, draw_decision_form
from dashboard.state import View
from dashboard.wording_card_page import (
    DATE_FIELDS,
    DATE_HELP,
    DECIDED_AS,
    DECISION_FIELDS,
    DECISION_OF_OTHER_BUILD,
    DECISION_ROWS,
    LONG_FIELDS,
)
from dashboard.wording_markup import plain


def draw_decision(view: View, card: Card) -> None:
    """Ship, hold or ship with mitigation; which gaps are accepted, by whom and until when; when it is reviewed."""
    held = dict(card.evidence.decision or {})
    st.header(DECIDED_AS, anchor=False)
    if held and held.get("build") != view.info.build:
        st.caption(plain(DECISION_OF_OTHER_BUILD.format(build=held.get("build"))))
    draw_decision_form(view, held, "card", lambda mark: _fields(held, mark), headed=True)


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
