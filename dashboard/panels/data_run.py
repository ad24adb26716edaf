"""The button that makes the evaluation, how far it has come, and what came of it.

The ingest is a process of its own; whatever the reader does meanwhile stops it, because
Streamlit then leaves this run. The outcome stays until another file is chosen.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from dashboard.answers.ingest_process import IngestRequest, Made, Refused, Step, run_ingest
from dashboard.panels.data_outcome import draw_made, draw_refused
from dashboard.panels.data_source import Source, forget
from dashboard.wording_data import STOPS, step_text

_OUTCOME = "outcome of the ingest"


@dataclass(frozen=True)
class _Outcome:
    """What came of it, for which file."""

    token: str
    shown: str
    """What the reader calls the file."""
    stored: str
    """What its faults call it."""
    result: Made | Refused


def draw_run(source: Source, request: IngestRequest, allowed: bool) -> None:
    """Button, progress, outcome. The upload is gone once its evaluation is there."""
    pressed = st.button(
        "Make the evaluation", key="make", icon=":material/play_arrow:", disabled=not allowed
    )
    if pressed:
        result = _run(request)
        st.session_state[_OUTCOME] = _Outcome(source.token, source.shown, source.path.name, result)
        if isinstance(result, Made):
            if source.is_upload:
                forget(source.path)
            _begin_again()
            st.rerun()
    outcome: _Outcome | None = st.session_state.get(_OUTCOME)
    if outcome is not None and outcome.token == source.token and isinstance(outcome.result, Refused):
        draw_refused(outcome.result, outcome.stored, outcome.shown)


def draw_last_made(source: Source | None) -> None:
    """The evaluation that was made last, until another file is chosen."""
    outcome: _Outcome | None = st.session_state.get(_OUTCOME)
    if source is None and outcome is not None and isinstance(outcome.result, Made):
        draw_made(outcome.result)


def uploader_key() -> str:
    """The key of the uploader; another one after each evaluation, so that it is empty again."""
    return f"upload {st.session_state.get(_UPLOADS, 0)}"


_UPLOADS = "evaluations made here"


def _begin_again() -> None:
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1


def _run(request: IngestRequest) -> Made | Refused:
    bar = st.progress(0.0, text="Starting …")
    st.caption(STOPS)
    st.button("Stop", key="stop")
    with closing(run_ingest(request)) as steps:
        for step in steps:
            if not isinstance(step, Step):
                return step
            bar.progress(min(1.0, step.done / step.total) if step.total else 0.0, text=step_text(step))
    return Refused("The ingest was stopped.")
