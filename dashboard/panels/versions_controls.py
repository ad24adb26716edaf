"""The controls of the Versions page: which groups are compared, and the two systems the other way round; all in the address."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.answers.layouts import default_layout
from dashboard.answers.versions import VersionsQuestion
from dashboard.panels.grid_controls import NONE
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_versions import CROSSED_WITH, GROUPS_BY, NOT_CROSSED, SWAP, SWAP_HELP

BOX_PX = 200


def draw_versions_controls(view: View) -> VersionsQuestion:
    """Draw the controls in one line and write what they hold to the address; the sidebar has both systems."""
    line = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    current = view.current or next(one for one in view.info.systems if one != view.system)
    names = [attribute.name for attribute in view.info.attributes]
    if not names:
        _draw_swap(line, view.system, current)
        return VersionsQuestion(current, view.system, metric=view.metric, where=view.where)
    first, second = [*default_layout(view.info.attributes), NONE, NONE][:2]
    rows = chosen_groups(line, view)
    others = [NONE, *(name for name in names if name != rows)]
    across = next((name for name in (second, first) if name in others), NONE)
    columns = _draw_attribute(line, CROSSED_WITH, state.COLUMNS, others, across)
    _draw_swap(line, view.system, current)
    return VersionsQuestion(
        current, view.system, rows, None if columns == NONE else columns, view.metric, view.where
    )


def chosen_groups(line: st.delta_generator.DeltaGenerator, view: View) -> str:
    """The attribute whose groups are compared; the evaluation has one."""
    first = [*default_layout(view.info.attributes), NONE][0]
    return _draw_attribute(line, GROUPS_BY, state.ROWS, [one.name for one in view.info.attributes], first)


def _draw_swap(line: st.delta_generator.DeltaGenerator, candidate: str, current: str) -> None:
    line.button(SWAP, icon=":material/swap_horiz:", on_click=_swap, args=(candidate, current), help=SWAP_HELP)


def _swap(candidate: str, current: str) -> None:
    """Make the candidate the current system and the other way round, from the next run on."""
    st.session_state[state.SYSTEM] = current
    state.record({state.CURRENT: candidate})


def _draw_attribute(
    line: st.delta_generator.DeltaGenerator, label: str, key: str, options: list[str], default: str
) -> str:
    preferred = default if default in options else options[0]
    state.prepare(key, options, preferred)
    chosen = line.selectbox(
        label,
        options,
        format_func=lambda name: NOT_CROSSED if name == NONE else attribute_label(name),
        key=key,
        filter_mode=None,
        width=BOX_PX,
    )
    state.record({key: None if chosen == preferred else chosen})
    return str(chosen)
