"""The canonical JSON of a card, from which every other format can be made again.

Keys are sorted, floats have 10 significant digits, and there is no time: the same evidence
gives the same bytes.
"""

from __future__ import annotations

import json

from analysis.card.canonical import canonical
from analysis.card.content import Card, compose
from analysis.card.evidence import SCHEMAS, Evidence
from analysis.card.outlines import DEFAULT_TEMPLATE


class NotACard(ValueError):
    """A document that is not a card this program reads; the message says what it is."""


def card_json(card: Card) -> bytes:
    """The document as UTF-8."""
    plain = canonical(card.to_json())
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def card_from_json(document: bytes | str) -> Card:
    """The card that a document's evidence gives, of this version or an older one; raises `NotACard` for anything else."""
    try:
        plain = json.loads(document)
        schema = plain["schema"]
    except (ValueError, KeyError, TypeError):
        raise NotACard("This is not the JSON of a card: it has no schema.") from None
    if schema not in SCHEMAS:
        known = " and ".join(f"“{one}”" for one in SCHEMAS)
        raise NotACard(f"This document has the schema “{schema}”; this program reads {known}.")
    try:
        return compose(Evidence.from_json(plain["evidence"]), plain.get("template", DEFAULT_TEMPLATE))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise NotACard(f"The evidence of this card cannot be read: {problem!r}.") from None
