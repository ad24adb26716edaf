"""Guide: the bundled evaluation as a product manager, a scientist and an auditor read it; the glossary at its end."""

from __future__ import annotations

import streamlit as st

from analysis.settings import DEFAULTS
from dashboard import loading_card, state
from dashboard.panels.guide_steps import bundled_evaluation, draw_make_bundled, draw_steps
from dashboard.wording_glossary import LEAD as GLOSSARY_LEAD
from dashboard.wording_glossary import TITLE as GLOSSARY
from dashboard.wording_glossary import VERDICT_MEANINGS, VERDICTS, glossary_lines
from dashboard.wording_guide import (
    LEAD,
    LOAD_OWN,
    OWN_DATA,
    OWN_DATA_TEXT,
    READERS,
    TITLE,
)
from dashboard.wording_markup import plain
from dashboard.wording_verdicts import verdict_label, verdict_mark

_READER = "reader"

bundled = bundled_evaluation()
st.title(TITLE, anchor=False)
st.markdown(plain(LEAD))
if bundled is None:
    draw_make_bundled()
elif bundled.notice:
    st.markdown(f":small[:orange[**{plain(bundled.notice)}**]]")

state.prepare(_READER, [*READERS], next(iter(READERS)))
tabs = st.tabs([*READERS], key=_READER, on_change="rerun")
state.record({_READER: st.session_state[_READER]})
for tab, steps in zip(tabs, READERS.values(), strict=True):
    with tab:
        draw_steps(steps, bundled)

st.header(OWN_DATA, anchor=False)
st.markdown(plain(OWN_DATA_TEXT))
st.page_link(
    "app_pages/data.py", label=LOAD_OWN, icon=":material/upload_file:", query_params={state.TAB: "load"}
)

st.header(VERDICTS, anchor=False)
margin = DEFAULTS.margin_ratio if bundled is None else loading_card.margin_of(bundled)
for verdict, meaning in VERDICT_MEANINGS.items():
    label = verdict_label(verdict, margin)
    st.markdown(f"{verdict_mark(verdict)} **{plain(label)}**: {plain(meaning)}")

st.header(GLOSSARY, anchor="glossary")
st.markdown(plain(GLOSSARY_LEAD))
st.markdown(glossary_lines())
