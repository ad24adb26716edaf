"""The files of a card: each format's bytes, their manifest, and all of them as one archive.

Owns names and order. The command writes these files and the page hands out the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from analysis.card.content import Card
from dashboard.exports.card_archive import zipped
from dashboard.exports.card_cyclonedx import card_cyclonedx
from dashboard.exports.card_html import card_html
from dashboard.exports.card_huggingface import card_huggingface
from dashboard.exports.card_json import card_json
from dashboard.exports.card_markdown import card_markdown


def _pdf(card: Card, system_fonts: bool = False) -> bytes:
    # The typesetter and the writer of Word documents are loaded only where they are needed.
    from dashboard.exports.card_pdf import card_pdf

    return card_pdf(card, system_fonts)


def _docx(card: Card) -> bytes:
    from dashboard.exports.card_docx import card_docx

    return card_docx(card)


FORMATS: Mapping[str, tuple[str, Callable[[Card], bytes]]] = {
    "md": ("card.md", card_markdown),
    "html": ("card.html", card_html),
    "pdf": ("card.pdf", _pdf),
    "docx": ("card.docx", _docx),
    "json": ("card.json", card_json),
    "cyclonedx": ("card.cdx.json", card_cyclonedx),
    "hf": ("card.hf.yaml", card_huggingface),
}
"""File name and writer of each format."""
MEDIA_TYPES = {
    "md": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "cyclonedx": "application/vnd.cyclonedx+json",
    "hf": "application/yaml",
}
MANIFEST = "manifest.json"
MANIFEST_SCHEMA = "fairhearing-manifest/1"


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


def card_files(
    card: Card, formats: Sequence[str] = tuple(FORMATS), system_fonts: bool = False
) -> dict[str, bytes]:
    """File name to bytes, the manifest last.

    system_fonts: set the PDF with the fonts of this computer too, so that its bytes may differ elsewhere.
    """
    files = {}
    for name in checked_formats(formats):
        file, write = FORMATS[name]
        files[file] = _pdf(card, True) if name == "pdf" and system_fonts else write(card)
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
        "template": card.template,
        "notice": evidence.notice,
        "files": listed,
    }
    return f"{json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def card_archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip, the same bytes each time."""
    return zipped(files)
