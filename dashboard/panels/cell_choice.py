"""How a cell of the heatmap is chosen: in the picture, or from a list with a keyboard; both end in the address.

The list is the one holder of the choice; a click writes into it.
"""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.answers.grid import Grid
from dashboard.panels.grid_picture import CHOSEN
from dashboard.wording import cell_names
from dashboard.wording_controls import CELL, CHOOSE_CELL

PICTURE = "heatmap"
"""Key of the picture."""


def cell_labels(grid: Grid) -> dict[str, int]:
    """Label of each cell to its row of the table, in the order of the picture."""
    positions = [*map(int, grid.place.transpose(1, 0, 2).reshape(-1))]
    labels = cell_names([grid.table.group(position) for position in positions])
    return dict(zip(labels, positions, strict=True))


def label_of_cell(grid: Grid, position: int) -> str:
    """How a link to the heatmap calls a cell of a picture with the same attributes."""
    return next(label for label, own in cell_labels(grid).items() if own == position)


def take_click(labels: dict[str, int]) -> None:
    """Put the clicked cell into the list; a click on the chosen cell lets it go."""
    position = st.session_state[PICTURE][CHOSEN]
    label = next((label for label, own in labels.items() if own == position), None)
    st.session_state[state.CELL] = None if label == st.session_state.get(state.CELL) else label


def choose_cell(labels: dict[str, int]) -> int | None:
    """Read the choice before anything is drawn and write it to the address; its row, None where there is none."""
    state.prepare(state.CELL, labels, None)
    chosen = st.session_state[state.CELL]
    state.record({state.CELL: chosen})
    return labels.get(chosen)


def draw_cell_list(labels: dict[str, int], beside: str = CHOOSE_CELL) -> None:
    """The list of cells: the way without a mouse. `beside` says how else a cell is chosen."""
    st.selectbox(
        CELL,
        list(labels),
        index=None,
        placeholder=beside,
        key=state.CELL,
        label_visibility="collapsed",
    )
