"""A card's JSON as it was handed in: read without trust, and what has to be asked to work it out again.

Owns the limits of such a file and the error that says why one is no card. It opens no evaluation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from analysis.card.evidence import SCHEMAS
from analysis.card.outlines import DEFAULT_TEMPLATE, TEMPLATES
from analysis.metrics import METRICS
from analysis.settings import DEFAULTS, Settings, SettingsError
from dashboard.answers.audience import AUDIENCES
from data.errors import InputError, quoted_list

MOST_BYTES = 20_000_000
"""Bytes of a card's JSON; a card of hundreds of groups has under two million."""
MOST_DIGITS = 400
"""Digits of one number; a longer one is none that this program writes."""
_LISTS = ("groupings", "findings", "attributes", "inputs")


@dataclass(frozen=True)
class HandedIn:
    """A document that claims to be a card."""

    plain: Mapping[str, Any]
    evidence: Mapping[str, Any]
    system: str
    metric: str
    level: float
    settings: Settings
    """Those the card says it was made with."""
    audience: str
    template: str
    findings: Sequence[Mapping[str, Any]]


def read_card(document: bytes) -> HandedIn:
    """The document as plain data; raises `InputError` for anything that is no card of this program."""
    if len(document) > MOST_BYTES:
        raise InputError(
            f"This file has {len(document):,} bytes; the JSON of a card has at most {MOST_BYTES:,}."
        )
    plain = _parsed(document)
    schema = plain.get("schema")
    if schema not in SCHEMAS:
        found = f'the schema "{schema}"' if isinstance(schema, str) else "no schema"
        raise InputError(
            f"This is not the JSON of a card: it has {found[:200]}; expected {quoted_list(SCHEMAS)}."
        )
    evidence = plain.get("evidence")
    if not isinstance(evidence, dict) or not all(isinstance(evidence.get(key), list) for key in _LISTS):
        raise InputError("This card has no evidence that can be read. Use the card.json that was published.")
    metric = evidence.get("metric")
    system, level, audience = (evidence.get(key) for key in ("system", "level", "audience"))
    template = plain.get("template", DEFAULT_TEMPLATE)
    metric_id = metric.get("id") if isinstance(metric, dict) else None
    settings = _settings(evidence.get("settings"))
    faults = [
        name
        for name, holds in (
            ("system", isinstance(system, str)),
            ("metric", metric_id in METRICS),
            ("level", isinstance(level, int | float) and 0.5 <= level < 1),
            ("settings", settings is not None),
            ("audience", audience in AUDIENCES),
            ("template", template in TEMPLATES),
            ("findings", all(isinstance(one, dict) for one in evidence["findings"])),
        )
        if not holds
    ]
    if faults or settings is None:
        raise InputError(
            f"The evidence of this card does not say for what it was worked out: {', '.join(faults)} cannot be read."
        )
    return HandedIn(
        plain,
        evidence,
        str(system),
        str(metric_id),
        float(level),  # type: ignore[arg-type]
        settings,
        str(audience),
        str(template),
        evidence["findings"],
    )


def _settings(plain: object) -> Settings | None:
    """The settings of a card; None where they cannot be used. What this version does not know stays a difference."""
    if not isinstance(plain, dict):
        return None
    known = {field.name: plain[field.name] for field in fields(Settings) if field.name in plain}
    try:
        return DEFAULTS.with_overrides(known)
    except SettingsError:
        return None


def _parsed(document: bytes) -> dict[str, Any]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            # Two readers of such a document may read two different cards.
            raise InputError("This file names a key twice, which no card does.")
        return found

    def whole(text: str) -> int:
        if len(text) > MOST_DIGITS:
            raise InputError(f"This file holds a number of {len(text):,} digits, which no card does.")
        return int(text)

    def no_number(text: str) -> Any:
        raise InputError(f"This file holds {text}, which is no number of JSON.")

    try:
        plain = json.loads(
            document.decode("utf-8"), object_pairs_hook=unique, parse_int=whole, parse_constant=no_number
        )
    except InputError:
        raise
    except (ValueError, RecursionError):
        raise InputError("This is not the JSON of a card: it cannot be read as JSON in UTF-8.") from None
    if not isinstance(plain, dict):
        raise InputError("This is not the JSON of a card: expected an object.")
    return plain
