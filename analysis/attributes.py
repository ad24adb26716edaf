"""What is known about the recordings of an evaluation: attributes, their groups, roles and label sources.

Owns the value that describes one attribute. It holds no recordings and reads no
files: `data/ingest.py` makes these values once, every later room only reads them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Role = Literal["speaker", "condition", "content"]
LabelSource = Literal["self", "annotator", "location", "inferred", "unknown"]
Kind = Literal["category", "number"]

ROLES: tuple[Role, ...] = ("speaker", "condition", "content")
LABEL_SOURCES: tuple[LabelSource, ...] = ("self", "annotator", "location", "inferred", "unknown")


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
    bin_edges: tuple[float, ...] = ()
    """Inner edges of a number's bins; empty for a category or where each number is a group of its own."""

    def to_json(self) -> dict[str, Any]:
        """Plain data for a document or the build's own record."""
        return asdict(self)

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Attribute:
        """Read back what `to_json` wrote."""
        fields = dict(plain)
        fields["levels"] = tuple(fields["levels"])
        fields["bin_edges"] = tuple(fields.get("bin_edges", ()))
        return Attribute(**fields)
