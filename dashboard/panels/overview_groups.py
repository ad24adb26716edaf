"""The two pictures of the overview, their rows in line: every group with its interval, and groups by condition."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import state
from dashboard.answers.overview import Overview
from dashboard.charts.forest import chart_forest
from dashboard.charts.heatmap import has_few
from dashboard.charts.heatmap_layout import MANY_ROWS, MOST_BESIDE, Look
from dashboard.charts.interval_lines import ROW_PX, LinesPicture
from dashboard.charts.lines_html import lines_html
from dashboard.exports.view_html import Picture
from dashboard.panels.cell_choice import label_of_cell
from dashboard.panels.grid_controls import NONE
from dashboard.panels.grid_picture import draw_grid_picture
from dashboard.panels.save_view import still_heatmap, still_lines
from dashboard.panels.themed import current_palette
from dashboard.state import View
from dashboard.wording_audience import withheld_sentence
from dashboard.wording_controls import OPEN_HEATMAP
from dashboard.wording_markup import plain
from dashboard.wording_overview import forest_title, nobody_selected, small_title
from dashboard.wording_sentences import guessed_by_software
from dashboard.wording_tables import groups_picture
from dashboard.wording_verdicts import HOLLOW, legend, small_key

SMALL = "small_heatmap"


def draw_groups(view: View, answer: Overview) -> None:
    """Forest and heatmap beside each other; the forest by itself where no condition is known."""
    if answer.groups is None or answer.counts is None or nobody_selected(answer):
        return
    if not answer.counts.n_groups and answer.counts.n_withheld:
        st.markdown(plain(withheld_sentence(answer.groups.table.settings, view.synthetic)))
        return
    beside = _beside(answer)
    left, right = st.columns([1.35, 1], gap="medium") if beside else (st.container(), st.container())
    with left:
        _draw_forest(view, answer)
    with right:
        _draw_small(view, answer, beside)


def pictures_of(view: View, answer: Overview) -> Sequence[Picture]:
    """Both pictures as a file keeps them; none where nobody is selected."""
    if nobody_selected(answer):
        return []
    picture = _forest(view, answer)
    kept = [] if picture is None else [still_lines(picture, _forest_title(answer))]
    if answer.small is not None:
        kept.append(still_heatmap(answer.small, "rate", None, view.synthetic))
    return kept


def _forest_title(answer: Overview) -> str:
    return "" if answer.groups is None else forest_title(answer.groups.table)


def _beside(answer: Overview) -> bool:
    return answer.small is not None and len(answer.small.columns) <= MOST_BESIDE


def _forest(view: View, answer: Overview) -> LinesPicture | None:
    if answer.groups is None:
        return None
    overall = float(answer.overall.whole.statistics.rate[0])
    table, shown = answer.groups.table, answer.shown
    return chart_forest(table, overall, view.system, view.synthetic, shown, dense=_is_dense(answer))


def _is_dense(answer: Overview) -> bool:
    return len(answer.shown) > MANY_ROWS and not _beside(answer)


def _draw_forest(view: View, answer: Overview) -> None:
    picture = _forest(view, answer)
    if picture is None or answer.groups is None:
        return
    table = answer.groups.table
    # Paper knows by the key which picture has to be made smaller to stand on one sheet with the numbers.
    dense = "_dense" if _is_dense(answer) else ""
    with st.container(gap="xxsmall", key=f"picture_forest{dense}"):
        st.markdown(f"**{plain(_forest_title(answer))}**")
        if _is_dense(answer):
            st.caption(
                legend(table.settings.margin_ratio, HOLLOW, bool(guessed_by_software(table.attributes)))
            )
        st.html(lines_html(picture, groups_picture(table)))


def _draw_small(view: View, answer: Overview, beside: bool) -> None:
    """The heatmap, beside the forest without its intervals; a click opens the cell's story on its own page."""
    grid = answer.small
    if grid is None:
        return
    look = Look(current_palette(), row_px=ROW_PX, small=True) if beside else Look(current_palette())
    with st.container(gap="xxsmall", key="picture_small"):
        st.markdown(f"**{plain(small_title(grid))}**")
        clicked = draw_grid_picture(grid, look, view.synthetic, SMALL)
        if beside:
            guessed = bool(guessed_by_software(grid.table.attributes))
            st.caption(small_key("rate", grid.table.settings.margin_ratio, has_few(grid), guessed))
    st.page_link(
        "app_pages/heatmap.py",
        label=OPEN_HEATMAP,
        icon=":material/arrow_forward:",
        query_params=view.link(),
    )
    if clicked is not None:
        own = {state.PANEL: NONE, state.CELL: label_of_cell(grid, clicked)}
        st.switch_page("app_pages/heatmap.py", query_params=view.link(**own))
