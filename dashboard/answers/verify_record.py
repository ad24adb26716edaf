"""Was this very card taken away from here? The log of cards knows, and an evidence file has digests of them.

Owns what counts as the same card and what that settles. It compares no numbers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.answers.verify import Verification
from dashboard.answers.verify_reading import HandedIn
from dashboard.answers.verify_said import OnRecord
from dashboard.answers.verify_standing import Reservation
from data.card_log import CardKind, taken_cards, taken_document

_OF_THE_DAY: tuple[Reservation, ...] = ("plan", "settings", "tried")
"""What a card that was taken away from here had as it held here on that day."""
_AS_WORDED: tuple[Reservation, ...] = ("sentences", "form")
"""What was so on that day, too, where the card on record is the same in every word."""


def with_record(found: Verification, home: Path) -> Verification:
    """The same with whether this very card was taken away from a folder of evaluations.

    Where the card names the folder's own log and was never taken away as it stands, that is a reservation: what people
    wrote in it, or how much it says was tried, may have been changed. Where it was, it had the plan and settings of its day.
    """
    if found.source != "evaluation" or not found.holds:
        return found
    card = found.card
    name = str(card.evidence.get("evaluation"))
    taken = _taken(home, card, name)
    if taken is not None:
        at, whole = taken
        settled = (*_OF_THE_DAY, *(_AS_WORDED if whole else ()))
        rest = tuple(one for one in found.reservations if one not in settled)
        return replace(found, taken=at, reservations=rest)
    tried, log = card.evidence.get("looked_at"), OnRecord.of(home, name).tried
    own = (
        isinstance(tried, dict)
        and tried.get("log") is not None
        and log is not None
        and tried["log"] == log.log
    )
    return replace(found, reservations=(*found.reservations, "record")) if own else found


def _taken(home: Path, card: HandedIn, evaluation: str) -> tuple[str, bool] | None:
    """When the card was taken away, and whether all of it is on record: an outline may leave out parts of it."""
    kind = CardKind(evaluation, card.system, card.metric, card.audience)
    for one in taken_cards(home, kind):
        known = json.loads(taken_document(home, one.id))
        if _said_in(known) == _said_in(card.plain):
            return one.at, known == card.plain
    return None


def _said_in(plain: Mapping[str, Any]) -> list[Any]:
    return [plain.get(key) for key in ("evidence", "claims")]
