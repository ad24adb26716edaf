"""Are the files beside a card's JSON its own? Each is made again from the JSON and compared byte by byte.

Owns which files belong to a card, by the names they are handed out under. Readers read the PDF or the page, and only
the JSON is worked out again from data; this ties the two. It writes nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.card.content import Card
from dashboard.exports.card_bundle import FORMATS, MANIFEST, card_files
from dashboard.exports.card_json import card_from_json

_JSON = "card.json"
MOST_BYTES = 100_000_000
"""Bytes of one file; a larger one is none of a card."""


@dataclass(frozen=True)
class FilesBeside:
    """Names of files beside a card."""

    equal: tuple[str, ...] = ()
    """Byte for byte what the card gives."""
    others: tuple[str, ...] = ()
    """Something else under the name of such a file."""

    def to_json(self) -> dict[str, Any]:
        """Plain data for the command."""
        return {name: list(files) for name, files in asdict(self).items()}


NOTHING_BESIDE = FilesBeside()


def files_beside(path: Path, document: bytes) -> FilesBeside:
    """The files beside a card's JSON that are its own and those that are not; none where it has another name.

    `document` holds the JSON's bytes. A card may be called `card.json`, or have more before that, as the page names it.
    """
    if not path.name.endswith(_JSON):
        return NOTHING_BESIDE
    before = path.name.removesuffix(_JSON)
    card = card_from_json(document)
    names = {file: name for name, (file, _) in FORMATS.items() if file != _JSON}
    found = [file for file in names if (path.parent / f"{before}{file}").is_file()]
    equal = [file for file in found if _is_own(card, path.with_name(f"{before}{file}"), names[file], file)]
    manifest = path.with_name(MANIFEST)
    if not before and manifest.is_file():
        found.append(MANIFEST)
        equal += [MANIFEST] if _is_manifest(card, manifest) else []
    others = (f"{before}{file}" for file in found if file not in equal)
    return FilesBeside(tuple(f"{before}{file}" for file in equal), tuple(others))


def _is_own(card: Card, path: Path, name: str, file: str) -> bool:
    held = _bytes(path)
    if card_files(card, [name])[file] == held:
        return True
    # A PDF may have been set with the fonts of a computer.
    return name == "pdf" and card_files(card, [name], system_fonts=True)[file] == held


def _is_manifest(card: Card, path: Path) -> bool:
    """Whether it is the manifest of those formats that it lists. A PDF with fonts of a computer is listed as it lies there."""
    held = _bytes(path)
    by_file = {file: name for name, (file, _) in FORMATS.items()}
    try:
        listed = [by_file[one["name"]] for one in json.loads(held)["files"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    if not listed:
        return False
    return any(card_files(card, listed, fonts)[MANIFEST] == held for fonts in (False, True))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES)
