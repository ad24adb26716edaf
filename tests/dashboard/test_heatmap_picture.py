"""The heatmap as inert markup: each cell once, with its words, its shape and its place."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from analysis.metrics import METRICS
from analysis.rates import FEW, NOBODY
from dashboard.answers.grid import SHOWN_VALUES, Axis, Grid, Show
from dashboard.charts.cells import colour_scale
from dashboard.charts.heatmap import heatmap_css, heatmap_html
from dashboard.charts.heatmap_layout import (
    NARROWEST_PX,
    PAPER_PX,
    PAPER_ROWS_PX,
    PAPER_TALL_ROW_PX,
    PICTURE_PX,
    Look,
    widths,
)
from dashboard.charts.palette import DARK, LIGHT
from dashboard.wording_sentences import cell_sentence
from dashboard.wording_verdicts import NOT_TESTED
from tests.dashboard.made_up import made_up_grid


class Cells(HTMLParser):
    """Attributes and text of each cell that says something."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str], list[str]]] = []
        self.inside = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "td":
            self.inside = "data-cell" in own or "title" in own
            if self.inside:
                self.found.append((own, []))

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][1].append(data)


def cells_of(grid: Grid, look: Look) -> list[tuple[dict[str, str], list[str]]]:
    return Cells(heatmap_html(grid, look, synthetic=False)).found


@pytest.mark.parametrize("show", SHOWN_VALUES)
def test_every_cell_is_drawn_once_and_says_its_row(show: Show) -> None:
    grid = made_up_grid()
    drawn = cells_of(grid, Look(LIGHT, show))
    assert [int(own["data-cell"]) for own, _ in drawn] == list(range(len(grid.table)))


def test_cells_of_the_dark_theme_bring_the_colours_they_are_printed_in() -> None:
    grid = made_up_grid()
    pairs = zip(cells_of(grid, Look(DARK)), cells_of(grid, Look(LIGHT)), strict=True)
    for (dark, _), (light, _) in pairs:
        printed = re.findall(r"--(?:fill|ink):(#\w+)", dark.get("style", ""))
        assert printed == re.findall(r"color:(#\w+)", light.get("style", ""))


def test_a_cell_says_its_sentence_where_a_reader_hovers() -> None:
    grid = made_up_grid()
    for own, _ in cells_of(grid, Look(LIGHT)):
        i = int(own["data-cell"])
        assert own["data-say"].startswith(cell_sentence(grid.table, i, "Alpha", synthetic=False))


def test_few_speakers_are_hatched_and_what_was_not_tested_is_a_dashed_frame_and_no_zero() -> None:
    grid = made_up_grid()
    for own, text in cells_of(grid, Look(LIGHT)):
        status = grid.table.status[int(own["data-cell"])]
        assert ("few" in own.get("class", "")) == (status == FEW)
        assert ("empty" in own.get("class", "")) == (status == NOBODY)
        assert (text == [NOT_TESTED]) == (status == NOBODY)
    assert re.search(r"\.few::after\{[^}]*repeating-linear-gradient", heatmap_css())
    assert re.search(r"\.empty\{[^}]*dashed", heatmap_css())


def test_a_still_picture_has_titles_and_outlines_the_chosen_cell_without_reporting_any() -> None:
    grid = made_up_grid()
    drawn = cells_of(grid, Look(LIGHT, chosen=0, still=True))
    assert [("chosen" in own.get("class", "")) for own, _ in drawn] == [True] + [False] * (len(drawn) - 1)
    assert all("title" in own and "data-cell" not in own for own, _ in drawn)


@pytest.mark.parametrize("name", ["wer", "cer", "word-f1-error"])
def test_the_scale_of_rates_is_called_by_the_metric(name: str) -> None:
    grid = made_up_grid()
    table = replace(grid.answer.table, metric=METRICS[name])
    drawn = replace(grid, answer=replace(grid.answer, table=table))
    key = heatmap_html(drawn, Look(LIGHT), synthetic=False).split('class="scale">')[1].split("<")[0]
    assert METRICS[name].label[1:] in key


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_names_from_a_file_are_never_markup(palette: object) -> None:
    markup = heatmap_html(made_up_grid(), Look(palette), synthetic=False)  # type: ignore[arg-type]
    assert "<i>East" not in markup
    assert "&lt;i&gt;East" in markup
    assert "<script" not in markup


def wide_grid(n_columns: int, word: str) -> Grid:
    """As many columns as wanted, for what depends on their number and names only."""
    grid = made_up_grid()
    return replace(grid, columns=Axis(grid.columns.attribute, tuple(f"{word} {i}" for i in range(n_columns))))


def test_many_columns_stand_upright_before_they_are_wider_than_a_page() -> None:
    assert not widths(wide_grid(4, "street"), Look(LIGHT)).upright
    many = widths(wide_grid(20, "machinery"), Look(LIGHT))
    assert many.upright
    assert many.narrowest <= PICTURE_PX
    assert widths(wide_grid(40, "machinery"), Look(LIGHT)).narrowest >= 40 * NARROWEST_PX


def test_a_picture_wider_than_a_sheet_of_paper_is_made_smaller_for_it() -> None:
    assert widths(wide_grid(2, "a"), Look(LIGHT)).paper == 1
    for look, room in ((Look(LIGHT, still=True), PAPER_PX), (Look(LIGHT), PAPER_PX)):
        wide = widths(wide_grid(20, "a"), look)
        assert wide.paper * wide.narrowest == pytest.approx(room, rel=1e-3)


def test_cells_that_hold_nothing_are_not_read_aloud() -> None:
    grid = made_up_grid()
    place = np.concatenate([grid.place, grid.place])
    panels = replace(grid, panels=Axis(grid.rows.attribute, ("one", "two")), place=place)
    markup = heatmap_html(panels, Look(LIGHT), synthetic=False)
    silent = [cell for cell in re.findall(r"<td[^>]*>", markup) if "data-cell" not in cell]
    assert len(silent) >= len(grid.rows)
    assert all('aria-hidden="true"' in cell for cell in silent)


def key_of(grid: Grid, show: Show = "rate", *, synthetic: bool = False) -> str:
    """What stands above the cells."""
    return heatmap_html(grid, Look(LIGHT, show), synthetic).partition("<table")[0]


def test_the_key_names_hatching_and_frames_only_where_there_are_some() -> None:
    grid = made_up_grid()
    statuses = set(grid.table.status.tolist())
    assert {FEW, NOBODY} <= statuses
    assert "never judged" in key_of(grid)
    assert "not tested" in key_of(grid)
    told = int(np.flatnonzero(~np.isin(grid.table.status, (FEW, NOBODY)))[0])
    alone = replace(grid, place=np.full_like(grid.place, told))
    assert "never judged" not in key_of(alone)
    assert "not tested" not in key_of(alone)


def test_the_colours_of_a_count_are_of_voices_where_a_program_made_them() -> None:
    assert "voices 0" in key_of(made_up_grid(), "speakers", synthetic=True)
    assert "speakers 0" in key_of(made_up_grid(), "speakers")


def test_widths_are_in_percentage_points_and_not_in_percent() -> None:
    markup = heatmap_html(made_up_grid(), Look(LIGHT, "width"), synthetic=False)
    assert "width of the interval, in percentage points" in markup
    assert not re.findall(r"<b>[\d.]+%", markup)


def test_a_scale_of_rates_spans_at_least_a_factor_of_two() -> None:
    table = made_up_grid().table
    alike = replace(table, statistics=replace(table.statistics, numerator=0.9 * table.statistics.denominator))
    scale = colour_scale(alike, "rate", LIGHT)
    assert scale.high >= 2 * scale.low
    assert scale.at(0.9) != scale.at(0.45)


def test_forty_rows_fit_a_sheet_with_the_sentences_around_them() -> None:
    grid = made_up_grid()
    n_rows = 40
    rows = Axis(grid.rows.attribute, tuple(f"group {n}" for n in range(n_rows)))
    tall = replace(
        grid, rows=rows, place=np.resize(grid.place, (len(grid.panels), n_rows, len(grid.columns)))
    )
    assert widths(tall, Look(LIGHT)).paper * n_rows * PAPER_TALL_ROW_PX < PAPER_ROWS_PX
    assert widths(grid, Look(LIGHT)).paper == 1
