"""Where to begin on the Subgroup page while nothing is selected: groups with a gap that is shown, subgroups that are saved.

Each is one press away from its own view. It names nobody whose verdict is not shown.
"""

from __future__ import annotations

import streamlit as st

from analysis.selection import OneOf
from dashboard import loading, loading_saved, state
from dashboard.answers.overview import OverviewQuestion
from dashboard.panels.way_out import draw_load_groups
from dashboard.state import View
from dashboard.wording_markup import plain
from dashboard.wording_saved import saved_label
from dashboard.wording_subgroup_begin import BEGIN, NONE_OFFERED, SAVED_ONES, begin_sentence
from data.subgroups import SavedSubgroup

MOST = 12


def draw_beginnings(view: View) -> None:
    """Buttons that select one group each; where nothing can be selected by, what to load."""
    if not view.info.attributes and view.info.texts_refused:
        draw_load_groups()
        return
    answer = loading.overview_of(
        view.info, OverviewQuestion(view.system, view.metric, audience=view.audience)
    )
    found = [answer.named.get(verdict, ()) for verdict in ("worse", "slightly worse")]
    groups = [name for names in found for name in names][:MOST]
    attribute = answer.groups.table.attributes[0].name if answer.groups else None
    here = loading_saved.saved_subgroups_of(view.info)
    kept = [one.saved for one in here if one.why_not is None and one.saved.selection is not None]
    with st.container(gap="xxsmall"):
        st.markdown(f"**{BEGIN if groups or kept else NONE_OFFERED}**")
        st.caption(plain(begin_sentence(attribute, view.system, bool(groups))))
        with st.container(horizontal=True, gap="small"):
            for place, name in enumerate(groups):
                st.button(
                    plain(name),
                    key=f"begin_{place}",
                    on_click=state.choose,
                    args=(OneOf(str(attribute), (name,)),),
                )
        _draw_saved(kept)


def _draw_saved(kept: list[SavedSubgroup]) -> None:
    if not kept:
        return
    st.caption(SAVED_ONES)
    with st.container(horizontal=True, gap="small"):
        for one in kept[:MOST]:
            st.button(
                plain(saved_label(one)),
                key=f"begin_saved_{one.id}",
                on_click=state.choose,
                args=(one.selection,),
            )
