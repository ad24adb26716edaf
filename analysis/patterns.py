"""Patterns that a reference can be asked for: the part of RE2 that is offered, and what is wrong with another.

Owns one small grammar. Whatever it lets through, RE2 accepts and matches in time that grows with
the length of the text; whatever it refuses is named with its place. It matches nothing itself.
"""

from __future__ import annotations

import re
from typing import NoReturn

from analysis.selection_fault import SelectionError

MAX_PATTERN = 300
MAX_REPEATS = 100
_MAX_GROUPS_INSIDE = 20
_MAX_SIZE = 50_000
"""Steps of the compiled pattern, estimated from above. RE2 gives up at several times as many, and where signs are
repeated a thousand times by counts inside counts; the size of one sign below keeps a pattern short of that."""
_SIZE_OF_ONE = 51
_SIZE_OF_MANY = 400
"""Steps of a sign that stands for many letters, such as \\pL."""
_CATEGORIES = "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp".split()
_SCRIPTS = (
    "Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Han Hangul Hebrew "
    "Hiragana Kannada Katakana Khmer Lao Latin Malayalam Mongolian Myanmar Oriya Sinhala Tamil Telugu Thai Tibetan"
).split()
_NAMED = re.compile(r"\\[pP](?:\{(\w+)\}|(\w))")
_COUNT = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}")
_FLAGS = re.compile(r"\(\?i\)")


def check_pattern(pattern: str) -> None:
    """Raise `SelectionError` that says what of the pattern is not offered, and at which of its characters."""
    if not pattern:
        raise SelectionError("The pattern is empty, which every reference matches. Write what to look for.")
    if len(pattern) > MAX_PATTERN:
        raise SelectionError(
            f"The pattern has {len(pattern)} characters; at most {MAX_PATTERN} are read. Shorten it."
        )
    _Pattern(pattern).check()


class _Pattern:
    """Reads a pattern from left to right; every method returns the size of what it read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.inside = 0

    def check(self) -> None:
        if flags := _FLAGS.match(self.text):
            self.at = flags.end()
        size = self.alternatives()
        if self.at < len(self.text):
            self.refuse("This parenthesis closes nothing. Write \\) for the sign itself.")
        if size > _MAX_SIZE:
            raise SelectionError("The pattern repeats too much. Use smaller counts in { }.")

    def alternatives(self) -> int:
        size = 1
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at] == "|":
                self.at += 1
                continue
            size += self.repeated()
        return size

    def repeated(self) -> int:
        start = self.at
        size = self.one()
        sign = self.text[self.at : self.at + 1]
        if sign not in ("*", "+", "?", "{"):
            return size
        if self.text[start] in "^$" or self.text[start : start + 2] in ("\\b", "\\B"):
            self.refuse("Here is nothing that could be repeated.")
        times = self.count() if sign == "{" else 2
        self.at += sign != "{"
        self.at += self.text[self.at : self.at + 1] == "?"
        if self.text[self.at : self.at + 1] in ("*", "+", "?", "{"):
            self.refuse("A repetition cannot be repeated. Put what is repeated in parentheses.")
        return size * times

    def count(self) -> int:
        found = _COUNT.match(self.text, self.at)
        if not found:
            self.refuse("A count is written {2}, {2,} or {2,5}; write \\{ for the sign itself.")
        low, high = int(found[1]), int(found[3] or found[1])
        if max(low, high) > MAX_REPEATS or high < low:
            self.refuse(f"A count goes from the smaller number to the larger, at most {MAX_REPEATS}.")
        self.at = found.end()
        return max(high, low + 1)

    def one(self) -> int:
        sign = self.text[self.at]
        if sign == "(":
            return self.group()
        if sign == "[":
            return self.choice()
        if sign == "\\":
            return self.escaped(in_choice=False)
        if sign in "*+?{":
            self.refuse(f"Here is nothing that {sign} could repeat. Write \\{sign} for the sign itself.")
        if sign in "]}":
            self.refuse(f"This {sign} closes nothing. Write \\{sign} for the sign itself.")
        self.at += 1
        return _SIZE_OF_ONE

    def group(self) -> int:
        start = self.at
        self.at += 1
        if self.text[self.at : self.at + 1] == "?":
            if self.text[self.at : self.at + 2] != "?:":
                self.refuse("Of the groups with (? only (?:…) is offered, and (?i) at the start.", start)
            self.at += 2
        self.inside += 1
        if self.inside > _MAX_GROUPS_INSIDE:
            self.refuse(f"At most {_MAX_GROUPS_INSIDE} parentheses inside one another are read.", start)
        size = self.alternatives()
        if self.at >= len(self.text):
            self.refuse("This parenthesis is never closed. Write \\( for the sign itself.", start)
        self.at += 1
        self.inside -= 1
        return size + _SIZE_OF_ONE

    def choice(self) -> int:
        start = self.at
        self.at += 2 if self.text.startswith("[^", self.at) else 1
        is_empty = True
        while self.at < len(self.text) and (self.text[self.at] != "]" or is_empty):
            self.span()
            is_empty = False
        if self.at >= len(self.text):
            self.refuse("This bracket is never closed. Write \\[ for the sign itself.", start)
        self.at += 1
        return _SIZE_OF_MANY

    def span(self) -> None:
        """One sign of a choice, or a span such as a-z."""
        first = self.sign_of_choice()
        if self.text[self.at : self.at + 1] != "-" or self.text[self.at + 1 : self.at + 2] in ("]", ""):
            return
        self.at += 1
        last = self.sign_of_choice()
        if first is None or last is None or last < first:
            self.refuse(
                "A span goes from one sign to a later one, such as a-z. Write \\- for the sign itself."
            )

    def sign_of_choice(self) -> str | None:
        """The sign, None where it stands for many."""
        sign = self.text[self.at]
        if sign in "[]":
            self.refuse(f"Write \\{sign} for the sign itself.")
        start = self.at
        if sign == "\\":
            self.escaped(in_choice=True)
            return (
                self.text[start + 1] if self.at == start + 2 and not self.text[start + 1].isalnum() else None
            )
        self.at += 1
        return sign

    def escaped(self, *, in_choice: bool) -> int:
        letter = self.text[self.at + 1 : self.at + 2]
        if letter in ("p", "P"):
            named = _NAMED.match(self.text, self.at)
            if not named or (named[1] or named[2]) not in (*_CATEGORIES, *_SCRIPTS):
                self.refuse(
                    "This names no kind of letters. Write \\pL, \\p{Lu}, \\pN or a script: \\p{Greek}."
                )
            self.at = named.end()
            return _SIZE_OF_MANY * 2
        allowed = "dDwWsStn" if in_choice else "dDwWsStnbB"
        is_sign = (
            letter.isascii() and letter.isprintable() and not letter.isalnum() and letter not in ("", " ")
        )
        if not is_sign and (letter not in allowed or not letter):
            self.refuse(
                f"\\{letter} is not offered. Of letters after \\ these are: {' '.join('dDwWsSbBtnp')}."
            )
        self.at += 2
        return _SIZE_OF_ONE

    def refuse(self, sentence: str, at: int | None = None) -> NoReturn:
        place = (self.at if at is None else at) + 1
        raise SelectionError(f"{sentence} (character {place} of the pattern)")
