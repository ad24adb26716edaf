"""A card from a file held against an evaluation, an evidence file or the files it was made from.

Owns which of the three is meant, the signature beside a card, and the JSON document of `fairhearing verify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dashboard.answers import evidence
from dashboard.answers.signing import MOST_BYTES as MOST_SIGNATURE_BYTES
from dashboard.answers.signing import SUFFIX, UNPROTECTED, signature_state
from dashboard.answers.verify import Verification, verify
from dashboard.answers.verify_reading import MOST_BYTES, read_card
from dashboard.answers.verify_said import OnRecord
from dashboard.answers.verify_source import built_again
from data.errors import InputError
from data.settings_file import settings_of
from data.store import find_evaluation, open_build

_NO_KEY = (
    "the signature beside the card: name the signer's public key, got from the signer and not with the card"
)
_NO_SIGNATURE = "who stands for the card: it has no signature, though a key was named"
EVIDENCE_ENDS = ".parquet"


def verify_against(document: bytes, home: Path, wanted: str) -> Verification:
    """Against an evaluation by name, name@build or path, or an evidence file by its path."""
    if wanted.endswith(EVIDENCE_ENDS):
        with evidence.opened(Path(wanted)) as (build, on_record):
            return verify(document, build, on_record, "evidence")
    build = open_build(find_evaluation(home, wanted).path)
    return verify(document, build, OnRecord.of(home, build.info.name))


def verify_from_source(
    document: bytes, home: Path, files: Sequence[Path], keywords: Path | None = None
) -> Verification:
    """Against a build made again from its files, judged under the settings of the folder of evaluations.

    keywords: the list, which cards for the public do not print.
    """
    with built_again(read_card(document), files, keywords) as build:
        judged = build.judged_under(settings_of(home), build.info.record)
        return verify(document, judged, OnRecord(), "source")


def with_signature(found: Verification, signature: bytes | None, key: bytes | None) -> Verification:
    """The same with what the signature says; None where there is no signature, or no key was named."""
    state = signature_state(found.card.plain, signature, key)
    note = (
        _NO_KEY
        if signature is not None and key is None
        else _NO_SIGNATURE
        if key and signature is None
        else None
    )
    return replace(found, text=state, not_checked=(*found.not_checked, *([note] if note else [])))


def card_file(path: Path) -> bytes:
    """The bytes of a card's file; raises `InputError` where it cannot be read or is too large."""
    return read_limited(path, MOST_BYTES, "card")


def signature_file(card: Path, named: Path | None = None) -> bytes | None:
    """The bytes of the signature: of a file that was named, else of the one beside the card; None where there is none."""
    path = named or signature_path(card)
    return read_limited(path, MOST_SIGNATURE_BYTES, "signature") if named or path.exists() else None


def signature_path(card: Path) -> Path:
    """Where the signature of a card lies."""
    return card.with_name(card.name + SUFFIX)


def read_limited(path: Path, most: int, what: str) -> bytes:
    """The bytes of a file that may not be large; raises `InputError`."""
    try:
        if path.stat().st_size > most:
            raise InputError(f"{path} has more than {most:,} bytes, which no {what} has.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read as a {what}: {error.strerror}.") from None


def succeeded(found: Verification, *, key_named: bool) -> bool:
    """Whether a pipeline may go on: every number equal and, where a key was named, signed with it."""
    return found.holds and not (key_named and found.text == UNPROTECTED)


def verification_document(found: Verification) -> dict[str, Any]:
    """The JSON document of `fairhearing verify`; keys are a contract."""
    said = found.card.evidence
    return {
        **{key: said.get(key) for key in ("evaluation", "build", "settings", "audience", "selection")},
        "system": found.card.system,
        "metric": found.card.metric,
        "numbers": {
            "checked": found.numbers.checked,
            "equal": found.numbers.equal,
            "differences": [
                {"path": one.path, "card": one.card, "recomputed": one.recomputed}
                for one in found.numbers.differences
            ],
        },
        "other_settings": [
            {"name": one.name, "card": one.card, "here": one.here} for one in found.other_settings
        ],
        "other_plan": asdict(found.other_plan) if found.other_plan else None,
        "text": found.text,
        "not_checked": list(found.not_checked),
    }
