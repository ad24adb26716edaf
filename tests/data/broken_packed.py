"""Archives, sounds and folders that cannot be used, each with the exact lines of its refusal.

A case is the files to make, the arguments after `fairhearing ingest`, and what is said.
"""

from __future__ import annotations

import gzip
import io
import zipfile

GOOD = b"id,speaker,reference,hypothesis\nu1,s1,a b,a c\nu2,s2,d e,d e\n"
WHOLE = "Check that it was copied whole, or pack it again."


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def declaring(size: int) -> bytes:
    """An archive of a few bytes that says its only file has this size."""
    content = bytearray(zipped({"a.csv": GOOD}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(zipped({"a.csv": GOOD}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


BROKEN_PACKED: dict[str, tuple[dict[str, bytes], list[str], list[str]]] = {
    "a ZIP that declares 2 GB": (
        {"in": declaring(2_000_000_000)},
        ["in"],
        [
            (
                "in: The archive declares 2,000,000,000 bytes. Unpack it yourself and name what is inside; up to "
                "1,000,000,000 bytes are unpacked here."
            )
        ],
    ),
    "a ZIP that lies about its size": (
        {"in": declaring(3)},
        ["in"],
        [
            (
                "in: The file is a ZIP archive or an Excel workbook that cannot be opened. Pack it again, or save the sheet "
                'as "CSV UTF-8".'
            )
        ],
    ),
    "an encrypted ZIP": (
        {"in": encrypted()},
        ["in"],
        ["in: The archive is encrypted. Unpack it yourself and name what is inside."],
    ),
    "an empty ZIP": (
        {"in": zipped({"__MACOSX/._a.csv": b"x"})},
        ["in"],
        ["in: The archive holds no file. Put the files of one evaluation into it."],
    ),
    "a ZIP of many kinds": (
        {"in": zipped({"a.csv": GOOD, "b.csv": GOOD})},
        ["in"],
        [
            (
                "in: The folder is none that can be read: expected Parquet files, the `text` of a Kaldi directory or the "
                '`state.json` of a saved dataset (found: "a.csv", "b.csv"). Unpack it and name the file with the references in it.'
            )
        ],
    ),
    "an Excel workbook": (
        {"in": zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"})},
        ["in"],
        ['in: The file is an Excel workbook. Save the sheet as "CSV UTF-8".'],
    ),
    "a gzip that was cut off": (
        {"in": gzip.compress(GOOD)[:-12]},
        ["in"],
        [f"in: The file is damaged gzip. {WHOLE}"],
    ),
    "a zstd that is none": (
        {"in": b"\x28\xb5\x2f\xfd broken"},
        ["in"],
        [f"in: The file is damaged zstd. {WHOLE}"],
    ),
    "gzip in gzip in gzip": (
        {"in": gzip.compress(gzip.compress(gzip.compress(gzip.compress(GOOD))))},
        ["in"],
        ["in: The file is packed several times over. Unpack it yourself first."],
    ),
    "a fault inside a ZIP names both files": (
        {"in": zipped({"folder/a.csv": b"id,speaker,reference,hypothesis\nu1,s1,a\n"})},
        ["in"],
        [
            (
                "in/a.csv, row 2: The row has 3 values where the header names 4 columns. Look for a stray or missing "
                "comma, or quote the value that holds one."
            )
        ],
    ),
    "a sound file": (
        {"in": b"RIFF....WAVE"},
        ["in"],
        ["in: The file is a sound file. Give the file of references or transcripts instead."],
    ),
    "a folder of nothing that can be read": (
        {"in/a.wav": b"x", "in/.hidden": b"x"},
        ["in"],
        [
            (
                "in: The folder is none that can be read: expected Parquet files, the `text` of a Kaldi directory or the "
                '`state.json` of a saved dataset (found: "a.wav"). Name the file with the references in it.'
            )
        ],
    ),
}
