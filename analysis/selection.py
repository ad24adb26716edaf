"""A subgroup of recordings as one frozen value, and that value as JSON.

Owns the closed set of conditions a subgroup is built from. Every page, command,
export and cache key holds this value; what it becomes elsewhere has rooms of its
own: texts (`selection_texts.py`), bound SQL (`selection_sql.py`), an English sentence (`selection_words.py`),
one form for equal meanings (`selection_form.py`), a check against the attributes
of an evaluation (`selection_check.py`), a typed expression (`expression.py`) and
a link (`selection_link.py`). It knows no evaluation and runs no query.

A condition holds for a recording or it does not; there is no third answer. A
recording whose attribute is not stated meets no condition on that attribute
except `NotStated`, and `Not` is the complement, so it takes in every recording
that its part leaves out, also the ones that are not stated.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analysis.selection_fault import SelectionError, check_text, in_short
from analysis.selection_texts import ReferenceContains, ReferenceMatches

__all__ = [
    "EVERYTHING",
    "AllOf",
    "AnyOf",
    "Between",
    "Everything",
    "Not",
    "NotStated",
    "OneOf",
    "ReferenceContains",
    "ReferenceMatches",
    "Selection",
    "SelectionError",
    "from_json",
    "to_json",
]

JSON_VERSION = 1
MAX_DEPTH = 60
"""Conditions inside conditions. Deeper ones are refused before they can exhaust the stack."""


@dataclass(frozen=True)
class Everything:
    """All recordings."""


EVERYTHING = Everything()


@dataclass(frozen=True)
class OneOf:
    """Recordings whose attribute has one of these values."""

    attribute: str
    values: tuple[str, ...]
    """Groups as written in the data. For a number these are labels of its bins."""
    or_not_stated: bool = False

    def __post_init__(self) -> None:
        check_text(self.attribute, "The name of an attribute")
        if not isinstance(self.values, tuple):
            raise SelectionError(f"The values of '{self.attribute}' are a tuple, found {self.values!r}.")
        for value in self.values:
            check_text(value, f"A value of '{self.attribute}'")
        if not self.values and not self.or_not_stated:
            raise SelectionError(f"No value is given for '{self.attribute}'. Name at least one value.")


@dataclass(frozen=True)
class Between:
    """Recordings whose number lies in a range."""

    attribute: str
    low: float | None
    """None: no lower end."""
    high: float | None
    """None: no upper end."""
    low_included: bool = True
    high_included: bool = False

    def __post_init__(self) -> None:
        check_text(self.attribute, "The name of an attribute")
        low, high = _bound(self.low, self.attribute), _bound(self.high, self.attribute)
        if low is None and high is None:
            raise SelectionError(f"The range of '{self.attribute}' has no end. Give a lower or an upper one.")
        # An end that is absent is neither included nor left out; one spelling keeps equal ranges equal.
        object.__setattr__(self, "low_included", low is None or self.low_included)
        object.__setattr__(self, "high_included", high is not None and self.high_included)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)
        both_included = self.low_included and self.high_included
        if low is not None and high is not None and (low > high or (low == high and not both_included)):
            raise SelectionError(
                f"No number of '{self.attribute}' lies between {low:g} and {high:g}. "
                "Give the lower end first; to choose a single number include both ends."
            )


@dataclass(frozen=True)
class NotStated:
    """Recordings that have no value for the attribute."""

    attribute: str

    def __post_init__(self) -> None:
        check_text(self.attribute, "The name of an attribute")


@dataclass(frozen=True)
class Not:
    """All other recordings, those that are not stated included."""

    part: Selection


@dataclass(frozen=True)
class AllOf:
    """Recordings that meet every part."""

    parts: tuple[Selection, ...]

    def __post_init__(self) -> None:
        _check_parts(self.parts)


@dataclass(frozen=True)
class AnyOf:
    """Recordings that meet at least one part."""

    parts: tuple[Selection, ...]

    def __post_init__(self) -> None:
        _check_parts(self.parts)


Selection = (
    Everything | OneOf | Between | NotStated | ReferenceContains | ReferenceMatches | Not | AllOf | AnyOf
)


def to_json(selection: Selection) -> dict[str, Any]:
    """Plain data for a document; `from_json` gives the same value back."""
    return {"version": JSON_VERSION, "selection": _node_to_json(selection)}


def from_json(plain: object) -> Selection:
    """Read back what `to_json` wrote, and refuse everything else."""
    fields = _fields(plain, {"version", "selection"}, "A saved selection")
    if type(fields["version"]) is not int or fields["version"] != JSON_VERSION:
        raise SelectionError(
            f"This selection was saved in version {fields['version']!r}; this program reads version {JSON_VERSION}. "
            "Use the program that wrote it, or define the subgroup again."
        )
    return _node_from_json(fields["selection"], 0)


def _node_to_json(selection: Selection) -> dict[str, Any]:
    match selection:
        case Everything():
            return {"kind": "everything"}
        case OneOf(attribute, values, or_not_stated):
            return {"kind": "one of", "attribute": attribute, "values": list(values), _MISSING: or_not_stated}
        case Between():
            return {"kind": "between", **{name: getattr(selection, name) for name in _RANGE}}
        case NotStated(attribute):
            return {"kind": "not stated", "attribute": attribute}
        case ReferenceContains(words):
            return {"kind": "reference contains", "words": words}
        case ReferenceMatches(pattern):
            return {"kind": "reference matches", "pattern": pattern}
        case Not(part):
            return {"kind": "not", "part": _node_to_json(part)}
        case AllOf(parts):
            return {"kind": "all of", "parts": [_node_to_json(part) for part in parts]}
        case AnyOf(parts):
            return {"kind": "any of", "parts": [_node_to_json(part) for part in parts]}


def _node_from_json(plain: object, depth: int) -> Selection:
    if depth > MAX_DEPTH:
        raise SelectionError(f"More than {MAX_DEPTH} conditions stand inside one another. Simplify them.")
    kind = plain.get("kind") if isinstance(plain, dict) else None
    if not isinstance(kind, str) or kind not in _READERS:
        known = ", ".join(sorted(_READERS))
        raise SelectionError(f"Found {in_short(plain)}, expected a condition, its 'kind' one of: {known}.")
    names, read = _READERS[kind]
    return read(_fields(plain, {"kind", *names}, f"A condition of kind '{kind}'"), depth + 1)


def _read_one_of(fields: dict[str, Any], _depth: int) -> Selection:
    values = _list(fields["values"], "values")
    return OneOf(fields["attribute"], tuple(values), _flag(fields, _MISSING))


def _read_between(fields: dict[str, Any], _depth: int) -> Selection:
    low_included, high_included = _flag(fields, "low_included"), _flag(fields, "high_included")
    return Between(fields["attribute"], fields["low"], fields["high"], low_included, high_included)


def _read_parts(fields: dict[str, Any], depth: int) -> tuple[Selection, ...]:
    return tuple(_node_from_json(part, depth) for part in _list(fields["parts"], "parts"))


_MISSING = "or_not_stated"
_RANGE = ("attribute", "low", "high", "low_included", "high_included")
_READERS: dict[str, tuple[tuple[str, ...], Callable[[dict[str, Any], int], Selection]]] = {
    "everything": ((), lambda _fields, _depth: Everything()),
    "one of": (("attribute", "values", _MISSING), _read_one_of),
    "between": (_RANGE, _read_between),
    "not stated": (("attribute",), lambda fields, _depth: NotStated(fields["attribute"])),
    "reference contains": (("words",), lambda fields, _depth: ReferenceContains(fields["words"])),
    "reference matches": (("pattern",), lambda fields, _depth: ReferenceMatches(fields["pattern"])),
    "not": (("part",), lambda fields, depth: Not(_node_from_json(fields["part"], depth))),
    "all of": (("parts",), lambda fields, depth: AllOf(_read_parts(fields, depth))),
    "any of": (("parts",), lambda fields, depth: AnyOf(_read_parts(fields, depth))),
}


def _fields(plain: object, names: set[str], what: str) -> dict[str, Any]:
    if not isinstance(plain, dict) or set(plain) != names:
        raise SelectionError(f"{what} has the fields {', '.join(sorted(names))}; found {in_short(plain)}.")
    return plain


def _flag(fields: dict[str, Any], name: str) -> bool:
    value = fields[name]
    if not isinstance(value, bool):
        raise SelectionError(f"'{name}' is true or false, found {in_short(value)}.")
    return value


def _list(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise SelectionError(f"'{name}' is a list, found {in_short(value)}.")
    return value


def _check_parts(parts: object) -> None:
    if not isinstance(parts, tuple) or not parts:
        raise SelectionError(f"A combination needs at least one condition, found {in_short(parts)}.")


def _bound(value: object, attribute: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SelectionError(f"An end of the range of '{attribute}' is a number, found {in_short(value)}.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise SelectionError(f"An end of the range of '{attribute}' is a finite number. Or leave it out.")
    return number + 0.0
