"""The log of what people looked at beyond the first pages: subgroups of their own, and other normalisers.

Owns one table of HOME/workspace.sqlite that is only ever added to, once per build and thing, and
the summary of all that was tried: these looks, the searches of `searches.py`, and findings that
were withdrawn. A card prints the summary, so that it cannot hide how much was tried.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.workspace import log_identity, now, read_only, writing

SUBGROUP, NORMALIZER = "subgroup", "normaliser"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS look_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which things were looked at
    evaluation TEXT NOT NULL,
    at         TEXT NOT NULL,                      -- UTC, ISO 8601
    build      TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('subgroup', 'normaliser')),
    what       TEXT NOT NULL,                      -- sentence of a selection, or name of a normaliser
    UNIQUE (evaluation, build, kind, what)
);
CREATE TRIGGER IF NOT EXISTS look_log_is_added_to BEFORE UPDATE ON look_log
BEGIN SELECT RAISE(ABORT, 'the log of what was looked at is only added to'); END;
"""
_QUERIES = {
    "looks": "SELECT at, build, kind, what FROM look_log WHERE evaluation = ? ORDER BY id",
    "searches": "SELECT at, build, asked, tested, found, confirmed FROM search_log WHERE evaluation = ? ORDER BY id",
    "findings": "SELECT id, build, system, added FROM finding WHERE evaluation = ? ORDER BY rowid",
    "withdrawn": (
        "SELECT e.at, e.finding, e.value FROM finding_event e JOIN finding f ON f.id = e.finding "
        "WHERE f.evaluation = ? AND e.what = 'state' AND e.value = 'withdrawn' ORDER BY e.id"
    ),
}

_WHEN = {"looks": 0, "searches": 0, "findings": 3, "withdrawn": 0}
"""Where an entry of each kind has its time."""


@dataclass(frozen=True)
class LookedAt:
    """How much was tried, as a card says it. All zero where nothing was recorded."""

    log: str | None
    """Which folder's log it is; None: nothing was tried or declared there."""
    searches: int
    """Searches for slices."""
    tested: int
    """Slices tested in all of them."""
    found: int
    confirmed: int
    """Slices confirmed on other speakers."""
    subgroups: int
    """Different subgroups that people defined, build by build."""
    normalisers: int
    """Other normalisers the rates were looked at under, build by build."""
    findings: int
    """Findings that were put on record, of every system."""
    withdrawn: int
    """Times a finding was withdrawn."""
    sha256: str
    """Of the entries that are summed up, so that none can be left out of the sums."""

    def to_json(self) -> dict[str, Any]:
        """Plain data for a card."""
        return dict(vars(self))


def record_look(home: Path, evaluation: str, build: str, kind: str, what: str) -> None:
    """Put a look on record, once per build; a folder that is only read is left as it is."""
    with (
        contextlib.suppress(OSError, InputError, sqlite3.Error),
        writing(home, _SCHEMA) as connection,
    ):
        connection.execute(
            "INSERT OR IGNORE INTO look_log (evaluation, at, build, kind, what) VALUES (?, ?, ?, ?, ?)",
            (evaluation, now(), build, kind, what),
        )


@dataclass(frozen=True)
class Tried:
    """Every entry of the log of one evaluation, oldest first in each kind."""

    log: str | None
    entries: Mapping[str, Sequence[Sequence[Any]]]
    """By `looks`, `searches`, `findings` and `withdrawn`."""

    def to_json(self) -> dict[str, Any]:
        """Plain data; `Tried(**plain)` reads it back."""
        return {
            "log": self.log,
            "entries": {name: [list(row) for row in rows] for name, rows in self.entries.items()},
        }

    def summary(self, as_of: LookedAt | None = None) -> LookedAt:
        """The sums of all entries, or of as many as an earlier summary holds."""
        rows = {name: [list(row) for row in found] for name, found in self.entries.items()}
        if as_of is not None:
            kept = {
                "looks": as_of.subgroups + as_of.normalisers,
                "searches": as_of.searches,
                "findings": as_of.findings,
                "withdrawn": as_of.withdrawn,
            }
            rows = {name: found[: max(0, kept[name])] for name, found in rows.items()}
        kinds = [row[2] for row in rows["looks"]]
        canonical = json.dumps(rows, sort_keys=True, ensure_ascii=True)
        return LookedAt(
            log=self.log,
            searches=len(rows["searches"]),
            tested=_sum(rows["searches"], 3),
            found=_sum(rows["searches"], 4),
            confirmed=_sum(rows["searches"], 5),
            subgroups=kinds.count(SUBGROUP),
            normalisers=kinds.count(NORMALIZER),
            findings=len(rows["findings"]),
            withdrawn=len(rows["withdrawn"]),
            sha256=hashlib.sha256(canonical.encode("ascii")).hexdigest(),
        )

    def summary_of(self, sha256: str) -> LookedAt | None:
        """The sums as they were at the moment that a summary's `sha256` stands for; None where there was none such."""
        moments = {str(row[_WHEN[name]]) for name, rows in self.entries.items() for row in rows}
        for moment in (*sorted(moments, reverse=True), ""):
            then = {
                name: [row for row in rows if str(row[_WHEN[name]]) <= moment]
                for name, rows in self.entries.items()
            }
            found = Tried(self.log, then).summary()
            if found.sha256 == sha256:
                return found
        return None


def tried(home: Path, evaluation: str) -> Tried:
    """Everything recorded for an evaluation. Writes nothing."""
    rows = {
        name: [list(row) for row in read_only(home, query, (evaluation,))] for name, query in _QUERIES.items()
    }
    declared = read_only(home, "SELECT 1 FROM plan_log WHERE evaluation = ? AND plan <> ''", (evaluation,))
    return Tried(log_identity(home) if declared or any(rows.values()) else None, rows)


def _sum(rows: Sequence[Sequence[Any]], column: int) -> int:
    return sum(row[column] or 0 for row in rows)
