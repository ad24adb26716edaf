"""Text of a card that is safe to show anywhere: characters nobody sees are written out.

Owns the one rule about characters, and that a label of another direction does not turn the
sentence around it. Markup is escaped by each format for itself.
"""

from __future__ import annotations

import unicodedata

from analysis.card.sections import Label, Name, Text
from dashboard.wording_card import token_text

_KEPT_FORMATS = {"\u200c", "\u200d", "\u00ad"}
"""Joiners that scripts and emoji need, and the soft hyphen."""
_TAGS = range(0xE0020, 0xE0080)
"""Tag characters, of which flags of regions are made."""
_OWN_SPACES = {"\u00a0", "\u202f"}
"""Spaces that hold a number and its sign together."""
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    """The text in one line, with control characters and changes of direction written as [U+202E]."""
    return "".join(_shown(character) for character in text)


def printed(text: Text, margin: float) -> str:
    """A whole text in one line, for formats that have no markup to set a direction apart."""
    parts = []
    for token in text:
        words = visible(token_text(token, margin))
        apart = isinstance(token, Label | Name) and any(map(_runs_leftwards, words))
        parts.append(f"\u2068{words}\u2069" if apart else words)
    return "".join(parts).strip()


def _runs_leftwards(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL"}


def _shown(character: str) -> str:
    if character.isspace() and character not in _OWN_SPACES:
        return " "
    if (
        not (unicodedata.category(character) in _HIDDEN or _is_no_character(character))
        or character in _KEPT_FORMATS
        or ord(character) in _TAGS
    ):
        return character
    return f"[U+{ord(character):04X}]"


def _is_no_character(character: str) -> bool:
    """Codes that will never be characters, which no XML may hold."""
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
