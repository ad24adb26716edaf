"""Start: the evaluations on this machine, each with what it holds, and how to load one."""

from __future__ import annotations

import streamlit as st

from dashboard import loading
from dashboard.panels.evaluation_entry import draw_evaluation_entry
from dashboard.wording_markup import plain
from dashboard.wording_start import HOW_TO_LOAD, NONE_YET, QUESTION, WHAT_IT_DOES

st.title(QUESTION, anchor=False)
st.markdown(WHAT_IT_DOES)

evaluations = loading.evaluations()
for info in evaluations:
    draw_evaluation_entry(info)
unreadable = loading.unreadable_evaluations()
for problem in unreadable.values():
    st.markdown(plain(problem))
if not evaluations and not unreadable:
    st.markdown(NONE_YET)

st.header("Load your own", anchor=False)
st.markdown(HOW_TO_LOAD)
commands = ["fairhearing ingest results.csv --name my-evaluation"]
st.code(
    "\n".join(commands if evaluations else ["fairhearing sample", *commands]), language=None, wrap_lines=True
)
