"""Lines as they are drawn: measured in the markup, points and ends give back the numbers they stand for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.interval_lines import (
    BARE_ROW_PX,
    Estimate,
    IntervalLine,
    LinesPicture,
    Mark,
    rate_lines,
    ratio_lines,
)
from dashboard.charts.lines_html import lines_html, pictures_css
from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.scales import (
    FURTHEST,
    Scale,
    rate_scale,
    rate_ticks,
    ratio_scale,
    ratio_ticks,
    round_values,
)
from dashboard.charts.words import chart_words
from tests.dashboard.drawn import Part, drawn, holds, named
from tests.hostile_texts import HOSTILE

Draw = Callable[[list[IntervalLine]], LinesPicture]
KINDS = pytest.mark.parametrize("draw", [rate_lines, ratio_lines], ids=["rates", "ratios"])
_NUMBERS = st.floats(0.15, 6.0)


def line(
    value: float, low: float = math.nan, high: float = math.nan, name: str = "East", **more: object
) -> IntervalLine:
    return IntervalLine(name, "1", value, low, high, **more)  # type: ignore[arg-type]


def rows(picture: LinesPicture) -> list[Part]:
    return drawn(lines_html(picture, "Rates")).all("row")


def at(scale: Scale, place: float) -> float:
    """The number at a place, by the scale's own ends."""
    if scale.log:
        return math.exp(math.log(scale.low) + place * math.log(scale.high / scale.low))
    return scale.low + place * (scale.high - scale.low)


@KINDS
@given(st.lists(st.tuples(_NUMBERS, _NUMBERS, _NUMBERS), min_size=1, max_size=6))
def test_points_and_ends_stand_where_their_numbers_are(
    draw: Draw, numbers: list[tuple[float, float, float]]
) -> None:
    estimates = [sorted(three) for three in numbers]
    picture = draw([line(value, low, high) for low, value, high in estimates])
    for row, (low, value, high) in zip(rows(picture), estimates, strict=True):
        [point], [bar] = row.all("point"), row.all("bar")
        assert at(picture.scale, point.place("left")) == pytest.approx(value, rel=1e-3, abs=1e-4)
        assert at(picture.scale, bar.place("left")) == pytest.approx(low, rel=1e-3, abs=1e-4)
        right = bar.place("left") + bar.place("width")
        assert at(picture.scale, right) == pytest.approx(high, rel=1e-3, abs=1e-4)
        assert bar.classes == {"bar"}


@KINDS
def test_what_is_not_known_is_not_drawn(draw: Draw) -> None:
    only_point, nothing, half = rows(
        draw([line(1.2), line(math.nan, 1.0, 1.4), line(1.1, math.nan, 1.3), line(0.9, 0.8, 1.0)])
    )[:3]
    assert [len(row.all("point")) for row in (only_point, nothing, half)] == [1, 0, 1]
    assert not any(row.all("bar") for row in (only_point, nothing, half))
    assert not nothing.all("beyond")


def test_an_interval_that_runs_out_of_the_picture_goes_on_as_an_arrow() -> None:
    huge = line(0.3, 0.01, 0.95, faint=True)
    first, second = rows(rate_lines([line(0.3, 0.28, 0.32), huge]))
    assert first.all("bar")[0].classes == {"bar"}
    [cut] = second.all("bar")
    assert cut.classes == {"bar", "below", "above"}
    assert (cut.place("left"), cut.place("width")) == (0.0, 1.0)
    one_side = rows(rate_lines([line(0.3, 0.28, 0.32), line(0.3, 0.29, 0.95, faint=True)]))[1]
    assert one_side.all("bar")[0].classes == {"bar", "above"}
    sheet = pictures_css()
    assert ".lines .bar.above::after" in sheet
    assert ".lines .bar.below::before" in sheet


@pytest.mark.parametrize(
    ("value", "side"), [(40.0, "above"), (math.inf, "above"), (0.01, "below"), (0.0, "below")]
)
def test_a_ratio_beyond_the_picture_is_an_arrow_at_its_end_and_no_point(value: float, side: str) -> None:
    picture = ratio_lines([line(value), line(1.1, 1.0, 1.2)])
    far = rows(picture)[0]
    assert not far.all("point")
    assert far.all("beyond", side)
    assert picture.scale.high <= FURTHEST**1.2


def test_the_intervals_of_what_is_never_judged_set_no_range_unless_all_are_so() -> None:
    judged, few = line(0.3, 0.28, 0.32), line(0.31, 0.0, 0.9, faint=True)
    assert rate_lines([judged, few]).scale == rate_lines([judged, line(0.31)]).scale
    assert rate_lines([few]).scale.high > 0.9


def test_worse_is_a_triangle_and_never_judged_is_hollow_so_that_grey_print_keeps_them_apart() -> None:
    worse, few, plain = rows(
        ratio_lines([line(1.5, 1.3, 1.7, alert=True), line(1.1, faint=True), line(1.0)], 1.25)
    )
    assert (worse.classes, few.classes, plain.classes) == ({"row", "alert"}, {"row", "few"}, {"row"})
    sheet = pictures_css()
    assert re.search(r"\.lines \.alert \.point\{[^}]*clip-path:polygon\(50% 0,100% 100%,0 100%\)", sheet)
    assert re.search(r"\.lines \.few \.point\{background:var\(--ground\);border:[^}]*solid", sheet)


def test_marks_stand_at_their_values_and_say_by_their_dashes_what_they_are() -> None:
    picture = ratio_lines([line(1.2, 1.0, 1.4)], 1.25)
    one, margin = drawn(lines_html(picture, "")).all("mark")
    assert at(picture.scale, one.place("left")) == pytest.approx(1.0, rel=1e-4)
    assert at(picture.scale, margin.place("left")) == pytest.approx(1.25, rel=1e-4)
    assert ("dashed" in one.classes, "dashed" in margin.classes) == (False, True)
    assert not drawn(lines_html(rate_lines([line(0.3)], [Mark(math.nan)]), "")).all("mark")


@given(st.floats(0, 5), st.floats(0.001, 3))
def test_named_rates_are_round_few_and_within_the_ends(low: float, width: float) -> None:
    scale = Scale(low, low + width)
    ticks = rate_ticks(scale)
    assert 2 <= len(ticks) <= 6
    for tick in ticks:
        assert -1e-9 <= scale.place(tick.value) <= 1 + 1e-9
        assert float(tick.text.rstrip("%").replace(",", "")) == pytest.approx(100 * tick.value, abs=1e-6)
    assert len({tick.text for tick in ticks}) == len(ticks)


@given(st.lists(st.floats(0.05, 20), max_size=5))
def test_named_ratios_hold_1_and_none_stands_too_near_the_next(values: list[float]) -> None:
    scale = ratio_scale(values)
    ticks = ratio_ticks(scale)
    places = [scale.place(tick.value) for tick in ticks]
    assert 2 <= len(ticks) <= 6
    assert len({tick.text for tick in ticks}) == len(ticks)
    assert 1.0 in [tick.value for tick in ticks]
    assert all(0 <= place <= 1 for place in places)
    assert all(b - a >= 1 / 5 - 1e-9 for a, b in pairwise(places))


@given(st.lists(st.floats(0, 3), min_size=1, max_size=5))
def test_a_scale_of_rates_holds_them_and_names_at_least_two(values: list[float]) -> None:
    scale = rate_scale(values)
    ticks = rate_ticks(scale)
    assert 2 <= len(ticks) <= 6
    assert len({tick.text for tick in ticks}) == len(ticks)
    assert all(0 <= scale.place(value) <= 1 for value in values)
    assert scale.high - scale.low >= 0.02


@given(st.floats(1e-6, 0.2), st.floats(0, 5), st.floats(0, 5))
def test_a_scale_of_words_names_no_two_values_alike(excess: float, below: float, above: float) -> None:
    row = {"kind": "word", "reference": "to", "hypothesis": None, "stands_out": True}
    row |= {"excess": excess, "low": excess * (1 - below), "high": excess * (1 + above)}
    texts = [tick.text for tick in chart_words([row]).ticks]
    assert 2 <= len(texts) <= 6
    assert len({*texts}) == len(texts)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([0.1023], ["9.5%", "10.0%", "10.5%", "11.0%"]),
        ([0.1, 0.104], ["9.5%", "10.0%", "10.5%", "11.0%"]),
        ([0.2, 0.5], ["20%", "30%", "40%", "50%"]),
    ],
)
def test_rates_near_each_other_stand_on_a_scale_with_names(values: list[float], texts: list[str]) -> None:
    assert [tick.text for tick in rate_ticks(rate_scale(values))] == texts


def test_ratios_near_1_stand_on_a_scale_with_names() -> None:
    assert [tick.text for tick in ratio_ticks(ratio_scale([0.91, 1.09]))] == ["0.95×", "1.00×", "1.05×"]


def test_named_values_are_drawn_where_they_are() -> None:
    picture = rate_lines([line(0.3, 0.2, 0.4)])
    for tick, own in zip(drawn(lines_html(picture, "")).all("tick"), picture.ticks, strict=True):
        assert tick.said() == own.text
        assert at(picture.scale, tick.place("left")) == pytest.approx(own.value, abs=1e-4)


def test_round_values_hold_both_signs_and_zero() -> None:
    assert round_values(-0.0021, 0.0042, fine=True) == [-0.002, 0.0, 0.002, 0.004]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_is_markup(hostile: str) -> None:
    one = IntervalLine(
        hostile, hostile, 1.1, 1.0, 1.2, hostile, hostile, mark=hostile, heading=hostile, second=None
    )
    top = drawn(lines_html(ratio_lines([one]), hostile))
    [row] = top.all("row")
    assert row.all("label")[0].said().count(hostile) == 4
    assert top.all("heading")[0].said() == hostile
    assert [part.said() for part in row.all("said")] == [hostile]
    assert named(top) == hostile
    assert not holds(top, hostile)
    assert {part.tag for part in top.all()} == {"", "div", "span", "b", "u"}


def test_each_line_is_one_of_a_list_and_is_heard_once() -> None:
    top = drawn(lines_html(ratio_lines([line(1.1, hover="East\n1.10×"), line(1.2)]), "Two groups"))
    assert named(top) == "Two groups"
    assert [part.attributes["role"] for part in top.all("rows")] == ["list"]
    told, plain = top.all("row")
    assert told.all("said")[0].said() == "East\n1.10×"
    assert told.all("label")[0].attributes["aria-hidden"] == "true"
    assert not plain.all("said")
    assert "aria-hidden" not in plain.all("label")[0].attributes


def test_a_picture_is_one_stop_of_the_keyboard_where_intervals_stand_beside_their_numbers() -> None:
    lines = [line(1.1, 1.0, 1.25, hover="East"), line(1.2, hover="West")]
    top = drawn(lines_html(ratio_lines(lines), "Two groups"))
    assert [part.classes for part in top.all() if "tabindex" in part.attributes] == [{"lines"}]
    assert [part.said() for part in top.all("span")] == ["1.00–1.25"]
    assert [one.span for one in rate_lines([line(0.3, 0.2, 0.41)]).lines] == ["20.0–41.0%"]
    assert ".lines:focus-visible .span{display:inline}" in pictures_css()


def test_two_pictures_of_a_page_have_names_of_their_own() -> None:
    tops = [drawn(lines_html(ratio_lines([line(value)]), "By accent")) for value in (1.1, 1.2)]
    assert len({top.parts[0].attributes["aria-labelledby"] for top in tops}) == 2


@pytest.mark.parametrize(("value", "at_end"), [(math.inf, 1.0), (0.0, 0.0)])
def test_what_is_said_of_an_arrow_opens_at_its_end(value: float, at_end: float) -> None:
    far, unknown = rows(ratio_lines([line(value, hover="East"), line(math.nan, hover="West")]))
    assert far.all("plot")[0].place("--at") == at_end
    assert "style" not in unknown.all("plot")[0].attributes


def test_lines_of_one_group_stand_under_its_heading() -> None:
    picture = ratio_lines([line(1.1, heading="East"), line(1.2), line(0.9, heading="West"), line(1.0)])
    [listed] = drawn(lines_html(picture, "")).all("rows")
    kinds = ["heading" if "heading" in part.classes else "row" for part in listed.parts]
    assert kinds == ["heading", "row", "row", "heading", "row", "row"]
    assert {part.attributes["role"] for part in listed.parts} == {"listitem"}


def test_a_second_estimate_is_drawn_below_the_first_and_widens_the_range() -> None:
    picture = ratio_lines([line(1.2, 1.1, 1.3, second=Estimate(2.0, 1.5, 3.0))])
    [row] = rows(picture)
    [second] = row.all("point", "second")
    assert at(picture.scale, second.place("left")) == pytest.approx(2.0, rel=1e-4)
    assert row.all("bar", "second")[0].classes == {"bar", "second"}
    assert re.search(r"\.lines \.second\{top:calc\(50% \+ \d+px\)\}", pictures_css())


def test_lines_without_words_are_lower() -> None:
    assert f"--row:{BARE_ROW_PX}px" in lines_html(rate_lines([line(0.3)]), "")
    assert f"--row:{BARE_ROW_PX}px" not in lines_html(rate_lines([line(0.3, words="Worse")]), "")


def test_colours_are_those_of_either_theme_and_nothing_is_fetched_or_run() -> None:
    sheet = pictures_css()
    for name in ("text", "faint", "rule", "ground", "alert"):
        assert f"--{name}:light-dark({getattr(LIGHT, name)},{getattr(DARK, name)})" in sheet
    both = sheet + lines_html(ratio_lines([line(1.1, 1.0, 1.2)]), "")
    assert not re.search(r"url\(|@import|<script|https?:", both)


def test_a_word_is_filled_only_where_it_stands_out() -> None:
    found = [
        {"kind": "word", "reference": "to", "hypothesis": None, "excess": 0.004, "low": 0.001, "high": 0.5},
        {"kind": "word", "reference": "in", "hypothesis": None, "excess": 0.002, "low": None, "high": None},
    ]
    picture = chart_words([{**found[0], "stands_out": True}, {**found[1], "stands_out": False}])
    first, second = rows(picture)
    assert ("alert" in first.classes, "few" in second.classes) == (True, True)
    # Far wider than the excesses themselves.
    assert "above" in first.all("bar")[0].classes
    assert at(picture.scale, first.all("point")[0].place("left")) == pytest.approx(0.004, abs=1e-6)
    assert not second.all("bar")
    assert picture.ticks[0].text == "0"
