"""The aligners there are, as data: what each kind of error costs, and what is done where several alignments cost the same.

Owns names, versions, costs and tie rules. An aligner is part of what an error rate means, so its
name and version travel with every number. How an alignment is found is `align.py` and
`weighted_alignment.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType


class UnknownAlignerError(ValueError):
    """A name that no aligner has; the message lists the known ones."""


@dataclass(frozen=True)
class Aligner:
    """One way to lay a hypothesis against a reference: the alignment that costs least. A hit costs nothing."""

    id: str
    version: str
    """Rises whenever some pair of texts would be aligned differently."""
    tie_rule: str
    """Which alignment is taken where several cost the same, in a sentence for pages and cards."""
    substitution: int = 1
    deletion: int = 1
    insertion: int = 1

    @property
    def counts_fewest_errors(self) -> bool:
        """Whether every error costs the same, so that no alignment has fewer errors."""
        return self.substitution == self.deletion == self.insertion


_LEVENSHTEIN = Aligner(
    id="levenshtein-words",
    version="1",
    tie_rule=(
        "Where several alignments need equally few errors, the one found by rapidfuzz's back-trace is taken, as in "
        "jiwer 4; other tools may divide the same errors differently between substitutions, deletions and insertions."
    ),
)

_SCLITE = Aligner(
    id="sclite",
    version="1",
    tie_rule=(
        "A substitution costs 4, a deletion or an insertion 3, as in sclite; the cheapest alignment is taken, which "
        "may have more errors than another. Where several cost the same, it is traced from the end of both texts: two "
        "words are put side by side where that is among the cheapest, else a word is inserted, and only where deleting "
        "is cheaper than inserting one is deleted."
    ),
    substitution=4,
    deletion=3,
    insertion=3,
)

ALIGNERS: Mapping[str, Aligner] = MappingProxyType({entry.id: entry for entry in (_LEVENSHTEIN, _SCLITE)})

DEFAULT_ALIGNER = _LEVENSHTEIN


def aligner(aligner_id: str) -> Aligner:
    """The aligner of that name; raises `UnknownAlignerError` when there is none."""
    found = ALIGNERS.get(aligner_id)
    if found is not None:
        return found
    near = get_close_matches(aligner_id.strip().lower(), ALIGNERS, n=1)
    suggestion = f' Did you mean "{near[0]}"?' if near else ""
    raise UnknownAlignerError(
        f'There is no aligner "{aligner_id}" (known: {", ".join(ALIGNERS)}).{suggestion}'
    )
