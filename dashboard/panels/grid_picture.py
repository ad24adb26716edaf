"""The heatmap as a picture: its panels beside each other, each reporting the cell that is clicked."""

from __future__ import annotations

import streamlit as st

from analysis.rates import SUPPRESSED
from dashboard.answers.grid import Grid
from dashboard.charts.heatmap import chart_heatmap
from dashboard.charts.heatmap_layout import Look, panel_width_px
from dashboard.panels.cell_choice import CHART, take_click
from dashboard.panels.themed import PLOTLY
from dashboard.wording import attribute_name, group_phrase
from dashboard.wording_audience import WITHHELD_LEGEND
from dashboard.wording_verdicts import legend


def draw_grid_picture(grid: Grid, look: Look, synthetic: bool, labels: dict[str, int]) -> None:
    """Draw every panel; a screen that is too narrow for all scrolls sideways."""
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, wrap=False, gap="xsmall"):
            for panel, group in enumerate(grid.panels.groups):
                st.plotly_chart(
                    chart_heatmap(grid, look, synthetic, panel),
                    width=panel_width_px(grid, panel),
                    theme=None,
                    config=PLOTLY,
                    key=f"{CHART}{panel}",
                    on_select=lambda panel=panel: take_click(labels, panel),
                    selection_mode="points",
                    alt=_alternative(grid, group),
                )
        marks = legend(grid.table.settings.margin_ratio)
        st.caption(f"{marks} · {WITHHELD_LEGEND}" if (grid.table.status == SUPPRESSED).any() else marks)


def _alternative(grid: Grid, group: str | None) -> str:
    names = [attribute_name(axis.attribute.name) for axis in (grid.rows, grid.columns) if axis.attribute]
    panel = grid.panels.attribute
    of = f", {group_phrase(panel.name, group)}" if panel else ""
    return (
        f"{grid.table.metric.label} by {' and '.join(names)}{of}. Choose “Table” under “As” for every number."
    )
