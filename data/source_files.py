"""The files and folders of an ingest: their bytes, their hash, and their table.

Owns reading from the disk. Of a folder only those files are read that its format asks
for, so that clips beside them cost nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from data.errors import InputError
from data.formats.packed import Unpacked
from data.formats.registry import folder_format, no_format, read_folder, read_table
from data.formats.source_table import SourceTable

MOST_FILES_IN_A_FOLDER = 10_000
"""A folder with more files, none of which among the first make an evaluation, is taken for another than was meant."""
MOST_FILES_BESIDE = 200_000
"""How many clips may lie beside the files of an evaluation."""
MOST_FOLDERS_DEEP = 8
"""Partitions of a table lie a few folders deep; what lies deeper belongs to something else."""


@dataclass(frozen=True)
class InputFile:
    """One file of an ingest, or one folder with the bytes of its files."""

    path: Path
    content: bytes | None
    """None where it can be read again when it is needed, so that it is not in memory all the time; and of a folder."""
    sha256: str
    """Of the bytes; for a folder, of the names and hashes of the files in it that are read."""
    n_bytes: int
    folder: Unpacked | None = None
    """The files of a folder; None for a file."""

    def table(self, chosen_format: str | None) -> SourceTable:
        """What is in it; the format is told from the content unless it was chosen."""
        if self.folder is not None:
            return read_folder(self.folder, chosen_format)
        content = self.content if self.content is not None else _read_again(self.path, self.sha256)
        return read_table(self.path, content, chosen_format)


def load_file(path: Path, chosen_format: str | None = None) -> InputFile:
    """Read a file, or the files of a folder that make an evaluation; raises `InputError` when it cannot be read."""
    try:
        if path.is_dir():
            return _load_folder(path, chosen_format)
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path} (looked in {path.absolute().parent}).") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    # A pipe gives its bytes once.
    kept = None if path.is_file() else content
    return InputFile(path, kept, hashlib.sha256(content).hexdigest(), len(content))


def _read_again(path: Path, sha256: str) -> bytes:
    content = b""
    with contextlib.suppress(OSError):
        content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InputError(f"{path} was changed while it was read. Nothing was written; try again.")
    return content


def _load_folder(path: Path, chosen_format: str | None) -> InputFile:
    paths = _files_in(path)
    found = folder_format(paths, chosen_format)
    name = path.resolve().name
    if found is None:
        raise InputError([no_format(name, paths)])
    members = {one: (path / one).read_bytes() for one in found[1]}
    digest = hashlib.sha256()
    for one, content in sorted(members.items()):
        digest.update(f"{one}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    size = sum(map(len, members.values()))
    return InputFile(path, None, digest.hexdigest(), size, Unpacked(name, members=members))


def _files_in(folder: Path) -> list[str]:
    """Paths of all files below a folder, except hidden ones; raises `InputError` when there are too many."""
    if folder.resolve().parent == folder.resolve():
        raise InputError(f"{folder} is a folder with everything on this machine. {_NAME_THE_FILE}")
    found: list[str] = []
    n_seen = 0
    for at, folders, names in os.walk(folder):
        place = Path(at).relative_to(folder)
        deep_enough = len(place.parts) < MOST_FOLDERS_DEEP
        folders[:] = sorted(name for name in folders if deep_enough and not name.startswith((".", "_")))
        found += [(place / name).as_posix() for name in names if not name.startswith((".", "_"))]
        was_few = n_seen <= MOST_FILES_IN_A_FOLDER
        n_seen += 1 + len(names)
        if n_seen > MOST_FILES_BESIDE or (
            was_few and n_seen > MOST_FILES_IN_A_FOLDER and folder_format(found) is None
        ):
            limit = MOST_FILES_BESIDE if n_seen > MOST_FILES_BESIDE else MOST_FILES_IN_A_FOLDER
            raise InputError(f"{folder} is a folder of more than {limit:,} files. {_NAME_THE_FILE}")
    return sorted(found)


_NAME_THE_FILE = "Name the file with the references in it."
