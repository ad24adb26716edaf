"""What people put on record while they look at evaluations: the one file that holds it, and how it is written.

Owns HOME/workspace.sqlite. SQLite in write-ahead mode with a waiting time, because pages and
commands write from several processes. Each table has an owner of its own (`findings.py`, `plans.py`,
`searches.py`, `looked_at.py`, `decisions.py`, `subgroups.py`, `card_log.py`); none holds rows of an evaluation.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from data.errors import InputError

FILE_NAME = "workspace.sqlite"
_WAIT_SECONDS = 10.0
_OF_EVALUATIONS = ("plan_log", "search_log", "look_log", "decision_log", "subgroup_log", "card_log")
"""Tables with a column `evaluation`, besides `finding`."""
_IDENTITY = "CREATE TABLE IF NOT EXISTS log_identity (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), id TEXT NOT NULL)"


def now() -> str:
    """UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def forget_evaluation(home: Path, evaluation: str) -> int:
    """Delete what was kept of an evaluation that is removed, so that no later one of its name inherits it.

    Returns how many findings there were.
    """
    if not (home / FILE_NAME).exists():
        return 0
    with writing(home) as connection:
        there = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        for log in there.intersection(_OF_EVALUATIONS):
            connection.execute(f"DELETE FROM {log} WHERE evaluation = ?", (evaluation,))
        if "finding_event" in there:
            mine = "finding IN (SELECT id FROM finding WHERE evaluation = ?)"
            connection.execute(f"DELETE FROM finding_event WHERE {mine}", (evaluation,))
        if "finding" not in there:
            return 0
        return connection.execute("DELETE FROM finding WHERE evaluation = ?", (evaluation,)).rowcount


@contextmanager
def writing(home: Path, schema: str = "") -> Iterator[sqlite3.Connection]:
    """A connection whose changes are kept together or not at all; for the owners of this file's tables."""
    home.mkdir(parents=True, exist_ok=True)
    with closing(connected(home, schema)) as connection, connection:
        connection.execute(_IDENTITY)
        connection.execute("INSERT OR IGNORE INTO log_identity VALUES (1, ?)", (secrets.token_hex(8),))
        yield connection


def log_identity(home: Path) -> str | None:
    """What tells this file's logs from those of every other folder; None where nothing was ever recorded."""
    return next((str(row["id"]) for row in read_only(home, "SELECT id FROM log_identity")), None)


def connected(home: Path, schema: str = "") -> sqlite3.Connection:
    """The open file with the tables of one owner; raises `InputError` where it is none."""
    try:
        connection = sqlite3.connect(home / FILE_NAME, timeout=_WAIT_SECONDS)
        connection.execute("PRAGMA journal_mode = WAL")
        if schema:
            connection.executescript(schema)
    except sqlite3.DatabaseError as error:
        advice = _advice(str(error)) or "Nothing was changed."
        raise InputError(f"{home / FILE_NAME} cannot be opened: {error}. {advice}") from None
    connection.row_factory = sqlite3.Row
    return connection


def _advice(problem: str) -> str:
    """What to do about what SQLite found; "" where that is not known."""
    known = {
        "not a database": "Put it back from a copy, or move it away and begin a new one.",
        "malformed": "Put it back from a copy, or move it away and begin a new one.",
        "locked": "Nothing was changed. Another process is writing to it; try again.",
        "readonly": "Nothing was changed. Let its folder be written, or choose another with --home DIR.",
        "unable to open": "Nothing was changed. Let its folder be written, or choose another with --home DIR.",
    }
    return next((advice for found, advice in known.items() if found in problem), "")


def read_only(home: Path, query: str, parameters: tuple[object, ...] = ()) -> list[sqlite3.Row]:
    """Rows of a query that writes nothing; none where the file has no such table yet. Raises `InputError`."""
    path = home / FILE_NAME
    if not path.exists():
        return []
    problem = ""
    # A folder that nobody can write to has no place for the files that reading beside a writer needs.
    for way in ("mode=ro", "mode=ro&immutable=1"):
        address = f"{path.resolve().as_uri()}?{way}"
        try:
            with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS)) as connection:
                connection.row_factory = sqlite3.Row
                return connection.execute(query, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if "no such table" in str(error):
                return []
            problem = str(error)
    raise InputError(f"{path} cannot be opened: {problem}.")
