"""Which formats there are, and how a file's content tells which one it is.

A new format is one module with a reader `(file name, bytes) -> SourceTable` and one
line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from data.errors import Fault
from data.formats.delimited import read_delimited
from data.formats.jsonl import read_jsonl
from data.formats.parquet import read_parquet
from data.formats.source_table import SourceTable, empty_table

Reader = Callable[[str, bytes], SourceTable]

FORMATS: dict[str, Reader] = {"csv": read_delimited, "jsonl": read_jsonl, "parquet": read_parquet}
"""Readers by the name that `--from` takes; `csv` is delimited text of any separator."""

_OTHERS = {
    b"PK\x03\x04": (
        "a ZIP archive or an Excel workbook",
        'Save the sheet as "CSV UTF-8", or unpack the archive.',
    ),
    b"\x1f\x8b": ("compressed by gzip", "Unpack it first: `gunzip`."),
    b"\x28\xb5\x2f\xfd": ("compressed by zstd", "Unpack it first: `unzstd`."),
    b"RIFF": ("a sound file", "Give the file of references or transcripts instead."),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", 'Save the sheet as "CSV UTF-8".'),
}


def sniffed_format(content: bytes) -> str:
    """The name of the format that the first bytes look like."""
    if content.startswith(b"PAR1"):
        return "parquet"
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "jsonl" if start[:1] in (b"{", b"[") else "csv"


def read_table(path: Path, content: bytes, chosen_format: str | None = None) -> SourceTable:
    """Read a file whose bytes are given; the format is sniffed unless it was chosen."""
    for magic, (what, advice) in _OTHERS.items():
        if content.startswith(magic):
            return empty_table(path.name, [Fault(path.name, None, None, f"The file is {what}.", advice)])
    return FORMATS[chosen_format or sniffed_format(content)](path.name, content)
