"""The content of a card as data: headings, paragraphs, tables and figures that no format has shaped yet.

Owns the closed set of pieces. Numbers stay numbers (`Rate`, `Ratio`, …) and what people
wrote stays marked as theirs (`Label`): the exports decide how a fraction is printed and
escape every text for where they put it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analysis.card.rows import Row


@dataclass(frozen=True)
class Label:
    """Text from the data or its owner: never markup."""

    label: str


@dataclass(frozen=True)
class Name:
    """The name of an attribute, which formats may print in words."""

    attribute: str


@dataclass(frozen=True)
class Rate:
    """An error rate as a fraction; may exceed 1."""

    rate: float | None


@dataclass(frozen=True)
class RateSpan:
    """The interval of a rate, as fractions."""

    low: float | None
    high: float | None


@dataclass(frozen=True)
class Ratio:
    ratio: float | None


@dataclass(frozen=True)
class RatioSpan:
    ratio_low: float | None
    ratio_high: float | None


@dataclass(frozen=True)
class PointsSpan:
    """The interval of a difference of rates, as fractions (0.04 = 4 points)."""

    points_low: float | None
    points_high: float | None


@dataclass(frozen=True)
class Points:
    points: float | None


@dataclass(frozen=True)
class PointsLimit:
    """A threshold in points, as a fraction."""

    points_limit: float


@dataclass(frozen=True)
class Count:
    count: int


@dataclass(frozen=True)
class Number:
    """A plain number, as a threshold."""

    number: float | None


@dataclass(frozen=True)
class Share:
    """A confidence level or a threshold that is read as a percentage."""

    share: float


@dataclass(frozen=True)
class PValue:
    p: float | None


@dataclass(frozen=True)
class Verdict:
    """One of the five verdicts, by code; printed with its shape and words."""

    verdict: str


Token = (
    str
    | Label
    | Name
    | Rate
    | RateSpan
    | Ratio
    | RatioSpan
    | Points
    | PointsSpan
    | PointsLimit
    | Count
    | Number
    | Share
    | PValue
    | Verdict
)
Text = tuple[Token, ...]


@dataclass(frozen=True)
class Paragraph:
    text: Text
    tone: Literal["plain", "notice", "note"] = "plain"


@dataclass(frozen=True)
class Listing:
    items: tuple[Text, ...]


@dataclass(frozen=True)
class Facts:
    """Terms with what is known of each; an empty text is "not stated"."""

    facts: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Commands:
    """Lines to type, exactly as they stand."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under column headings; the first `n_headers` cells of a row name it."""

    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    n_headers: int = 1
    numeric: tuple[int, ...] = ()
    """Columns of numbers."""


@dataclass(frozen=True)
class HeatTable:
    """Rates of rows × columns as a table whose cells are shaded by their rate on a scale shared by all panels."""

    caption: Text
    corner: Text
    """What the rows are / what the columns are."""
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[Row | None, ...]], ...]
    """Label of the row and its cells; None where the combination is not listed."""
    scale: tuple[float, float]


@dataclass(frozen=True)
class IntervalPlot:
    """Every group's rate with its interval, drawn against the overall rate."""

    title: Text
    rows: tuple[tuple[str, Row], ...]
    overall: float | None


@dataclass(frozen=True)
class SeeAlso:
    """A line that leads to another section of the card."""

    text: Text
    section: str
    """Id of the section."""


Block = Paragraph | Listing | Facts | Commands | Table | HeatTable | IntervalPlot | SeeAlso


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    id: str
    title: Text
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()
    missing: tuple[str, ...] = ()
    """What a reader would look for here and the evidence does not hold."""
    annex: tuple[Section, ...] = ()
    """What of it stands at the end of the card instead of here."""

    def walk(self) -> Iterator[Section]:
        """This section and all under it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


def text_to_json(text: Sequence[Token]) -> list[Any]:
    """A text as plain data: product's words are strings, everything else an object that says what it is."""
    return [token if isinstance(token, str) else dict(vars(token)) for token in text]


def joined(parts: Sequence[Text], last: str = " and ", between: str = ", ") -> Text:
    """Texts as a list in a sentence: a, b and c."""
    result: list[Token] = []
    for number, part in enumerate(parts):
        if number:
            result.append(last if number == len(parts) - 1 else between)
        result.extend(part)
    return tuple(result)


def stated_facts(facts: Sequence[tuple[str, Text]]) -> Facts:
    """The facts that were stated, and in one line which were not."""
    known = [(term, text) for term, text in facts if text]
    missing = [
        term if not number else f"{term[:1].lower()}{term[1:]}" for number, term in enumerate(unstated(facts))
    ]
    return Facts((*known, ("Not stated", (f"{', '.join(missing)}.",))) if missing else tuple(known))


def unstated(facts: Sequence[tuple[str, Text]]) -> tuple[str, ...]:
    """The terms of which nothing was stated."""
    return tuple(term for term, text in facts if not text)


def stated(facts: Mapping[str, Any], key: str) -> Text:
    """A fact the owner gave, as text; empty when it was not given."""
    value = facts.get(key)
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return (Label(value if isinstance(value, str) else str(value)),)
