"""The first sentence of the overview: what a move to the candidate does, or what holds of one system alone."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_versions
from dashboard.answers.compare import CompareQuestion
from dashboard.answers.compare_document import compare_document
from dashboard.answers.overview import Overview
from dashboard.panels.headline import draw_headline
from dashboard.state import View
from dashboard.wording_markup import plain
from dashboard.wording_overview import overview_headline, overview_rest
from dashboard.wording_overview_move import by_itself, move_caption
from dashboard.wording_versions import versions_headline


def draw_lead(view: View, answer: Overview) -> str:
    """Draw the sentences and return them for those who copy or save them; a move is not part of what is published."""
    alone = overview_headline(answer, view.system)
    settings = (answer.groups or answer.overall).table.settings
    rest = overview_rest(answer.counts, settings.margin_ratio) if answer.counts else ""
    if view.current is None or view.is_public:
        draw_headline(alone, rest or None)
        return alone
    by = tuple(attribute.name for attribute in answer.groups.table.attributes) if answer.groups else ()
    question = CompareQuestion(view.current, view.system, by, view.where, metric=view.metric)
    moved = loading_versions.move_of(view.info, question)
    document = compare_document(view.info, moved)
    sentence = versions_headline(document, moved.attributes)
    draw_headline(sentence, move_caption(document, view.synthetic))
    with st.container(gap="xxsmall"):
        st.markdown(f"**{plain(by_itself(alone))}**")
        if rest:
            st.markdown(f":small[{plain(rest)}]")
    return f"{sentence} {by_itself(alone)}"
