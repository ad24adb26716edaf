"""Data: files become an evaluation, a system is added, a plan declared; what every evaluation here was made of."""

from __future__ import annotations

import streamlit as st

from dashboard.panels.data_adding import draw_adding
from dashboard.panels.data_evaluations import draw_evaluations
from dashboard.panels.data_load import draw_load
from dashboard.panels.data_plan import draw_plan
from dashboard.panels.data_run import is_making
from dashboard.panels.page_tabs import draw_tabs
from dashboard.wording_data import TABS, TITLE

st.title(TITLE, anchor=False)
load, add, plan, here = draw_tabs("data", TABS, is_busy=is_making())
with load:
    draw_load()
with add:
    draw_adding()
with plan:
    draw_plan()
with here:
    draw_evaluations()
