"""What can be wrong, and how often it was, on two sides of a comparison: the values that words are worked out from.

Owns what an item is (a word, a substitution, a deletion, an insertion, a phrase). Filled by
`words_tally.py`; holds no method that computes.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts

KINDS = ("word", "substitution", "deletion", "insertion", "phrase")
WORD, SUBSTITUTION, DELETION, INSERTION, PHRASE = range(len(KINDS))
NONE = -1


@dataclass(frozen=True)
class TextChunk:
    """Recordings as they were scored, with the sides of the comparison they are on."""

    speaker: IntArray
    own: BoolArray
    """Whether each recording belongs to the subgroup."""
    other: BoolArray
    """Whether it belongs to what the subgroup is compared with; both where a group is part of it."""
    references: pa.Array
    """Normalised references of all recordings."""
    erring: IntArray
    """Positions of the recordings with errors, rising."""
    hypotheses: pa.Array
    """Normalised hypotheses of those recordings only: the others equal their references."""


@dataclass(frozen=True)
class Item:
    """One thing that can be wrong."""

    kind: str
    """One of KINDS."""
    reference: str | None
    hypothesis: str | None


@dataclass(frozen=True)
class Items:
    """What can be wrong, in a fixed order: by kind, then by text."""

    kind: IntArray
    """Position in KINDS."""
    reference: tuple[str | None, ...]
    """The word or phrase that was said; None for an insertion."""
    hypothesis: tuple[str | None, ...]
    """The word that was heard; None where none was, or several kinds are meant."""
    word: IntArray
    """Number of the reference word among `SideCounts.said`; -1 for insertions and phrases."""

    def __getitem__(self, position: int) -> Item:
        return Item(KINDS[self.kind[position]], self.reference[position], self.hypothesis[position])


@dataclass(frozen=True)
class SideCounts:
    """One side of the comparison."""

    words: FloatArray
    """Reference words of each speaker."""
    present: BoolArray
    """Speakers with a word or an error on this side."""
    items: SpeakerCounts
    """How often each item was wrong, by speaker, as numerators."""
    said: SpeakerCounts
    """Words that were wrong for anybody: errors on them (substitutions and deletions) and how often they were said."""


@dataclass(frozen=True)
class WordCounts:
    """Both sides of a comparison, over the same items and speakers."""

    items: Items
    own: SideCounts
    other: SideCounts
