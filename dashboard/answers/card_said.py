"""What people said and did that a card prints beside the numbers: findings, decision, sign-off, how much was tried.

Owns the one value that holds it. `card.py` gets it from the folder of evaluations; `verify.py` gets it
from a card and holds what it can against the folder. It asks no question about recordings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.answers.findings import StoredFinding, findings
from data.decisions import DECISION, SIGN_OFF, decided, record_decision
from data.looked_at import LookedAt, tried

__all__ = ["DECISION", "NOTHING_SAID", "SIGN_OFF", "Said", "record_decision", "said_of"]


@dataclass(frozen=True)
class Said:
    """All of it for one system of an evaluation."""

    findings: tuple[StoredFinding, ...] = ()
    """Those that were not withdrawn, in their order."""
    decision: Mapping[str, Any] | None = None
    signed_off: Mapping[str, Any] | None = None
    looked_at: LookedAt | None = None
    """None: made without a folder of evaluations, so that nobody knows."""


NOTHING_SAID = Said()


def said_of(home: Path, evaluation: str, system: str) -> Said:
    """What the folder of evaluations has on record now. Writes nothing."""
    held = decided(home, evaluation, system)
    return Said(
        tuple(findings(home, evaluation, system)),
        held.decision,
        held.signed_off,
        tried(home, evaluation).summary(),
    )
