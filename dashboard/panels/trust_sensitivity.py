"""The same rates under other normalisers, on the Trust page: a sentence, a table, the numbers behind it.

Texts are counted again only when the reader asks for it, because that takes seconds on a large
evaluation; what was asked once stays. Draws an answer and computes nothing.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import loading, state
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.sensitivity import NO_TEXTS, Sensitivity
from dashboard.exports.sensitivity_csv import export_sensitivity_csv
from dashboard.panels.add_to_card import draw_add_group, groups_to_keep
from dashboard.panels.copy_text import draw_copy_text
from dashboard.panels.html_table import draw_table
from dashboard.state import View
from dashboard.wording import attribute_label, selection_sentence
from dashboard.wording_controls import DATA_CSV, GROUPS_OF, UNDER_NORMALISERS
from dashboard.wording_labels import labels_sentence, several_groups_sentence, sources_of
from dashboard.wording_markup import plain
from dashboard.wording_sensitivity import (
    ASK,
    NO_ATTRIBUTES,
    WAITING,
    WHAT_IT_DOES,
    overall_line,
    rate_line,
    sensitivity_caption,
    sensitivity_line,
    sensitivity_sentence,
    verdicts_sentence,
    warning_sentences,
)
from dashboard.wording_tables import RATES_BY_NORMALISER, RATIOS_BY_NORMALISER

_ASKED = "normalisers compared"


def draw_sensitivity(view: View) -> None:
    """What it is, a choice of groups, and the answer once it was asked for."""
    if not view.info.has_text:
        st.markdown(NO_TEXTS)
        return
    if not view.info.attributes:
        st.markdown(NO_ATTRIBUTES)
        return
    st.markdown(WHAT_IT_DOES)
    question = RatesQuestion(view.system, (_chosen_attribute(view),), view.metric, view.where)
    asked = st.session_state.setdefault(_ASKED, set())
    key = (view.info.path, view.info.build, question)
    if key not in asked:
        st.button(ASK, on_click=asked.add, args=(key,))
        return
    with st.spinner(WAITING):
        answer = loading.sensitivity_of(view.info, question)
    _draw_answer(view, answer)


def _chosen_attribute(view: View) -> str:
    """The attribute whose groups are compared, from the address; attributes of speakers come first."""
    names = [one.name for one in sorted(view.info.attributes, key=lambda one: one.role != "speaker")]
    state.prepare(state.SPLIT, names, names[0])
    chosen = st.selectbox(
        GROUPS_OF, names, format_func=attribute_label, key=state.SPLIT, filter_mode=None, width=280
    )
    state.record({state.SPLIT: None if chosen == names[0] else chosen})
    return str(chosen)


def _draw_answer(view: View, answer: Sensitivity) -> None:
    st.markdown(f"**{plain(sensitivity_sentence(answer, view.synthetic))}**")
    if verdicts := verdicts_sentence(answer):
        st.markdown(plain(verdicts))
    for warning in warning_sentences(answer):
        st.warning(plain(warning))
    positions = range(len(answer.own.table))
    lines = [sensitivity_line(answer, i, view.synthetic) for i in positions]
    draw_table(lines, {next(iter(lines[0]))}, RATIOS_BY_NORMALISER)
    sentence = selection_sentence(view.where)
    facts = f"{sentence[0].upper()}{sentence[1:]} · {answer.system}. {sensitivity_caption(answer, view.synthetic)}"
    labels = labels_sentence(sources_of(answer.attributes))
    st.caption(plain(f"{facts} {labels} {several_groups_sentence(answer.attributes)}".rstrip()))
    with st.expander(UNDER_NORMALISERS, type="compact"):
        st.markdown("\n".join(f"- {plain(overall_line(one))}" for one in answer.under))
        rates = [rate_line(answer, i) for i in positions]
        draw_table(rates, {next(iter(rates[0]))}, RATES_BY_NORMALISER)
    moved = sensitivity_sentence(answer, view.synthetic)
    said = (moved, verdicts_sentence(answer), *warning_sentences(answer), f"{facts} {labels}")
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            DATA_CSV,
            lambda: export_sensitivity_csv(view.info, answer),
            file_name=f"{view.info.name}-{view.info.build[:8]}-normalisers.csv",
            mime="text/csv",
            type="tertiary",
            on_click="ignore",
        )
        draw_copy_text(view, "normalisers_copy", said, view.metric)
        asked = replace(answer.question, system=answer.system)
        draw_add_group(view, "add_normaliser_to_card", asked, groups_to_keep(answer.own.table), moved)
