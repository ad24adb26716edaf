"""A new build from its first byte to the pointer, or nothing at all.

Owns the order lock, sweep, write, publish, and the sentences for a disk that cannot take
the build. Called by `ingest.py` and `add_system.py`; what is written is theirs.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from data.errors import InputError
from data.home import (
    checked_home,
    current_build,
    discard_if_empty,
    nearest_there_is,
    point_to,
    publish,
    sweep,
    sweep_all,
    unfinished_path,
)
from data.lock import locked
from data.sidecar import Sidecar

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_IN_WORDS = ("no space left", "disk full", "quota exceeded", "file too large")


def prepare_home(home: Path) -> None:
    """Refuse a folder that cannot be written before the work begins, and sweep what killed processes left.

    Raises `InputError`. Nothing is created yet: a faulty input leaves no folder behind.
    """
    place = nearest_there_is(checked_home(home))
    if not os.access(place, os.W_OK | os.X_OK):
        raise InputError(_cannot_be_written(place, "it may not be changed by this user, or is read-only"))
    sweep_all(home)


def write_whole(
    folder: Path, build: str, sidecar: Sidecar, write: Callable[[Path], None], instead_of: str | None = None
) -> Path:
    """Call `write` with a temporary path, then make that file the current build; returns its path.

    `instead_of`: the build that was current when the work began, where the new one is made from it; None: whichever.
    Raises `InputError` where another build became current since, the disk is full or cannot be written, or another
    process does not end; then, as after Ctrl-C and any other failure, everything is as it was before.
    """
    with _held(folder):
        if instead_of is not None and current_build(folder) not in (instead_of, build):
            # Published, it would hide what the other process has just added.
            raise InputError(
                f"Another process changed {folder.name} meanwhile. Nothing was changed here; run the same command again."
            )
        if (folder / f"{build}.duckdb").exists():  # Another process was faster.
            return _pointed_to(folder, build, sidecar)
        unfinished = unfinished_path(folder, build)
        write(unfinished)
        return publish(unfinished, folder, build, sidecar)


def make_current(folder: Path, build: str, sidecar: Sidecar) -> Path | None:
    """Make a build that is there already the current one; returns its path, or None where there is none.

    It keeps the date of its first ingest, since results may have been opened from then on.
    """
    if not (folder / f"{build}.duckdb").exists():
        return None
    with _held(folder):
        return _pointed_to(folder, build, sidecar) if (folder / f"{build}.duckdb").exists() else None


def _pointed_to(folder: Path, build: str, sidecar: Sidecar) -> Path:
    path = folder / f"{build}.duckdb"
    first = Sidecar.read(path).created
    (replace(sidecar, created=first) if first else sidecar).write(path)
    point_to(folder, build)
    return path


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder for writing; nothing unfinished is in it before and after."""
    with _failures_in_words(folder), locked(folder):
        try:
            sweep(folder)
            yield
        finally:
            sweep(folder)
            discard_if_empty(folder)


@contextlib.contextmanager
def _failures_in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise InputError(_is_full(folder)) from None
        raise InputError(_cannot_be_written(folder, error.strerror or str(error))) from None
    except duckdb.Error as error:
        said = str(error)
        if any(words in said.casefold() for words in _FULL_IN_WORDS):
            raise InputError(_is_full(folder)) from None
        if isinstance(error, duckdb.IOException):
            raise InputError(_cannot_be_written(folder, said.splitlines()[0].rstrip("."))) from None
        raise
    except RuntimeError as error:
        if "interrupted" in str(error).casefold():
            # The database's way of passing on Ctrl-C.
            raise KeyboardInterrupt from None
        raise


def _is_full(folder: Path) -> str:
    return (
        f"There is no room for the build in {folder}: the disk is full. What was there before is as it was. "
        "Free some space, or choose another disk with --home."
    )


def _cannot_be_written(folder: Path, reason: str) -> str:
    return (
        f"{folder} cannot be written: {reason}. Nothing was changed. Choose another folder with --home DIR."
    )
