"""Sentences of a card that another version of the program wrote: apart from the numbers that stand in them.

Owns what counts as a sentence. Every version may word its sentences otherwise, so those of another one are not
compared; what they are about, whether they are refused, and every number and name in them is. Words of people are none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from dashboard.answers.verify_reading import HandedIn

_WORDED = frozenset({"reason", "sentence", "consequence", "what", "label"})
"""Keys whose text the program words itself; that there is one is compared all the same."""
_TEXTS = frozenset({"text", "reason"})
"""Of a claim: lists of words with numbers and names between them."""
_OF_PEOPLE = frozenset({"decision", "signed_off", "about", "system_about", "about_systems"})
_OWN_WORDS = "as the program words it"
_SENTENCE = re.compile(
    r"^claims\[\d+\]\.(text|reason)\b|^missing\b|\.(reason|sentence|consequence|what|label)$"
)


def is_sentence(path: str) -> bool:
    """Whether a path of a card leads to words of the program."""
    return _SENTENCE.search(path) is not None


def other_version(card: HandedIn, made: Mapping[str, Any]) -> str | None:
    """The version that wrote the card, where it is not this one; "" where the card names none."""
    own, here = card.evidence.get("generator"), made["evidence"]["generator"]
    version = own.get("version") if isinstance(own, dict) and own.get("name") == here["name"] else None
    if version == here["version"]:
        return None
    return version if isinstance(version, str) else ""


def version_notes(card: HandedIn, made: Mapping[str, Any], version: str) -> list[str]:
    """What another version may have done otherwise; findings of the doctor that the card has not are named."""
    here = made["evidence"]["generator"]["version"]
    named = card.evidence.get("doctor")
    known = {one.get("code") for one in named if isinstance(one, dict)} if isinstance(named, list) else set()
    more = [one["code"] for one in made["evidence"]["doctor"] or () if one["code"] not in known]
    found = f", though here it finds what the card does not name: {', '.join(more)}" if more else ""
    by = f"version {version[:40]}" if version else "a version that the card does not name"
    return [
        f"what {by} of the program did: version {here} worked the numbers out again",
        f"what the doctor found, whose rules may have been others{found}",
    ]


def without_sentences(plain: Mapping[str, Any]) -> dict[str, Any]:
    """A card as plain data with its own words taken out: of each claim its numbers and names are left, in one order."""
    unworded: dict[str, Any] = {key: _unworded(value) for key, value in plain.items() if key != "missing"}
    claims = plain.get("claims")
    if isinstance(claims, list):
        unworded["claims"] = [_claim(one) if isinstance(one, dict) else one for one in claims]
    return unworded


def _claim(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: {"numbers": _tokens(value)} if key in _TEXTS and isinstance(value, list) else value
        for key, value in claim.items()
    }


def _tokens(text: list[Any]) -> list[Any]:
    """Numbers and names of a sentence, which another version may have put in another order."""
    return sorted(
        (one for one in text if not isinstance(one, str)), key=lambda one: json.dumps(one, sort_keys=True)
    )


def _unworded(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _OWN_WORDS
            if key in _WORDED and isinstance(inner, str)
            else inner
            if key in _OF_PEOPLE
            else _unworded(inner)
            for key, inner in value.items()
        }
    return [_unworded(one) for one in value] if isinstance(value, list) else value
