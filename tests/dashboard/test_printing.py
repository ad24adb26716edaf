"""Style sheets for paper: every colour of the dark theme has its partner, and no text of an evaluation can leave its string."""

from __future__ import annotations

import re

import pytest

from dashboard.charts.heatmap import heatmap_css
from dashboard.charts.lines_html import pictures_css
from dashboard.charts.printing import paper_css, source_css


def test_a_page_of_the_dark_theme_is_printed_in_the_colours_of_the_light_one() -> None:
    css = paper_css(dark=True)
    assert "@media print{[data-testid=stApp]{color-scheme:light!important}" in css
    # What a picture of lines says by its ink outweighs the black of everything else.
    on_paper = pictures_css().partition("@media print")[2]
    for part in (".bar", ".point", ".beyond"):
        assert part in on_paper
    assert "background-color:var(--ink)!important" in on_paper


def test_the_light_theme_keeps_its_colours() -> None:
    assert "color-scheme" not in paper_css(dark=False)
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
    assert any(".lines{zoom:.66}" in line for line in dense)
    assert ".tall tbody tr{height:auto}" in heatmap_css().partition("@media print")[2]


def test_nothing_in_a_sheet_looks_like_markup() -> None:
    # A page drops a style sheet in which it sees the beginning of a tag.
    assert "<" not in paper_css(dark=True) + pictures_css()
