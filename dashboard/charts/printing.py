"""How a page is laid out where Streamlit's own containers cannot, and how it is printed: on white in either theme,
without what is only for clicking, the source at its end.

Gives style sheets. Charts and numbers are those on screen; colours of the dark theme give way to their
partners of the light one, each found by its place in the palette.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib.resources import files

from dashboard.charts.palette import DARK, LIGHT, channels

_ON_WHITE = (
    "[data-testid=stApp]{color-scheme:light!important}"
    "[data-testid=stApp],[data-testid=stApp] *:not(svg *)"
    "{background-color:transparent!important;color:#111!important;border-color:#bbb!important}"
    "[data-testid=stApp] canvas{filter:invert(1) hue-rotate(180deg)}"
)


def paper_css(dark: bool) -> str:
    """The rules for paper, for a page in the dark theme or in the light one."""
    return f"{_plain_rules()}{_from_dark() if dark else ''}"


@cache
def screen_css() -> str:
    """The few rules for the screen: numbers two or four beside each other, headings of boxes close to their text."""
    return files("dashboard.charts").joinpath("screen.css").read_text(encoding="utf-8")


def source_css(source: str) -> str:
    """The line that ends a printed page: where its numbers come from."""
    return f'@media print{{:root{{--source:"{_quoted(source)}"}}}}'


@cache
def _plain_rules() -> str:
    return files("dashboard.charts").joinpath("paper.css").read_text(encoding="utf-8")


@cache
def _from_dark() -> str:
    """On white, and every colour a figure has from the dark palette replaced by that of the light one."""
    rules = "".join(
        f'svg [style*="{part}:{written}"]{{{part}:{paper}!important}}'
        for own, paper in _partners()
        for part in ("fill", "stroke")
        for written in (f" rgb{channels(own)}", own)
    )
    return f"@media print{{{_ON_WHITE}{rules}}}"


def _partners() -> Iterator[tuple[str, str]]:
    for field in fields(LIGHT):
        own, paper = getattr(DARK, field.name), getattr(LIGHT, field.name)
        yield from [(own, paper)] if isinstance(own, str) else zip(own, paper, strict=True)


def _quoted(text: str) -> str:
    """A text within a string of a style sheet: whatever is no letter or digit as its number."""
    return "".join(letter if letter.isalnum() else f"\\{ord(letter):06x}" for letter in text)
