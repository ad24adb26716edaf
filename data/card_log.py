"""Cards that were taken away: the JSON of each, so that a later card can be held against the last one.

Owns one table of HOME/workspace.sqlite that is only ever added to. A card that is the same as the last one
of its kind is not kept twice, and a folder that nobody can write to is left as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zlib
from dataclasses import dataclass
from pathlib import Path

from data.errors import InputError
from data.workspace import now, read_only, writing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS card_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which cards were taken away
    evaluation TEXT NOT NULL,
    system     TEXT NOT NULL,
    metric     TEXT NOT NULL,
    audience   TEXT NOT NULL,
    build      TEXT NOT NULL,
    at         TEXT NOT NULL,                      -- UTC, ISO 8601
    sha256     TEXT NOT NULL,                      -- of the JSON
    card       BLOB NOT NULL                       -- the JSON, compressed
);
CREATE TRIGGER IF NOT EXISTS card_log_is_added_to BEFORE UPDATE ON card_log
BEGIN SELECT RAISE(ABORT, 'the log of cards is only added to'); END;
"""
_OF_A_KIND = "evaluation = ? AND system = ? AND metric = ? AND audience = ?"


@dataclass(frozen=True)
class CardKind:
    """Cards that may be held against each other."""

    evaluation: str
    system: str
    metric: str
    audience: str


@dataclass(frozen=True)
class TakenCard:
    """One card that was taken away, without its JSON."""

    id: int
    build: str
    at: str
    """UTC, ISO 8601."""
    sha256: str


def record_card(home: Path, kind: CardKind, build: str, document: bytes) -> None:
    """Put a card on record, unless the last one of its kind is the same."""
    sha256 = hashlib.sha256(document).hexdigest()
    with contextlib.suppress(OSError, InputError, sqlite3.Error), writing(home, _SCHEMA) as connection:
        last = connection.execute(
            f"SELECT sha256 FROM card_log WHERE {_OF_A_KIND} ORDER BY id DESC LIMIT 1", _values(kind)
        ).fetchone()
        if last is None or last["sha256"] != sha256:
            connection.execute(
                "INSERT INTO card_log (evaluation, system, metric, audience, build, at, sha256, card) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*_values(kind), build, now(), sha256, zlib.compress(document, 9)),
            )


def taken_cards(home: Path, kind: CardKind) -> list[TakenCard]:
    """Every card of a kind on record, the last one first. Writes nothing."""
    rows = read_only(
        home,
        f"SELECT id, build, at, sha256 FROM card_log WHERE {_OF_A_KIND} ORDER BY id DESC",
        _values(kind),
    )
    return [TakenCard(int(row["id"]), row["build"], row["at"], row["sha256"]) for row in rows]


def taken_kinds(home: Path, evaluation: str) -> tuple[CardKind, ...]:
    """Every kind of which a card of an evaluation is on record, sorted. Writes nothing."""
    rows = read_only(
        home,
        "SELECT DISTINCT system, metric, audience FROM card_log WHERE evaluation = ? "
        "ORDER BY system, metric, audience",
        (evaluation,),
    )
    return tuple(CardKind(evaluation, row["system"], row["metric"], row["audience"]) for row in rows)


def taken_document(home: Path, card_id: int) -> bytes:
    """The JSON of a card on record; raises `InputError` where there is none."""
    rows = read_only(home, "SELECT card FROM card_log WHERE id = ?", (card_id,))
    if not rows:
        raise InputError("This card is not on record any more.")
    return zlib.decompress(rows[0]["card"])


def _values(kind: CardKind) -> tuple[str, str, str, str]:
    return kind.evaluation, kind.system, kind.metric, kind.audience
