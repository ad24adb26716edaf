"""Figures as pure functions: what is drawn is what the table says, and it can be read."""

from __future__ import annotations

import math
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from analysis.judgement import VERDICTS, WORSE
from analysis.rates import FEW, NOBODY
from dashboard.charts.cells import cells, colour_scale
from dashboard.charts.forest import DENSE_ROW_PX, FOOT_PX, TOP_PX, chart_forest
from dashboard.charts.heatmap import heatmap_html
from dashboard.charts.heatmap_layout import Look
from dashboard.charts.interval_lines import IntervalLine, chart_ratio_lines
from dashboard.charts.palette import DARK, LIGHT, Palette, colour_at, contrast, luminance, text_on
from dashboard.charts.sketch import sketch_html
from dashboard.charts.speaker_changes import chart_speaker_changes
from dashboard.charts.still import still_svg
from dashboard.wording_verdicts import SHOWN_MARKS, small_key, verdict_label, verdict_mark
from tests.dashboard.made_up import ACCENT, made_up_grid, made_up_table

THEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def strings(figure: go.Figure) -> str:
    return str(figure.to_dict())


@THEMES
def test_text_on_every_colour_of_a_scale_can_be_read(palette: Palette) -> None:
    for scale in (palette.sequential, palette.diverging, palette.counts):
        for place in np.linspace(0, 1, 101):
            colour = colour_at(scale, float(place))
            assert contrast(text_on(colour), colour) >= 4.5


@THEMES
def test_words_on_the_ground_can_be_read(palette: Palette) -> None:
    for colour in (palette.text, palette.faint, palette.alert):
        assert contrast(colour, palette.ground) >= 4.5


@THEMES
def test_a_scale_of_rates_changes_in_lightness_without_a_turn(palette: Palette) -> None:
    """So it survives colour blindness and grey print."""
    lightness = [luminance(colour_at(palette.sequential, place)) for place in np.linspace(0, 1, 51).tolist()]
    steps = np.diff(lightness)
    assert (steps < 0).all() or (steps > 0).all()


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_cells_say_rate_interval_and_verdict() -> None:
    table = made_up_table()
    scale = colour_scale(table, "rate", LIGHT)
    for i, cell in enumerate(cells(table, table, "rate", scale, LIGHT)):
        assert cell.empty == (table.status[i] == NOBODY)
        assert cell.few == (table.status[i] == FEW)
        if not cell.empty:
            assert cell.text == f"{100 * table.statistics.rate[i]:.0f}%"
        if cell.mark:
            assert cell.mark == verdict_mark(VERDICTS[int(table.judgement.verdict[i])])


def test_an_uncertain_ratio_has_the_colour_of_no_difference() -> None:
    table = made_up_table()
    scale = colour_scale(table, "ratio", LIGHT)
    drawn = cells(table, table, "ratio", scale, LIGHT)
    unsure = [i for i in range(len(table)) if table.judgement.low[i] <= 1 <= table.judgement.high[i]]
    assert unsure
    assert {drawn[i].colour for i in unsure} == {scale.at(0.0)}


def test_the_scale_of_all_recordings_holds_for_a_part_of_them() -> None:
    grid = made_up_grid()
    scale = colour_scale(grid.everything, "rate", LIGHT)
    known = grid.table.statistics.rate[np.isfinite(grid.table.statistics.rate)]
    assert scale.low <= known.min()
    assert scale.high >= known.max()


def test_names_from_a_file_are_never_markup() -> None:
    figure = chart_forest(made_up_table((ACCENT,)), 0.3, LIGHT, "Alpha", synthetic=False)
    assert "<i>" not in strings(figure)
    assert "&lt;i&gt;East" in strings(figure)


def test_a_forest_has_a_line_for_each_group_and_colours_only_what_is_worse() -> None:
    table = made_up_table((ACCENT,))
    figure = chart_forest(table, 0.3, LIGHT, "Alpha", synthetic=False)
    (points,) = (trace for trace in figure.data if trace.hovertemplate)
    assert list(points.x) == pytest.approx(table.statistics.rate.tolist())
    alerted = [colour == LIGHT.alert for colour in points.marker.color]
    assert alerted == (table.judgement.verdict == WORSE).tolist()
    assert any(alerted)


def test_a_forest_says_each_verdict_under_its_group_where_nothing_cuts_it_off() -> None:
    table = made_up_table((ACCENT,))
    figure = chart_forest(table, 0.3, LIGHT, "Alpha", synthetic=False)
    for i, label in enumerate(figure.layout.yaxis.ticktext):
        (value,) = table.group(i).values()
        verdict = VERDICTS[int(table.judgement.verdict[i])]
        if value is not None and table.status[i] != NOBODY:
            _, words = label.split("<br>")
            assert f"{verdict_mark(verdict)} {verdict_label(verdict, table.settings.margin_ratio)}" in words
    assert not any("text" in (trace.mode or "") for trace in figure.data)


def test_a_forest_draws_the_rows_it_is_given_and_the_overall_rate_dashed() -> None:
    figure = chart_forest(made_up_table((ACCENT,)), 0.3, LIGHT, "Alpha", synthetic=False, shown=[2])
    (points,) = (trace for trace in figure.data if trace.hovertemplate)
    assert len(points.x) == 1
    assert figure.layout.shapes[0].x0 == 0.3
    without = chart_forest(made_up_table((ACCENT,)), math.nan, LIGHT, "Alpha", synthetic=False)
    assert not without.layout.shapes


def test_what_is_worse_has_a_shape_of_its_own_that_grey_print_keeps() -> None:
    table = made_up_table((ACCENT,))
    for figure in (
        chart_forest(table, 0.3, LIGHT, "Alpha", synthetic=False),
        chart_ratio_lines(
            [IntervalLine("a", 1.5, 1.3, 1.7, "", "", alert=True), IntervalLine("b", 1.0, 0.9, 1.1, "", "")],
            1.25,
            LIGHT,
        ),
    ):
        (points,) = (trace for trace in figure.data if trace.hovertemplate)
        triangles = [symbol == "triangle-up" for symbol in points.marker.symbol]
        assert triangles == [colour == LIGHT.alert for colour in points.marker.color]
        assert any(triangles)
        kept = still_svg(figure, "Rates")
        assert kept.count("l6.0 10.2h-12.0Z") == sum(triangles)


def test_the_scale_of_a_forest_stands_above_its_rows_also_in_a_file() -> None:
    figure = chart_forest(made_up_table((ACCENT,)), 0.3, LIGHT, "Alpha", synthetic=False)
    assert figure.layout.xaxis.side == "top"
    first = figure.layout.xaxis.ticktext[0]
    (place,) = re.findall(rf'y="([\d.]+)"[^>]*>{re.escape(first)}<', still_svg(figure, "Rates"))
    assert 0 < float(place) < TOP_PX


def test_many_groups_have_a_line_each_with_the_mark_of_their_verdict() -> None:
    table = made_up_table((ACCENT,))
    dense = chart_forest(table, 0.3, LIGHT, "Alpha", synthetic=False, dense=True)
    assert dense.layout.height == len(table) * DENSE_ROW_PX + TOP_PX + FOOT_PX
    for i, label in enumerate(dense.layout.yaxis.ticktext):
        assert "<br>" not in label
        assert verdict_mark(VERDICTS[int(table.judgement.verdict[i])]) in label


@THEMES
def test_the_sketch_of_an_empty_home_holds_no_number_and_is_not_read_aloud(palette: Palette) -> None:
    drawn = sketch_html()
    assert drawn.startswith('<div aria-hidden="true"')
    assert palette.alert in drawn
    assert re.sub(r"<[^>]*>", "", drawn) == ""


def test_an_end_of_the_axis_that_holds_all_that_lie_further_out_says_so() -> None:
    changes = np.concatenate([np.linspace(-0.1, 0.1, 400), [-0.5]])
    left, _, right = chart_speaker_changes(changes, LIGHT, "speakers").layout.xaxis.ticktext
    assert left.startswith("−")
    assert left.endswith("and beyond")
    assert (
        "beyond"
        not in chart_speaker_changes(np.array([-0.1, 0.0, 0.1]), LIGHT, "speakers").layout.xaxis.ticktext[1]
    )
    assert right.startswith("+")


def test_a_small_heatmap_marks_what_is_shown() -> None:
    small = heatmap_html(made_up_grid(), Look(LIGHT, row_px=42, small=True), synthetic=False)
    assert any(mark in small for mark in SHOWN_MARKS)
    for show in ("rate", "ratio"):
        assert "▲ worse, shown" in small_key(show, 1.25)
    assert "Orange: worse; blue: better" in small_key("ratio", 1.25)
