"""Attributes that nobody gave: words, speaking rate and the share of rare words of each recording.

Owns what they are and when there are any. They are worked out from the references alone, never from
what a system wrote, so that one more system leaves them as they are. They describe recordings and not
people, come last, and give way to a column of the source that has their name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.align import word_ids
from analysis.attributes import Attribute
from analysis.speaker_counts import IntArray
from data.attribute_columns import AttributeColumns
from data.ingest_options import IngestOptions
from data.number_groups import Codes, Floats, grouped_numbers, n_distinct
from data.records import AttributeColumn, Recordings

WORDS, SPEAKING_RATE, RARE_WORDS = "words", "speaking_rate", "rare_words"
ONE_WORD_IN = 10
"""The rare words make up at least one of so many running words of different references."""

_CHUNK = 50_000


def derivable(
    recordings: Recordings, left_out: Collection[str], rows_are_utterances: bool = True
) -> tuple[str, ...]:
    """The names of what can be worked out; `left_out` are columns of the source that became nothing."""
    if recordings.counts and not rows_are_utterances:
        return ()
    has_duration = recordings.duration_s.null_count < len(recordings)
    possible = (WORDS, *((SPEAKING_RATE,) * has_duration), *((RARE_WORDS,) * (not recordings.counts)))
    taken = {_folded(name) for name in (*recordings.columns, *left_out)}
    return tuple(name for name in possible if _folded(name) not in taken)


def with_content_attributes(
    attributes: AttributeColumns,
    recordings: Recordings,
    references: pa.Array | None,
    options: IngestOptions,
    rows_are_utterances: bool = True,
) -> AttributeColumns:
    """The attributes and, after them or where `--attributes` puts them, those that are worked out.

    `references` are normalised; None for counts.
    """
    asked = options.attributes
    names = derivable(recordings, attributes.not_attributes, rows_are_utterances)
    wanted = [name for name in names if asked is None or name in asked]
    numbers = _numbers(recordings, references, wanted) if wanted else {}
    made = [
        _attribute(name, numbers[name], options)
        for name in wanted
        # What is the same in every recording divides nothing, unless somebody asks to see that.
        if asked is not None or name in options.bins or n_distinct(numbers[name]) > 1
    ]
    columns = [*attributes.attributes, *made]
    if asked is not None:
        columns.sort(key=lambda column: asked.index(column.attribute.name))
    return replace(attributes, attributes=tuple(columns))


def rare_words(texts: pa.Array) -> Floats:
    """Share of each text's words that are rare among these texts; NaN for a text without words.

    A word is as frequent as the number of different texts it occurs in, so that it does not matter how
    often one prompt was read. The rarest words are taken, all of equal number together, until they
    make up a tenth of the words of the different texts.
    """
    encoded = texts.dictionary_encode()
    ids, bounds, words = word_ids(encoded.dictionary)
    if not len(words):
        return np.full(len(texts), np.nan)
    lengths, n_texts = np.diff(bounds), len(encoded.dictionary)
    text = np.repeat(np.arange(n_texts), lengths)
    n_texts_with = _texts_with_each(ids, text, len(words))
    running = np.bincount(n_texts_with, np.bincount(ids, minlength=len(words)))
    most = np.searchsorted(np.cumsum(running) * ONE_WORD_IN, len(ids), side="left")
    rare = np.bincount(text, n_texts_with[ids] <= most, n_texts)
    with np.errstate(invalid="ignore"):
        share = np.where(lengths > 0, rare / lengths, np.nan)
    shares: Floats = share[encoded.indices.to_numpy()]
    return shares


def _texts_with_each(ids: Codes, text: IntArray, n_words: int) -> IntArray:
    """In how many texts each word occurs; `text` rises. Texts go a few at a time, and `np.unique` would take 20 times as long."""
    n_texts_with = np.zeros(n_words, np.int64)
    cuts = np.searchsorted(text, np.arange(0, int(text[-1]) + 1 + _CHUNK, _CHUNK))
    for begin, end in pairwise(cuts.tolist()):
        key = np.sort(text[begin:end] * n_words + ids[begin:end])
        is_first = np.diff(key, prepend=-1) > 0
        n_texts_with += np.bincount(key[is_first] % n_words, minlength=n_words)
    return n_texts_with


def _numbers(recordings: Recordings, texts: pa.Array | None, wanted: Collection[str]) -> dict[str, Floats]:
    """Each wanted number of every recording; NaN where it is not known."""
    if texts is None:
        # The first system alone: systems that are added later must not change what is known of the recordings.
        first = next(iter(recordings.counts.values()))
        found = {WORDS: _floats(first["words"])}
    else:
        found = {WORDS: _n_words(texts)}
        if RARE_WORDS in wanted:
            found[RARE_WORDS] = rare_words(texts)
    duration = _floats(recordings.duration_s)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_second = np.where((duration > 0) & (found[WORDS] > 0), found[WORDS] / duration, np.nan)
    return {**found, SPEAKING_RATE: per_second}


def _n_words(texts: pa.Array) -> Floats:
    _, bounds, _ = word_ids(texts)
    return np.diff(bounds).astype(np.float64)


def _floats(values: pa.Array) -> Floats:
    floats: Floats = pc.fill_null(values.cast(pa.float64()), float("nan")).to_numpy(zero_copy_only=False)
    return floats


def _attribute(name: str, numbers: Floats, options: IngestOptions) -> AttributeColumn:
    edges, levels, codes = grouped_numbers(numbers, options.bins.get(name, ()))
    has_missing = bool((codes < 0).any())
    attribute = Attribute(name, "content", "number", levels, has_missing, "derived", edges)
    return AttributeColumn(attribute, codes, numbers)


def _folded(name: str) -> str:
    """A name as it is compared: "Speaking Rate" is `speaking_rate`."""
    return re.sub(r"[\W_]+", "_", name.casefold())
