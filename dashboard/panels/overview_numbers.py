"""The four numbers of the overview: overall rate, largest gap shown, what cannot be told yet, what a gate would say."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_versions
from dashboard.answers.choices import QuestionError
from dashboard.answers.gate import GateQuestion
from dashboard.answers.gate_document import gate_document
from dashboard.answers.overview import Overview
from dashboard.state import View
from dashboard.wording_markup import plain
from dashboard.wording_overview import nobody_selected
from dashboard.wording_overview_numbers import (
    NumberCard,
    gate_card,
    largest_card,
    overall_card,
    undecided_card,
)


def draw_numbers(view: View, answer: Overview, before: str) -> None:
    """One bordered number per question; those that do not apply are left out, and all where nobody is selected.

    before: what the overall rate was with the current system; "" where nothing is said of it.
    """
    if nobody_selected(answer):
        return
    cards = [
        overall_card(answer, before),
        largest_card(answer, view.synthetic),
        undecided_card(answer, view.synthetic),
        _gate_card(view, answer),
    ]
    shown = [card for card in cards if card is not None]
    # Their widths are in `charts/screen.css`: four beside each other on a laptop, two on a phone.
    with st.container(horizontal=True, gap="small", key="numbers"):
        for card in shown:
            with st.container(border=True, height="stretch", gap="xxsmall"):
                st.metric(card.label, card.value, help=card.help)
                st.caption(plain(card.detail))


def _gate_card(view: View, answer: Overview) -> NumberCard | None:
    """The release gate at its usual bound; None where there are no groups, or nothing of it may be shown or asked."""
    if answer.groups is None or view.is_public:
        return None
    by = tuple(attribute.name for attribute in answer.groups.table.attributes)
    try:
        found = loading_versions.gate_of(
            view.info, GateQuestion(view.system, by, metric=view.metric, where=view.where)
        )
    except QuestionError:
        # A gate may not be filtered by its own groups; a page may.
        return None
    return gate_card(gate_document(view.info, found))
