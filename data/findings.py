"""Findings that people put on record: what was seen when it was added, and everything that was said of it since.

Owns two tables of HOME/workspace.sqlite that are only ever added to. A finding as it was added is
one row that never changes; a new wording, another place in the list or another state is an entry
of its own, with its author, time and reason, so that nothing changes silently. Whoever shows a
finding asks its question again; the numbers kept here only say whether the answer has changed.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.workspace import read_only, writing

LONGEST_NOTE = 20_000
OPEN, WITHDRAWN = "open", "withdrawn"
STATES = (OPEN, "mitigated", "accepted", WITHDRAWN)
"""What an entry of the history may be about."""
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
);
CREATE TABLE IF NOT EXISTS finding_event (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which things were said
    finding TEXT NOT NULL,
    at      TEXT NOT NULL,                      -- UTC, ISO 8601
    author  TEXT NOT NULL,                      -- as typed, not checked
    what    TEXT NOT NULL CHECK (what IN ('claim', 'note', 'place', 'state')),
    value   TEXT NOT NULL,
    reason  TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS finding_never_changes BEFORE UPDATE ON finding
BEGIN SELECT RAISE(ABORT, 'a finding never changes; its history is added to'); END;
CREATE TRIGGER IF NOT EXISTS finding_event_is_added_to BEFORE UPDATE ON finding_event
BEGIN SELECT RAISE(ABORT, 'the history of findings is only added to'); END;
"""


@dataclass(frozen=True)
class FindingEvent:
    """One thing that was said of a finding after it was added."""

    at: str
    """UTC, ISO 8601."""
    author: str
    """As typed, not checked."""
    what: str
    """claim, note, place or state."""
    value: str
    """The new text, place (counted from 1) or state."""
    reason: str = ""


@dataclass(frozen=True)
class StoredFinding:
    """A finding as it was recorded, with what has been said of it since."""

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
    """The row as it was read from `build`; `measured` in it says with what, where it is known."""
    note: str
    author: str
    added: str
    state: str = OPEN
    """One of STATES."""
    reason: str = ""
    """Why it is in this state; "" while it was never changed."""
    claim: str = ""
    """What its author claims, in one sentence; "": the sentence that the numbers give."""
    history: tuple[FindingEvent, ...] = ()
    """Everything that was said since it was added, oldest first."""


def new_finding_id() -> str:
    """Twelve hexadecimal digits that nobody else has."""
    return secrets.token_hex(6)


def keep_finding(home: Path, finding: StoredFinding) -> None:
    """Write a new finding; raises `InputError` for a claim or note that is too long."""
    _refuse_too_long("note", finding.note)
    _refuse_too_long("claim", finding.claim)
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
        OPEN,
        "",
    )
    with writing(home, _SCHEMA) as connection:
        connection.execute(f"INSERT INTO finding VALUES ({', '.join('?' * len(values))})", values)
        if finding.claim:
            _append(
                connection, finding.id, FindingEvent(finding.added, finding.author, "claim", finding.claim)
            )


def stored_findings(home: Path, evaluation: str, system: str | None = None) -> list[StoredFinding]:
    """Findings of an evaluation in the order people gave them, withdrawn ones included; none where nothing was kept."""
    rows = read_only(home, "SELECT * FROM finding WHERE evaluation = ? ORDER BY added, rowid", (evaluation,))
    events = read_only(
        home,
        "SELECT e.* FROM finding_event e JOIN finding f ON f.id = e.finding WHERE f.evaluation = ? ORDER BY e.id",
        (evaluation,),
    )
    said: dict[str, list[FindingEvent]] = {}
    for row in events:
        event = FindingEvent(row["at"], row["author"], row["what"], row["value"], row["reason"])
        said.setdefault(row["finding"], []).append(event)
    found = [_with_history(_finding(row), said.get(row["id"], [])) for row in rows]
    placed = _in_order(found, [(row["finding"], row["value"]) for row in events if row["what"] == "place"])
    return [one for one in placed if system is None or one.system == system]


def stored_finding(home: Path, evaluation: str, finding_id: str) -> StoredFinding:
    """The finding whose id begins so; raises `InputError` that says which there are."""
    known = stored_findings(home, evaluation)
    meant = [one for one in known if finding_id and one.id.startswith(finding_id)]
    if len(meant) != 1:
        listed = ", ".join(one.id for one in known) or "none"
        fits = "Several findings begin" if meant else "No finding begins"
        raise InputError(f'{fits} with "{finding_id}". On record for {evaluation}: {listed}.')
    return meant[0]


def add_to_history(home: Path, finding: StoredFinding, *events: FindingEvent) -> None:
    """Say more of a finding, all of it or nothing; raises `InputError` for a state it is in or what is no state."""
    for event in events:
        _refuse_too_long(event.what, event.value)
        _refuse_too_long("reason", event.reason)
        if event.what == "state":
            _refuse_state(finding, event)
        if event.what == "place" and not (event.value.isdigit() and int(event.value) >= 1):
            raise InputError(f'The place "{event.value}" is no number from 1.')
    with writing(home, _SCHEMA) as connection:
        for event in events:
            _append(connection, finding.id, event)


def _refuse_state(finding: StoredFinding, event: FindingEvent) -> None:
    if event.value not in STATES:
        raise InputError(f'"{event.value}" is not a state of a finding. There is {", ".join(STATES)}.')
    if event.value == finding.state:
        raise InputError(f'The finding "{finding.id}" is {finding.state} already.')


def _refuse_too_long(what: str, text: str) -> None:
    if len(text) > LONGEST_NOTE:
        raise InputError(f"The {what} has {len(text):,} characters; at most {LONGEST_NOTE:,} are kept.")


def _append(connection: sqlite3.Connection, finding_id: str, event: FindingEvent) -> None:
    connection.execute(
        "INSERT INTO finding_event (finding, at, author, what, value, reason) VALUES (?, ?, ?, ?, ?, ?)",
        (finding_id, event.at, event.author, event.what, event.value, event.reason),
    )


def _with_history(finding: StoredFinding, said: list[FindingEvent]) -> StoredFinding:
    """The finding as it stands after everything that was said of it."""
    for event in said:
        if event.what == "state":
            finding = replace(finding, state=event.value, reason=event.reason)
        elif event.what == "claim":
            finding = replace(finding, claim=event.value)
        elif event.what == "note":
            finding = replace(finding, note=event.value)
    return replace(finding, history=tuple(said))


def _in_order(found: list[StoredFinding], moves: Iterable[tuple[str, str]]) -> list[StoredFinding]:
    """As they were added, then moved one after the other."""
    order = [one.id for one in found]
    for finding_id, place in moves:
        order.remove(finding_id)
        order.insert(int(place) - 1, finding_id)
    by_id = {one.id: one for one in found}
    return [by_id[finding_id] for finding_id in order]


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
        reason=row["withdrawn"],
    )


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
