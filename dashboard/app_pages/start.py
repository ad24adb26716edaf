"""Start: the evaluations on this machine, each with what it holds; the bundled one; how to load one's own."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, loading_data, state
from dashboard.answers.ingest_requests import SampleRequest
from dashboard.panels.data_run import Work, draw_run
from dashboard.panels.evaluation_entry import draw_evaluation_entry, draw_promise
from dashboard.wording_markup import plain
from dashboard.wording_start import (
    ADD_LINK,
    GUIDE_LINK,
    HOW_TO_LOAD,
    LOAD_LINK,
    LOAD_OWN,
    NONE_YET,
    OPEN_BUNDLED,
    OR_TYPE,
    QUESTION,
    WHAT_IT_DOES,
)

st.title(QUESTION, anchor=False)
st.markdown(WHAT_IT_DOES)

evaluations = loading.evaluations()
for info in evaluations:
    draw_evaluation_entry(info)
unreadable = loading.unreadable_evaluations()
for problem in unreadable.values():
    st.markdown(plain(problem))
if not evaluations:
    if not unreadable:
        st.markdown(NONE_YET)
    draw_run(
        Work("sample", OPEN_BUNDLED, (), lambda: (SampleRequest(loading_data.evaluations_home()), ())),
        allowed=True,
    )
    if not unreadable:
        draw_promise()

st.header(LOAD_OWN, anchor=False)
st.markdown(HOW_TO_LOAD)
with st.container(horizontal=True, gap="medium"):
    st.page_link(
        "app_pages/data.py", label=LOAD_LINK, icon=":material/upload_file:", query_params={state.TAB: "load"}
    )
    if evaluations:
        st.page_link(
            "app_pages/data.py",
            label=ADD_LINK,
            icon=":material/add:",
            query_params={state.TAB: "add"},
        )
    st.page_link("app_pages/guide.py", label=GUIDE_LINK, icon=":material/menu_book:")
st.caption(OR_TYPE)
commands = ["fairhearing ingest results.csv --name my-evaluation"]
st.code(
    "\n".join(commands if evaluations else ["fairhearing sample", *commands]), language=None, wrap_lines=True
)
