"""What the doctor found, told by a digest: an evidence file holds no text, and a hidden finding shows all the same.

Owns the digest. It is of what a card prints, by one version of the program; of another nothing is said.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from typing import Any

from analysis.card.canonical import canonical
from dashboard.answers.audience import AUDIENCES
from dashboard.answers.card_context import doctor_findings
from dashboard.answers.verify_differences import Difference
from dashboard.answers.verify_reading import HandedIn
from dashboard.answers.verify_said import OnRecord
from data.doctor import examine
from data.store import Build

_HIDDEN = "findings with another digest"


def digests_of(build: Build) -> dict[str, str]:
    """For each audience and system the digest of what the doctor finds, examined afresh."""
    known = examine(build)
    return {
        _key(audience, system): _digest(doctor_findings(build, system, audience, known))
        for audience in AUDIENCES
        for system in build.info.systems
    }


def is_known(card: HandedIn, on_record: OnRecord) -> bool:
    """Whether an evidence file tells what the doctor found for this card, by this version of the program."""
    return _key(card.audience, card.system) in on_record.doctor


def other_doctor(card: HandedIn, on_record: OnRecord) -> tuple[Difference, ...]:
    """That the card's findings of the doctor are not those of the evidence file; nothing where they are, or nobody knows."""
    known = on_record.doctor.get(_key(card.audience, card.system))
    printed = card.evidence.get("doctor")
    if known is None or _digest(printed) == known:
        return ()
    return (Difference("evidence.doctor", printed, _HIDDEN),)


def _key(audience: str, system: str) -> str:
    return json.dumps([version("fairhearing"), audience, system])


def _digest(found: Any) -> str:
    return hashlib.sha256(json.dumps(canonical(found), sort_keys=True).encode()).hexdigest()
