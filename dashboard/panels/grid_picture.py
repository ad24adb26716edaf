"""The heatmap as a picture that can be clicked, walked through by keyboard, and read aloud.

Mounts the markup of `charts/heatmap.py`; a cell that is chosen comes back as its row of the table. The browser's
part is `charts/heatmap.js`, which reports and says, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.grid import Grid
from dashboard.charts.heatmap import heatmap_css, heatmap_html, heatmap_js
from dashboard.charts.heatmap_layout import Look

CHOSEN = "cell"
"""What a picture reports under its key: the row of the table that was clicked."""

_PLACE = '<div class="place"></div><div class="tip" role="tooltip" hidden></div>'
_picture = st.components.v2.component("fair_hearing_heatmap", html=_PLACE, css=heatmap_css(), js=heatmap_js())


def draw_grid_picture(
    grid: Grid, look: Look, synthetic: bool, key: str, chosen: Callable[[], None] | None = None
) -> int | None:
    """Draw it; returns the row of the table whose cell was clicked just now, None where none was.

    `chosen` is called before the page runs again.
    """
    result = _picture(
        key=key,
        data={"html": heatmap_html(grid, look, synthetic), "chosen": look.chosen},
        on_cell_change=chosen or _nothing,
    )
    clicked = result.get(CHOSEN)
    return None if clicked is None else int(clicked)


def _nothing() -> None:
    """A picture reports only what somebody listens to."""
