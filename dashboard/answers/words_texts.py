"""Texts of a build as they were scored: its own normaliser, its forms that count as the same, its aligner.

Words shown beside stored counts must come from the same alignment, or their errors would
not add up to them. Reads no table and counts nothing.
"""

from __future__ import annotations

import pyarrow as pa

from analysis.aligners import Aligner, aligner
from analysis.equivalences import grouped
from analysis.normalize import Normalizer, normalize_texts, normalizer, with_equivalences
from analysis.words_items import TextChunk
from data.queries_words import TextRows
from data.store import EvaluationInfo


def normalizer_of(info: EvaluationInfo) -> Normalizer:
    """The normaliser that a build was scored with, forms that count as the same included."""
    forms = info.normalizer.get("equivalences")
    if not forms:
        return normalizer(str(info.normalizer["id"]))
    base = normalizer(str(info.normalizer["id"]).partition("+forms-")[0])
    return with_equivalences(base, grouped(forms))


def aligner_of(info: EvaluationInfo) -> Aligner:
    """The aligner that a build was scored with."""
    return aligner(str(info.aligner["id"]))


def as_scored(chosen: Normalizer, rows: TextRows) -> TextChunk:
    """A chunk of recordings with the words that were aligned."""
    references = normalize_texts(chosen, rows.references)
    heard = normalize_texts(chosen, rows.hypotheses)
    agreed = chosen.agreed(references.take(pa.array(rows.erring)), heard)
    return TextChunk(rows.speaker, rows.own, rows.other, references, rows.erring, agreed)
