"""The controls of the Versions page: which system is the current one, and which groups are compared; all in the address."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.answers.grid import default_layout
from dashboard.answers.versions import VersionsQuestion
from dashboard.panels.grid_controls import NONE
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_versions import SWAP, SWAP_HELP

BOX_PX = 200


def draw_versions_controls(view: View) -> VersionsQuestion:
    """Draw the controls in one line and write what they hold to the address; the sidebar has the candidate."""
    line = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    current = _draw_current(view, line)
    names = [attribute.name for attribute in view.info.attributes]
    if not names:
        return VersionsQuestion(current, view.system, metric=view.metric, where=view.where)
    first, second = [*default_layout(view.info.attributes), NONE, NONE][:2]
    rows = _draw_attribute(line, "Groups by", state.ROWS, names, first)
    others = [NONE, *(name for name in names if name != rows)]
    across = next((name for name in (second, first) if name in others), NONE)
    columns = _draw_attribute(line, "Crossed with", state.COLUMNS, others, across)
    return VersionsQuestion(
        current, view.system, rows, None if columns == NONE else columns, view.metric, view.where
    )


def _draw_current(view: View, line: st.delta_generator.DeltaGenerator) -> str:
    systems = view.info.systems
    others = [system for system in systems if system != view.system]
    # The one before it in the build, which is the order in which systems were added.
    default = systems[max(0, systems.index(view.system) - 1)]
    default = default if default in others else others[0]
    state.refuse_unknown(state.CURRENT, systems, "system")
    state.prepare(state.CURRENT, others, default)
    current = line.selectbox(
        "Current system", others, key=state.CURRENT, filter_mode=None, width=BOX_PX, help=SWAP_HELP
    )
    state.record({state.CURRENT: None if current == default else current})
    line.button(SWAP, icon=":material/swap_horiz:", on_click=_swap, args=(view.system, current))
    return str(current)


def _swap(candidate: str, current: str) -> None:
    """Make the candidate the current system and the other way round, from the next run on."""
    st.session_state[state.SYSTEM] = current
    st.session_state[state.CURRENT] = candidate


def _draw_attribute(
    line: st.delta_generator.DeltaGenerator, label: str, key: str, options: list[str], default: str
) -> str:
    preferred = default if default in options else options[0]
    state.prepare(key, options, preferred)
    chosen = line.selectbox(
        label,
        options,
        format_func=lambda name: "None" if name == NONE else attribute_label(name),
        key=key,
        filter_mode=None,
        width=BOX_PX,
    )
    state.record({key: None if chosen == preferred else chosen})
    return str(chosen)
