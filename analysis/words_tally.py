"""Texts to counts of words: which words were said, and which were wrong and how, by speaker and side.

Owns the tally that chunks of recordings are added to, so that memory grows with different
words and speakers and never with recordings. It takes normalised texts; what is counted is
described in `words_items.py`, and rates are `words.py`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.align import EditOperations, Operation, align_texts
from analysis.aligners import DEFAULT_ALIGNER, Aligner
from analysis.speaker_counts import FloatArray, IntArray, SpeakerCounts
from analysis.words_items import (
    DELETION,
    INSERTION,
    KINDS,
    NONE,
    PHRASE,
    SUBSTITUTION,
    WORD,
    Item,
    Items,
    SideCounts,
    TextChunk,
    WordCounts,
)

LONGEST_PHRASE = 3
_BITS = 30
"""A word's number has at most this many bits, so that kind, reference and hypothesis fit one integer."""


class _Vocabulary:
    """Numbers for words, in the order they were met."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def numbers(self, words: pa.Array) -> IntArray:
        encoded = words.dictionary_encode()
        known = [self.number.setdefault(word, len(self.number)) for word in encoded.dictionary.to_pylist()]
        numbers = np.array(known, np.int64)
        return np.asarray(numbers[encoded.indices.to_numpy(zero_copy_only=False)], np.int64)

    def alphabetical(self) -> tuple[IntArray, list[str]]:
        """The alphabetical rank of each number, and the words in that order, so that no order of arrival shows."""
        words = sorted(self.number)
        rank = np.empty(len(words), np.int64)
        rank[[self.number[word] for word in words]] = np.arange(len(words))
        return rank, words


class WordTally:
    """Counts of words to which chunks of recordings are added, in any order."""

    def __init__(self, n_speakers: int, aligner: Aligner = DEFAULT_ALIGNER) -> None:
        self._aligner = aligner
        self._vocabulary = _Vocabulary()
        self._sides = (_SideTally(n_speakers), _SideTally(n_speakers))

    def add(self, chunk: TextChunk) -> None:
        """Align the erring recordings of a chunk and count every word of it."""
        words, bounds = _split(chunk.references)
        numbers = self._vocabulary.numbers(words)
        recording = np.repeat(np.arange(len(chunk.speaker)), np.diff(bounds))
        keys, erring = self._errors(chunk, words, numbers, bounds)
        for side, on_side in zip(self._sides, (chunk.own, chunk.other), strict=True):
            mine = on_side[recording]
            side.add_words(numbers[mine], chunk.speaker[recording[mine]])
            mine = on_side[erring]
            side.add_errors(keys[mine], chunk.speaker[erring[mine]])

    def recordings_with(self, chunk: TextChunk, item: Item) -> IntArray:
        """Positions of the recordings of a chunk in which an item was wrong, rising; nothing is added."""
        words, bounds = _split(chunk.references)
        keys, erring = self._errors(chunk, words, self._vocabulary.numbers(words), bounds)
        numbers = self._vocabulary.number
        first = 0 if item.reference is None else numbers.get(item.reference)
        second = NONE if item.hypothesis is None else numbers.get(item.hypothesis)
        if first is None or second is None:
            return np.zeros(0, np.int64)
        return np.unique(erring[keys == _key(KINDS.index(item.kind), first, second)])

    def counts(self) -> WordCounts:
        """What was counted so far."""
        rank, words = self._vocabulary.alphabetical()
        errors = [side.errors(rank) for side in self._sides]
        keys = np.unique(np.concatenate([key for key, _ in errors]))
        kind, first, second = keys >> 2 * _BITS, (keys >> _BITS) & _MASK, (keys & _MASK) - 1
        wrong = np.unique(first[kind == WORD])
        word = np.where(kind < INSERTION, np.searchsorted(wrong, first), NONE)
        items = Items(
            kind,
            tuple(None if k == INSERTION else words[i] for k, i in zip(kind, first, strict=True)),
            tuple(words[i] if i >= 0 else None for i in second),
            word,
        )
        own, other = (
            self._side(side, keys, items, rank, wrong, found)
            for side, found in zip(self._sides, errors, strict=True)
        )
        return WordCounts(items, own, other)

    def _side(
        self,
        side: _SideTally,
        keys: IntArray,
        items: Items,
        rank: IntArray,
        wrong: IntArray,
        found: tuple[IntArray, IntArray],
    ) -> SideCounts:
        key, speaker = found
        item = np.searchsorted(keys, key)
        once = np.ones(len(item))
        counted = SpeakerCounts.of(item, speaker, once, once * 0, len(keys))
        is_word = items.kind[item] == WORD
        said_word, said_speaker, times = side.said(rank, wrong)
        said = SpeakerCounts.of(
            np.concatenate([items.word[item[is_word]], said_word]),
            np.concatenate([speaker[is_word], said_speaker]),
            np.concatenate([once[is_word], times * 0.0]),
            np.concatenate([once[is_word] * 0, times]),
            len(wrong),
        )
        present = side.words > 0
        present[speaker] = True
        return SideCounts(side.words.astype(np.float64), present, counted, said)

    def _errors(
        self, chunk: TextChunk, words: pa.Array, numbers: IntArray, bounds: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Key of every item that was wrong, and the recording it was wrong in."""
        references = chunk.references.take(pa.array(chunk.erring))
        found = align_texts(references, chunk.hypotheses, self._aligner).operations
        heard, heard_bounds = _split(chunk.hypotheses)
        heard_numbers = self._vocabulary.numbers(heard)
        recording = chunk.erring[found.pair]
        at_spoken = bounds[recording] + found.reference_position
        at_heard = heard_bounds[found.pair] + found.hypothesis_position
        kind = found.operation
        on_word = kind != Operation.INSERTION
        keys = [_key(WORD, numbers[at_spoken[on_word]])]
        where = [recording[on_word]]
        for operation, item in _ITEM_OF.items():
            mine = kind == operation
            first = numbers[at_spoken[mine]] if operation != Operation.INSERTION else 0
            second = heard_numbers[at_heard[mine]] if operation != Operation.DELETION else NONE
            keys.append(np.broadcast_to(_key(item, first, second), int(mine.sum())))
            where.append(recording[mine])
        for begins, phrases in _phrases(found, at_spoken, words):
            keys.append(_key(PHRASE, self._vocabulary.numbers(phrases)))
            where.append(recording[begins])
        return np.concatenate(keys), np.concatenate(where)


_ITEM_OF = {
    Operation.SUBSTITUTION: SUBSTITUTION,
    Operation.DELETION: DELETION,
    Operation.INSERTION: INSERTION,
}
_MASK = (1 << _BITS) - 1


class _SideTally:
    """One side's counts while chunks come in."""

    def __init__(self, n_speakers: int) -> None:
        self.words = np.zeros(n_speakers, np.int64)
        self._said: list[tuple[IntArray, IntArray]] = []
        self._errors: list[tuple[IntArray, npt.NDArray[np.int32]]] = []

    def add_words(self, word: IntArray, speaker: IntArray) -> None:
        self.words += np.bincount(speaker, minlength=len(self.words))
        self._said.append(np.unique(word * len(self.words) + speaker, return_counts=True))

    def add_errors(self, key: IntArray, speaker: IntArray) -> None:
        self._errors.append((key, speaker.astype(np.int32)))

    def errors(self, rank: IntArray) -> tuple[IntArray, IntArray]:
        """Keys of items, their words numbered by `rank`, with the speaker of each."""
        empty = (np.zeros(0, np.int64), np.zeros(0, np.int32))
        key, speaker = (np.concatenate(part) for part in zip(empty, *self._errors, strict=True))
        kind, first, second = key >> 2 * _BITS, (key >> _BITS) & _MASK, (key & _MASK) - 1
        if not len(key):
            return key, speaker.astype(np.int64)
        first = np.where(kind == INSERTION, 0, rank[first])
        second = np.where(second < 0, NONE, rank[second])
        return _key(kind, first, second), speaker.astype(np.int64)

    def said(self, rank: IntArray, wanted: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Word (its position among `wanted`), speaker and how often, of the wanted words."""
        place = np.full(len(rank), NONE)
        place[wanted] = np.arange(len(wanted))
        words, speakers, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
        for pair, times in self._said:
            word = place[rank[pair // len(self.words)]]
            kept = word >= 0
            words.append(word[kept])
            speakers.append(pair[kept] % len(self.words))
            counts.append(times[kept].astype(np.float64))
        return np.concatenate(words), np.concatenate(speakers), np.concatenate(counts)


def _key(kind: int | IntArray, first: int | IntArray, second: int | IntArray = NONE) -> IntArray:
    return np.asarray((np.int64(kind) << 2 * _BITS) | (np.int64(first) << _BITS) | (second + 1), np.int64)


def _split(texts: pa.Array) -> tuple[pa.Array, IntArray]:
    """All words in a row, and where each text begins among them, the end last."""
    lists = pc.split_pattern(texts, " ")
    words = lists.flatten()
    empty = pc.equal(words, "").to_numpy(zero_copy_only=False)
    lengths = pc.list_value_length(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    if empty.any():
        # A text without words splits into one empty word.
        owner = np.repeat(np.arange(len(texts)), lengths)
        lengths = np.bincount(owner[~empty], minlength=len(texts))
        words = words.filter(pa.array(~empty))
    return words, np.concatenate([[0], np.cumsum(lengths)])


def _phrases(found: EditOperations, at_spoken: IntArray, words: pa.Array) -> list[tuple[IntArray, pa.Array]]:
    """Neighbouring reference words that were wrong together: the operation each begins with, and its text."""
    on_word = np.flatnonzero(found.operation != Operation.INSERTION)
    place, pair = at_spoken[on_word], found.pair[on_word]
    parts = []
    for length in range(2, LONGEST_PHRASE + 1):
        n = max(0, len(place) - length + 1)
        begins = np.arange(n)
        ends = begins + length - 1
        together = (pair[begins] == pair[ends]) & (place[ends] - place[begins] == length - 1)
        first = place[begins[together]]
        texts = pc.binary_join_element_wise(
            *(words.take(pa.array(first + step)) for step in range(length)), " "
        )
        parts.append((on_word[begins[together]], texts))
    return parts
