"""The form of a decision, as the Card page and the comparison of versions have it: choice, words, record, take back.

Owns the steps, and how what was said is put on record, which the sign-off does too; which words are asked for, and
what else stays on record, its callers say. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import loading_card
from dashboard.answers.card_said import DECISION
from dashboard.loading import InputError
from dashboard.state import View
from dashboard.wording_card_page import (
    CHOICE_NEEDED,
    DECIDED_AS,
    DECISION_LABELS,
    DECISION_NOTE,
    RECORD_DECISION,
    TAKE_BACK_DECISION,
    on_record,
)
from dashboard.wording_markup import plain

LONGEST = 2_000
"""Characters of one text."""


def draw_decision_form(
    view: View,
    held: Mapping[str, str],
    of: str,
    fields: Callable[[str], dict[str, str]],
    kept: Mapping[str, str] | None = None,
    beside: Callable[[], None] | None = None,
    *,
    headed: bool = False,
) -> None:
    """Let a reader decide, or take back what was decided.

    held: the decision on record, empty without one. of: where the form stands, part of its keys. fields: draws what is
    asked beside the choice, given the end of a key, and says what was typed. kept: what stays on record though it is not
    asked here. beside: draws what stands beside taking it back. headed: whether a heading above says what is chosen.
    """
    mark = f"{of} {view.info.name} {view.system} {held.get('at', '')}"
    with st.form(f"decision {mark}", border=False):
        choice = _chosen(held, mark, headed)
        said = fields(mark)
        st.caption(DECISION_NOTE)
        done = st.form_submit_button(RECORD_DECISION, key=f"record {of} decision")
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        if held:
            st.caption(plain(on_record(str(held.get("at", "")))), width="content")
            if st.button(TAKE_BACK_DECISION, type="tertiary", key=f"take back {of} decision"):
                put_on_record(view, DECISION, None)
        if beside is not None:
            beside()
    if done and choice is None:
        st.error(CHOICE_NEEDED)
    elif done:
        put_on_record(view, DECISION, {**(kept or {}), "choice": str(choice), **said})


def _chosen(held: Mapping[str, str], mark: str, headed: bool) -> str | None:
    """The choice as it stands in the form; None before there is one."""
    choices = list(DECISION_LABELS)
    known = choices.index(held["choice"]) if held.get("choice") in choices else None
    return st.radio(
        DECIDED_AS,
        choices,
        known,
        DECISION_LABELS.__getitem__,
        key=f"choice {mark}",
        horizontal=True,
        label_visibility="collapsed" if headed else "visible",
    )


def put_on_record(view: View, what: str, said: Mapping[str, str] | None) -> None:
    """Keep what was said of the system on screen, or with None take it back; then the page runs again.

    what: `DECISION` or `SIGN_OFF` of `answers/card_said.py`.
    """
    try:
        loading_card.decide(view.info, view.system, what, said)
    except InputError as problem:
        st.error(plain(str(problem)))
        return
    st.rerun()
