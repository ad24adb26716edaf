"""What can be wrong with an input, and the one error that carries it.

Owns the words and the shape of a refusal: every room of `data/` that turns
something away raises `InputError`, and the front ends print it. Finding faults is
`checks.py` and the readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an input, where it is, and what to do about it."""

    file: str
    """Name of the file, or of the option, that holds the fault."""
    row: int | None
    """Line of a text file at which the row begins (its header is line 1); number of a Parquet row, from 1.

    None when the fault is not in one row.
    """
    field: str | None
    """Column or field; None when the fault is in none."""
    what: str
    """What was found and what was expected."""
    advice: str
    """What to do, with the alternatives."""

    def __str__(self) -> str:
        """One line: place, what is wrong, what to do."""
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.field is not None:
            place.append(self.field)
        return f"{', '.join(place)}: {self.what} {self.advice}".rstrip()


class InputError(ValueError):
    """An input that cannot be used; holds every fault that was found, or one sentence."""

    def __init__(self, problem: str | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = () if isinstance(problem, str) else tuple(problem)
        super().__init__(problem if isinstance(problem, str) else "\n".join(map(str, self.faults)))


def quoted_list(values: Iterable[str], limit: int = 12) -> str:
    """The values in quotes with commas, and the count of those beyond the limit."""
    listed = list(values)
    shown = ", ".join(f'"{value}"' for value in listed[:limit])
    rest = len(listed) - limit
    return f"{shown} and {rest:,} more" if rest > 0 else shown


def near_names(wanted: str, known: Sequence[str]) -> str:
    """A question that offers the nearest known names, or lists the known ones; "" when there are none."""
    by_folded = {name.casefold(): name for name in known}
    near = get_close_matches(wanted.casefold(), by_folded, n=3, cutoff=0.6)
    if near:
        return f"Did you mean {' or '.join(repr_name(by_folded[name]) for name in near)}?"
    return f"There is {quoted_list(known)}." if known else ""


def repr_name(name: str) -> str:
    """A name in double quotes, as every sentence here writes it."""
    return f'"{name}"'
