"""Subgroup: whoever one wants to ask about, against the others; its errors, recording by recording."""

from __future__ import annotations

import streamlit as st

from analysis.selection import Everything
from dashboard import loading, state
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.panels.headline import draw_headline
from dashboard.panels.page_tabs import draw_tabs
from dashboard.panels.saved_subgroups import draw_saved
from dashboard.panels.subgroup_adjust import draw_conditions
from dashboard.panels.subgroup_begin import draw_beginnings
from dashboard.panels.subgroup_builder import draw_builder
from dashboard.panels.subgroup_expression import draw_expression
from dashboard.panels.subgroup_footer import draw_subgroup_footer
from dashboard.panels.subgroup_result import (
    chosen_comparison,
    draw_comparison,
    draw_split,
    verdict_elsewhere,
)
from dashboard.panels.subgroup_words import chosen_item, draw_words
from dashboard.panels.utterances import draw_utterances
from dashboard.panels.what_next import draw_next
from dashboard.wording_audience import NOT_PART
from dashboard.wording_labels import guessed_sentence, sources_named
from dashboard.wording_markup import plain
from dashboard.wording_methods import selection_label
from dashboard.wording_recordings import RECORDINGS
from dashboard.wording_subgroup import (
    TABS,
    robustness_note,
    subgroup_badge,
    subgroup_counts,
    subgroup_headline,
)

view = state.on_screen()
top = st.container()

with st.container(border=True):
    draw_builder(view)
    draw_expression(view)
    counts = st.empty()
    draw_saved(view)

if view.where == Everything():
    draw_beginnings(view)
against = chosen_comparison(view)
question = SubgroupQuestion(view.where, view.system, view.metric, against, audience=view.audience)
answer = loading.subgroup_of(view.info, question)
headline = subgroup_headline(answer, view.synthetic)
counts.caption(plain(f"{selection_label(view.where)}: {subgroup_counts(answer, view.synthetic)}"))
elsewhere = verdict_elsewhere(view, answer)
with top:
    draw_headline(headline, None if view.where == Everything() else subgroup_badge(view.info, answer))
    for note in (
        elsewhere,
        robustness_note(answer, view.synthetic),
        guessed_sentence(sources_named(view.info.attributes, view.where)),
    ):
        if note:
            st.markdown(plain(note))

result, errors, conditions = draw_tabs("subgroup", TABS)
with result:
    draw_comparison(view, answer, headline)
    draw_subgroup_footer(view, answer, headline, elsewhere)
    draw_split(view, answer)
with conditions:
    # Worked out when it is looked at: it sums over every combination of conditions.
    if conditions.open:
        draw_conditions(view, against)
with errors:
    if view.is_public:
        st.markdown(NOT_PART)
    elif errors.open:
        items = draw_words(view, against, int(answer.table.totals["n_utterances"].sum()))
        st.markdown(f"**{RECORDINGS}**")
        draw_utterances(view.info, view.system, view.where, key="subgroup_errors", item=chosen_item(items))
draw_next("subgroup", view)
