"""What is known about the recordings of an evaluation: attributes, their groups, roles and label sources.

Owns the value that describes one attribute. It holds no recordings and reads no
files: `data/ingest.py` makes these values once, every later room only reads them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import count
from typing import Any, Literal

Role = Literal["speaker", "condition", "content"]
LabelSource = Literal["self", "annotator", "location", "inferred", "unknown", "derived"]
Kind = Literal["category", "number"]

ROLES: tuple[Role, ...] = ("speaker", "condition", "content")
LABEL_SOURCES: tuple[LabelSource, ...] = ("self", "annotator", "location", "inferred", "unknown")
"""Who may have given labels. "derived" is none of them: nobody labelled what was counted from the recordings."""


@dataclass(frozen=True)
class Attribute:
    """One attribute of the recordings, such as accent, with its groups in their order."""

    name: str
    role: Role
    kind: Kind
    levels: tuple[str, ...]
    """The groups, in declared or alphabetical order; a group's code is its position here.

    For a number these are the labels of its bins, in rising order.
    """
    has_missing: bool
    """Whether some recording has no value. Such recordings are "not stated", code -1."""
    label_source: LabelSource = "unknown"
    """Who gave the labels; "derived" for what an ingest works out from the recordings, such as `words`."""
    bin_edges: tuple[float, ...] = ()
    """Inner edges of a number's bins; empty for a category or where each number is a group of its own."""
    label_sets: tuple[tuple[int, ...], ...] = ()
    """Every set of labels that some recording has, as rising positions in `levels`; empty where a recording has one
    group at most. With sets a recording belongs to several groups, and is stored by the position of its set here."""

    @property
    def derived(self) -> bool:
        """Whether it was worked out from the recordings and not given with them."""
        return self.label_source == "derived"

    @property
    def guessed(self) -> bool:
        """Whether software guessed what it says of speakers: no claim may be made about such groups."""
        return self.role == "speaker" and self.label_source == "inferred"

    @property
    def multi(self) -> bool:
        """Whether a recording may belong to several groups."""
        return bool(self.label_sets)

    @property
    def column(self) -> str:
        """The column of a build that holds it. Sets are not groups, so theirs has another name than the attribute."""
        return labels_column(self.name) if self.multi else self.name

    @cached_property
    def stored_levels(self) -> tuple[str, ...]:
        """The values of that column by code: the groups, or each set as its labels joined by a plus sign."""
        if not self.multi:
            return self.levels
        # Labels may hold plus signs themselves; a longer run of them tells the sets apart.
        joined = (
            tuple(f" {'+' * length} ".join(self.levels[code] for code in codes) for codes in self.label_sets)
            for length in count(1)
        )
        return next(sets for sets in joined if len(set(sets)) == len(sets))

    def as_stored(self) -> Attribute:
        """The same with its stored values as groups, each recording in one: for reading whole columns."""
        return replace(self, levels=self.stored_levels, label_sets=()) if self.multi else self

    def to_json(self) -> dict[str, Any]:
        """Plain data for a document or the build's own record."""
        return asdict(self)

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Attribute:
        """Read back what `to_json` wrote."""
        fields = dict(plain)
        fields["levels"] = tuple(fields["levels"])
        fields["bin_edges"] = tuple(fields.get("bin_edges", ()))
        fields["label_sets"] = tuple(tuple(codes) for codes in fields.get("label_sets", ()))
        return Attribute(**fields)


def labels_column(name: str) -> str:
    """The column that holds the sets of labels of an attribute."""
    return f"{name} (labels)"
