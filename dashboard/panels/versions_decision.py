"""What was decided on the candidate: a short form under the comparison, and the memo that says both.

The decision is the one the card prints; whatever else was said there of this build stays, and
what was said of another is dropped. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import loading_card, state
from dashboard.panels.decision_form import LONGEST, draw_decision_form
from dashboard.state import View
from dashboard.wording_card_page import DECISION_FIELDS, DECISION_OF_OTHER_BUILD
from dashboard.wording_markup import plain
from dashboard.wording_versions_decision import (
    FIELDS,
    LEAD,
    MEMO_TITLE,
    MORE_IN_CARD,
    ONLY_WHAT_IS_SEEN,
    decided_text,
)

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
    # What is not seen here was said of the numbers of its own build; the card's form shows it.
    kept = {} if is_earlier else {key: text for key, text in held.items() if key not in _OF_CARD}
    draw_decision_form(
        view, held, "version", lambda mark: _fields(held, mark), kept, lambda: _draw_way_to_card(view)
    )
    st.markdown(f"**{MEMO_TITLE}**")
    st.code(memo, language=None, wrap_lines=True)


def _fields(held: Mapping[str, str], mark: str) -> dict[str, str]:
    return {
        name: st.text_input(
            DECISION_FIELDS[name], str(held.get(name, "")), key=f"{name} {mark}", max_chars=LONGEST
        ).strip()
        for name in FIELDS
    }


def _draw_way_to_card(view: View) -> None:
    st.page_link(
        "app_pages/card.py",
        label=MORE_IN_CARD,
        icon=":material/description:",
        query_params=view.link(**{state.TAB: "decision"}),
    )
