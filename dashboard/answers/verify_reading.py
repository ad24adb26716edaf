"""A card's JSON as it was handed in: read without trust, and what has to be asked to work it out again.

Owns the limits of such a file and the error that says why one is no card. It opens no evaluation.
"""

from __future__ import annotations

import json
import math
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
MOST_NESTED = 60
"""Lists and objects within each other; a card has about fifteen."""
_LISTS = ("groupings", "findings", "attributes", "inputs")
_OTHER_FILES = {
    b"PK": "a ZIP archive: take card.json out of it",
    b"%PDF": "a PDF: hand in the card.json that was published beside it",
    b"<": "a page: hand in the card.json that was published beside it",
    b"\xef\xbb\xbf": "text that begins with a byte order mark, which no card does",
    b"\xff\xfe": "text in UTF-16; a card is UTF-8",
    b"\xfe\xff": "text in UTF-16; a card is UTF-8",
}
"""What people hand in instead, by how the file begins."""


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
            ("metric", isinstance(metric_id, str) and metric_id in METRICS),
            ("level", isinstance(level, int | float) and 0.5 <= level < 1),
            ("settings", settings is not None),
            ("audience", audience in AUDIENCES),
            ("template", isinstance(template, str) and template in TEMPLATES),
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

    try:
        plain = json.loads(
            document.decode("utf-8"),
            object_pairs_hook=unique,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_no_number,
        )
    except InputError:
        raise
    except (ValueError, RecursionError):
        begun = (words for start, words in _OTHER_FILES.items() if document.startswith(start))
        found = next(begun, "it cannot be read as JSON in UTF-8")
        raise InputError(f"This is not the JSON of a card: {_is(found)}.") from None
    if not isinstance(plain, dict):
        raise InputError("This is not the JSON of a card: expected an object.")
    _refuse_odd(plain)
    return plain


def _is(found: str) -> str:
    return found if found.startswith("it ") else f"it is {found}"


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise InputError(f"This file holds a number of {len(text):,} digits, which no card does.")
    return int(text)


def _finite(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise InputError(f"This file holds {text[:40]}, which is too large for a number of a card.")
    return found


def _no_number(text: str) -> Any:
    raise InputError(f"This file holds {text}, which is no number of JSON.")


def _refuse_odd(plain: Mapping[str, Any]) -> None:
    """Raise `InputError` for a document nested deeper than any card, or with halves of characters."""
    level: list[Any] = [plain]
    for _ in range(MOST_NESTED):
        inner = [
            one
            for value in level
            for one in (value.values() if isinstance(value, dict) else value)
            if isinstance(one, dict | list)
        ]
        if not inner:
            break
        level = inner
    else:
        raise InputError(f"This file has more than {MOST_NESTED} lists within each other, which no card has.")
    try:
        json.dumps(plain, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        # Half of a pair of UTF-16: some programs show nothing there, others another character.
        raise InputError("This file holds half of a character, which no card does.") from None
