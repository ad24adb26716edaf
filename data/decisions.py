"""What was decided about a system, and who signed its card off: a log that is only added to.

Owns one table of HOME/workspace.sqlite. The latest entry of a kind holds; taking one back is an entry
of its own. What a decision may say is known by `analysis/card/decision.py`; names are kept as typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.workspace import now, read_only, writing

DECISION, SIGN_OFF = "decision", "sign-off"
LONGEST_TEXT = 5_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which things were said
    evaluation TEXT NOT NULL,
    system     TEXT NOT NULL,
    build      TEXT NOT NULL,                      -- the build that was on screen
    at         TEXT NOT NULL,                      -- UTC, ISO 8601
    what       TEXT NOT NULL CHECK (what IN ('decision', 'sign-off')),
    said       TEXT NOT NULL                       -- JSON object of texts; '' takes back what was said before
);
CREATE TRIGGER IF NOT EXISTS decision_log_is_added_to BEFORE UPDATE ON decision_log
BEGIN SELECT RAISE(ABORT, 'the log of decisions is only added to'); END;
"""


@dataclass(frozen=True)
class Decided:
    """What holds for one system now."""

    decision: Mapping[str, Any] | None
    """Texts by key, with `at` and `build`; None: none is on record, or it was taken back."""
    signed_off: Mapping[str, Any] | None


def record_decision(
    home: Path, evaluation: str, system: str, build: str, what: str, said: Mapping[str, str] | None
) -> None:
    """Put a decision or a sign-off on record, or take it back with None; raises `InputError` for a text that is too long."""
    for key, text in (said or {}).items():
        if len(text) > LONGEST_TEXT:
            raise InputError(f"The {key} has {len(text):,} characters; at most {LONGEST_TEXT:,} are kept.")
    plain = (
        ""
        if said is None
        else json.dumps({key: text for key, text in said.items() if text}, ensure_ascii=False)
    )
    with writing(home, _SCHEMA) as connection:
        connection.execute(
            "INSERT INTO decision_log (evaluation, system, build, at, what, said) VALUES (?, ?, ?, ?, ?, ?)",
            (evaluation, system, build, now(), what, plain),
        )


def decided(home: Path, evaluation: str, system: str) -> Decided:
    """The latest decision and sign-off; both None where nothing was said. Writes nothing."""
    query = "SELECT what, said, at, build FROM decision_log WHERE evaluation = ? AND system = ? ORDER BY id"
    held: dict[str, dict[str, Any] | None] = {}
    for row in read_only(home, query, (evaluation, system)):
        said = {**json.loads(row["said"]), "at": row["at"], "build": row["build"]} if row["said"] else None
        held[row["what"]] = said
    return Decided(held.get(DECISION), held.get(SIGN_OFF))
