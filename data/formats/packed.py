"""Unpacks gzip, zstd and ZIP in memory, never onto the disk, and never more than a fixed size.

Owns the guard: what an archive declares is checked before anything is unpacked, and
what comes out is counted while it does, because a declaration can lie.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import pyarrow as pa

from data.errors import Fault
from data.limits import MEGABYTE, UNPACKED

MOST_MEMBERS = 10_000
"""An archive with more files is refused."""

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins that holds something, and one that does not."""
_MOST_LAYERS = 3
_WHOLE = "Check that it was copied whole, or pack it again."


@dataclass(frozen=True)
class Unpacked:
    """What was inside: one file, or the files of a folder."""

    name: str
    """Of the file or folder, for faults."""
    content: bytes = b""
    members: Mapping[str, bytes] | None = None
    """Content by path; None for one file."""
    is_archive: bool = False
    """Whether the members come out of an archive, so that one of them cannot be named on its own."""


def unpacked(name: str, content: bytes) -> Unpacked | Fault:
    """The content without its packing; a file that is not packed as it is."""
    for _ in range(_MOST_LAYERS):
        if content.startswith(_ZIP):
            inside = _from_zip(name, content)
            if isinstance(inside, Fault) or inside.members is not None:
                return inside
            name, content = inside.name, inside.content
        elif content.startswith((_GZIP, _ZSTD)):
            kind = "gzip" if content.startswith(_GZIP) else "zstd"
            bare = _decompressed(name, content, kind)
            if isinstance(bare, Fault):
                return bare
            content = bare
        else:
            return Unpacked(name, content)
    return Fault(name, None, None, "The file is packed several times over.", "Unpack it yourself first.")


def _decompressed(name: str, content: bytes, kind: str) -> bytes | Fault:
    try:
        with _stream(content, kind) as stream:
            return _read_at_most(name, stream)
    except (OSError, EOFError, zlib.error, pa.ArrowException):
        return Fault(name, None, None, f"The file is damaged {kind}.", _WHOLE)


def _stream(content: bytes, kind: str) -> IO[bytes]:
    if kind == "gzip":
        return gzip.GzipFile(fileobj=io.BytesIO(content))  # type: ignore[return-value]
    stream: IO[bytes] = pa.CompressedInputStream(pa.BufferReader(content), "zstd")
    return stream


def most_unpacked_bytes() -> int:
    """An archive that holds more is refused; raises `InputError` when the setting is no size."""
    return UNPACKED.mb() * MEGABYTE


def _read_at_most(name: str, stream: IO[bytes]) -> bytes | Fault:
    pieces: list[bytes] = []
    size, most = 0, most_unpacked_bytes()
    while piece := stream.read(1 << 20):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return _too_large(name, f"The file holds more than {most:,} bytes")
    return b"".join(pieces)


def _too_large(name: str, what: str) -> Fault:
    advice = f"Unpack it yourself and name what is inside; up to {most_unpacked_bytes():,} bytes are unpacked here."
    return Fault(name, None, None, f"{what}.", advice)


def _from_zip(name: str, content: bytes) -> Unpacked | Fault:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = [one for one in archive.infolist() if not one.is_dir()]
            problem = _refused(name, listed)
            if problem is not None:
                return problem
            wanted = [one for one in listed if not _is_hidden(one.filename)]
            if not wanted:
                return Fault(
                    name, None, None, "The archive holds no file.", "Put the files of one evaluation into it."
                )
            files = {one.filename: archive.read(one) for one in wanted}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error):
        what = "The file is a ZIP archive or an Excel workbook that cannot be opened."
        return Fault(name, None, None, what, 'Pack it again, or save the sheet as "CSV UTF-8".')
    if len(files) == 1:
        [(path, only)] = files.items()
        return Unpacked(f"{name}/{PurePosixPath(path).name}", only)
    return Unpacked(name, members=_without_outer_folder(files), is_archive=True)


def _refused(name: str, listed: list[zipfile.ZipInfo]) -> Fault | None:
    """Why the archive is not unpacked, from what it declares alone."""
    declared = sum(one.file_size for one in listed)
    if any(one.filename == "xl/workbook.xml" for one in listed):
        what = "The file is an Excel workbook."
        return Fault(name, None, None, what, 'Save the sheet as "CSV UTF-8".')
    if declared > most_unpacked_bytes():
        return _too_large(name, f"The archive declares {declared:,} bytes")
    if len(listed) > MOST_MEMBERS:
        what = f"The archive holds {len(listed):,} files, more than {MOST_MEMBERS:,}."
        return Fault(name, None, None, what, "Unpack it yourself and name what is inside.")
    if any(one.flag_bits & 1 for one in listed):
        return Fault(
            name, None, None, "The archive is encrypted.", "Unpack it yourself and name what is inside."
        )
    return None


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(path).parts)


def _without_outer_folder(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files without the one folder that holds them all."""
    while True:
        tops = {path.split("/", 1)[0] for path in files}
        if len(tops) != 1 or not all("/" in path for path in files):
            return files
        files = {path.split("/", 1)[1]: content for path, content in files.items()}
