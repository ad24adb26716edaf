"""Two texts to an alignment: which words were hit, substituted, deleted or inserted.

It takes normalised texts, words with one space between them as `normalize.py` makes
them, and returns counts and edit operations as arrays. What an error costs and which of
several alignments is taken is said by an aligner of `aligners.py`. It decides neither what
a word is nor what a rate is: adding up is `counts.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, pairwise
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

from analysis.aligners import DEFAULT_ALIGNER, Aligner
from analysis.weighted_alignment import weighted_errors

Numbers: TypeAlias = npt.NDArray[np.int32]
Positions: TypeAlias = npt.NDArray[np.int64]
Texts: TypeAlias = pa.Array | pa.ChunkedArray


class Operation(IntEnum):
    """What one edit operation does to the reference."""

    SUBSTITUTION = 0
    DELETION = 1
    INSERTION = 2


@dataclass(frozen=True, eq=False)
class EditOperations:
    """Every error of many pairs, as four arrays of equal length, ordered by pair and then by position."""

    pair: Positions
    """Which pair the error belongs to, counted from 0."""
    operation: npt.NDArray[np.int8]
    """A value of `Operation`."""
    reference_position: Numbers
    """Position among the words of the reference; for an insertion, of the word it stands before (or the end)."""
    hypothesis_position: Numbers
    """Position among the words of the hypothesis; for a deletion, of the word it stands before (or the end)."""


@dataclass(frozen=True, eq=False)
class Alignment:
    """Counts of many pairs, one number per pair, and all their edit operations."""

    hits: Numbers
    substitutions: Numbers
    deletions: Numbers
    insertions: Numbers
    n_words: Numbers
    """Words of the reference; 0 when it is empty, and then every hypothesis word is an insertion."""
    n_hypothesis_words: Numbers
    """Words of the hypothesis; 0 when the recogniser returned nothing."""
    operations: EditOperations


@dataclass(frozen=True)
class AlignedWord:
    """One step of an alignment, for showing two texts against each other."""

    kind: Literal["hit", "substitution", "deletion", "insertion"]
    reference: str | None
    """None for an insertion."""
    hypothesis: str | None
    """None for a deletion."""


_CODES = {name: code.value for name, code in zip(("replace", "delete", "insert"), Operation, strict=True)}
_CHUNK = 50_000
_FIRST_SURROGATE = 0xD800
_N_SURROGATES = 0x800
# Each word becomes one character, and a Python string has no more of them.
_MOST_DISTINCT_WORDS = 0x110000 - _N_SURROGATES


def align_texts(reference: Texts, hypothesis: Texts, aligner: Aligner = DEFAULT_ALIGNER) -> Alignment:
    """Align each reference with the hypothesis at the same place, at the least cost.

    A text is words with spaces between them, "" for none; other white space is
    part of a word. An empty reference has 0 words and as many insertions as the
    hypothesis has words. With the default aligner counts and operations equal those of
    jiwer's `process_words`. Raises `ValueError` when the lengths differ or a text is missing.
    """
    _check(reference, hypothesis)
    word_counts = [np.zeros(0, np.int32)]
    errors = [np.zeros((4, 0), np.int64)]
    for start in range(0, len(reference), _CHUNK):
        references, hypotheses = (_plain(texts.slice(start, _CHUNK)) for texts in (reference, hypothesis))
        word_counts.append(np.diff(_word_cuts(references)[1]).astype(np.int32))
        unequal = np.flatnonzero(pc.not_equal(references, hypotheses).to_numpy(zero_copy_only=False))
        errors.extend(_errors(start + unequal, references.take(unequal), hypotheses.take(unequal), aligner))
    return _counted(np.concatenate(word_counts), np.concatenate(errors, axis=1))


def aligned_words(reference: str, hypothesis: str, aligner: Aligner = DEFAULT_ALIGNER) -> list[AlignedWord]:
    """Two texts word against word, in reading order; the errors are those `align_texts` finds."""
    spoken, heard = _words(reference), _words(hypothesis)
    found = align_texts(pa.array([reference]), pa.array([hypothesis]), aligner).operations
    errors = zip(found.operation, found.reference_position, found.hypothesis_position, strict=True)
    steps: list[AlignedWord] = []
    next_word = 0
    for operation, at_spoken, at_heard in errors:
        steps += [AlignedWord("hit", word, word) for word in spoken[next_word:at_spoken]]
        if operation == Operation.SUBSTITUTION:
            steps.append(AlignedWord("substitution", spoken[at_spoken], heard[at_heard]))
        elif operation == Operation.DELETION:
            steps.append(AlignedWord("deletion", spoken[at_spoken], None))
        else:
            steps.append(AlignedWord("insertion", None, heard[at_heard]))
        next_word = at_spoken + (operation != Operation.INSERTION)
    return steps + [AlignedWord("hit", word, word) for word in spoken[next_word:]]


def _check(reference: Texts, hypothesis: Texts) -> None:
    if len(reference) != len(hypothesis):
        raise ValueError(
            f"{len(reference)} references and {len(hypothesis)} hypotheses: give one for each other."
        )
    for name, texts in (("reference", reference), ("hypothesis", hypothesis)):
        if texts.null_count:
            raise ValueError(
                f"{name} is missing in {texts.null_count} of {len(texts)} pairs: "
                'leave these pairs out, or give "" for a text without words.'
            )


def _plain(texts: Texts) -> pa.StringArray:
    return (texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts).cast(pa.string())


def _words(text: str) -> list[str]:
    return [word for word in text.split(" ") if word]


def _word_cuts(texts: pa.StringArray) -> tuple[Positions, Positions]:
    """The byte at which each word begins, with the end of the texts last; how many words begin before each text."""
    _, offsets, characters = texts.buffers()
    if len(texts) == 0 or characters is None:
        return np.zeros(1, np.int64), np.zeros(len(texts) + 1, np.int64)
    text_begins: Numbers = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    first, end = text_begins[0], text_begins[-1]
    # In UTF-8 no other character contains the byte of a space.
    spaces = np.frombuffer(characters, np.uint8)[first:end] == ord(" ")
    begins_word = ~spaces
    begins_word[1:] &= spaces[:-1]
    not_empty = text_begins[:-1][np.diff(text_begins) > 0] - first
    begins_word[not_empty] = ~spaces[not_empty]
    cuts = np.append(first + np.flatnonzero(begins_word), end)
    return cuts, np.searchsorted(cuts, text_begins)


def _errors(
    pairs: Positions, references: pa.StringArray, hypotheses: pa.StringArray, aligner: Aligner
) -> Iterator[Positions]:
    n = len(pairs)
    ids, bounds, words = word_ids(pa.concat_arrays([references, hypotheses]))
    if not aligner.counts_fewest_errors:
        errors = weighted_errors(ids, bounds, aligner)
        errors[0] = pairs[errors[0]]
        yield errors
    elif len(words) <= _MOST_DISTINCT_WORDS:
        yield _back_traced(pairs, _as_characters(ids), bounds.tolist())
    elif n == 1:
        yield _back_traced(pairs, ids.tolist(), bounds.tolist())
    else:
        half = n // 2
        yield from _errors(pairs[:half], references.slice(0, half), hypotheses.slice(0, half), aligner)
        yield from _errors(pairs[half:], references.slice(half), hypotheses.slice(half), aligner)


def word_ids(texts: pa.StringArray) -> tuple[Numbers, Positions, pa.StringArray]:
    """All words in a row as numbers; where each text begins and ends among them; the words by their number."""
    cuts, bounds = _word_cuts(texts)
    if len(cuts) == 1:
        return np.zeros(0, np.int32), bounds, pa.array([], pa.string())
    # Each word is cut where the next begins, without a copy; the spaces behind it go once per distinct word.
    buffers = [None, pa.py_buffer(cuts.astype(np.int32)), texts.buffers()[2]]
    cut = pa.Array.from_buffers(pa.string(), len(cuts) - 1, buffers).dictionary_encode()
    words = pc.ascii_rtrim(cut.dictionary, " ").dictionary_encode()
    ids: Numbers = words.indices.to_numpy()[cut.indices.to_numpy()]
    return ids, bounds, words.dictionary


def _as_characters(ids: Numbers) -> str:
    """One character per word: rapidfuzz compares strings faster than lists of words."""
    code_points = np.where(ids < _FIRST_SURROGATE, ids, ids + _N_SURROGATES)
    return code_points.astype("<u4").tobytes().decode("utf-32-le")


def _back_traced(pairs: Positions, words: Sequence[int | str], bounds: list[int]) -> Positions:
    """The errors of each pair, as the rows of `EditOperations`; `words` holds all references, then all hypotheses."""
    texts = [words[begin:end] for begin, end in pairwise(bounds)]
    n_errors: list[int] = []
    flat: list[Any] = []
    for reference, hypothesis in zip(texts[: len(pairs)], texts[len(pairs) :], strict=True):
        steps: Any = Levenshtein.editops(reference, hypothesis).as_list()
        n_errors.append(len(steps))
        # Flattened at once: millions of live tuples would keep the cyclic collector busy.
        flat.extend(chain.from_iterable(steps))
    errors = np.empty((4, len(flat) // 3), np.int64)
    errors[0] = np.repeat(pairs, n_errors)
    errors[1] = [_CODES[name] for name in flat[::3]]
    errors[2] = flat[1::3]
    errors[3] = flat[2::3]
    return errors


def _counted(n_words: Numbers, errors: Positions) -> Alignment:
    operations = EditOperations(
        pair=errors[0],
        operation=errors[1].astype(np.int8),
        reference_position=errors[2].astype(np.int32),
        hypothesis_position=errors[3].astype(np.int32),
    )
    substitutions, deletions, insertions = (
        np.bincount(operations.pair[operations.operation == kind], minlength=len(n_words)).astype(np.int32)
        for kind in Operation
    )
    hits = n_words - substitutions - deletions
    return Alignment(
        hits=hits,
        substitutions=substitutions,
        deletions=deletions,
        insertions=insertions,
        n_words=n_words,
        n_hypothesis_words=hits + substitutions + insertions,
        operations=operations,
    )
