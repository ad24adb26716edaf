"""A connection to the file of one build: read-only, without access to other files, within limits of memory and threads.

Used by `store.py`, which keeps connections open, and by the server for what may go wrong with one. What is in the file is not looked at here.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

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
        raise InputError(f"{path} cannot be opened as an evaluation: {str(error).splitlines()[0]}") from None
    spill = Path(tempfile.gettempdir()) / f"fairhearing-{os.getuid()}"
    connection.execute(f"SET memory_limit = '{_limits.memory}'")
    connection.execute(f"SET threads = {_limits.threads}")
    connection.execute("SET temp_directory = '" + str(spill).replace("'", "''") + "'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
