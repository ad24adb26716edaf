"""Whom a subgroup's words are compared with, and whose texts are aligned where there are very many.

The comparators are those of every subgroup, with all recordings and a declared group beside
them. A sample takes whole speakers, in one seeded order for both sides, so that whoever is
on both sides is taken on both as far as possible.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.attributes import Attribute
from analysis.selection import Everything, Selection
from analysis.speaker_counts import BoolArray, IntArray
from dashboard.answers.choices import QuestionError
from dashboard.answers.subgroup_comparators import comparison_pool, declared_others
from data.queries_words import Sides, SideSums


def word_sides(where: Selection, attributes: tuple[Attribute, ...], against: str | None) -> tuple[str, Sides]:
    """The name of the comparator and the recordings on both sides.

    `against` is peers, complement, overall or ATTRIBUTE=VALUE; None is peers where the subgroup names speakers
    and conditions, else the complement. Raises `QuestionError` or `SelectionError`, saying what can be had.
    """
    if against == "overall":
        return "overall", Sides(where, Everything(), overlapping=True)
    if against not in (None, "peers", "complement") and "=" not in str(against):
        raise QuestionError(
            f"'{against}' is not a comparator. Use peers, complement, overall, or ATTRIBUTE=VALUE."
        )
    kind, pool = comparison_pool(where, attributes, against)
    others = declared_others(where, attributes, against)
    return kind, Sides(where, pool if others is None else others, overlapping=False)


@dataclass(frozen=True)
class Aligned:
    """How much of one side was aligned for the list of words."""

    n_speakers: int
    of_speakers: int
    n_utterances: int
    of_utterances: int
    speakers: IntArray | None
    """None where everybody was taken."""


def sample_of_speakers(sums: SideSums, on_side: BoolArray, most_utterances: int, seed: int) -> Aligned:
    """Speakers of one side in a seeded order, as many as have no more utterances together; 0 means all."""
    n_speakers = int(sums.speaker.max()) + 1 if len(sums.speaker) else 0
    utterances = np.bincount(sums.speaker[on_side], sums.columns["n_utterances"][on_side], n_speakers).astype(
        np.int64
    )
    everybody, total = int((utterances > 0).sum()), int(utterances.sum())
    if not most_utterances or total <= most_utterances:
        return Aligned(everybody, everybody, total, total, None)
    order = np.random.default_rng(seed).permutation(n_speakers)
    order = order[utterances[order] > 0]
    fits = np.cumsum(utterances[order]) <= most_utterances
    taken = np.sort(order[fits]) if fits.any() else order[:1]
    return Aligned(len(taken), everybody, int(utterances[taken].sum()), total, taken.astype(np.int64))
