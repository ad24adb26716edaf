"""Data: files become an evaluation, a system is added, a plan declared; what every evaluation here was made of."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.panels.data_adding import draw_adding
from dashboard.panels.data_evaluations import draw_evaluations
from dashboard.panels.data_load import draw_load
from dashboard.panels.data_plan import draw_plan
from dashboard.wording_data import TABS, TITLE

st.title(TITLE, anchor=False)
# The address does not follow a click here: telling the server of it would stop a build that is being made.
asked_for = str(st.query_params.get(state.TAB, "")).casefold()
load, add, plan, here = st.tabs([*TABS.values()], default=TABS.get(asked_for), key=f"tabs {asked_for}")
with load:
    draw_load()
with add:
    draw_adding()
with plan:
    draw_plan()
with here:
    draw_evaluations()
