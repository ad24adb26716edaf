"""The Guide's steps for one reader: what to look at, why, and the link that opens it. Holds no words of its own."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, loading_data, state
from dashboard.answers.ingest_requests import SampleRequest
from dashboard.answers.overview import OverviewQuestion
from dashboard.loading import EvaluationInfo
from dashboard.panels.data_run import Work, draw_run
from dashboard.wording_guide import BUNDLED, BUNDLED_SYSTEMS, NAME_TAKEN, NOT_HERE, Step, quoted
from dashboard.wording_markup import plain
from dashboard.wording_overview import overview_headline
from dashboard.wording_start import OPEN_BUNDLED


def bundled_evaluation() -> EvaluationInfo | None:
    """The evaluation the Guide works through; None where it is not on this machine."""
    systems = {*BUNDLED_SYSTEMS}
    named = (info for info in loading.evaluations() if info.name == BUNDLED)
    # Somebody may have given its name to an evaluation of their own.
    return next((info for info in named if systems <= {*info.systems}), None)


def draw_make_bundled() -> None:
    """The way to the evaluation of the steps: a button, or where its name is taken the reason why there is none."""
    if BUNDLED in loading.evaluation_names():
        st.markdown(plain(NAME_TAKEN))
        return
    st.markdown(plain(NOT_HERE))
    draw_run(
        Work("sample", OPEN_BUNDLED, (), lambda: (SampleRequest(loading_data.evaluations_home()), ())),
        allowed=True,
    )


def draw_steps(steps: tuple[Step, ...], info: EvaluationInfo | None) -> None:
    """Numbered, in the order in which they lead on."""
    for number, step in enumerate(steps, 1):
        with st.container(border=True, gap="xxsmall", key=f"step {number} {steps[0].title}"):
            st.header(f"{number}. {plain(step.title)}", anchor=False)
            st.markdown(plain(step.text))
            if info is not None:
                if step.page == "overview" and not step.parameters.get(state.AUDIENCE):
                    st.caption(plain(_what_it_says(info, step.parameters[state.SYSTEM])))
                st.page_link(
                    f"app_pages/{step.page}.py",
                    label=step.link,
                    icon=":material/arrow_forward:",
                    query_params={**state.start_link(info), **step.parameters},
                )


def _what_it_says(info: EvaluationInfo, system: str) -> str:
    return quoted(overview_headline(loading.overview_of(info, OverviewQuestion(system)), system))
