"""Style sheets for paper: every colour of the dark theme has its partner, and no text of an evaluation can leave its string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.charts.heatmap import heatmap_css
from dashboard.charts.lines_html import pictures_css
from dashboard.charts.printing import paper_css, source_css

ROOMS = Path(__file__).parents[2] / "dashboard"
SHEETS = sorted([*(ROOMS / "charts").glob("*.css"), *(ROOMS / "exports").glob("*.css")])
PRINT = "@media print"
INK = re.compile(r"background:var\(--(?:ink|faint)\)")


@dataclass(frozen=True)
class Rule:
    """One rule of a sheet."""

    media: str
    """"" where it always holds."""
    selector: str
    says: str


def rules(sheet: str, media: str = "") -> Iterator[Rule]:
    """Every rule, those within a condition with it."""
    while "{" in sheet:
        head, _, rest = sheet.partition("{")
        end = closing(rest)
        if head.strip().startswith("@media"):
            yield from rules(rest[:end], head.strip())
        else:
            yield Rule(media, head.strip(), rest[:end])
        sheet = rest[end + 1 :]


def closing(text: str) -> int:
    """Where the bracket closes that was opened before the text."""
    depth = 1
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if not depth:
            return place
    raise AssertionError("a bracket is not closed")


def parts(selector: str) -> list[str]:
    """The selectors of a list, with each choice of `:is()` written out."""
    if choice := re.search(r":is\(([^()]*)\)", selector):
        before, after = selector[: choice.start()], selector[choice.end() :]
        return [one for own in choice[1].split(",") for one in parts(f"{before}{own}{after}")]
    return [one.strip() for one in selector.split(",")]


def is_of(drawn: str, own: str) -> bool:
    """Whether one selector also means what the other does, by the last part of both."""
    last, other = drawn.rsplit(maxsplit=1)[-1], own.rsplit(maxsplit=1)[-1]
    return last.partition("::")[2] == other.partition("::")[2] and {*re.findall(r"\.\w+", other)} <= {
        *re.findall(r"\.\w+", last)
    }


def test_what_is_drawn_by_a_colour_keeps_it_on_paper_where_everything_else_turns_black() -> None:
    drawn = [rule for rule in rules(pictures_css()) if rule.media != PRINT and INK.search(rule.says)]
    inks = {part for rule in drawn for part in parts(rule.selector) if ":hover" not in part}
    paper = [rule for rule in rules(pictures_css()) if rule.media == PRINT]
    kept = {
        part for rule in paper if "background-color:" in rule.says and "!important" in rule.says
        for part in parts(rule.selector)
    }  # fmt: skip
    assert {".lines .point", ".lines .bar.second.above::after", ".bars .upright"} <= inks
    missing = [ink for ink in inks if not any(is_of(ink, own) for own in kept)]
    assert not missing
    # The rule that blackens the page counts one attribute and one element.
    assert all(len(re.findall(r"[.\[]", own)) >= 2 for own in kept)


def test_a_page_of_the_dark_theme_is_printed_in_the_colours_of_the_light_one() -> None:
    whole = [rule for rule in rules(paper_css(dark=True)) if "color-scheme" in rule.says]
    assert [(rule.media, rule.selector, rule.says) for rule in whole] == [
        (PRINT, "[data-testid=stApp]", "color-scheme:light!important")
    ]


def test_what_a_pointer_opens_is_not_printed() -> None:
    hidden = [rule for rule in rules(pictures_css()) if rule.says == "display:none!important"]
    assert {part for rule in hidden if rule.media == PRINT for part in parts(rule.selector)} == {
        ".lines .said",
        ".bars .said",
    }
    opened = [part for rule in rules(pictures_css()) for part in parts(rule.selector) if ":hover" in part]
    assert all(part.endswith((".said", ":hover", ".row:hover::before")) for part in opened)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_list_of_selectors_holds_a_pseudo_element(sheet: Path) -> None:
    """A browser drops the whole rule."""
    assert not re.search(r":(?:is|where|not|has)\([^)]*::", sheet.read_text("utf-8"))


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
