"""What the builder of the Subgroup page holds between two runs: its rows, complete or not.

Owns the one draft of a session and the way from a changed row to the selection of the
address. The selection is the truth: a draft that no longer describes it (a link was opened,
an expression was typed) is thrown away and its rows are made again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from analysis.selection import Selection, SelectionError
from analysis.selection_form import tidy
from dashboard import state
from dashboard.panels.subgroup_conditions import Row, Rows, rows_of, selection_of
from dashboard.state import View

_DRAFT = "subgroup draft"
_COUNTER = "subgroup rows made"


@dataclass(frozen=True)
class Draft:
    """Rows with the numbers that key their widgets, and the selection they add up to."""

    build: str
    selection: Selection
    rows: Rows
    numbers: tuple[int, ...]

    def row(self, number: int) -> Row:
        """The row of that number."""
        return self.rows.rows[self.numbers.index(number)]


def current_draft(view: View) -> Draft | None:
    """The rows of the selection on screen; None where it nests deeper than rows can."""
    held = st.session_state.get(_DRAFT)
    if isinstance(held, Draft) and held.build == view.info.build and tidy(held.selection) == tidy(view.where):
        return held
    rows = rows_of(view.where)
    if rows is None:
        return None
    draft = Draft(view.info.build, view.where, rows, tuple(_next_number() for _ in rows.rows))
    st.session_state[_DRAFT] = draft
    return draft


def held_row(number: int) -> Row:
    """A row as it was before a widget of it changed; for callbacks."""
    return _held().row(number)


def add_row(row: Row) -> None:
    """Put an incomplete row at the end; the selection stays as it is."""
    draft = _held()
    kept = replace(draft.rows, rows=(*draft.rows.rows, row))
    st.session_state[_DRAFT] = replace(draft, rows=kept, numbers=(*draft.numbers, _next_number()))


def change_row(number: int, row: Row) -> None:
    """Replace a row and let the selection follow."""
    draft = _held()
    rows = tuple(row if n == number else old for n, old in zip(draft.numbers, draft.rows.rows, strict=True))
    _follow(replace(draft, rows=replace(draft.rows, rows=rows)))


def remove_row(number: int) -> None:
    """Take a row away and let the selection follow."""
    draft = _held()
    kept = [(n, row) for n, row in zip(draft.numbers, draft.rows.rows, strict=True) if n != number]
    rows = replace(draft.rows, rows=tuple(row for _, row in kept))
    _follow(replace(draft, rows=rows, numbers=tuple(n for n, _ in kept)))


def join_rows(*, any_of: bool) -> None:
    """All rows, or any of them."""
    draft = _held()
    _follow(replace(draft, rows=replace(draft.rows, any_of=any_of)))


def _follow(draft: Draft) -> None:
    """Write the selection of the rows to the address; a range without a number leaves it as it was."""
    try:
        selection = selection_of(draft.rows)
    except SelectionError:
        st.session_state[_DRAFT] = draft
        return
    st.session_state[_DRAFT] = replace(draft, selection=selection)
    state.choose(selection)


def _held() -> Draft:
    draft: Draft = st.session_state[_DRAFT]
    return draft


def _next_number() -> int:
    number = int(st.session_state.get(_COUNTER, 0)) + 1
    st.session_state[_COUNTER] = number
    return number
