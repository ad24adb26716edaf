"""The evaluations on this machine: provenance of every build that is kept, and the way to delete one."""

from __future__ import annotations

import streamlit as st

from dashboard import loading
from dashboard.loading import InputError
from dashboard.panels.provenance import draw_provenance
from dashboard.state import EVALUATION
from dashboard.wording_markup import plain
from dashboard.wording_provenance import build_label, delete_question, deleted_sentence

_MANAGED = "managed"
_DELETED = "evaluation deleted"


def draw_evaluations() -> None:
    """One evaluation at a time, because each build has to be opened."""
    names = loading.evaluation_names()
    st.header("On this machine", anchor=False)
    deleted = st.session_state.pop(_DELETED, None)
    if deleted:
        st.markdown(plain(deleted_sentence(deleted)))
    if not names:
        st.markdown("There is no evaluation on this machine yet.")
        return
    if st.session_state.get(_MANAGED) not in (None, *names):
        del st.session_state[_MANAGED]
    if _MANAGED not in st.session_state and st.query_params.get(EVALUATION) in names:
        st.session_state[_MANAGED] = st.query_params[EVALUATION]
    name = st.selectbox("Evaluation", names, key=_MANAGED, filter_mode=None)
    for build in loading.build_ids(name):
        _draw_build(name, build)
    _draw_deletion(name)


def show_evaluation(name: str) -> None:
    """Make it the one that is shown; call it before the box is drawn."""
    st.session_state[_MANAGED] = name


def _draw_build(name: str, build: str) -> None:
    try:
        info = loading.evaluation(f"{name}@{build}")
    except InputError as problem:
        st.markdown(plain(str(problem)))
        return
    with st.expander(plain(build_label(info))):
        draw_provenance(info)


def _draw_deletion(name: str) -> None:
    with st.popover("Delete this evaluation", icon=":material/delete:"):
        st.markdown(plain(delete_question(name, len(loading.build_ids(name)))))
        typed = st.text_input("Its name", key=f"delete {name}")
        if st.button("Delete", key=f"confirm {name}"):
            _delete(name, typed.strip())


def _delete(name: str, typed: str) -> None:
    if typed != name:
        st.markdown(f":orange[{plain(f'The name of this evaluation is “{name}”. Nothing was deleted.')}]")
        return
    try:
        loading.remove_evaluation(name)
    except (InputError, OSError) as problem:
        st.markdown(f":orange[{plain(f'It could not be deleted: {problem}')}]")
        return
    st.session_state[_DELETED] = name
    st.rerun()
