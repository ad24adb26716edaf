"""The dashboard's front door: navigation, the sidebar, the notice; then the page itself.

Run by `streamlit run`. It decides what is on screen once, for every page, and says so where a
link asks for something that is not on this machine. It shows no number of its own.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis.metrics import METRICS
from dashboard import loading, loading_saved, state
from dashboard.answers.audience import WITHHELD_PAGES
from dashboard.loading_ahead import AHEAD
from dashboard.panels.headline import draw_notice_unless_drawn, expect_notice
from dashboard.panels.sidebar import draw_sidebar
from dashboard.panels.themed import draw_for_paper, draw_readable_tags, draw_source_on_paper
from dashboard.wording_audience import PAGE_NOT_PUBLISHED, PAGE_NOT_PUBLISHED_WHY
from dashboard.wording_controls import (
    AS_IT_IS_NOW,
    CANNOT_BE_SHOWN,
    MAKE_ONE,
    NO_EVALUATION,
    OPEN_BUNDLED,
    SEE_EVALUATIONS,
    VIEW_CANNOT_BE_SHOWN,
)
from dashboard.wording_markup import plain
from dashboard.wording_methods import source_line
from dashboard.wording_next import WITHOUT_SELECTION

PAGES = Path(__file__).parent / "app_pages"
STATIC = Path(__file__).parent / "static"
ONWARD = ":material/arrow_forward:"
OWN_ROOMS = ("analysis", "data", "dashboard")

st.set_page_config(page_title="Fair Hearing", page_icon="👂", layout="wide", initial_sidebar_state=256)
st.logo(str(STATIC / "fair-hearing.svg"), size="large")
draw_readable_tags()
draw_for_paper()

versions = st.Page(PAGES / "versions.py", title="Versions")
start = st.Page(PAGES / "start.py", title="Start", default=True)
analysis = [
    st.Page(PAGES / "overview.py", title="Overview"),
    st.Page(PAGES / "heatmap.py", title="Heatmap"),
    st.Page(PAGES / "subgroup.py", title="Subgroup"),
    st.Page(PAGES / "slices.py", title="Slices"),
    versions,
    st.Page(PAGES / "trust.py", title="Trust"),
    st.Page(PAGES / "card.py", title="Card"),
]
data = st.Page(PAGES / "data.py", title="Data")
guide = st.Page(PAGES / "guide.py", title="Guide")
page = st.navigation([start, *analysis, data, guide])
state.note_arrival(page.url_path, of_evaluation=page in analysis)


def run_page() -> None:
    """Run the page; a question that cannot be answered becomes the sentence that says what can be asked."""
    try:
        page.run()
    except ValueError as problem:
        if type(problem).__module__.partition(".")[0] not in OWN_ROOMS:
            raise
        st.title(CANNOT_BE_SHOWN, anchor=False)
        st.markdown(plain(str(problem)))


if page in (start, data, guide):
    run_page()
else:
    try:
        view = draw_sidebar(compares=page == versions)
    except state.NotHereError as problem:
        st.title(VIEW_CANNOT_BE_SHOWN, anchor=False)
        st.markdown(plain(str(problem)))
        if isinstance(problem, state.SelectionNotHereError):
            st.button(WITHOUT_SELECTION, icon=":material/filter_alt_off:", on_click=state.choose_everything)
        elif (asked := state.evaluation_without_the_rest()) in loading.evaluation_names():
            st.page_link(page, label=AS_IT_IS_NOW, icon=ONWARD, query_params={state.EVALUATION: asked})
        st.page_link(start, label=SEE_EVALUATIONS, icon=ONWARD, query_params={})
        st.stop()
    if view is None:
        st.title(NO_EVALUATION, anchor=False)
        st.page_link(data, label=MAKE_ONE, query_params={state.TAB: "load"})
        st.page_link(start, label=OPEN_BUNDLED)
        st.stop()
    state.put_on_screen(view)
    draw_source_on_paper(source_line(view.info.name, view.info.build, view.system, METRICS[view.metric]))
    loading_saved.note_subgroup(view.info, view.where)
    expect_notice()
    top = st.container()
    if view.is_public and page.url_path in WITHHELD_PAGES:
        st.title(PAGE_NOT_PUBLISHED, anchor=False)
        st.markdown(PAGE_NOT_PUBLISHED_WHY)
        for one in analysis:
            if one.url_path not in WITHHELD_PAGES:
                st.page_link(one, icon=ONWARD, query_params=view.link())
    else:
        run_page()
    draw_notice_unless_drawn(top, view.info.notice)
    AHEAD.expect(view.info, view.system)
