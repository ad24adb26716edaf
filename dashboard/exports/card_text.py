"""Text of a card that is safe to show anywhere: characters nobody sees are written out.

Owns the one rule about characters. Markup is escaped by each format for itself.
"""

from __future__ import annotations

import unicodedata

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


def _shown(character: str) -> str:
    if character.isspace() and character not in _OWN_SPACES:
        return " "
    if (
        unicodedata.category(character) not in _HIDDEN
        or character in _KEPT_FORMATS
        or ord(character) in _TAGS
    ):
        return character
    return f"[U+{ord(character):04X}]"
