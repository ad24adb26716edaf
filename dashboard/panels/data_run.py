"""The button that makes a build, how far it has come, and what came of it.

The work is a process of its own; whatever the reader does meanwhile stops it, because
Streamlit then leaves this run. The outcome stays until other files are chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from dashboard.answers.ingest_process import Made, Refused, Step, run_ingest
from dashboard.answers.ingest_requests import Request
from dashboard.loading import InputError
from dashboard.panels.data_evaluations import show_evaluation
from dashboard.panels.data_outcome import draw_refused
from dashboard.panels.data_source import GivenFile, begin_again
from dashboard.wording_data import STOPPED, STOPS, step_text
from dashboard.wording_data_controls import STARTING, STOP

PLACES = ("", "add")
"""Parts of the Data page that make builds."""


@dataclass(frozen=True)
class Work:
    """What a button sets off."""

    place: str
    """The part of the page; each remembers its own outcome."""
    label: str
    files: tuple[GivenFile, ...]
    prepare: Callable[[], tuple[Request, tuple[GivenFile, ...]]]
    """Called when it begins: what is asked, and files written for it, which are deleted at its end."""

    @property
    def names(self) -> dict[str, str]:
        """What the reader calls each file, by the name it has on the disk."""
        return {file.path.name: file.shown for file in self.files}


def draw_run(work: Work, allowed: bool) -> None:
    """Button, progress, outcome. Uploads are gone once their build is there."""
    if st.button(work.label, key=_button(work.place), icon=":material/play_arrow:", disabled=not allowed):
        # What stands here if the reader goes away before the end.
        _remember(work, Refused(STOPPED))
        result = _run(work)
        _remember(work, result)
        if isinstance(result, Made):
            begin_again(work.files, work.place)
            show_evaluation(result.name)
        # Drawn anew, the tabs of the page tell the server of a click again.
        st.rerun()
    held = st.session_state.get(_key(work.place))
    if held is not None and held[0] == _paths(work.files) and isinstance(held[1], Refused):
        draw_refused(held[1], work.names)


def is_making() -> bool:
    """Whether this run begins with a button that makes a build; true from before the button is drawn."""
    return any(st.session_state.get(_button(place)) for place in PLACES)


def last_made(place: str, files: list[GivenFile]) -> Made | None:
    """What was made last in a part of the page, until other files are chosen there."""
    held = st.session_state.get(_key(place))
    return held[1] if not files and held is not None and isinstance(held[1], Made) else None


def _remember(work: Work, result: Made | Refused) -> None:
    st.session_state[_key(work.place)] = (_paths(work.files), result)


def _button(place: str) -> str:
    return f"make {place}".strip()


def _key(place: str) -> str:
    return f"outcome {place}"


def _paths(files: tuple[GivenFile, ...]) -> tuple[str, ...]:
    return tuple(str(file.path) for file in files)


def _run(work: Work) -> Made | Refused:
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text=STARTING)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(STOP, key=f"stop {work.place}")
            st.caption(STOPS)
    try:
        request, written = work.prepare()
    except InputError as problem:
        place.empty()
        return Refused(str(problem))
    try:
        with closing(run_ingest(request)) as steps:
            for step in steps:
                if not isinstance(step, Step):
                    place.empty()
                    return step
                bar.progress(min(1.0, step.done / step.total) if step.total else 0.0, text=step_text(step))
    finally:
        begin_again(written, f"{work.place} written")
    return Refused(STOPPED)
