"""The files of a card: each format's bytes, their manifest, and all of them as one archive.

Owns names and order. The command writes these files and the page hands out the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence

from analysis.card.content import Card
from dashboard.exports.card_html import card_html
from dashboard.exports.card_json import card_json
from dashboard.exports.card_markdown import card_markdown

FORMATS: Mapping[str, tuple[str, Callable[[Card], bytes]]] = {
    "md": ("card.md", card_markdown),
    "html": ("card.html", card_html),
    "json": ("card.json", card_json),
}
"""File name and writer of each format."""
MEDIA_TYPES = {"md": "text/markdown", "html": "text/html", "json": "application/json"}
MANIFEST = "manifest.json"
MANIFEST_SCHEMA = "fairhearing-manifest/1"
# The oldest date an archive can hold: a real one would make every archive different.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


class UnknownFormat(ValueError):
    """A format that cards are not written in; the message says which there are."""


def checked_formats(wanted: Sequence[str]) -> tuple[str, ...]:
    """The formats asked for, each once; raises `UnknownFormat`."""
    for name in wanted:
        if name not in FORMATS:
            raise UnknownFormat(f'A card is not written as "{name}". There is {", ".join(FORMATS)}.')
    if not wanted:
        raise UnknownFormat(f"No format was named. There is {', '.join(FORMATS)}.")
    return tuple(dict.fromkeys(wanted))


def card_files(card: Card, formats: Sequence[str] = tuple(FORMATS)) -> dict[str, bytes]:
    """File name to bytes, the manifest last."""
    files = {FORMATS[name][0]: FORMATS[name][1](card) for name in checked_formats(formats)}
    return {**files, MANIFEST: _manifest(card, files)}


def _manifest(card: Card, files: Mapping[str, bytes]) -> bytes:
    listed = [
        {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    ]
    evidence = card.evidence
    plain = {
        "schema": MANIFEST_SCHEMA,
        "evaluation": evidence.evaluation,
        "build": evidence.build,
        "system": evidence.system,
        "audience": evidence.audience,
        "notice": evidence.notice,
        "files": listed,
    }
    return f"{json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def card_archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip, the same bytes each time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()
