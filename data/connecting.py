"""A connection to the file of one build: read-only, without access to other files, within limits of memory and threads.

Owns what a connection writes when memory is short, each in a folder of its own: such files are called alike in every
database, and two that shared a folder would overwrite each other. Used by `store.py`, which keeps connections open, and
by the server for what may go wrong with one. What is in the file is not looked at here.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from secrets import token_hex

import duckdb

from data.errors import InputError

UNREADABLE: tuple[type[Exception], ...] = (InputError, duckdb.Error, OSError, ValueError)
"""What may go wrong in reading a build that is damaged, or was removed meanwhile."""


@dataclass
class _Limits:
    """What one open file may use in this process."""

    memory: str = "2GB"
    threads: int = max(1, min(4, os.cpu_count() or 1))


_limits = _Limits()


def share_memory() -> None:
    """For a process that answers many readers from several files: leave memory to the others. Call it first."""
    _limits.memory, _limits.threads = "512MB", 2


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file; raises `InputError` when it is no database."""
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        found = str(error).splitlines()[0].replace(f' "{path}"', "")
        raise InputError(
            f"{path} cannot be opened as an evaluation. {_advice(found)} What was found: {found}"
        ) from None
    [(is_open,)] = connection.execute("SELECT current_setting('lock_configuration')").fetchall()
    # What somebody still reads, DuckDB gives as it was opened, and lets nobody change it.
    if not is_open:
        connection.execute(f"SET memory_limit = '{_limits.memory}'")
        connection.execute(f"SET threads = {_limits.threads}")
        connection.execute("SET temp_directory = '" + str(_own_folder()).replace("'", "''") + "'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    return connection


def _advice(found: str) -> str:
    """What to do about what DuckDB found: nothing is lost where a file may not be read, or is being written."""
    if "permission denied" in found.casefold():
        return "It may not be read: let whoever runs this read the file and its folder."
    if "could not set lock" in found.casefold():
        return "Another process is writing it: try again when that has ended."
    return (
        "It may have been cut short or written by a newer version: put it back from a copy, make it again of its files, or "
        "remove it."
    )


def remove_spilled(process: int) -> None:
    """Remove what a process that has ended, or ends now, wrote when memory was short; one that was killed cannot."""
    for folder in _folders():
        if _process_of(folder) == process:
            shutil.rmtree(folder, ignore_errors=True)


def _own_folder() -> Path:
    """A name that no other connection has. DuckDB makes the folder when it needs it, and removes it with the last cursor."""
    _swept_for(os.getpid())
    return _all_folders() / f"{os.getpid()}-{token_hex(8)}"


@cache
def _swept_for(process: int) -> None:
    """Once in each process: see to it that its folders go with it, and remove those of processes that are no more."""
    # Where nothing can be written, all is well until memory is short; then DuckDB says what is wrong.
    with suppress(OSError):
        _all_folders().mkdir(mode=0o700, exist_ok=True)
    atexit.register(remove_spilled, process)
    for other in {_process_of(folder) for folder in _folders()} - {0}:
        if not _is_running(other):
            remove_spilled(other)


def _all_folders() -> Path:
    return Path(tempfile.gettempdir()) / f"fairhearing-{os.getuid()}"


def _folders() -> list[Path]:
    with suppress(OSError):
        return list(_all_folders().iterdir())
    return []


def _process_of(folder: Path) -> int:
    """The number of the process a folder is named after; 0 where it is named after none."""
    number = folder.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
