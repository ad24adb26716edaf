"""The button under a figure that keeps it: sentence, picture, table, method and source as one file.

Pages hand over what they have on screen; the file itself is `exports/view_html.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.answers.grid import Grid, Show
from dashboard.charts.heatmap import heatmap_css, heatmap_html, title_of
from dashboard.charts.heatmap_layout import Look
from dashboard.charts.interval_lines import LinesPicture
from dashboard.charts.lines_html import lines_html, pictures_css
from dashboard.charts.palette import LIGHT
from dashboard.exports.view_html import Picture, SavedView, export_view_html
from dashboard.state import View
from dashboard.wording_controls import SAVE_VIEW

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Kept:
    """What a page keeps of itself, made only when somebody asks."""

    pictures: Callable[[], Sequence[Picture]]
    rows: Callable[[], Rows]


def draw_save_view(view: View, name: str, text: str, method: str, kept: Kept) -> None:
    """Offer the file. `text` is what the page copies: its first line is the sentence; `name` tells footers apart."""
    sentence, *lines = text.split("\n")
    info = view.info

    def document() -> bytes:
        others = [line for line in lines if line != info.notice]
        sheet = heatmap_css() + pictures_css()
        return export_view_html(
            SavedView(sentence, info.notice, kept.pictures(), kept.rows(), others, method, sheet)
        )

    st.download_button(
        SAVE_VIEW,
        document,
        file_name=f"{view.file_stem}-{name}.html",
        mime="text/html",
        key=f"{name}_save",
        type="tertiary",
        on_click="ignore",
    )


def still_lines(picture: LinesPicture, title: str) -> Picture:
    """Lines as the page draws them."""
    return Picture(title, lines_html(picture, title))


def still_heatmap(grid: Grid, show: Show, chosen: int | None, synthetic: bool) -> Picture:
    """A heatmap of the page, in the colours of paper."""
    look = Look(LIGHT, show, chosen, row_px=32, still=True)
    return Picture(title_of(grid), heatmap_html(grid, look, synthetic))
