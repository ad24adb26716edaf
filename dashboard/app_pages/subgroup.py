"""Subgroup: whoever one wants to ask about, against the others; its errors, recording by recording."""

from __future__ import annotations

import streamlit as st

from analysis.selection import Everything
from dashboard import loading, state
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.panels.headline import draw_headline
from dashboard.panels.subgroup_builder import draw_builder
from dashboard.panels.subgroup_conditions import attributes_named
from dashboard.panels.subgroup_expression import draw_expression
from dashboard.panels.subgroup_footer import draw_subgroup_footer
from dashboard.panels.subgroup_result import chosen_comparison, draw_comparison, draw_split
from dashboard.panels.utterances import draw_utterances
from dashboard.wording_markup import plain
from dashboard.wording_methods import selection_label
from dashboard.wording_subgroup import (
    EXPLORATORY,
    guessed_note,
    robustness_note,
    subgroup_counts,
    subgroup_headline,
)

view = state.on_screen()
top = st.container()

with st.container(border=True):
    draw_builder(view)
    draw_expression(view)
    counts = st.empty()

against = chosen_comparison(view)
answer = loading.subgroup_of(view.info, SubgroupQuestion(view.where, view.system, view.metric, against))
headline = subgroup_headline(answer, view.synthetic)
counts.caption(plain(f"{selection_label(view.where)}: {subgroup_counts(answer, view.synthetic)}"))
with top:
    draw_headline(headline, None if view.where == Everything() else EXPLORATORY)
    for note in (
        robustness_note(answer, view.synthetic),
        guessed_note(view.info.attributes, attributes_named(view.where)),
    ):
        if note:
            st.markdown(plain(note))

result, errors = st.tabs(["Result", "Errors"])
with result:
    draw_comparison(view, answer, headline)
    draw_subgroup_footer(view, answer, headline)
    draw_split(view)
with errors:
    draw_utterances(view.info, view.system, view.where, key="subgroup_errors")
