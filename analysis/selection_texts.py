"""Conditions on what was said: recordings whose reference contains words or matches a pattern.

Owns what counts as a word of a reference as it is written, and the pattern that finds it. The
reference is what was really said, so choosing by it is like choosing by any attribute of a
recording. What a system wrote is an outcome and no condition: recordings chosen by it would be
chosen by their errors, and every rate of them would follow from the choice.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from analysis.patterns import check_pattern
from analysis.script_words import is_scored_by_character
from analysis.selection_fault import SelectionError, check_text, in_short

MAX_WORDS = 100
"""Characters of the words that are looked for."""
NOT_BY_HYPOTHESIS = (
    "Recordings are not chosen by what a system wrote: they would be chosen by their errors, and every rate of "
    "them would follow from the choice. Choose by the reference; the Errors tab finds what a system got wrong."
)

_IN_A_WORD = r"\pL\pM\pN_"
_APOSTROPHES = "'’"
_BEFORE = rf"(?:^|[^{_IN_A_WORD}{_APOSTROPHES}]|(?:^|[^{_IN_A_WORD}])[{_APOSTROPHES}])"
_AFTER = rf"(?:$|[^{_IN_A_WORD}{_APOSTROPHES}]|[{_APOSTROPHES}](?:$|[^{_IN_A_WORD}]))"
_GAP = r"[\s\pZ]+"


@dataclass(frozen=True)
class ReferenceContains:
    """Recordings in whose reference these words stand, one after the other, whatever their capitals."""

    words: str
    """In one spelling of Unicode (NFC), with single spaces between words."""

    def __post_init__(self) -> None:
        check_text(self.words, "The word to look for")
        words = " ".join(unicodedata.normalize("NFC", self.words).split())
        if not any(character.isalnum() for character in words):
            advice = "To look for signs write reference matches '…'."
            raise SelectionError(
                f"{in_short(self.words)} holds no letter or digit, so it is no word. {advice}"
            )
        if len(words) > MAX_WORDS:
            raise SelectionError(
                f"At most {MAX_WORDS} characters of words are looked for, found {len(words)}."
            )
        object.__setattr__(self, "words", words)

    @property
    def pattern(self) -> str:
        """The words as RE2 finds them in a reference in NFC.

        A word is a run of letters, marks and digits with apostrophes inside it. RE2's own word
        boundaries know ASCII only, so the signs around a word are matched instead.
        """
        words = _GAP.join(_escaped(word) for word in self.words.split(" "))
        return f"{_BEFORE}(?i:{words}){_AFTER}"


def pattern_in_any_text(words: str) -> str:
    """The pattern that finds words in a text of any script: whole words, characters where a script has no spaces.

    Raises `SelectionError` where there is nothing to look for.
    """
    sought = ReferenceContains(words)
    if is_scored_by_character(sought.words):
        return f"(?i:{_GAP.join(_escaped(word) for word in sought.words.split(' '))})"
    return sought.pattern


@dataclass(frozen=True)
class ReferenceMatches:
    """Recordings in whose reference an RE2 pattern is found, as the reference is written."""

    pattern: str

    def __post_init__(self) -> None:
        check_text(self.pattern, "The pattern")
        check_pattern(self.pattern)


def _escaped(word: str) -> str:
    """A word whose signs stand for themselves."""
    return re.sub(r"[^\w\s]", lambda sign: f"\\{sign[0]}" if sign[0].isascii() else sign[0], word)
