"""Pictures of lines and bars read back from their markup, as a reader of the page would measure them; no test of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_PLACE = re.compile(r"(left|width|bottom|--high|--at):(-?[\d.]+)%")
_EMPTY = frozenset({"img", "br", "hr", "input", "svg", "iframe"})


@dataclass
class Part:
    """One element within its parents."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    parts: list[Part] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def place(self, name: str) -> float:
        """A percentage of its style, as a share of 1."""
        style = self.attributes["style"]
        return {key: float(value) / 100 for key, value in _PLACE.findall(style)}[name]

    def all(self, *classes: str) -> list[Part]:
        """Every element below it that has all these classes, from the top."""
        own = [self] if {*classes} <= self.classes else []
        return own + [one for part in self.parts for one in part.all(*classes)]

    def said(self) -> str:
        """The text of all of it."""
        return self.text + "".join(part.said() for part in self.parts)


def drawn(markup: str) -> Part:
    """The markup as elements."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == [reader.top], "an element is not closed"
    return reader.top


def named(top: Part) -> str:
    """The name of the one picture in it, as its readers hear it."""
    [picture] = top.parts
    (name,) = (
        part.said()
        for part in picture.parts
        if part.attributes.get("id") == picture.attributes["aria-labelledby"]
    )
    return name


def holds(top: Part, text: str) -> bool:
    """Whether any attribute holds the text, which a page would drop with what else the attribute says."""
    own = any(text in value for value in top.attributes.values())
    return own or any(holds(part, text) for part in top.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Part("", {})
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        part = Part(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(part)
        if tag not in _EMPTY:
            self.open.append(part)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].text += data
