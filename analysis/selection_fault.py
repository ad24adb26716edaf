"""What every room of selections refuses with, and the texts none of them can hold.

Owns the one error of selections, and the check that a text can be stored, bound and
typed. It knows no condition.
"""

from __future__ import annotations


class SelectionError(ValueError):
    """A subgroup that cannot be used; the message is a sentence for the person who asked for it."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.position = position
        """Index of the character in a typed expression; None where nothing was typed."""


def check_text(value: object, what: str) -> None:
    """Raise `SelectionError` unless the value is a text that can be read back from wherever it is kept."""
    if not isinstance(value, str):
        raise SelectionError(f"{what} is a text, found {in_short(value)}.")
    # Neither of the two can be stored, bound or typed, so a selection that held one could not be read back.
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise SelectionError(f"{what} holds a character that no text file can hold: {in_short(value)}.")


def in_short(found: object) -> str:
    """What was found, as it may stand in a message."""
    text = repr(found)
    return text if len(text) <= 120 else text[:117] + "…"
