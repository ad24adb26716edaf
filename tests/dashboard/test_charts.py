"""Figures as pure functions: what is drawn is what the table says, and it can be read."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from analysis.judgement import VERDICTS, WORSE
from analysis.rates import FEW, NOBODY
from dashboard.answers.rows import rate_rows
from dashboard.charts.cells import cells, colour_scale
from dashboard.charts.forest import DENSE_ROW_PX, chart_forest
from dashboard.charts.heatmap import heatmap_html
from dashboard.charts.heatmap_layout import SMALL_HEAD_PX, Look
from dashboard.charts.interval_lines import ROW_PX, LinesPicture
from dashboard.charts.lines_html import lines_html
from dashboard.charts.palette import DARK, LIGHT, Palette, colour_at, contrast, luminance, text_on
from dashboard.charts.sketch import sketch_html
from dashboard.charts.speaker_changes import chart_speaker_changes
from dashboard.charts.upright_bars import HEIGHT_PX, Bar, BarsPicture, bars_html
from dashboard.wording import group_name, percent
from dashboard.wording_verdicts import SMALL_MARKS, small_key, verdict_label, verdict_mark
from tests.dashboard.drawn import drawn, holds, named
from tests.dashboard.made_up import ACCENT, made_up_grid, made_up_table
from tests.hostile_texts import HOSTILE

THEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def forest(overall: float = 0.3, shown: list[int] | None = None, *, dense: bool = False) -> LinesPicture:
    return chart_forest(made_up_table((ACCENT,)), overall, "Alpha", synthetic=False, shown=shown, dense=dense)


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
    markup = lines_html(forest(), "Rates")
    assert "<i>" not in markup
    assert "&lt;i&gt;East" in markup


def test_a_forest_draws_the_numbers_of_its_data_and_colours_only_what_is_worse() -> None:
    table = made_up_table((ACCENT,))
    picture = forest()
    worse = []
    for line, row, part in zip(
        picture.lines, rate_rows(table), drawn(lines_html(picture, "")).all("row"), strict=True
    ):
        (name,) = row["group"].values()
        ends = part.all("bar")[0].place("left"), part.all("bar")[0].place("width")
        places = [part.all("point")[0].place("left"), ends[0], sum(ends)]
        span = picture.scale.high - picture.scale.low
        measured = [picture.scale.low + place * span for place in places]
        assert measured == pytest.approx([row["rate"], row["low"], row["high"]], abs=1e-5)
        assert (line.label, line.number) == (group_name(name), percent(row["rate"]))
        worse.append("alert" in part.classes)
    assert worse == (table.judgement.verdict == WORSE).tolist()
    assert any(worse)


def test_a_forest_says_each_verdict_under_its_group_where_nothing_cuts_it_off() -> None:
    table = made_up_table((ACCENT,))
    rows = drawn(lines_html(forest(), "")).all("row")
    for i, row in enumerate(rows):
        (value,) = table.group(i).values()
        verdict = VERDICTS[int(table.judgement.verdict[i])]
        if value is not None and table.status[i] != NOBODY:
            said = f"{verdict_mark(verdict)} {verdict_label(verdict, table.settings.margin_ratio)}"
            assert row.all("words")[0].said() == said


def test_a_forest_draws_the_rows_it_is_given_and_the_overall_rate_dashed() -> None:
    picture = forest(shown=[2])
    assert [line.label for line in picture.lines] == [ACCENT.levels[2]]
    assert [(mark.value, mark.dashed) for mark in picture.marks] == [(0.3, True)]
    assert not forest(math.nan).marks


def test_the_rows_of_a_forest_begin_where_those_of_a_small_heatmap_do_and_are_as_high() -> None:
    small = heatmap_html(made_up_grid(), Look(LIGHT, row_px=ROW_PX, small=True), synthetic=False)
    markup = lines_html(forest(), "")
    assert f"--head:{SMALL_HEAD_PX}px;--row:{ROW_PX}px" in markup
    assert f"--row:{ROW_PX}px" in small


def test_a_group_of_few_speakers_is_hollow_and_its_interval_sets_no_range() -> None:
    shown = made_up_table((ACCENT,))
    is_second = np.arange(len(shown)) == 1
    wide = replace(shown.intervals, low=np.where(is_second, 0.0, shown.intervals.low))
    table = replace(shown, status=np.where(is_second, FEW, shown.status), intervals=wide)
    picture = chart_forest(table, 0.3, "Alpha", synthetic=False)
    rows = drawn(lines_html(picture, "")).all("row")
    assert ["few" in row.classes for row in rows] == [False, True, False, False]
    assert ["below" in row.all("bar")[0].classes for row in rows] == [False, True, False, False]


def test_many_groups_have_a_line_each_with_the_mark_of_their_verdict() -> None:
    table = made_up_table((ACCENT,))
    top = drawn(lines_html(forest(dense=True), ""))
    assert f"--row:{DENSE_ROW_PX}px" in top.parts[0].attributes["style"]
    assert not top.all("words")
    for i, row in enumerate(top.all("row")):
        assert verdict_mark(VERDICTS[int(table.judgement.verdict[i])]) in row.all("first")[0].said()


@THEMES
def test_the_sketch_of_an_empty_home_holds_no_number_and_is_not_read_aloud(palette: Palette) -> None:
    drawn = sketch_html()
    assert drawn.startswith('<div aria-hidden="true"')
    assert palette.alert in drawn
    assert re.sub(r"<[^>]*>", "", drawn) == ""


def test_an_end_of_the_axis_that_holds_all_that_lie_further_out_says_so() -> None:
    changes = np.concatenate([np.linspace(-0.1, 0.1, 400), [-0.5]])
    left, _, right = chart_speaker_changes(changes, "speakers").below
    assert left.startswith("−")
    assert left.endswith("and beyond")
    assert right.startswith("+")
    assert not any(
        "beyond" in text for text in chart_speaker_changes(np.array([0.0, 0.1]), "speakers").below[:2]
    )


def test_bars_count_every_speaker_once_on_the_side_of_their_change() -> None:
    drawn_at = np.random.default_rng(7)
    changes = np.concatenate([drawn_at.normal(0.01, 0.05, 300), np.zeros(25)])
    bars = chart_speaker_changes(changes, "speakers").bars
    assert sum(bar.count for bar in bars if bar.place < 0) == (changes < 0).sum()
    assert sum(bar.count for bar in bars if bar.place == 0) == 25
    assert sum(bar.count for bar in bars if bar.place > 0) == (changes > 0).sum()
    assert [bar.alert for bar in bars] == [bar.place > 0 for bar in bars]
    assert len({bar.place for bar in bars}) == len(bars)


@pytest.mark.parametrize("counts", [(1,), (3, 40, 7), (120, 5), (999, 1_204)])
def test_bars_are_as_high_as_their_counts_beside_named_heights(counts: tuple[int, ...]) -> None:
    bars = [Bar(i - 1, count, f"{count}") for i, count in enumerate(counts)]
    top = drawn(bars_html(BarsPicture(bars, 2, ("a", "b", "c")), "Speakers"))
    assert f"--tall:{HEIGHT_PX}px" in top.parts[0].attributes["style"]
    levels = {int(level.said().replace(",", "")): level.place("bottom") for level in top.all("level")}
    assert levels[0] == 0.0
    highest = max(levels)
    assert highest >= max(counts)
    assert levels[highest] == pytest.approx(1.0)
    for part, bar in zip(top.all("place"), bars, strict=True):
        assert part.place("--high") * highest == pytest.approx(bar.count, rel=1e-3)
        assert part.place("left") == pytest.approx((bar.place + 2) / 5, abs=1e-5)
        assert part.all("said")[0].said() == bar.hover
        assert part.all("upright")[0].attributes["data-count"] == f"{bar.count:,}"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_bars_is_markup(hostile: str) -> None:
    picture = BarsPicture([Bar(0, 3, hostile)], 1, (hostile, hostile, hostile))
    top = drawn(bars_html(picture, hostile))
    assert [part.said() for part in top.all("said")] == [hostile]
    assert named(top) == hostile
    assert not holds(top, hostile)
    assert top.all("below")[0].said() == 3 * hostile
    assert {part.tag for part in top.all()} == {"", "div", "span", "b"}


def test_a_small_heatmap_marks_what_is_shown() -> None:
    small = heatmap_html(made_up_grid(), Look(LIGHT, row_px=42, small=True), synthetic=False)
    assert any(mark in small for mark in SMALL_MARKS)
    for show in ("rate", "ratio"):
        assert "▲ worse, shown" in small_key(show, 1.25)
        assert "? can’t tell yet; no mark: not worse than 1.25×, shown." in small_key(show, 1.25)
        assert small_key(show, 1.25, few=True).endswith("▨ Too few to judge.")
    assert "Orange: worse; blue: better" in small_key("ratio", 1.25)


def test_a_small_heatmap_leaves_unmarked_only_what_is_shown_to_be_within_the_margin() -> None:
    arranged = made_up_grid()
    small = heatmap_html(arranged, Look(LIGHT, "ratio", row_px=42, small=True), synthetic=False)
    table = arranged.table
    judged = [i for i in range(len(table)) if np.isfinite(table.judgement.p[i]) and table.status[i] != FEW]
    cells_drawn = re.findall(r'data-cell="(\d+)"[^>]*><b>(.*?)</b></td>', small)
    said = {int(i): drawn(text).said() for i, text in cells_drawn}
    assert {VERDICTS[int(table.judgement.verdict[i])] for i in judged} >= {"undecided"}
    for i in judged:
        mark = verdict_mark(VERDICTS[int(table.judgement.verdict[i])])
        assert said[i].endswith(mark) == (mark in SMALL_MARKS)
