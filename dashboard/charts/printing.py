"""How a page is laid out where Streamlit's own containers cannot, and how it is printed: on white in either theme,
without what is only for clicking, the source at its end.

Gives style sheets. Charts and numbers are those on screen; pictures have the colours of either theme in them, and
on paper those of the light one hold.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_ON_WHITE = (
    "@media print{[data-testid=stApp]{color-scheme:light!important}"
    "[data-testid=stApp],[data-testid=stApp] *:not(svg *)"
    "{background-color:transparent!important;color:#111!important;border-color:#bbb!important}"
    "[data-testid=stApp] canvas{filter:invert(1) hue-rotate(180deg)}}"
)


def paper_css(dark: bool) -> str:
    """The rules for paper, for a page in the dark theme or in the light one."""
    return f"{_plain_rules()}{_ON_WHITE if dark else ''}"


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


def _quoted(text: str) -> str:
    """A text within a string of a style sheet: whatever is no letter or digit as its number."""
    return "".join(letter if letter.isalnum() else f"\\{ord(letter):06x}" for letter in text)
