"""One slice from near: its sentence, the wider and narrower slices around it, and where to go on.

The one that is looked at stands in the address. Draws answers; it computes nothing.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.expression import to_expression
from dashboard import loading_slices, state
from dashboard.answers.slices import FoundSlice, SlicesAnswer
from dashboard.answers.slices_kept import search_of, within
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.panels.add_to_card import draw_add_subgroup
from dashboard.panels.html_table import draw_table
from dashboard.state import View
from dashboard.wording_controls import with_count
from dashboard.wording_markup import plain
from dashboard.wording_slices import slice_name
from dashboard.wording_slices_page import (
    CHOOSE_SLICE,
    LATTICE_NOTE,
    NARROWER,
    NO_SLICE,
    OPEN_SUBGROUP,
    OPEN_WORDS,
    SLICE,
    WIDER,
    contributions_sentence,
    lattice_line,
    slice_sentence,
)

_SLICE = "slice"


def draw_closer(view: View, answer: SlicesAnswer) -> None:
    """The list a slice is chosen from, then its story."""
    by_link = {to_expression(one.selection): one for one in (*answer.found, *answer.explained)}
    if not by_link:
        return
    state.prepare(_SLICE, by_link, None)
    chosen = st.selectbox(
        CHOOSE_SLICE,
        list(by_link),
        None,
        lambda link: slice_name(by_link[link]),
        key=_SLICE,
        placeholder=NO_SLICE,
    )
    state.record({_SLICE: chosen})
    if chosen is None:
        return
    with st.container(border=True):
        _draw_story(view, answer, by_link[chosen])


def _draw_story(view: View, answer: SlicesAnswer, one: FoundSlice) -> None:
    where = within(view.where, one.selection)
    st.markdown(plain(slice_sentence(answer, one, view.synthetic)))
    st.caption(plain(contributions_sentence(one)))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        link = replace(view, where=where).link()
        st.page_link(
            "app_pages/subgroup.py", label=OPEN_SUBGROUP, icon=":material/arrow_forward:", query_params=link
        )
        # The second tab of that page has the words behind the excess, the texts and the clips.
        st.page_link(
            "app_pages/subgroup.py",
            label=OPEN_WORDS,
            icon=":material/hearing:",
            query_params={**link, state.TAB: "errors"},
        )
        asked = SubgroupQuestion(where, view.system, view.metric)
        # The search goes along as data, which cannot be edited away as a note can.
        draw_add_subgroup(view, "add_slice_to_card", asked, search=search_of(answer, one))
    lattice = loading_slices.lattice_of(view.info, answer.question, one.where)
    fewest = answer.question.min_speakers
    for title, neighbours in ((WIDER, lattice.wider), (NARROWER, lattice.narrower)):
        if neighbours:
            with st.expander(with_count(title, len(neighbours)), expanded=title == WIDER, type="compact"):
                lines = [lattice_line(near, fewest, view.synthetic) for near in neighbours]
                if title == WIDER:
                    lines.append(lattice_line(lattice.slice, fewest, view.synthetic))
                draw_table(lines, {SLICE}, title)
    st.caption(plain(LATTICE_NOTE))
