"""A card of an evaluation with a history, and the evidence file that it is held against."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.card.content import compose
from analysis.card.evidence import Evidence
from dashboard.answers import evidence
from dashboard.answers.audience import INTERNAL, PUBLIC, Audience
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.card_changes import keep_card
from dashboard.answers.verify_said import OnRecord
from dashboard.exports.card_json import card_json
from data.store import Build
from tests.answers.tampered_cards import Plain, evaluation_with_a_history


@dataclass(frozen=True)
class CardWithEvidence:
    """A card with what it was made of."""

    home: Path
    build: Build
    card: Plain
    evidence: Path
    counts: Build
    """The build that the evidence file gives."""
    on_record: OnRecord

    @cached_property
    def public(self) -> Plain:
        """The card for the public."""
        return json.loads(_document(self.home, self.build, PUBLIC))  # type: ignore[no-any-return]


@contextmanager
def card_with_evidence(home: Path, *, taken_away: bool = False) -> Iterator[CardWithEvidence]:
    """Everything in a folder of its own; `taken_away` puts on record that the card was."""
    build = evaluation_with_a_history(home)
    document = _document(home, build, INTERNAL, taken_away=taken_away)
    file = home / "evidence.parquet"
    evidence.write(build, home, file)
    with evidence.opened(file) as (counts, on_record):
        yield CardWithEvidence(home, build, json.loads(document), file, counts, on_record)


def composed(plain: Plain) -> Plain:
    """A card whose claims were worked out again from evidence that was changed: what a careful forger makes."""
    made: Plain = json.loads(card_json(compose(Evidence.from_json(plain["evidence"]), plain["template"])))
    return made


def _document(home: Path, build: Build, audience: Audience, *, taken_away: bool = False) -> bytes:
    made = card(build, CardQuestion(home=home, audience=audience))
    document = card_json(made)
    if taken_away:
        keep_card(home, made, document)
    return document
