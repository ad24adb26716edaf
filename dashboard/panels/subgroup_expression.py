"""The subgroup as a typed expression, and what is wrong with one that cannot be read.

Owns the text field. A text that cannot be read changes nothing: the subgroup on screen
stays, and a sentence points at the place.
"""

from __future__ import annotations

import streamlit as st

from analysis.expression import to_expression
from analysis.selection import EVERYTHING, Everything, SelectionError
from dashboard import loading_saved, state
from dashboard.state import View
from dashboard.wording_subgroup_controls import AS_TYPED, AS_TYPED_HELP, STILL_BEFORE, with_readable_names

_TYPED = "subgroup_expression"
_OF = "subgroup expression of"
_FAULT = "subgroup expression fault"
_SEEN_AROUND = 18
"""Characters shown before and after the place of a fault; more would not fit a narrow window."""


def draw_expression(view: View) -> None:
    """Draw the field with the subgroup on screen, and the fault of what was last typed."""
    described = (view.info.build, view.where)
    if st.session_state.get(_OF) != described or _TYPED not in st.session_state:
        st.session_state[_OF] = described
        st.session_state[_TYPED] = "" if isinstance(view.where, Everything) else to_expression(view.where)
        st.session_state.pop(_FAULT, None)
    st.text_input(
        AS_TYPED,
        key=_TYPED,
        placeholder=_example(view),
        on_change=_read,
        args=(view,),
        help=AS_TYPED_HELP,
    )
    problem = st.session_state.get(_FAULT)
    if isinstance(problem, SelectionError):
        st.text(with_readable_names(str(problem), (one.name for one in view.info.attributes)))
        if problem.position is not None:
            st.code(_pointed_at(st.session_state[_TYPED], problem.position), language=None)
        st.caption(STILL_BEFORE)


def _read(view: View) -> None:
    typed = st.session_state[_TYPED]
    try:
        selection = loading_saved.where_typed(view.info, typed) if typed.strip() else EVERYTHING
    except SelectionError as problem:
        st.session_state[_FAULT] = problem
        return
    st.session_state.pop(_FAULT, None)
    # Forgotten, so that the field is written again in the one form that the builder shows too.
    st.session_state.pop(_OF, None)
    state.choose(selection)


def _pointed_at(text: str, position: int) -> str:
    """The typed text with a caret under the place, cut where it is long."""
    start = max(0, position - _SEEN_AROUND)
    line = text[start : position + _SEEN_AROUND].replace("\n", " ").replace("\t", " ")
    return f"{line}\n{' ' * (position - start)}^"


def _example(view: View) -> str:
    """An expression that can be typed here."""
    for attribute in view.info.attributes:
        if attribute.levels and attribute.kind == "category":
            return f"{attribute.name} = '{attribute.levels[0]}'"
    return ""
