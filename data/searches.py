"""The log of searches for slices: what was looked for, in which evaluation, when, and how much was found.

Owns one table of HOME/workspace.sqlite that is only ever added to. Whoever searches again and
again until something is confirmed leaves a trace, and a card can say how often it was tried.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.workspace import FILE_NAME, now, writing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS search_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which things happened
    evaluation TEXT NOT NULL,
    at         TEXT NOT NULL,                      -- UTC, ISO 8601
    build      TEXT NOT NULL,
    asked      TEXT NOT NULL,                      -- JSON: system, metric, selection, attributes, depth, seed …
    tested     INTEGER NOT NULL,
    found      INTEGER NOT NULL,
    confirmed  INTEGER                             -- NULL: nothing was put to the test
);
CREATE TRIGGER IF NOT EXISTS search_log_is_added_to BEFORE UPDATE ON search_log
BEGIN SELECT RAISE(ABORT, 'the log of searches is only added to'); END;
"""


@dataclass(frozen=True)
class LoggedSearch:
    """One search as it was recorded."""

    at: str
    """UTC, ISO 8601."""
    build: str
    asked: Mapping[str, Any]
    tested: int
    found: int
    confirmed: int | None
    """None: the search was not put to the test on other speakers."""


def record_search(
    home: Path,
    evaluation: str,
    build: str,
    asked: Mapping[str, Any],
    tested: int,
    found: int,
    confirmed: int | None,
) -> None:
    """Put a search on record; a folder that is only read is left as it is."""
    values = (evaluation, now(), build, json.dumps(asked, allow_nan=False), tested, found, confirmed)
    with contextlib.suppress(OSError, InputError, sqlite3.Error), writing(home) as connection:
        connection.executescript(_SCHEMA)
        connection.execute(
            "INSERT INTO search_log (evaluation, at, build, asked, tested, found, confirmed) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )


def logged_searches(home: Path, evaluation: str) -> list[LoggedSearch]:
    """Every search of an evaluation, oldest first; none where nothing was recorded. Writes nothing."""
    path = home / FILE_NAME
    if not path.exists():
        return []
    query = (
        "SELECT at, build, asked, tested, found, confirmed FROM search_log WHERE evaluation = ? ORDER BY id"
    )
    problem = ""
    # A folder that nobody can write to has no place for the files that reading beside a writer needs.
    for way in ("mode=ro", "mode=ro&immutable=1"):
        try:
            address = f"{path.resolve().as_uri()}?{way}"
            with closing(sqlite3.connect(address, uri=True, timeout=10)) as connection:
                rows = connection.execute(query, (evaluation,)).fetchall()
        except sqlite3.DatabaseError as error:
            if "no such table" in str(error):
                return []
            problem = str(error)
        else:
            return [LoggedSearch(at, build, json.loads(asked), *counts) for at, build, asked, *counts in rows]
    raise InputError(f"{path} cannot be opened: {problem}.")
