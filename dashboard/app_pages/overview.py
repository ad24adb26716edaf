"""Overview: sentences, four numbers, every group with its interval, the state of the evaluation, and where to go on."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, state
from dashboard.answers.overview import OverviewQuestion
from dashboard.panels.add_to_card import draw_add_group, groups_to_keep
from dashboard.panels.figure_footer import draw_footer
from dashboard.panels.overview_groups import draw_groups, pictures_of
from dashboard.panels.overview_move import draw_lead
from dashboard.panels.overview_numbers import draw_numbers
from dashboard.panels.overview_state import draw_state
from dashboard.panels.what_next import draw_next
from dashboard.wording_markup import plain
from dashboard.wording_overview import effects_sentence, mixes_sentence

view = state.on_screen()
answer = loading.overview_of(
    view.info, OverviewQuestion(view.system, view.metric, view.where, audience=view.audience)
)

lead = draw_lead(view, answer)
draw_numbers(answer, view.synthetic)

draw_groups(view, answer)
with st.container(gap="xxsmall"):
    for sentence in (mixes_sentence(answer, view.synthetic), effects_sentence(answer.effects)):
        if sentence:
            st.caption(plain(sentence))
draw_state(view)
draw_footer(
    view,
    answer.groups or answer.overall,
    lead.alone,
    "overview",
    lambda: pictures_of(view, answer),
    move=lead.move,
)
if answer.groups is not None:
    draw_add_group(view, "add_group_to_card", answer.groups.question, groups_to_keep(answer.groups.table))
draw_next("overview", view)
