"""A card from a file held against an evaluation, an evidence file or the files it was made from.

Owns which of the three is meant, the signature beside a card, and the JSON document of `fairhearing verify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dashboard.answers import evidence
from dashboard.answers.plan import read_plan
from dashboard.answers.signing import MOST_BYTES as MOST_SIGNATURE_BYTES
from dashboard.answers.signing import SUFFIX, UNPROTECTED, signature_state
from dashboard.answers.verify import Verification, verify
from dashboard.answers.verify_plan import GivenPlan, not_as_given
from dashboard.answers.verify_reading import MOST_BYTES, read_card
from dashboard.answers.verify_record import with_record
from dashboard.answers.verify_said import OnRecord
from dashboard.answers.verify_source import built_again
from data.errors import InputError
from data.home import builds, is_path
from data.settings_file import settings_of
from data.store import find_evaluation, open_build

_NO_KEY = (
    "the signature beside the card: name the signer's public key, got from the signer and not with the card"
)
_NO_SIGNATURE = "who stands for the card: it has no signature, though a key was named"
EVIDENCE_ENDS = ".parquet"
BUILD_MARK = "@"
"""Stands before the build in what names one build of an evaluation."""


def plan_file(path: Path) -> GivenPlan:
    """A plan that was handed in beside a card; raises `InputError` for what is none."""
    return GivenPlan(read_plan(path), path.name)


def verify_against(document: bytes, home: Path, wanted: str, given: GivenPlan | None = None) -> Verification:
    """Against an evaluation by name, name@build or path, or an evidence file by its path.

    Where no build is named and the card's own is still kept, that one is taken. given: the plan it has to name.
    """
    if wanted.endswith(EVIDENCE_ENDS):
        with evidence.opened(Path(wanted)) as (build, on_record):
            return verify(document, build, on_record, "evidence", given)
    named = find_evaluation(home, wanted).path
    own = own_build(named, document) if is_path(wanted) or BUILD_MARK not in wanted else named
    build = open_build(own)
    found = verify(document, build, OnRecord.of(home, build.info.name), given=given)
    return replace(found, instead_of=named.stem) if own != named else found


def own_build(named: Path, document: bytes) -> Path:
    """The build that a card names, where it is kept beside the one that was asked for; else that one."""
    wanted = read_card(document).evidence.get("build")
    return next((path for path in builds(named.parent) if path.stem == wanted), named)


def verify_with_record(
    document: bytes, home: Path, wanted: str, given: GivenPlan | None = None
) -> Verification:
    """The same, with whether this very card was taken away from the folder of evaluations."""
    return with_record(verify_against(document, home, wanted, given), home)


def verify_from_source(
    document: bytes,
    home: Path,
    files: Sequence[Path],
    keywords: Path | None = None,
    given: GivenPlan | None = None,
) -> Verification:
    """Against a build made again from its files, judged under the settings of the folder of evaluations.

    keywords: the list, which cards for the public do not print. given: the plan the card has to name.
    """
    with built_again(read_card(document), files, keywords) as build:
        judged = build.judged_under(settings_of(home), build.info.record)
        return verify(document, judged, OnRecord(), "source", given)


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
        with path.open("rb") as file:
            # Pipes and devices have no size, so no more than may be there is read of anything.
            found = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read as a {what}: {error.strerror}.") from None
    if len(found) > most:
        raise InputError(f"{path} has more than {most:,} bytes, which no {what} has.")
    return found


def exit_code(found: Verification, *, key_named: bool, allow_unchecked: bool = False) -> int:
    """0 where the card holds, 1 where it does not or a named key did not sign it, 3 where not all was checked."""
    if not found.holds or (key_named and found.text == UNPROTECTED):
        return 1
    return 3 if found.reservations and not allow_unchecked else 0


def verification_document(found: Verification) -> dict[str, Any]:
    """The JSON document of `fairhearing verify`; keys are a contract."""
    said = found.card.evidence
    return {
        "result": found.result,
        "reservations": list(found.reservations),
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
        "given_plan": _given(found),
        "elsewhere": list(found.elsewhere),
        "instead_of_build": found.instead_of,
        "written_by": found.version,
        "taken": found.taken,
        "text": found.text,
        "not_checked": list(found.not_checked),
    }


def _given(found: Verification) -> dict[str, Any] | None:
    """The plan that was handed in, and whether the card names it; None where none was."""
    given = found.given
    if given is None:
        return None
    return {
        "file": given.name,
        "sha256": given.plan.sha256,
        "is_of_card": not not_as_given(found.card, given),
    }
