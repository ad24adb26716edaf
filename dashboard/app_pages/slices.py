"""Slices: whom a system serves worst, searched among all combinations of groups and confirmed on other speakers."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.panels.headline import draw_headline
from dashboard.panels.slices_closer import draw_closer
from dashboard.panels.slices_controls import draw_controls, draw_lower_minimum, draw_search
from dashboard.panels.slices_footer import draw_slices_footer
from dashboard.panels.slices_list import draw_found, draw_unseen
from dashboard.panels.way_out import draw_load_groups
from dashboard.panels.what_next import draw_next
from dashboard.wording_markup import plain
from dashboard.wording_slices import split_sentence
from dashboard.wording_slices_page import (
    NO_ATTRIBUTES,
    ask_caption,
    ask_headline,
    slices_headline,
    surest_sentence,
)

view = state.on_screen()
if not view.info.attributes:
    draw_headline(NO_ATTRIBUTES)
    draw_load_groups()
    st.stop()

top = st.container()
with st.container(border=True):
    question = draw_controls(view)
    answer = draw_search(view, question) if question else None
if question is None or answer is None:
    with top:
        draw_headline(ask_headline(view.system), ask_caption(view.synthetic))
    st.stop()

headline = slices_headline(answer, view.synthetic)
with top:
    draw_headline(headline, split_sentence(answer, view.synthetic))
    if surest := surest_sentence(answer, view.synthetic):
        st.markdown(plain(surest))
    draw_lower_minimum(view, question, answer)
shown = draw_found(view, answer, headline)
draw_slices_footer(view, answer, headline, shown)
draw_closer(view, answer)
draw_unseen(view, answer)
draw_next("slices", view)
