"""What a card of an earlier version of the form is not held to: parts it had not, and sentences it worded otherwise.

Owns these paths. Every number that such a card holds is still worked out again, rounded as that version rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.card.evidence import SCHEMAS, VERSION
from dashboard.answers.verify_reading import HandedIn

_NOT_IN_THE_FIRST = (
    "about_systems",
    "looked_at",
    "decision",
    "signed_off",
    "keywords",
    "doctor",
    "normalisers",
)
"""Parts of the evidence that cards of the first version did not have."""
_WORDS = "how an earlier version worded its claims and reasons"
_ONE_GROUPING = "how far other normalisers move ratios, which an earlier version counted for other groups"
_DOCTOR = "what the doctor found, which an earlier version told otherwise"
_DID_NOT_HOLD = "what cards of an earlier version did not hold"


def version_of(card: HandedIn) -> int:
    """Which version of the form a card has."""
    return SCHEMAS.index(str(card.plain["schema"])) + 1


def left_to_earlier_versions(card: HandedIn) -> tuple[list[str], list[str]]:
    """Notes on what is not checked of a card of an earlier version, and its paths; nothing for one of this version."""
    version = version_of(card)
    if version == VERSION:
        return [], []
    notes = [_WORDS, _ONE_GROUPING, _DOCTOR]
    skipped = ["schema", "evidence.normalisers", "evidence.doctor", *_worded(card)]
    if version == 1:
        notes.append(_DID_NOT_HOLD)
        # What such a card has all the same is no part of that form, and differs.
        later = [f"evidence.{name}" for name in _NOT_IN_THE_FIRST if name not in card.evidence]
        skipped += ["missing", *([] if "template" in card.plain else ["template"]), *later]
    return notes, skipped


def _worded(card: HandedIn) -> Iterator[str]:
    """Paths of sentences. The verdict and the numbers beside each are compared."""
    claims = card.plain.get("claims")
    for place in range(len(claims) if isinstance(claims, list) else 0):
        yield from (f"claims[{place}].{name}" for name in ("text", "reason"))
    evidence = card.evidence
    tables = [(f"evidence.groupings[{place}]", one) for place, one in enumerate(evidence["groupings"])]
    for path, table in [*tables, ("evidence.grid", evidence.get("grid"))]:
        rows = table.get("rows") if isinstance(table, Mapping) else None
        yield from (f"{path}.rows[{place}].versus.reason" for place in range(_length(rows)))
    for place in range(len(evidence["findings"])):
        yield from (f"evidence.findings[{place}].{row}.versus.reason" for row in ("recorded", "row"))


def _length(rows: Any) -> int:
    return len(rows) if isinstance(rows, list) else 0
