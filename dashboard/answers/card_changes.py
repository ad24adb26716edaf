"""What changed since the last card, and what can have caused it? A card on record, or a file, held against the one of now.

Owns which earlier card is meant and the JSON document of it. What counts as a cause stands in
`analysis/card/changes.py`. It believes nothing of an earlier card but that it is one.
"""

from __future__ import annotations

from pathlib import Path

from analysis.card.changes import Changes, card_changes
from analysis.card.content import Card
from analysis.card.evidence import Evidence
from dashboard.answers.verify_reading import read_card
from data.card_log import CardKind, TakenCard, record_card, taken_cards, taken_document
from data.errors import InputError

__all__ = [
    "TakenCard",
    "changes_since",
    "earlier_cards",
    "keep_card",
    "last_document",
    "taken_document",
]


def keep_card(home: Path, card: Card, document: bytes) -> None:
    """Put a card that is taken away on record; `document` is its JSON."""
    record_card(home, _kind(card), card.evidence.build, document)


def earlier_cards(home: Path, card: Card) -> list[TakenCard]:
    """Cards of the same system, metric and audience that were taken away, the last one first."""
    return taken_cards(home, _kind(card))


def last_document(home: Path, card: Card, document: bytes) -> bytes | None:
    """The last card on record that is not this one; None where there is none."""
    for one in earlier_cards(home, card):
        known = taken_document(home, one.id)
        if known != document:
            return known
    return None


def changes_since(document: bytes, card: Card) -> Changes:
    """An earlier card's JSON held against a card; raises `InputError` for what is no card or is for another audience."""
    handed_in = read_card(document)
    own = card.evidence.audience
    if handed_in.audience != own:
        # Exact numbers and names of small groups would stand in a comparison that is handed out.
        raise InputError(
            f"The earlier card is for the {handed_in.audience} audience and this one for the {own} audience, so the two "
            f"are not held against each other. Choose an earlier card for the {own} audience."
        )
    try:
        before = Evidence.from_json(handed_in.evidence)
        return card_changes(before, card.evidence)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise InputError(
            "The evidence of the earlier card cannot be read. Use the card.json that was published."
        ) from None


def _kind(card: Card) -> CardKind:
    said = card.evidence
    return CardKind(said.evaluation, said.system, str(said.metric["id"]), said.audience)
