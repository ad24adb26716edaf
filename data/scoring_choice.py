"""How the texts of one build are compared: normaliser with its list of forms, aligner, keywords.

Owns the choice: what an ingest asked for, what is chosen from the references where it asked for
nothing, how a build stores it and how it is made again from there. Scoring, adding a system
and showing texts all take it from here, so that they count the same errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from analysis.aligners import DEFAULT_ALIGNER, Aligner, aligner
from analysis.default_normalizer import Letters, letters_of
from analysis.keywords import Keywords, keywords_of
from analysis.normalize import (
    Normalizer,
    normalizer,
    normalizer_to_json,
    stored_normalizer,
    with_equivalences,
)
from analysis.script_words import is_scored_by_character
from data.ingest_options import IngestOptions
from data.scoring_lists import ScoringLists, checked_lists

if TYPE_CHECKING:
    # Processes that score would load the database with it.
    from data.store import EvaluationInfo

AS_COUNTED = "as-counted"
"""Normaliser and aligner of a build of counts: whoever made them chose, and it is not known here."""
COUNTED_ELSEWHERE = "The counts were made elsewhere; how words were compared is not known here."
_REFERENCES_LOOKED_AT = 10_000


@dataclass(frozen=True)
class Scoring:
    """Everything that decides what counts as an error."""

    normalizer: Normalizer
    aligner: Aligner = DEFAULT_ALIGNER
    keywords: Keywords | None = None
    """None where the user gave no list."""
    letters: Letters | None = None
    """The letters of the references by which the normaliser was chosen; None where the user chose it."""

    @property
    def identity(self) -> dict[str, Any]:
        """What of it makes a difference to a build, as plain data: part of the build's id."""
        return {
            "normalizer": [self.normalizer.id, self.normalizer.version, self.normalizer.sha256],
            "normalizer_by_letters": self.letters is not None,
            "aligner": [self.aligner.id, self.aligner.version],
            "keywords": None if self.keywords is None else self.keywords.sha256,
        }

    def to_meta(self) -> dict[str, Any]:
        """What a build says of it; `stored_scoring` makes it again."""
        chosen = normalizer_to_json(self.normalizer)
        if self.normalizer.id == AS_COUNTED:
            chosen["sha256"] = ""
        if self.letters is not None:
            chosen["letters"] = {"all": self.letters.n_letters, "latin": self.letters.n_latin}
        return {
            "scoring": self.identity,
            "normalizer": chosen,
            "aligner": {
                "id": self.aligner.id,
                "version": self.aligner.version,
                "tie_rule": self.aligner.tie_rule,
            },
            "keywords": None
            if self.keywords is None
            else {"sha256": self.keywords.sha256, "phrases": self.keywords.lines},
        }


COUNTED = Scoring(
    Normalizer(id=AS_COUNTED, version="0", description=COUNTED_ELSEWHERE, steps=(), load=lambda: str),
    Aligner(id=AS_COUNTED, version="0", tie_rule=COUNTED_ELSEWHERE),
)
"""Of a build of counts."""


def chosen_scoring(options: IngestOptions, lists: ScoringLists, references: pa.Array | None) -> Scoring:
    """What an ingest is to use; the normaliser from the letters of the references where none was asked for.

    Raises `InputError` for keywords and forms of which the normaliser leaves nothing, and the errors of
    unknown names.
    """
    letters = None if options.normalizer is not None or references is None else letters_of(references)
    base = normalizer(options.normalizer or (letters or Letters(0, 0)).normalizer_id)
    chosen = base if lists.equivalences is None else with_equivalences(base, lists.equivalences)
    keywords = checked_lists(lists, base)
    return Scoring(chosen, aligner(options.aligner), keywords, letters)


def stored_scoring(meta: Mapping[str, Any]) -> Scoring:
    """What a build of texts was scored with, as far as this version knows it; compare its identity with the stored one.

    `meta` has `normalizer`, `aligner` and `keywords` as stored. Raises `UnknownNormalizerError` or
    `UnknownAlignerError`.
    """
    letters = meta["normalizer"].get("letters")
    keywords = meta.get("keywords")
    return Scoring(
        stored_normalizer(meta["normalizer"]),
        aligner(str(meta["aligner"]["id"])),
        None if keywords is None else keywords_of(keywords["phrases"]),
        None if letters is None else Letters(letters["all"], letters["latin"]),
    )


def scoring_of(info: EvaluationInfo) -> Scoring:
    """What a build of texts was scored with, so that what is shown of it has exactly the errors that were counted."""
    meta = {"normalizer": info.normalizer, "aligner": info.aligner, "keywords": info.keywords}
    return stored_scoring(meta)


def unit_of(scoring: Scoring, references: pa.Array) -> str:
    """What words are: "character" where the normaliser makes them of single characters and most letters are such, else "word".

    Looks at 10,000 references spread evenly over all.
    """
    if not scoring.normalizer.parts_characters or len(references) == 0:
        return "word"
    step = max(1, len(references) // _REFERENCES_LOOKED_AT)
    looked_at = references.take(pa.array(range(0, len(references), step)))
    text = " ".join(filter(None, looked_at.to_pylist()))
    return "character" if is_scored_by_character(text) else "word"
