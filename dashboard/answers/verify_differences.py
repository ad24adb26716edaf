"""Two cards as plain data, leaf by leaf: how many numbers there are, and where they differ.

Owns what counts as equal. Whole numbers, words and groups are equal only when they are the same; other
numbers when they agree to nine significant digits, since the tenth may depend on the order of adding.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TOLERANCE = 2e-9
"""Relative; a card prints ten significant digits."""
_ABSENT = object()


@dataclass(frozen=True)
class Difference:
    """One place where the card is not what the data give."""

    path: str
    """As in `evidence.groupings[0].rows[2].rate`."""
    card: Any
    """What the card holds; None where it holds nothing."""
    recomputed: Any
    """What was worked out; None where there is nothing."""


@dataclass(frozen=True)
class Compared:
    """How two cards compare."""

    checked: int
    """Numbers that were worked out again, and everything else that differs."""
    differences: tuple[Difference, ...]

    @property
    def equal(self) -> int:
        return self.checked - len(self.differences)

    def with_more(self, found: tuple[Difference, ...]) -> Compared:
        """The same with differences that were found in another way."""
        return Compared(self.checked + len(found), (*self.differences, *found))


def compare(card: Any, recomputed: Any, skipped: frozenset[str] = frozenset()) -> Compared:
    """Hold a card against what was worked out; `skipped` are paths that are not looked at, with all below them."""
    checked, differences = 0, []
    for path, mine, other in _leaves("", card, recomputed, skipped):
        same = _same(mine, other)
        if same and not _is_number(other):
            continue
        checked += 1
        if not same:
            differences.append(Difference(path, _shown(mine), _shown(other)))
    return Compared(checked, tuple(differences))


def _leaves(path: str, card: Any, other: Any, skipped: frozenset[str]) -> Iterator[tuple[str, Any, Any]]:
    """Every place that either of the two has; whole parts where only one has them, or they are of another kind."""
    if path in skipped:
        return
    if isinstance(card, Mapping) and isinstance(other, Mapping):
        for key in dict.fromkeys((*other, *card)):
            below = f"{path}.{key}" if path else str(key)
            yield from _leaves(below, card.get(key, _ABSENT), other.get(key, _ABSENT), skipped)
    elif isinstance(card, list) and isinstance(other, list):
        for place in range(max(len(card), len(other))):
            one, two = (values[place] if place < len(values) else _ABSENT for values in (card, other))
            yield from _leaves(f"{path}[{place}]", one, two, skipped)
    else:
        yield path, card, other


def _same(card: Any, other: Any) -> bool:
    if card is _ABSENT or other is _ABSENT:
        # A key that only one version of the program writes, and that says nothing, is no difference.
        return (card is None or card is _ABSENT) and (other is None or other is _ABSENT)
    if _is_number(card) and _is_number(other):
        if isinstance(card, int) and isinstance(other, int):
            return card == other
        try:
            return math.isclose(card, other, rel_tol=TOLERANCE, abs_tol=0.0)
        except OverflowError:
            return False
    return type(card) is type(other) and bool(card == other)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> Any:
    return None if value is _ABSENT else value
