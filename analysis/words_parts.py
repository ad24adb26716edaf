"""Does a subgroup say other words, or are the same words recognised worse? Its excess in parts that add up.

Owns the standardisation over words. Words are weighted by how often the two sides say them,
each side counting half, so that swapping the sides changes signs only. Insertions answer to
no word that was said and are a part of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.intervals import t_quantile
from analysis.speaker_counts import FloatArray, IntArray, SpeakerCounts
from analysis.words_items import INSERTION, SideCounts, WordCounts

PARTS = ("same words", "other words", "insertions")


@dataclass(frozen=True)
class ExcessParts:
    """The excess over the comparator in the order of PARTS; fractions of a reference word, NaN where undefined."""

    excess: FloatArray
    low: FloatArray
    high: FloatArray
    shared: tuple[float, float]
    """Of the words that anybody got wrong, the share (by times said) that the other side says too: own, other."""


def excess_parts(counts: WordCounts, degrees: float, level: float) -> ExcessParts:
    """Split an excess into words recognised worse, words said more often, and insertions.

    The first part is the sum over words that both sides say of (r - s)(p + q) / 2, with r and s the errors for each
    time it was said and p and q its share of all words said. Source: Kitagawa (1955), Journal of the American
    Statistical Association 50; intervals by leaving out one speaker at a time, each time over all words.
    """
    own, other = counts.own, counts.other
    rows = _Rows.of(own.said, other.said)
    sides = np.array([own.words.sum(), other.words.sum()])
    insertions = np.array([_insertions(counts, side).sum() for side in (own, other)])
    on_words = rows.total[:2].sum(axis=1)
    whole = _parts(_terms(rows.total).sum(axis=1), on_words, insertions, sides)
    present = np.flatnonzero(own.present | other.present)
    without = _without_each(counts, rows, present)
    k = len(present)
    with np.errstate(all="ignore"):
        spread = (without - without.mean(axis=1, keepdims=True)) ** 2
        half = t_quantile(0.5 + level / 2, np.array(degrees)) * np.sqrt((k - 1) / k * spread.sum(axis=1))
    said, other_said = rows.total[2:]
    with np.errstate(all="ignore"):
        shared = (
            float(said[other_said > 0].sum() / said.sum()),
            float(other_said[said > 0].sum() / other_said.sum()),
        )
    return ExcessParts(whole, whole - half, whole + half, shared)


@dataclass(frozen=True)
class _Rows:
    """Errors and times said, own then other, of each word by each speaker: e, f, said, other said."""

    word: IntArray
    speaker: IntArray
    values: FloatArray
    """Four rows, one column per pair of word and speaker."""
    total: FloatArray
    """Four rows, one column per word."""

    @staticmethod
    def of(own: SpeakerCounts, other: SpeakerCounts) -> _Rows:
        width = int(max(own.speaker.max(initial=0), other.speaker.max(initial=0))) + 1
        keys = np.concatenate([own.group * width + own.speaker, other.group * width + other.speaker])
        unique, place = np.unique(keys, return_inverse=True)
        mine, theirs = place[: len(own.group)], place[len(own.group) :]
        n = len(unique)
        values = np.stack(
            [
                _summed(mine, own.numerator, n),
                _summed(theirs, other.numerator, n),
                _summed(mine, own.denominator, n),
                _summed(theirs, other.denominator, n),
            ]
        )
        word = unique // width
        total = np.stack([_summed(word, row, own.n_groups) for row in values])
        return _Rows(word, unique % width, values, total)


def _terms(values: FloatArray) -> FloatArray:
    """What each word adds to the two sums of the first part, one divided by the words of each side later."""
    e, f, said, other_said = values
    both = (said > 0.5) & (other_said > 0.5)
    with np.errstate(all="ignore"):
        return np.stack(
            [
                np.where(both, e - f * said / other_said, 0.0),
                np.where(both, e * other_said / said - f, 0.0),
            ]
        )


def _parts(terms: FloatArray, on_words: FloatArray, insertions: FloatArray, words: FloatArray) -> FloatArray:
    """The three parts from sums over words; more than one column where speakers are left out in turn."""
    with np.errstate(all="ignore"):
        same = terms[0] / (2 * words[0]) + terms[1] / (2 * words[1])
        whole = on_words[0] / words[0] - on_words[1] / words[1]
        inserted = insertions[0] / words[0] - insertions[1] / words[1]
    return np.stack([same, whole - same, inserted])


def _without_each(counts: WordCounts, rows: _Rows, present: IntArray) -> FloatArray:
    """The three parts without each speaker in turn; only words that speaker said are worked out again."""
    n = len(counts.own.words)
    change = _terms(rows.total[:, rows.word] - rows.values) - _terms(rows.total)[:, rows.word]
    by_speaker = np.stack([_summed(rows.speaker, row, n) for row in change])
    errors = np.stack([_summed(rows.speaker, row, n) for row in rows.values[:2]])
    inserted = np.stack([_insertions(counts, counts.own), _insertions(counts, counts.other)])
    words = np.stack([counts.own.words, counts.other.words])

    def left(values: FloatArray) -> FloatArray:
        return np.asarray(values.sum(axis=1, keepdims=True) - values[:, present], np.float64)

    terms = _terms(rows.total).sum(axis=1)[:, None] + by_speaker[:, present]
    return _parts(terms, left(errors), left(inserted), left(words))


def _insertions(counts: WordCounts, side: SideCounts) -> FloatArray:
    """Insertions of each speaker."""
    inserted = counts.items.kind[side.items.group] == INSERTION
    return _summed(side.items.speaker[inserted], side.items.numerator[inserted], len(side.words))


def _summed(place: IntArray, values: FloatArray, n: int) -> FloatArray:
    return np.bincount(place, values, n).astype(np.float64)
