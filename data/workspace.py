"""What people put on record while they look at evaluations: findings; plans have a table of their own (`plans.py`).

Owns HOME/workspace.sqlite. SQLite in write-ahead mode with a waiting time, because pages and
commands write from several processes. It holds no rows of an evaluation: a finding keeps the
question and the numbers as they were read, and whoever shows it asks the question again.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.errors import InputError

FILE_NAME = "workspace.sqlite"
LONGEST_NOTE = 20_000
_WAIT_SECONDS = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS finding (
    id         TEXT PRIMARY KEY,
    evaluation TEXT NOT NULL,
    build      TEXT NOT NULL,
    system     TEXT NOT NULL,
    metric     TEXT NOT NULL,
    selection  TEXT NOT NULL,   -- JSON of analysis/selection.py
    grouping   TEXT NOT NULL,   -- JSON list of attributes; empty for a subgroup, which the selection defines
    groups     TEXT NOT NULL,   -- JSON object, attribute to group
    against    TEXT NOT NULL,   -- comparator as asked for; '' is the default
    numbers    TEXT NOT NULL,   -- JSON, the row as it was read
    note       TEXT NOT NULL,
    author     TEXT NOT NULL,   -- as typed, not checked
    added      TEXT NOT NULL,   -- UTC, ISO 8601
    state      TEXT NOT NULL CHECK (state IN ('open', 'withdrawn')),
    withdrawn  TEXT NOT NULL    -- reason; '' while open
)"""


@dataclass(frozen=True)
class StoredFinding:
    """A finding as it was recorded."""

    id: str
    evaluation: str
    build: str
    system: str
    metric: str
    selection: Mapping[str, Any]
    """JSON of the selection; `analysis.selection.from_json` reads it."""
    by: tuple[str, ...]
    """Attributes of the grouping in its order; empty for a subgroup."""
    group: Mapping[str, str | None]
    against: str | None
    """The comparator that was asked for; None is the default."""
    numbers: Mapping[str, Any]
    """The row as it was read from `build`."""
    note: str
    author: str
    added: str
    state: str = "open"
    """open or withdrawn."""
    withdrawn: str = ""
    """Why it was withdrawn; "" while it is open."""


def new_finding_id() -> str:
    """Twelve hexadecimal digits that nobody else has."""
    return secrets.token_hex(6)


def now() -> str:
    """UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def keep_finding(home: Path, finding: StoredFinding) -> None:
    """Write a new finding; raises `InputError` for a note that is too long."""
    if len(finding.note) > LONGEST_NOTE:
        raise InputError(f"The note has {len(finding.note):,} characters; at most {LONGEST_NOTE:,} are kept.")
    values = (
        finding.id,
        finding.evaluation,
        finding.build,
        finding.system,
        finding.metric,
        _plain(finding.selection),
        _plain(list(finding.by)),
        _plain(finding.group),
        finding.against or "",
        _plain(finding.numbers),
        finding.note,
        finding.author,
        finding.added,
        finding.state,
        finding.withdrawn,
    )
    with writing(home) as connection:
        connection.execute(f"INSERT INTO finding VALUES ({', '.join('?' * len(values))})", values)


def stored_findings(home: Path, evaluation: str, system: str | None = None) -> list[StoredFinding]:
    """Findings of an evaluation, oldest first, withdrawn ones included; none where nothing was kept."""
    if not (home / FILE_NAME).exists():
        return []
    query = "SELECT * FROM finding WHERE evaluation = ? AND (? IS NULL OR system = ?) ORDER BY added, rowid"
    with closing(_connect(home)) as connection:
        return [_finding(row) for row in connection.execute(query, (evaluation, system, system))]


def withdraw(home: Path, finding_id: str, reason: str) -> None:
    """Mark a finding as withdrawn and keep it; raises `InputError` where there is no open one of that id."""
    with writing(home) as connection:
        changed = connection.execute(
            "UPDATE finding SET state = 'withdrawn', withdrawn = ? WHERE id = ? AND state = 'open'",
            (reason, finding_id),
        )
        if changed.rowcount == 0:
            raise InputError(f'There is no open finding "{finding_id}".')


def forget_evaluation(home: Path, evaluation: str) -> int:
    """Delete what was kept of an evaluation that is removed, so that no later one of its name inherits it.

    Returns how many findings there were.
    """
    if not (home / FILE_NAME).exists():
        return 0
    with writing(home) as connection:
        for log in ("plan_log", "search_log"):
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (log,)).fetchone():
                connection.execute(f"DELETE FROM {log} WHERE evaluation = ?", (evaluation,))
        return connection.execute("DELETE FROM finding WHERE evaluation = ?", (evaluation,)).rowcount


@contextmanager
def writing(home: Path) -> Iterator[sqlite3.Connection]:
    """A connection whose changes are kept together or not at all; for the owners of this file's tables."""
    home.mkdir(parents=True, exist_ok=True)
    with closing(_connect(home)) as connection, connection:
        yield connection


def _connect(home: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(home / FILE_NAME, timeout=_WAIT_SECONDS)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(_SCHEMA)
    except sqlite3.DatabaseError as error:
        raise InputError(f"{home / FILE_NAME} cannot be opened: {error}.") from None
    connection.row_factory = sqlite3.Row
    return connection


def _finding(row: sqlite3.Row) -> StoredFinding:
    return StoredFinding(
        id=row["id"],
        evaluation=row["evaluation"],
        build=row["build"],
        system=row["system"],
        metric=row["metric"],
        selection=json.loads(row["selection"]),
        by=tuple(json.loads(row["grouping"])),
        group=json.loads(row["groups"]),
        against=row["against"] or None,
        numbers=json.loads(row["numbers"]),
        note=row["note"],
        author=row["author"],
        added=row["added"],
        state=row["state"],
        withdrawn=row["withdrawn"],
    )


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
