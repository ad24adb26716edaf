"""What was decided on the candidate: a short form under the comparison, and the memo that says both.

The decision is the one the card prints; whatever else was said there of this build stays, and
what was said of another is dropped. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import loading_card, state
from dashboard.answers.card_said import DECISION
from dashboard.loading import InputError
from dashboard.state import View
from dashboard.wording_card_page import (
    CHOICE_NEEDED,
    DECIDED_AS,
    DECISION_FIELDS,
    DECISION_LABELS,
    DECISION_NOTE,
    DECISION_OF_OTHER_BUILD,
    RECORD_DECISION,
    TAKE_BACK_DECISION,
)
from dashboard.wording_markup import plain
from dashboard.wording_versions_decision import (
    FIELDS,
    LEAD,
    MEMO_TITLE,
    MORE_IN_CARD,
    ONLY_WHAT_IS_SEEN,
    decided_text,
)

LONGEST = 2_000
_OF_CARD = ("at", "build")


def decision_words(view: View) -> str:
    """What is on record of the candidate, as a memo says it."""
    return decided_text(loading_card.decision_of(view.info, view.system), view.system, view.info.build)


def draw_decision_of_version(view: View, memo: str) -> None:
    """Ship, hold or ship with mitigation, with a reason and a name; then the memo."""
    held = dict(loading_card.decision_of(view.info, view.system) or {})
    st.markdown(plain(LEAD.format(system=view.system)))
    is_earlier = bool(held) and held.get("build") != view.info.build
    if is_earlier:
        st.caption(plain(f"{DECISION_OF_OTHER_BUILD.format(build=held.get('build'))} {ONLY_WHAT_IS_SEEN}"))
    mark = f"{view.info.name} {view.system} {held.get('at', '')}"
    with st.form(f"version decision {mark}", border=False):
        choices = list(DECISION_LABELS)
        known = choices.index(held["choice"]) if held.get("choice") in choices else None
        choice = st.radio(
            DECIDED_AS,
            choices,
            known,
            DECISION_LABELS.__getitem__,
            key=f"version choice {mark}",
            horizontal=True,
        )
        said = {
            name: st.text_input(
                DECISION_FIELDS[name],
                str(held.get(name, "")),
                key=f"version {name} {mark}",
                max_chars=LONGEST,
            ).strip()
            for name in FIELDS
        }
        st.caption(DECISION_NOTE)
        done = st.form_submit_button(RECORD_DECISION, key="record version decision")
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        if held and st.button(TAKE_BACK_DECISION, type="tertiary", key="take back version decision"):
            _record(view, None)
        st.page_link(
            "app_pages/card.py",
            label=MORE_IN_CARD,
            icon=":material/description:",
            query_params=view.link(**{state.TAB: "decision"}),
        )
    if done and choice is None:
        st.error(CHOICE_NEEDED)
    elif done:
        # What is not seen here was said of the numbers of its own build; the card's form shows it.
        kept = {} if is_earlier else {key: text for key, text in held.items() if key not in _OF_CARD}
        _record(view, {**kept, "choice": str(choice), **said})
    st.markdown(f"**{MEMO_TITLE}**")
    st.code(memo, language=None, wrap_lines=True)


def _record(view: View, said: Mapping[str, Any] | None) -> None:
    try:
        loading_card.decide(view.info, view.system, DECISION, said)
    except InputError as problem:
        st.error(plain(str(problem)))
        return
    st.rerun()
