"""For outputs that went wrong: which reference of the whole evaluation they resemble most.

Owns the search. Rare words name the candidate, letters decide; references with the same
words are one. It says how alike texts are, not whether that is a fault.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist
from scipy.sparse import csr_matrix, diags

from data.doctor.examined import Examined
from data.queries_doctor import Floats, Ints

_FEWEST_WORDS = 3
_WRONG = 0.5
_ALIKE, _BETTER_BY = 0.6, 0.3
_MOST_LOOKED_AT = 50_000
_MOST_SAME = 50
_MOST_REFERENCES_OF_A_WORD = 50
_CHUNK = 2_000


@dataclass(frozen=True, eq=False)
class Misfits:
    """Outputs of one system that resemble another recording's reference far better than their own."""

    looked_at: Ints
    """Rows that were looked at: outputs and references of three words or more; of many, evenly spaced ones."""
    rows: Ints
    """Those of them that misfit, rising."""
    nearest: Ints
    """For each misfit, the number of the reference's words it resembles most."""
    rows_by_words: Ints
    """Rows sorted by the number of their words."""
    starts: Ints
    """Where each number begins in `rows_by_words`, with the end last."""

    def nearest_rows(self, position: int) -> Ints:
        """Rows that have the reference which the misfit at this position resembles; at most fifty."""
        words = int(self.nearest[position])
        found: Ints = self.rows_by_words[self.starts[words] : self.starts[words + 1]][:_MOST_SAME]
        return found


@dataclass(frozen=True, eq=False)
class References:
    """The different references of an evaluation by their rare words; the same for every system."""

    texts: pa.Array
    """Without capitals and punctuation, each once."""
    rows_by_words: Ints
    starts: Ints
    vocabulary: pa.Array
    rarity: Floats
    """What a word of the vocabulary weighs; 0 for words of many references, which tell none of them apart."""
    by_word: csr_matrix
    """Rare words of each reference, one column per reference of length 1."""


def searchable(examined: Examined) -> References:
    """The references as `misfits` searches them."""
    encoded = examined.folded_references.dictionary_encode()
    words_of_row = encoded.indices.to_numpy()
    texts = encoded.dictionary
    rows_by_words = np.argsort(words_of_row, kind="stable")
    starts = np.searchsorted(words_of_row[rows_by_words], np.arange(len(texts) + 1))
    known, offsets, vocabulary = _words(texts)
    frequency = np.bincount(known, minlength=len(vocabulary))
    is_rare = frequency <= _MOST_REFERENCES_OF_A_WORD
    # Words of many references would make every pair of texts a candidate.
    rarity = np.where(is_rare, np.log1p(len(texts) / np.maximum(frequency, 1)), 0)
    rare = np.flatnonzero(is_rare[known])
    begins = np.searchsorted(rare, offsets)
    known = known[rare]
    spoken = csr_matrix((rarity[known], known, begins), shape=(len(texts), len(vocabulary)))
    spoken.sum_duplicates()
    length = np.sqrt(np.asarray(spoken.multiply(spoken).sum(axis=1)).ravel())
    by_word = (diags(1 / np.maximum(length, 1e-9)) @ spoken).T.tocsr()
    return References(texts, rows_by_words, starts, vocabulary, rarity, by_word)


def misfits(examined: Examined, system: int, references: References) -> Misfits:
    """Search the references for the outputs of a system that got half of their words wrong or more."""
    counts = examined.counts(system)
    comparable = np.flatnonzero(
        (counts.n_words >= _FEWEST_WORDS) & (counts.n_hypothesis_words >= _FEWEST_WORDS)
    )
    looked_at = comparable[:: len(comparable) // _MOST_LOOKED_AT + 1]
    wrong = looked_at[counts.errors[looked_at] >= _WRONG * counts.n_words[looked_at]]
    outputs = examined.folded(system).take(pa.array(wrong))
    nearest = _nearest(references, outputs)
    rows = counts.rows[wrong]
    own = examined.folded_references.take(pa.array(rows))
    fit_own = _alike(outputs, own)
    fit_other = np.where(
        nearest >= 0, _alike(outputs, references.texts.take(pa.array(np.maximum(nearest, 0)))), 0
    )
    misfit = (fit_other >= _ALIKE) & (fit_other >= fit_own + _BETTER_BY)
    return Misfits(
        counts.rows[looked_at], rows[misfit], nearest[misfit], references.rows_by_words, references.starts
    )


def _alike(one: pa.Array, other: pa.Array) -> np.ndarray:
    """Share of letters that two texts have in common in order, pair by pair."""
    if len(one) == 0:
        return np.zeros(0)
    return np.asarray(
        cpdist(one.to_pylist(), other.to_pylist(), scorer=Levenshtein.normalized_similarity), np.float64
    )


def _nearest(references: References, outputs: pa.Array) -> Ints:
    """For each output, the reference that shares most rare words with it, for its length; -1 where none shares any."""
    vocabulary, rarity, by_word = references.vocabulary, references.rarity, references.by_word
    heard, heard_offsets, heard_vocabulary = _words(outputs)
    code = pc.fill_null(pc.index_in(heard_vocabulary, value_set=vocabulary), -1).to_numpy(
        zero_copy_only=False
    )
    column = code[heard] if len(heard) else np.zeros(0, np.int64)
    row = np.repeat(np.arange(len(outputs)), np.diff(heard_offsets))
    is_known = column >= 0
    asked = csr_matrix(
        (rarity[column[is_known]], (row[is_known], column[is_known])), shape=(len(outputs), len(vocabulary))
    )
    result = np.full(len(outputs), -1, np.int64)
    for start in range(0, len(outputs), _CHUNK):
        shared = asked[start : start + _CHUNK] @ by_word
        best = np.asarray(shared.argmax(axis=1)).ravel() if shared.shape[1] else np.zeros(0, np.int64)
        value = np.asarray(shared.max(axis=1).todense()).ravel() if shared.shape[1] else np.zeros(0)
        result[start : start + len(best)] = np.where(value > 0, best, -1)
    return result


def _words(texts: pa.Array) -> tuple[npt.NDArray[np.int32], Ints, pa.Array]:
    """The words of all texts as numbers, where each text begins among them, and the words."""
    split = pc.split_pattern(texts, " ")
    encoded = split.flatten().dictionary_encode()
    return encoded.indices.to_numpy(), split.offsets.to_numpy().astype(np.int64), encoded.dictionary
