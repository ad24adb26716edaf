"""Two systems group by group: the forest of ratios, the heatmap of combinations beside it, the table of both."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from dashboard import state
from dashboard.answers.versions import Versions
from dashboard.charts.heatmap import has_few
from dashboard.charts.heatmap_layout import MANY_ROWS, MOST_BESIDE, SMALL_HEAD_PX, Look
from dashboard.charts.interval_lines import HEAD_PX, ROW_PX, IntervalLine, LinesPicture, ratio_lines
from dashboard.charts.lines_html import lines_html
from dashboard.exports.view_html import Picture
from dashboard.panels.cell_choice import label_of_cell
from dashboard.panels.grid_controls import NONE
from dashboard.panels.grid_picture import draw_grid_picture
from dashboard.panels.html_table import draw_table
from dashboard.panels.save_view import still_heatmap, still_lines
from dashboard.panels.themed import current_palette
from dashboard.state import View
from dashboard.wording import attribute_label, group_name, ratio_text
from dashboard.wording_controls import EVERY_NUMBER
from dashboard.wording_markup import plain
from dashboard.wording_sentences import guessed_by_software
from dashboard.wording_tables import VERSION_GROUPS, ratios_picture
from dashboard.wording_verdicts import (
    GUESSED,
    HOLLOW,
    legend,
    small_key,
    unjudged,
    verdict_label,
    verdict_mark,
)
from dashboard.wording_versions_tables import (
    WORDS_OF_TABLE,
    comparison_hover,
    comparison_line,
    forest_title,
    heatmap_title,
)


def draw_groups(answer: Versions, document: dict[str, Any], view: View) -> None:
    """Forest and heatmap where groups are made, and always the table."""
    rows = [row for row in document["rows"] if row["status"] != "empty"]
    if rows:
        beside = answer.combinations is not None and len(answer.combinations.columns) <= MOST_BESIDE
        left, right = st.columns([1.35, 1], gap="medium") if beside else (st.container(), st.container())
        with left:
            _draw_forest(document, view, beside)
        with right:
            _draw_heatmap(answer, view, beside)
        if beside:
            st.caption(legend(document["settings"]["margin_ratio"], guessed=_is_guessed(document)))
    with st.expander(EVERY_NUMBER, type="compact", expanded=not rows):
        draw_table(
            lines_of(document, view.synthetic),
            WORDS_OF_TABLE,
            VERSION_GROUPS,
        )


def _is_guessed(document: dict[str, Any]) -> bool:
    return any(row["reason"] == GUESSED for row in document["rows"])


def pictures_of(answer: Versions, document: dict[str, Any], synthetic: bool) -> list[Picture]:
    """Forest and heatmap as a file keeps them; none where no group was recorded for both."""
    if all(row["status"] == "empty" for row in document["rows"]):
        return []
    kept = [still_lines(_forest(document, synthetic), forest_title(document))]
    if answer.combinations is not None:
        kept.append(still_heatmap(answer.combinations, "ratio", None, synthetic))
    return kept


def lines_of(document: dict[str, Any], synthetic: bool) -> list[dict[str, object]]:
    """Every number of the table: everything selected, then each group."""
    return [comparison_line(row, document, synthetic) for row in [document["overall"], *document["rows"]]]


def _forest(
    document: dict[str, Any], synthetic: bool, head_px: int = HEAD_PX, dense: bool = False
) -> LinesPicture:
    lines = [_line(row, document, synthetic, dense) for row in document["rows"]]
    return ratio_lines(lines, document["settings"]["margin_ratio"], head_px)


def _draw_forest(document: dict[str, Any], view: View, beside: bool) -> None:
    (name,) = document["by"]
    dense = not beside and len(document["rows"]) > MANY_ROWS
    head_px = SMALL_HEAD_PX if beside else HEAD_PX
    with st.container(gap="xxsmall", key="picture_ratios"):
        st.markdown(f"**{plain(forest_title(document))}**")
        if not beside:
            st.caption(legend(document["settings"]["margin_ratio"], HOLLOW, _is_guessed(document)))
        st.html(lines_html(_forest(document, view.synthetic, head_px, dense), ratios_picture(name)))


def _line(row: dict[str, Any], document: dict[str, Any], synthetic: bool, dense: bool) -> IntervalLine:
    (value,) = row["group"].values()
    verdict, why_not = row["verdict"], unjudged(row["reason"])
    mark = "" if why_not else verdict_mark(verdict)
    words = why_not or verdict_label(verdict, document["settings"]["margin_ratio"])
    return IntervalLine(
        label=group_name(value),
        number=ratio_text(row["ratio"]),
        value=_number(row["ratio"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        words="" if dense else f"{mark} {words}".strip(),
        hover=f"{group_name(value)}\n{comparison_hover(row, document, synthetic)}",
        mark=mark if dense else "",
        alert=verdict == "worse" and not why_not,
        faint=row["status"] != "shown",
    )


def _draw_heatmap(answer: Versions, view: View, beside: bool) -> None:
    """Combinations of the comparison; a click opens the candidate's story of the cell on the Heatmap."""
    grid = answer.combinations
    if grid is None:
        return
    columns = grid.columns.attribute
    rows = grid.rows.attribute
    across = attribute_label(columns.name) if columns else ""
    palette = current_palette()
    look = Look(palette, "ratio", row_px=ROW_PX, small=True) if beside else Look(palette, "ratio")
    with st.container(gap="xxsmall", key="picture_combinations"):
        st.markdown(f"**{plain(heatmap_title(attribute_label(rows.name) if rows else '', across))}**")
        clicked = draw_grid_picture(grid, look, view.synthetic, "versions_heatmap")
        if beside:
            guessed = bool(guessed_by_software(grid.table.attributes))
            st.caption(small_key("ratio", grid.table.settings.margin_ratio, has_few(grid), guessed))
    if clicked is not None:
        own = {state.PANEL: NONE, state.CELL: label_of_cell(grid, clicked)}
        shown = {state.ROWS: rows, state.COLUMNS: columns}
        own |= {key: axis.name for key, axis in shown.items() if axis is not None}
        st.switch_page("app_pages/heatmap.py", query_params=view.link(**own))


def _number(value: float | None) -> float:
    return math.nan if value is None else value
