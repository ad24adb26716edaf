"""Keywords: words or phrases that matter most to a user, and how many of them were missed.

Owns what a list of keywords says and when an occurrence counts as missed. Called with texts
that are normalised and aligned already. Which words matter is for the user to say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.align import Alignment, Operation, word_ids

Words: TypeAlias = tuple[str, ...]
Numbers: TypeAlias = npt.NDArray[np.int32]

MOST_KEYWORDS = 20_000


@dataclass(frozen=True)
class Keywords:
    """Words and phrases in the words of a normaliser, each once and sorted, so equal lists are equal values."""

    phrases: tuple[Words, ...]

    @property
    def sha256(self) -> str:
        """Hexadecimal fingerprint of the phrases; the order of lines makes no difference."""
        plain = json.dumps(self.phrases, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode("ascii")).hexdigest()

    @property
    def lines(self) -> list[str]:
        """Each phrase as a text, to be stored; `keywords_of` makes the same list of them."""
        return [" ".join(phrase) for phrase in self.phrases]

    @cached_property
    def _by_first_word(self) -> dict[str, list[Words]]:
        by_first: dict[str, list[Words]] = {}
        for phrase in self.phrases:
            by_first.setdefault(phrase[0], []).append(phrase)
        return by_first

    def counts(self, references: pa.StringArray, alignment: Alignment) -> tuple[Numbers, Numbers]:
        """How often keywords occur in each reference, and how many of these occurrences were missed.

        An occurrence is missed unless all its words are hits; words inserted between them do
        not matter. Phrases that overlap count each. `alignment` is that of the references.
        """
        n_keywords, misses = (np.zeros(len(references), np.int32) for _ in range(2))
        ids, bounds, words = word_ids(references)
        pair, begin, length = self._occurrences(ids, bounds, words)
        if len(pair) == 0:
            return n_keywords, misses
        errors = alignment.operations
        of_words = errors.operation != Operation.INSERTION
        wrong = np.zeros(len(ids) + 1, np.int64)
        wrong[1 + bounds[errors.pair[of_words]] + errors.reference_position[of_words]] = 1
        wrong_before = np.cumsum(wrong)
        missed = wrong_before[begin + length] > wrong_before[begin]
        n_keywords += np.bincount(pair, minlength=len(references)).astype(np.int32)
        misses += np.bincount(pair[missed], minlength=len(references)).astype(np.int32)
        return n_keywords, misses

    def _occurrences(
        self, ids: Numbers, bounds: npt.NDArray[np.int64], words: pa.StringArray
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Text, position of the first word among all words, and number of words of each occurrence."""
        number = {word: place for place, word in enumerate(words.to_pylist())}
        phrases: dict[int, list[list[int]]] = {}
        for first, candidates in self._by_first_word.items():
            known = [[number[word] for word in one] for one in candidates if number.keys() >= {*one}]
            if known:
                phrases[number[first]] = known
        found: list[tuple[int, int]] = []
        for place in np.flatnonzero(np.isin(ids, list(phrases))).tolist():
            for phrase in phrases[int(ids[place])]:
                if ids[place : place + len(phrase)].tolist() == phrase:
                    found.append((place, len(phrase)))
        begin, length = np.array(found, np.int64).reshape(-1, 2).T
        pair = np.searchsorted(bounds, begin, side="right") - 1
        within = begin + length <= bounds[1:][pair]
        return pair[within], begin[within], length[within]


def keywords_of(phrases: Iterable[str], rewrite: Callable[[str], str] = str) -> Keywords:
    """The list of some phrases after each went through `rewrite`; phrases that are left without words are dropped."""
    return Keywords(tuple(sorted({tuple(rewrite(phrase).split()) for phrase in phrases} - {()})))


def read_keywords(text: str) -> list[tuple[int, str]]:
    """The phrases of a list and their lines: one to a line; “#” begins a remark."""
    meant = ((row, line.partition("#")[0].strip()) for row, line in enumerate(text.splitlines(), start=1))
    return [(row, phrase) for row, phrase in meant if phrase]
