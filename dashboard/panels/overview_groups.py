"""The two pictures of the overview, their rows in line: every group with its interval, and groups by condition."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboard import state
from dashboard.answers.overview import Overview
from dashboard.charts.forest import ROW_PX, chart_forest
from dashboard.charts.heatmap_layout import Look
from dashboard.charts.palette import LIGHT, Palette
from dashboard.exports.view_html import Picture
from dashboard.panels.cell_choice import label_of_cell
from dashboard.panels.grid_controls import NONE
from dashboard.panels.grid_picture import draw_grid_picture
from dashboard.panels.save_view import still_figure, still_heatmap
from dashboard.panels.themed import PLOTLY, current_palette
from dashboard.state import View
from dashboard.wording_controls import OPEN_HEATMAP
from dashboard.wording_markup import plain
from dashboard.wording_overview import forest_title, groups_sentences, nobody_selected, small_title
from dashboard.wording_tables import groups_picture

SMALL = "small_heatmap"
MOST_BESIDE = 6
"""Columns of a heatmap that can be read in half of a page; with more it stands below the forest."""


def draw_groups(view: View, answer: Overview) -> None:
    """Forest and heatmap beside each other; the forest by itself where no condition is known."""
    if answer.groups is None or nobody_selected(answer):
        return
    beside = answer.small is not None and len(answer.small.columns) <= MOST_BESIDE
    left, right = st.columns([1.35, 1], gap="medium") if beside else (st.container(), st.container())
    with left:
        _draw_forest(view, answer)
    with right:
        _draw_small(view, answer, beside)


def pictures_of(view: View, answer: Overview) -> Sequence[Picture]:
    """Both pictures as a file keeps them; none where nobody is selected."""
    if nobody_selected(answer):
        return []
    figure = _forest(view, answer, LIGHT)
    kept = [] if figure is None else [still_figure(figure, _forest_title(answer))]
    if answer.small is not None:
        kept.append(still_heatmap(answer.small, "rate", None, view.synthetic))
    return kept


def _forest_title(answer: Overview) -> str:
    return "" if answer.groups is None else forest_title(answer.groups.table)


def _forest(view: View, answer: Overview, palette: Palette) -> go.Figure | None:
    if answer.groups is None:
        return None
    overall = float(answer.overall.whole.statistics.rate[0])
    return chart_forest(answer.groups.table, overall, palette, view.system, view.synthetic, answer.shown)


def _draw_forest(view: View, answer: Overview) -> None:
    figure = _forest(view, answer, current_palette())
    if figure is None or answer.groups is None:
        return
    table = answer.groups.table
    st.markdown(f"**{plain(_forest_title(answer))}**")
    st.plotly_chart(
        figure,
        theme=None,
        config=PLOTLY,
        key="forest",
        alt=groups_picture(table),
    )
    with st.container(gap="xxsmall"):
        for sentence in groups_sentences(answer, view.synthetic):
            st.caption(plain(sentence))


def _draw_small(view: View, answer: Overview, beside: bool) -> None:
    """The heatmap, beside the forest without its intervals; a click opens the cell's story on its own page."""
    grid = answer.small
    if grid is None:
        return
    st.markdown(f"**{plain(small_title(grid))}**")
    look = Look(current_palette(), row_px=ROW_PX, small=True) if beside else Look(current_palette())
    clicked = draw_grid_picture(grid, look, view.synthetic, SMALL)
    st.page_link(
        "app_pages/heatmap.py",
        label=OPEN_HEATMAP,
        icon=":material/arrow_forward:",
        query_params=view.link(),
    )
    if clicked is not None:
        own = {state.PANEL: NONE, state.CELL: label_of_cell(grid, clicked)}
        st.switch_page("app_pages/heatmap.py", query_params=view.link(**own))
