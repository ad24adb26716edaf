"""The first page's entries: an evaluation with what it holds and the ways in, or what one would answer. It ranks nothing."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, loading_data, state
from dashboard.charts.sketch import sketch_html
from dashboard.loading import EvaluationInfo
from dashboard.wording import attribute_name, counts_text, listed
from dashboard.wording_markup import plain
from dashboard.wording_start import (
    ANSWERS,
    WAYS_IN,
    build_text,
    described_by,
    doctor_state,
    plan_state,
    systems_text,
)

MOST_LOOKED_AT = 50_000
"""Utterances up to which the doctor takes a quick look while the list is drawn, where no ingest had it look."""


def draw_evaluation_entry(info: EvaluationInfo) -> None:
    """Name, counts, systems, attributes, notice, state of plan and doctor; a link to each page."""
    counts, link = info.counts, state.start_link(info)
    described = listed([attribute_name(one.name) for one in info.attributes if not one.derived])
    with st.container(border=True, gap="xxsmall", key=f"entry {info.name}"):
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
        st.caption(
            "  \n".join(
                plain(line)
                for line in (
                    f"{systems_text(info.systems)}. {described_by(described)}",
                    f"{plan_state(info)} · {_doctor_state(info)} · {build_text(info, len(loading_data.build_ids(info.name)))}",
                )
            )
        )
        with st.container(horizontal=True, gap="small"):
            for page, label, icon in WAYS_IN:
                if page != "versions" or len(info.systems) > 1:
                    st.page_link(f"app_pages/{page}.py", label=label, icon=icon, query_params=link)


def draw_promise() -> None:
    """What an evaluation would answer, where there is none yet: a picture without numbers, and a line for each page."""
    st.html(sketch_html())
    with st.container(key="ways_in"):
        for icon, name, sentence in ANSWERS:
            with st.container(gap="xxsmall"):
                st.markdown(f"{icon} **{name}**")
                st.caption(sentence)


def _doctor_state(info: EvaluationInfo) -> str:
    known = loading.known_findings_of(info)
    if known is None and info.counts["utterances"] <= MOST_LOOKED_AT:
        return doctor_state(loading.quick_doctor_of(info), quick=True)
    return doctor_state(known, quick=False)
