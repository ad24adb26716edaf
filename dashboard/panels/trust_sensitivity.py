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
from dashboard.panels.html_table import draw_table
from dashboard.panels.save_view import Kept
from dashboard.panels.takeaway import Takeaway, draw_query, draw_takeaway, tab_text
from dashboard.panels.way_out import draw_load_groups
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_controls import GROUPS_OF, SUMS_BY_GROUP, UNDER_NORMALISERS
from dashboard.wording_labels import labels_sentence, several_groups_sentence, sources_of
from dashboard.wording_markup import plain
from dashboard.wording_plan import family_sentence
from dashboard.wording_sensitivity import (
    ASK,
    NO_ATTRIBUTES,
    WAITING,
    WHAT_IT_DOES,
    overall_line,
    rate_line,
    sensitivity_facts,
    sensitivity_line,
    sensitivity_method,
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
        draw_load_groups()
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
    facts = sensitivity_facts(answer, view.synthetic)
    labels = f"{labels_sentence(sources_of(answer.attributes))} {several_groups_sentence(answer.attributes)}"
    st.caption(plain(f"{facts} {labels}".rstrip()))
    with st.expander(UNDER_NORMALISERS, type="compact"):
        st.markdown("\n".join(f"- {plain(overall_line(one))}" for one in answer.under))
        rates = [rate_line(answer, i) for i in positions]
        draw_table(rates, {next(iter(rates[0]))}, RATES_BY_NORMALISER)
    _draw_ways_out(view, answer, f"{facts} {labels}".rstrip())


def _draw_ways_out(view: View, answer: Sensitivity, facts: str) -> None:
    """Data, text, file and method, and the groups for the card."""
    moved = sensitivity_sentence(answer, view.synthetic)
    said = (moved, verdicts_sentence(answer), *warning_sentences(answer), facts)
    asked = replace(answer.question, system=answer.system)
    own = answer.own.answer
    draw_takeaway(
        view,
        Takeaway(
            "normalisers",
            tab_text(view, view.metric, said),
            lambda: export_sensitivity_csv(view.info, answer),
            Kept(list, lambda: [sensitivity_line(answer, i, view.synthetic) for i in range(len(own.table))]),
            sensitivity_method(answer, view.info.normalizer, family_sentence(own.family, view.info)),
            lambda: draw_query(loading.query_of(view.info, asked), SUMS_BY_GROUP),
        ),
        lambda: draw_add_group(view, "add_normaliser_to_card", asked, groups_to_keep(own.table), moved),
    )
