"""The button that makes the evaluation, how far it has come, and what came of it.

The ingest is a process of its own; whatever the reader does meanwhile stops it, because
Streamlit then leaves this run. The outcome stays until another file is chosen.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.answers.ingest_process import IngestRequest, Made, Refused, Step, run_ingest
from dashboard.panels.data_evaluations import show_evaluation
from dashboard.panels.data_outcome import draw_made, draw_refused
from dashboard.panels.data_source import Source, begin_again
from dashboard.wording_data import STOPPED, STOPS, step_text

_OUTCOME = "outcome of the ingest"


@dataclass(frozen=True)
class _Outcome:
    """What came of it, for which file."""

    path: Path
    shown: str
    """What the reader calls the file."""
    result: Made | Refused


def draw_run(source: Source, request: IngestRequest, allowed: bool) -> None:
    """Button, progress, outcome. The upload is gone once its evaluation is there."""
    pressed = st.button("Make the evaluation", key="make", icon=":material/play_arrow:", disabled=not allowed)
    if pressed:
        # What stands here if the reader goes away before the end.
        _remember(source, Refused(STOPPED))
        result = _run(request)
        _remember(source, result)
        if isinstance(result, Made):
            begin_again(source)
            show_evaluation(result.name)
            st.rerun()
    outcome: _Outcome | None = st.session_state.get(_OUTCOME)
    if outcome is not None and outcome.path == source.path and isinstance(outcome.result, Refused):
        draw_refused(outcome.result, outcome.path.name, outcome.shown)


def _remember(source: Source, result: Made | Refused) -> None:
    st.session_state[_OUTCOME] = _Outcome(source.path, source.shown, result)


def draw_last_made(source: Source | None) -> None:
    """The evaluation that was made last, until another file is chosen."""
    outcome: _Outcome | None = st.session_state.get(_OUTCOME)
    if source is None and outcome is not None and isinstance(outcome.result, Made):
        draw_made(outcome.result)


def _run(request: IngestRequest) -> Made | Refused:
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text="Starting …")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Stop", key="stop")
            st.caption(STOPS)
    with closing(run_ingest(request)) as steps:
        for step in steps:
            if not isinstance(step, Step):
                place.empty()
                return step
            bar.progress(min(1.0, step.done / step.total) if step.total else 0.0, text=step_text(step))
    return Refused(STOPPED)
