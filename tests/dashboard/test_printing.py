"""Style sheets for paper: every colour of the dark theme has its partner, and no text of an evaluation can leave its string."""

from __future__ import annotations

import re

import pytest

from dashboard.charts.heatmap import heatmap_css
from dashboard.charts.palette import DARK, LIGHT, contrast
from dashboard.charts.printing import paper_css, source_css


def test_a_figure_of_the_dark_theme_is_printed_in_the_colours_of_the_light_one() -> None:
    css = paper_css(dark=True)
    for own, paper in (
        (DARK.text, LIGHT.text),
        (DARK.alert, LIGHT.alert),
        (DARK.sequential[3], LIGHT.sequential[3]),
    ):
        assert f'svg [style*="fill:{own}"]{{fill:{paper}!important}}' in css
    assert f'[style*="stroke: rgb(242, 242, 242)"]{{stroke:{LIGHT.text}!important}}' in css
    assert contrast(LIGHT.text, "#ffffff") > 4.5


def test_the_light_theme_keeps_its_colours() -> None:
    assert "svg [style*=" not in paper_css(dark=False)
    assert "stSidebar" in paper_css(dark=False)


@pytest.mark.parametrize(
    "name", ['a"}body{display:none}', "</style><script>", "x\\22 y", "line\nbreak", "名前"]
)
def test_a_name_stays_within_the_line_that_ends_the_page(name: str) -> None:
    css = source_css(name)
    assert re.fullmatch(r'@media print\{:root\{--source:"(?:\w|\\[0-9a-f]{6})*"\}\}', css)
    spelt = re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found.group(1), 16)), css.split('"')[1])
    assert spelt == name


def test_a_forest_of_many_groups_is_made_smaller_with_the_room_it_takes() -> None:
    dense = [line for line in paper_css(dark=False).splitlines() if "st-key-picture_forest_dense" in line]
    assert any("{height:auto!important}" in line for line in dense)
    assert any("{zoom:.58!important}" in line for line in dense)
    assert ".tall tbody tr{height:auto}" in heatmap_css().partition("@media print")[2]


def test_nothing_in_a_sheet_looks_like_markup() -> None:
    # A page drops a style sheet in which it sees the beginning of a tag.
    assert "<" not in paper_css(dark=True)
