"""What the Versions page says of a decision: the short form, and what was decided in a memo's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.wording_card_page import DECISION_FIELDS, DECISION_LABELS

LEAD = "What follows from it, in the words of whoever decides. It stands in the card of {system} as well."
MORE_IN_CARD = "Mitigation, accepted gaps, review and sign-off"
ONLY_WHAT_IS_SEEN = "Recorded here, it holds choice, reason and name; mitigation, accepted gaps and review are then said again in the card."
FIELDS = ("reason", "by")
MEMO_TITLE = "To be pasted into a memo"
NO_DECISION = "No decision on {system} is on record."


def decided_text(decision: Mapping[str, Any] | None, system: str, build: str) -> str:
    """What was decided of a system, by whom and when; says so where it was another build, or nothing was decided."""
    if decision is None:
        return NO_DECISION.format(system=system)
    known = str(decision.get("choice", ""))
    choice = DECISION_LABELS.get(known, known)
    facts = [
        f"{label}: {decision[key]}".rstrip(".") for key, label in DECISION_FIELDS.items() if decision.get(key)
    ]
    taken = f"recorded {str(decision.get('at', ''))[:10]}, names as typed"
    if decision.get("build") != build:
        taken += f"; it was taken on build {decision.get('build')}, not on this one"
    return ". ".join([f"Decision on {system}: {choice} ({taken})", *facts]) + "."
