"""The slices that were found: picture, table, what was put aside and why, and what the search could not see.

Draws an answer; it computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import state
from dashboard.answers.slices import FoundSlice, SlicesAnswer
from dashboard.answers.slices_rows import left_out_because
from dashboard.charts.lines_html import lines_html
from dashboard.charts.slices import chart_slices
from dashboard.panels.html_table import draw_table
from dashboard.state import View
from dashboard.wording import as_people, attribute_label
from dashboard.wording_labels import guessed_sentence, sources_of
from dashboard.wording_markup import plain
from dashboard.wording_slices import (
    CANNOT_SEE,
    ROBUSTNESS_NOTE,
    audit_sentence,
    cannot_judge_sentence,
    explained_text,
    question_sentence,
    reported,
)
from dashboard.wording_slices_page import (
    NONE_NAMES_ALL,
    NOT_CHOSEN,
    ORDER,
    ORDERS,
    SECOND_OPINION,
    SHOW_ONLY,
    UNSEEN_TITLE,
    WORDS_OF_TABLE,
    aside_title,
    chart_alt,
    chart_key,
    left_out_sentence,
    slice_line,
    table_caption,
)
from dashboard.wording_tables import SLICES_FOUND

_ONLY, _DRAWN = "only", "only as drawn"
_SORTED, _SUREST = "sorted", "surest"


@dataclass(frozen=True)
class Shown:
    """The slices on screen, as the reader chose and sorted them."""

    found: Sequence[FoundSlice]
    order: str
    """A key of `ORDERS`."""


def draw_found(view: View, answer: SlicesAnswer, headline: str) -> Shown:
    """Every slice that was found, or those that name some attributes, with their picture and numbers; gives what is shown."""
    labels = sources_of(one for one in view.info.attributes if one.name in answer.attributes)
    if guessed := guessed_sentence(labels):
        st.markdown(plain(guessed))
    st.markdown(plain(as_people(question_sentence(answer), view.synthetic)))
    found = _chosen(answer)
    order = _chosen_order() if len(found) > 1 else _SUREST
    found = _in_order(found, order)
    if answer.found and not found:
        st.markdown(NONE_NAMES_ALL)
    if found:
        st.html(lines_html(chart_slices(found), chart_alt(headline)))
        st.caption(plain(chart_key(view.synthetic)))
        lines = [slice_line(answer, one, view.synthetic) for one in found]
        draw_table(lines, WORDS_OF_TABLE, SLICES_FOUND)
        st.caption(plain(table_caption(answer, view.synthetic, order)))
        if not all(one.names_speakers for one in found):
            st.caption(plain(ROBUSTNESS_NOTE))
    if answer.n_explained:
        with st.expander(plain(aside_title(answer.n_explained, len(answer.explained))), type="compact"):
            st.markdown("\n".join(f"- {plain(explained_text(one))}" for one in answer.explained))
    return Shown(found, order)


def _chosen(answer: SlicesAnswer) -> list[FoundSlice]:
    """The slices that name every attribute the reader has pressed; the address holds the names, joined by commas."""
    named = {name for one in answer.found for name, _ in one.where}
    names = [name for name in answer.attributes if name in named]
    if len(names) < 2:
        return list(answer.found)
    state.prepare(_ONLY, None, "")
    written = st.session_state[_ONLY]
    box = f"{_ONLY} {','.join(names)}"
    # The box counts, unless the address has changed since it was drawn.
    if box not in st.session_state or written != st.session_state.get(_DRAWN):
        st.session_state[box] = [name for name in names if name in written.split(",")]
    chosen = st.pills(SHOW_ONLY, names, selection_mode="multi", format_func=attribute_label, key=box)
    st.session_state[_ONLY] = st.session_state[_DRAWN] = ",".join(chosen)
    state.record({_ONLY: ",".join(chosen) or None})
    return [one for one in answer.found if {*chosen} <= {name for name, _ in one.where}]


def _chosen_order() -> str:
    state.prepare(_SORTED, list(ORDERS), _SUREST)
    order = str(
        st.selectbox(
            ORDER, list(ORDERS), format_func=ORDERS.__getitem__, key=_SORTED, filter_mode=None, width=280
        )
    )
    state.record({_SORTED: None if order == _SUREST else order})
    return order


def _in_order(found: list[FoundSlice], order: str) -> list[FoundSlice]:
    """As the reader wants them, confirmed ones first; the surest first is the order of the answer."""
    if order == _SUREST:
        return found

    def size(one: FoundSlice) -> float:
        estimate = reported(one)
        return estimate.ratio if order == "ratio" else estimate.excess_errors

    return sorted(found, key=lambda one: (one.test is not None and not one.test.confirmed, -size(one)))


def draw_unseen(view: View, answer: SlicesAnswer) -> None:
    """What was too small, what was not combined, and whether a pattern is left that nothing names."""
    left_out = [
        (one.name, left_out_because(one) or NOT_CHOSEN)
        for one in view.info.attributes
        if one.name not in answer.attributes
    ]
    st.header(UNSEEN_TITLE, anchor=False)
    for said in (
        as_people(CANNOT_SEE, view.synthetic),
        cannot_judge_sentence(answer),
        left_out_sentence(left_out),
    ):
        if said:
            st.markdown(plain(said))
    if answer.audits:
        with st.expander(SECOND_OPINION, type="compact"):
            st.markdown("\n".join(f"- {plain(audit_sentence(one))}" for one in answer.audits))
