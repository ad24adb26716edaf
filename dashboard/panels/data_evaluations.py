"""The evaluations on this machine: provenance of every build that is kept, which one is shown, deleting."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import loading, loading_data
from dashboard.loading import EvaluationInfo, InputError
from dashboard.panels.data_about import draw_about_of_build
from dashboard.panels.provenance import draw_provenance
from dashboard.state import EVALUATION
from dashboard.wording_data_about import ABOUT_HEAD
from dashboard.wording_data_boxes import could_not_be_done
from dashboard.wording_data_builds import (
    BUILDS,
    CURRENT,
    DELETE_BUILD,
    DELETE_EVALUATION,
    NO_EVALUATION,
    SHOW_BUILD,
    TO_THE_BUNDLED,
    build_deleted,
    delete_build_question,
    nothing_deleted,
    now_shown,
)
from dashboard.wording_data_controls import DELETE, ITS_ID, ITS_NAME, WHICH_EVALUATION
from dashboard.wording_markup import plain
from dashboard.wording_provenance import build_label, delete_question, deleted_sentence

_WANTED = "evaluation to manage"
_SAID = "said of evaluations"


def pick_evaluation(place: str) -> EvaluationInfo | None:
    """The current build of an evaluation that the reader chooses; None where there is none, or it cannot be opened."""
    names = loading.evaluation_names()
    if not names:
        st.markdown(NO_EVALUATION)
        st.page_link("app_pages/start.py", label=TO_THE_BUNDLED, icon=":material/arrow_forward:")
        return None
    key, wanted = f"evaluation {place}", st.session_state.get(_WANTED)
    if wanted and st.session_state.get(f"{key} heeded") != wanted:
        st.session_state[f"{key} heeded"] = wanted
        st.session_state[key] = wanted[1]
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(EVALUATION)
    if st.session_state[key] not in names:
        st.session_state[key] = names[0]
    name = st.selectbox(WHICH_EVALUATION, names, key=key, filter_mode=None, width=420)
    try:
        return loading.evaluation(name)
    except InputError as problem:
        st.markdown(f":orange[{plain(str(problem))}]")
        return None


def show_evaluation(name: str) -> None:
    """Make it the one that every part of the page shows, from the next run on."""
    n_times = st.session_state.get(_WANTED, (0, ""))[0] + 1
    st.session_state[_WANTED] = (n_times, name)


def draw_evaluations() -> None:
    """One evaluation at a time, because each build has to be opened."""
    if said := st.session_state.pop(_SAID, None):
        st.markdown(plain(said))
    info = pick_evaluation("here")
    name = st.session_state.get("evaluation here")
    if info is not None:
        st.header(ABOUT_HEAD, anchor=False)
        draw_about_of_build(info)
        st.header(BUILDS, anchor=False)
        builds = loading_data.build_ids(info.name)
        for build in builds:
            _draw_build(info.name, build, is_only=len(builds) == 1)
    if name:
        _draw_deletion(name)


def _draw_build(name: str, build: str, is_only: bool) -> None:
    try:
        info = loading.evaluation(f"{name}@{build}")
    except InputError as problem:
        st.markdown(plain(str(problem)))
        return
    is_current = loading_data.current_build(name) == build
    with st.expander(plain(build_label(info)) + (f" · **{CURRENT}**" if is_current else "")):
        draw_provenance(info)
        if is_only:
            return
        with st.container(horizontal=True):
            if not is_current and st.button(SHOW_BUILD, key=f"show {build}", icon=":material/visibility:"):
                _do(now_shown(name, build), loading_data.show_build, name, build)
            with st.popover(DELETE_BUILD, icon=":material/delete:"):
                st.markdown(plain(delete_build_question(name, build, is_current)))
                typed = st.text_input(ITS_ID, key=f"delete build {build}")
                if st.button(DELETE, key=f"confirm build {build}"):
                    _delete(build, typed, build_deleted(name, build), loading_data.remove_build, name, build)


def _draw_deletion(name: str) -> None:
    with st.popover(DELETE_EVALUATION, icon=":material/delete:"):
        st.markdown(plain(delete_question(name, len(loading_data.build_ids(name)))))
        typed = st.text_input(ITS_NAME, key=f"delete {name}")
        if st.button(DELETE, key=f"confirm {name}"):
            _delete(name, typed, deleted_sentence(name), loading_data.remove_evaluation, name)


def _delete(wanted: str, typed: str, said: str, action: Callable[..., None], *of: str) -> None:
    if typed.strip() != wanted:
        st.markdown(f":orange[{plain(nothing_deleted(wanted))}]")
        return
    _do(said, action, *of)


def _do(said: str, action: Callable[..., None], *of: str) -> None:
    """Do it and draw the page again, so that nothing of what was there before stays on it."""
    try:
        action(*of)
    except (InputError, OSError) as problem:
        st.markdown(f":orange[{plain(could_not_be_done(problem))}]")
        return
    st.session_state[_SAID] = said
    st.rerun()
