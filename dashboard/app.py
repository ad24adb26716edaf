"""The dashboard's front door: navigation, the sidebar, the notice; then the page itself.

Run by `streamlit run`. It decides what is on screen once, for every page, and says so where a
link asks for something that is not on this machine. It shows no number of its own.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import loading_saved, state
from dashboard.panels.headline import draw_notice_unless_drawn, expect_notice
from dashboard.panels.sidebar import draw_sidebar
from dashboard.wording_audience import PAGE_NOT_PUBLISHED, PAGE_NOT_PUBLISHED_WHY
from dashboard.wording_markup import plain

PAGES = Path(__file__).parent / "app_pages"
STATIC = Path(__file__).parent / "static"
OWN_ROOMS = ("analysis", "data", "dashboard")

st.set_page_config(page_title="Fair Hearing", page_icon="👂", layout="wide", initial_sidebar_state=256)
st.logo(str(STATIC / "fair-hearing.svg"), size="large")

versions = st.Page(PAGES / "versions.py", title="Versions")
slices = st.Page(PAGES / "slices.py", title="Slices")
trust = st.Page(PAGES / "trust.py", title="Trust")
start = st.Page(PAGES / "start.py", title="Start", default=True)
analysis = [
    st.Page(PAGES / "overview.py", title="Overview"),
    st.Page(PAGES / "heatmap.py", title="Heatmap"),
    st.Page(PAGES / "subgroup.py", title="Subgroup"),
    slices,
    versions,
    trust,
    st.Page(PAGES / "card.py", title="Card"),
]
data = st.Page(PAGES / "data.py", title="Data")
page = st.navigation([start, *analysis, data])


def run_page() -> None:
    """Run the page; a question that cannot be answered becomes the sentence that says what can be asked."""
    try:
        page.run()
    except ValueError as problem:
        if type(problem).__module__.partition(".")[0] not in OWN_ROOMS:
            raise
        st.title("This cannot be shown", anchor=False)
        st.markdown(plain(str(problem)))


if page in (start, data):
    run_page()
else:
    try:
        view = draw_sidebar()
    except state.NotHereError as problem:
        st.title("This view cannot be shown", anchor=False)
        st.markdown(plain(str(problem)))
        st.page_link(start, label="See the evaluations on this machine", query_params={})
        st.stop()
    if view is None:
        st.title("There is no evaluation yet", anchor=False)
        st.page_link(data, label="Make one of a file")
        st.page_link(start, label="Or open the bundled one")
        st.stop()
    state.put_on_screen(view)
    loading_saved.note_subgroup(view.info, view.where)
    expect_notice()
    top = st.container()
    if view.is_public and page in (slices, versions, trust):
        st.title(PAGE_NOT_PUBLISHED, anchor=False)
        st.markdown(PAGE_NOT_PUBLISHED_WHY)
    else:
        run_page()
    draw_notice_unless_drawn(top, view.info.notice)
