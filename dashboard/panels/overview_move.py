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
from dashboard.wording_mixes import Said
from dashboard.wording_overview import (
    SEE_HEATMAP,
    combinations_behind,
    combinations_line,
    names_others,
    names_somebody,
    nobody_selected,
    overview_headline,
    verdicts_counted,
)
from dashboard.wording_overview_move import by_itself, counted_of, move_behind, move_facts, rate_before
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
    before: str = ""
    """The rate that the move starts from, of the same recordings; "" where there is none."""
    behind: tuple[Said, ...] = ()
    """What the sentences rest on, and combinations that name nobody else: for the lines under the pictures."""


def draw_lead(view: View, answer: Overview) -> Lead:
    """Draw the sentences and return them; a move is not part of what is published."""
    alone = overview_headline(answer, view.system)
    rest = verdicts_counted(answer, view.synthetic)
    kept = f"{alone} {combinations_line(answer)}".rstrip()
    combined = combinations_behind(answer)
    if view.current is None or view.is_public or nobody_selected(answer):
        draw_headline(alone, rest or None)
        _draw_combined(view, answer)
        return Lead(kept, behind=combined)
    by = tuple(attribute.name for attribute in answer.groups.table.attributes) if answer.groups else ()
    question = CompareQuestion(view.current, view.system, by, view.where, metric=view.metric)
    moved = loading_versions.move_of(view.info, question)
    document = compare_document(view.info, moved)
    sentence = versions_headline(document, moved.attributes)
    gaps = shown_gaps(document, moved.attributes)
    # Where there are no groups, or nothing is claimed of them, the heading has said so already.
    itself = "" if answer.groups is None or alone == sentence else by_itself(alone)
    # Whom it serves worse weighs as much as what the move changes: a gap that was there before is no all-clear.
    second = itself if names_somebody(answer) else ""
    beneath = [gaps] if second else [gaps, itself]
    draw_headline(sentence, counted_of(view.system, rest) or None, "\n".join(beneath), second)
    _draw_combined(view, answer)
    declared = family_sentence(moved.family, view.info)
    facts = move_facts(document, view.synthetic, declared)
    move = " ".join(one for one in (sentence, gaps, facts) if one)
    behind = (move_behind(document, view.synthetic, declared), *combined)
    return Lead(kept, move, rate_before(document, answer), behind)


def _draw_combined(view: View, answer: Overview) -> None:
    """Whom the groups by themselves do not name, and the way to them; nothing where there is nobody else."""
    combined = combinations_line(answer)
    if not combined or not names_others(answer):
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="worse_combinations"):
        st.markdown(f"**{plain(combined)}**", width="content")
        st.page_link("app_pages/heatmap.py", label=SEE_HEATMAP, query_params=view.link(), width="content")
