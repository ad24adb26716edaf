"""Which evaluation, build and selection the address asks for, and what is said where they are not here.

The sidebar asks once in a run, and its button for the newest build before the next one. `state.py` owns the address.
"""

from __future__ import annotations

import streamlit as st

from analysis.selection import EVERYTHING, Selection, SelectionError
from dashboard import loading
from dashboard.answers.saved import where_of_link
from dashboard.loading import EvaluationInfo, InputError
from dashboard.state import BUILD, EVALUATION, WHERE, NotHereError, SelectionNotHereError, prepare
from dashboard.wording_controls import link_not_here, link_of_build, selection_not_here
from dashboard.wording_subgroup_controls import with_readable_names

# Names in the session, beside those of the widgets.
_PINNED = "build on screen"
_NEWEST = "newest build asked for"


def evaluation_to_show() -> EvaluationInfo | None:
    """The evaluation and build to show; None where there is no evaluation at all.

    Raises `NotHereError` where the address names one that is not on this machine.
    """
    names = loading.evaluation_names()
    prepare(EVALUATION, None, names[0] if names else None)
    wanted = st.session_state[EVALUATION]
    if wanted is None:
        return None
    build = _build_to_show(wanted)
    if wanted not in names:
        # The next link must not meet what this one left behind.
        del st.session_state[EVALUATION]
        raise NotHereError(link_not_here(wanted, build, names))
    try:
        info = loading.evaluation(f"{wanted}@{build}" if build else wanted)
    except InputError as problem:
        del st.session_state[EVALUATION]
        raise NotHereError(link_of_build(wanted, build, str(problem))) from None
    st.session_state[_PINNED] = (info.name, info.build)
    return info


def _build_to_show(name: str) -> str | None:
    """The build of the address, else the one this session last showed; None means the current one."""
    if st.session_state.pop(_NEWEST, False):
        return None
    pinned = st.session_state.get(_PINNED)
    if BUILD in st.query_params and st.query_params.get(EVALUATION) in (None, name):
        return st.query_params[BUILD]
    return pinned[1] if pinned and pinned[0] == name else None


def ask_for_newest_build() -> None:
    """Show the evaluation's current build from the next run on."""
    st.session_state[_NEWEST] = True


def selection_to_show(info: EvaluationInfo) -> Selection:
    """The selection of the address; raises `NotHereError` with the sentence that says what is wrong with it."""
    written = str(st.session_state.get(WHERE) or "").strip()
    if not written:
        return EVERYTHING
    try:
        return where_of_link(info, written)
    except SelectionError as problem:
        said = with_readable_names(str(problem), (one.name for one in info.attributes))
        raise SelectionNotHereError(selection_not_here(said)) from None
