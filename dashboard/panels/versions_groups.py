"""Two systems group by group: the forest of ratios, the heatmap of combinations beside it, the table of both."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import streamlit as st

from dashboard.answers.versions import Versions
from dashboard.charts.heatmap import chart_heatmap
from dashboard.charts.heatmap_layout import SMALL_HEAD_PX, Look
from dashboard.charts.interval_lines import HEAD_PX, ROW_PX, IntervalLine, chart_ratio_lines
from dashboard.panels.html_table import draw_table
from dashboard.panels.themed import PLOTLY, current_palette
from dashboard.state import View
from dashboard.wording import attribute_label, group_name, plural, ratio_text
from dashboard.wording_markup import plain
from dashboard.wording_verdicts import NOT_TESTED, legend, verdict_label, verdict_mark
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
        left, right = st.columns([1.35, 1], gap="medium") if answer.combinations else (st.container(), None)
        with left:
            _draw_forest(document, view, SMALL_HEAD_PX if answer.combinations else HEAD_PX)
        if right is not None:
            with right:
                _draw_heatmap(answer, view)
        st.caption(legend(document["settings"]["margin_ratio"]))
    lines = [
        comparison_line(row, document, view.synthetic) for row in [document["overall"], *document["rows"]]
    ]
    with st.expander("Every number", type="compact", expanded=not rows):
        draw_table(lines, WORDS_OF_TABLE, "Every group with both rates, ratio, tests and verdict")


def _draw_forest(document: dict[str, Any], view: View, head_px: int) -> None:
    margin = document["settings"]["margin_ratio"]
    (name,) = document["by"]
    st.markdown(f"**{plain(forest_title(document))}**")
    st.plotly_chart(
        chart_ratio_lines(
            [_line(row, document, view.synthetic) for row in document["rows"]],
            margin,
            current_palette(),
            head_px,
        ),
        theme=None,
        config=PLOTLY,
        key="versions_forest",
        alt=f"Ratio of the systems’ rates for {plural(name)} with intervals and verdicts; “Every number” has the table",
    )


def _line(row: dict[str, Any], document: dict[str, Any], synthetic: bool) -> IntervalLine:
    (value,) = row["group"].values()
    tested, is_group = row["status"] != "empty", value is not None
    verdict = row["verdict"]
    mark = verdict_mark(verdict) if tested and is_group else ""
    words = verdict_label(verdict, document["settings"]["margin_ratio"]) if is_group else ""
    return IntervalLine(
        label=f"{escape(group_name(value))}  <b>{ratio_text(row['ratio'])}</b>",
        value=_number(row["ratio"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        words=f"{mark} {words}".strip() if tested else NOT_TESTED,
        hover=escape(comparison_hover(row, document, synthetic)),
        alert=verdict == "worse",
        faint=row["status"] != "shown",
    )


def _draw_heatmap(answer: Versions, view: View) -> None:
    grid = answer.combinations
    if grid is None:
        return
    columns = grid.columns.attribute
    rows = grid.rows.attribute
    across = attribute_label(columns.name) if columns else ""
    st.markdown(f"**{plain(heatmap_title(attribute_label(rows.name) if rows else '', across))}**")
    st.plotly_chart(
        chart_heatmap(grid, Look(current_palette(), "ratio", row_px=ROW_PX, small=True), view.synthetic),
        theme=None,
        config=PLOTLY,
        key="versions_heatmap",
        alt=f"Ratio of the systems’ rates by {across}; choose it under “Groups by” for every number",
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else value
