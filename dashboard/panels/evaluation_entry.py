"""One evaluation on the first page: what it is, what it holds, and the ways in. It ranks nothing."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.loading import EvaluationInfo
from dashboard.wording import attribute_name, counts_text, listed
from dashboard.wording_markup import plain

PAGES = {
    "Overview": ("overview", ":material/insights:"),
    "Heatmap": ("heatmap", ":material/grid_on:"),
    "Subgroup": ("subgroup", ":material/groups:"),
    "Card": ("card", ":material/description:"),
}


def draw_evaluation_entry(info: EvaluationInfo) -> None:
    """Name, counts, systems, attributes, notice; a link to each page."""
    counts, link = info.counts, state.start_link(info)
    described = listed([attribute_name(one.name) for one in info.attributes if not one.derived])
    with st.container(border=True, gap="xxsmall"):
        st.header(plain(str(info.about.get("title") or info.name)), anchor=False)
        st.markdown(
            plain(
                counts_text(
                    counts["speakers"], counts["utterances"], counts["words"], info.synthetic, info.unit
                )
            )
        )
        if info.notice:
            st.markdown(f":small[:orange[**{plain(info.notice)}**]]")
        systems = plain(listed(list(info.systems)))
        st.caption(f"{systems}  \n{plain(f'Described by {described}.' if described else 'Not described.')}")
        with st.container(horizontal=True, gap="medium"):
            for label, (page, icon) in PAGES.items():
                st.page_link(f"app_pages/{page}.py", label=label, icon=icon, query_params=link)
        st.caption(plain(f"{info.name} · build {info.build[:8]} · {info.created[:10]}"))
