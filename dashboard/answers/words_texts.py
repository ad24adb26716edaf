"""Texts of a build as they were scored: its own normaliser, its forms that count as the same, its aligner.

Words shown beside stored counts must come from the same alignment, or their errors would
not add up to them. Reads no table and counts nothing.
"""

from __future__ import annotations

import pyarrow as pa

from analysis.normalize import Normalizer, normalize_texts
from analysis.words_items import TextChunk
from data.queries_words import TextRows


def as_scored(chosen: Normalizer, rows: TextRows) -> TextChunk:
    """A chunk of recordings with the words that were aligned."""
    references = normalize_texts(chosen, rows.references)
    heard = normalize_texts(chosen, rows.hypotheses)
    agreed = chosen.agreed(references.take(pa.array(rows.erring)), heard)
    return TextChunk(rows.speaker, rows.own, rows.other, references, rows.erring, agreed)
