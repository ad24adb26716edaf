"""The fast path of `whisper-english`: each distinct word goes through the package once, not each text.

Owns the knowledge of which words the package reads by themselves and which it reads
together with their neighbours: numbers, some contractions, brackets, loose signs.
Called by `normalize.py`. It has no rule of its own about what a word becomes: every
result is the package's, and a text it cannot take apart goes to the package whole.

A word here is what stands between white space. The package works in two stages.
Until numbers are read, it looks past white space only for brackets, for an
apostrophe that begins a word, and for “'s got”, “'d been” and their like. Then
it reads numbers, where every word that is not part of one ends the number before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from enum import Enum, auto
from importlib.metadata import version as package_version
from typing import Any, NamedTuple

Rewrite = Callable[[str], str]

TESTED_WITH = "0.1.15"
"""The version of the package whose rules are described here; any other does all the work itself."""

_MOST_WORDS_KEPT = 300_000
_MOST_RUNS_KEPT = 50_000
# A text without spaces is one word, and will not come again.
_LONGEST_KEPT = 60

_OPENS_A_BRACKET = re.compile(r"[<\[(]")
# The package joins these to the word before them; anything more than letters and a final sign is left to it.
_QUOTED = re.compile(r"'([a-z]+)['’,.?!;:]*")
_CONTRACTED = frozenset(("re", "s", "d", "ll", "t", "ve", "m", "ma", "all", "am"))
_PARTICIPLE = re.compile(r"(?:been|gone|done|got)\b")
_HAS_OR_HAD = ("'s", "'d")
_ENDINGS_OF_DIGITS = re.compile(r"(?:st|nd|rd|th|s)\b")
_HALF = re.compile(r"half\b")
_READ_WITH_OTHERS = frozenset(("been", "gone", "done", "got", "st", "nd", "rd", "th", "s", "half"))
_SIGN_OR_DIGIT = re.compile(r"[\d.%$¢€£]")
# Other mixtures of signs and digits come out differently at the beginning or the end of a text.
_NUMERAL = re.compile(r"[$€£]?[0-9]+(?:\.[0-9]+)?%?|[a-z]*[0-9][a-z0-9]*")


class _Role(Enum):
    ALONE = auto()
    """The neighbours do not matter."""
    NUMBER = auto()
    """Read together with numbers beside it."""
    PARTICIPLE = auto()
    """Decides what “'s” or “'d” before it means."""
    HALF = auto()
    """Read together with “and a” before it."""
    WHOLE = auto()
    """Only the package can say, and needs the whole text."""


class _Word(NamedTuple):
    role: _Role
    text: str = ""
    """What becomes of it by itself, "" when it vanishes; not filled in for `NUMBER` and `WHOLE`."""


_LEFT_TO_THE_PACKAGE = _Word(_Role.WHOLE)
_IN_A_NUMBER = _Word(_Role.NUMBER)


class _Vocabulary(dict[str, _Word]):
    """What becomes of each lower-case word, found out when it is first asked for.

    Most words are letters that none of the package's rules names: these change in spelling at most.
    """

    def __init__(self, package: Any) -> None:
        super().__init__()
        self._package = package
        self._number_words: frozenset[str] = frozenset(package.standardize_numbers.words)
        without_apostrophe = [pattern for pattern in package.replacers if "'" not in pattern]
        named = " ".join([package.ignore_patterns, *without_apostrophe]).replace(r"\b", " ")
        self._with_a_rule = self._number_words | _READ_WITH_OTHERS | set(re.split("[^a-z]+", named))

    def __missing__(self, word: str) -> _Word:
        # One mark behind letters becomes a space whatever the letters are.
        found = self[word[:-1]] if word[-1] in ",.?!;:" and word[:-1].isalpha() else self._judged(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_WORDS_KEPT:
                self.clear()
            self[word] = found
        return found

    def _judged(self, word: str) -> _Word:
        if word.isascii() and word.isalpha() and word not in self._with_a_rule:
            return _Word(_Role.ALONE, self._package.standardize_spellings(word))
        if _OPENS_A_BRACKET.search(word) or self._may_join_the_word_before(word):
            return _LEFT_TO_THE_PACKAGE
        pieces = self._before_numbers(word).split()
        if pieces == ["and"]:
            # It matters only beside a number, and that one looks for it.
            return _Word(_Role.ALONE, "and")
        if pieces == ["half"]:
            return _Word(_Role.HALF, "half")
        if any(_HALF.match(piece) or not self._is_understood(piece) for piece in pieces):
            return _LEFT_TO_THE_PACKAGE
        begins_as_ending = bool(pieces) and _ENDINGS_OF_DIGITS.match(pieces[0])
        if begins_as_ending or any(map(self._belongs_to_a_number, pieces)):
            return _IN_A_NUMBER
        text = " ".join(pieces)
        # “Gotta” is one only when it has been written out.
        is_participle = _PARTICIPLE.match(word) or _PARTICIPLE.match(text)
        role = _Role.PARTICIPLE if is_participle else _Role.ALONE
        return _Word(role, self._package.standardize_spellings(text))

    def _may_join_the_word_before(self, word: str) -> bool:
        bare = re.sub(self._package.ignore_patterns, "", word) if "'" in word else word
        if not bare.startswith("'"):
            return False
        quoted = _QUOTED.fullmatch(bare)
        return quoted is None or quoted.group(1) in _CONTRACTED

    def _before_numbers(self, word: str) -> str:
        """What the package makes of a word up to the point where it begins to read numbers."""
        seen: list[str] = []
        stopped = copy(self._package)
        stopped.standardize_numbers = seen.append
        stopped.standardize_spellings = lambda _nothing: ""
        stopped(word)
        return seen[0]

    def _is_understood(self, piece: str) -> bool:
        return not _SIGN_OR_DIGIT.search(piece) or _NUMERAL.fullmatch(piece) is not None

    def _belongs_to_a_number(self, piece: str) -> bool:
        return piece in self._number_words or _NUMERAL.fullmatch(piece) is not None


class _TextsAlone(dict[str, str | None]):
    """The text of each word whose neighbours do not matter, None for the others."""

    def __init__(self, vocabulary: _Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, word: str) -> str | None:
        found = self._vocabulary[word]
        text = found.text if found.role is _Role.ALONE else None
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_WORDS_KEPT:
                self.clear()
            self[word] = text
        return text


class WordByWord:
    """Rewrites texts as the package does, word by word where the neighbours do not matter."""

    def __init__(self, package: Any) -> None:
        self._package: Rewrite = package
        self._vocabulary = _Vocabulary(package)
        self._alone = _TextsAlone(self._vocabulary)
        self._runs: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        words = text.lower().split()
        texts = [*map(self._alone.__getitem__, words)]
        while None in texts:
            place = texts.index(None)
            known = self._vocabulary[words[place]]
            if known.role is _Role.NUMBER:
                begin, end = self._run_around(place, words, texts)
                texts[begin:end] = [self._numbers(words[begin:end]), *[""] * (end - begin - 1)]
            elif known.role is _Role.WHOLE or _is_read_with(words[:place], texts[:place], known.role):
                return self._package(text)
            else:
                texts[place] = known.text
        return " ".join(filter(None, texts))

    def _run_around(self, place: int, words: list[str], texts: list[str | None]) -> tuple[int, int]:
        """Where the numbers around a place begin and end; “and” may join them, and words that vanish do not part them."""
        begin, end = place, place + 1
        while begin > 0 and texts[begin - 1] in {"", "and"}:
            begin -= 1
        while end < len(words) and (
            texts[end] in {"", "and"} or self._vocabulary[words[end]].role is _Role.NUMBER
        ):
            end += 1
        return begin, end

    def _numbers(self, run: list[str]) -> str:
        spoken = " ".join(run)
        written = self._runs.get(spoken)
        if written is None:
            written = self._package(spoken).strip()
            if len(spoken) <= _LONGEST_KEPT:
                if len(self._runs) >= _MOST_RUNS_KEPT:
                    self._runs.clear()
                self._runs[spoken] = written
        return written


def _is_read_with(words_before: list[str], texts_before: list[str | None], role: _Role) -> bool:
    """Whether the words before decide what a participle or “half” becomes."""
    if role is _Role.PARTICIPLE:
        return bool(words_before) and words_before[-1].endswith(_HAS_OR_HAD)
    last = " ".join(filter(None, texts_before)).split()[-2:]
    return len(last) == 2 and last[0].endswith("and") and last[1].endswith("a")


def word_by_word(package: Any) -> Rewrite:
    """A function with the same results as the package's normaliser, word for word; white space may differ."""
    rewrite: Rewrite = package
    return WordByWord(package) if package_version("whisper-normalizer") == TESTED_WITH else rewrite
