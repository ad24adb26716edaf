"""The first sentence of the overview: what a move to the candidate does, or what holds of one system alone."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import loading_versions
from dashboard.answers.compare import CompareQuestion
from dashboard.answers.compare_document import compare_document
from dashboard.answers.overview import Overview
from dashboard.panels.headline import draw_headline
from dashboard.state import View
from dashboard.wording_markup import plain
from dashboard.wording_overview import (
    SEE_HEATMAP,
    combinations_line,
    names_others,
    nobody_selected,
    overview_headline,
    overview_rest,
)
from dashboard.wording_overview_move import by_itself, move_caption, move_facts, move_ground
from dashboard.wording_plan import family_sentence
from dashboard.wording_versions import versions_headline
from dashboard.wording_versions_gaps import shown_gaps


@dataclass(frozen=True)
class Lead:
    """What the page leads with, for those who copy or save it together with the numbers of the system alone."""

    alone: str
    """What holds of the system on screen, as everything below does."""
    move: str = ""
    """What a move to it does, with the counts of the move; "" where it stands by itself."""
    ground: str = ""
    """What the move rests on, for the lines under the pictures; "" where there is none."""


def draw_lead(view: View, answer: Overview) -> Lead:
    """Draw the sentences and return them; a move is not part of what is published."""
    alone = overview_headline(answer, view.system)
    settings = (answer.groups or answer.overall).table.settings
    rest = overview_rest(answer.counts, settings.margin_ratio) if answer.counts else ""
    combined = combinations_line(answer)
    kept = f"{alone} {combined}".rstrip()
    if view.current is None or view.is_public or nobody_selected(answer):
        draw_headline(alone, rest or None)
        _draw_combined(view, answer, combined)
        return Lead(kept)
    by = tuple(attribute.name for attribute in answer.groups.table.attributes) if answer.groups else ()
    question = CompareQuestion(view.current, view.system, by, view.where, metric=view.metric)
    moved = loading_versions.move_of(view.info, question)
    document = compare_document(view.info, moved)
    sentence = versions_headline(document, moved.attributes)
    gaps = shown_gaps(document, moved.attributes)
    draw_headline(sentence, move_caption(document, view.synthetic), beneath=gaps)
    with st.container(gap="xxsmall"):
        st.markdown(f"**{plain(by_itself(alone))}**")
        if rest:
            st.markdown(f":small[{plain(rest)}]")
        _draw_combined(view, answer, combined)
    declared = family_sentence(moved.family, view.info)
    facts = move_facts(document, view.synthetic, declared)
    move = " ".join(one for one in (sentence, gaps, facts) if one)
    return Lead(kept, move, move_ground(document, declared))


def _draw_combined(view: View, answer: Overview, combined: str) -> None:
    """What the groups by themselves do not show, and the way to it; small where it names nobody else."""
    if not combined:
        return
    if not names_others(answer):
        st.markdown(f":small[{plain(combined)}]")
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="worse_combinations"):
        st.markdown(f"**{plain(combined)}**", width="content")
        st.page_link("app_pages/heatmap.py", label=SEE_HEATMAP, query_params=view.link(), width="content")
