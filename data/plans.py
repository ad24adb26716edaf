"""The plan of each evaluation, and the log of when its results were first opened and its plan was changed.

Owns one table of HOME/workspace.sqlite that is only ever added to, so that "declared before the
results were opened" can be read from the order of its rows. A plan belongs to the name of an
evaluation: new builds keep it. What a plan may say is known by `analysis/`.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from analysis.plan import Plan
from analysis.plan_reading import PlanError, plan_from_json
from data.errors import InputError
from data.workspace import FILE_NAME, now, writing

OPENED, SET, REMOVED = "results opened", "plan set", "plan removed"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS plan_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which things happened
    evaluation TEXT NOT NULL,
    at         TEXT NOT NULL,                      -- UTC, ISO 8601
    what       TEXT NOT NULL CHECK (what IN ('results opened', 'plan set', 'plan removed')),
    build      TEXT NOT NULL,                      -- whose results were opened; '' else
    plan       TEXT NOT NULL                       -- JSON of analysis/plan.py; '' unless one was set
);
CREATE UNIQUE INDEX IF NOT EXISTS opened_once ON plan_log (evaluation, build) WHERE what = 'results opened';
CREATE TRIGGER IF NOT EXISTS plan_log_is_added_to BEFORE UPDATE ON plan_log
BEGIN SELECT RAISE(ABORT, 'the log of plans is only added to'); END;
"""


@dataclass(frozen=True)
class StoredPlan:
    """A plan that holds now."""

    plan: Plan
    sha256: str
    set_at: str
    """UTC, ISO 8601."""
    before_results: bool
    """Whether it was set before results of any build of this evaluation were opened in this folder."""


@dataclass(frozen=True)
class LogEntry:
    """One thing that happened."""

    at: str
    what: str
    """results opened, plan set or plan removed."""
    build: str | None
    """Whose results were opened; None otherwise."""
    sha256: str | None
    """Hash of the plan that was set; None otherwise."""


@dataclass(frozen=True)
class PlanRecord:
    """What the workspace knows about the plan of one evaluation."""

    plan: StoredPlan | None = None
    """None: none was set, or it was removed."""
    log: tuple[LogEntry, ...] = ()
    """Everything that happened, oldest first."""

    @property
    def results_opened(self) -> str | None:
        """When results of any build were first opened here; None: not that this folder knows of."""
        return next((entry.at for entry in self.log if entry.what == OPENED), None)

    def has_opened(self, build: str) -> bool:
        """Whether the opening of this build's results is on record."""
        return any(entry.build == build for entry in self.log)


NOTHING_RECORDED = PlanRecord()


def plan_record(home: Path, evaluation: str) -> PlanRecord:
    """The plan in force and the log; empty where nothing was recorded. Writes nothing."""
    if not (home / FILE_NAME).exists():
        return NOTHING_RECORDED
    query = "SELECT at, what, build, plan FROM plan_log WHERE evaluation = ? ORDER BY id"
    rows = _read(home, query, evaluation)
    log, held, opened = [], None, False
    for at, what, build, text in rows:
        plan = _read_plan(text, home) if what == SET else None
        log.append(LogEntry(at, what, build or None, plan.sha256 if plan else None))
        if what == OPENED:
            opened = True
        else:
            held = StoredPlan(plan, plan.sha256, at, before_results=not opened) if plan else None
    return PlanRecord(held, tuple(log))


def set_plan(home: Path, evaluation: str, plan: Plan) -> PlanRecord:
    """Put a plan in force; the same plan again changes nothing, and keeps the moment it was first set."""
    known = plan_record(home, evaluation)
    if known.plan is None or known.plan.sha256 != plan.sha256:
        _add(home, evaluation, SET, plan=json.dumps(plan.to_json(), allow_nan=False))
    return plan_record(home, evaluation)


def remove_plan(home: Path, evaluation: str) -> PlanRecord:
    """Take the plan out of force; raises `InputError` where there is none."""
    if plan_record(home, evaluation).plan is None:
        raise InputError(f"{evaluation} has no plan, so there is none to remove.")
    _add(home, evaluation, REMOVED)
    return plan_record(home, evaluation)


def record_opening(home: Path, evaluation: str, build: str) -> None:
    """Put on record that results of a build are being looked at; once per build.

    Where nothing can be written no plan can be set either, so a folder that is only read is left as it is.
    """
    with contextlib.suppress(OSError, InputError, sqlite3.Error):
        _add(home, evaluation, OPENED, build=build)


def _add(home: Path, evaluation: str, what: str, build: str = "", plan: str = "") -> None:
    with writing(home) as connection:
        connection.executescript(_SCHEMA)
        connection.execute(
            "INSERT OR IGNORE INTO plan_log (evaluation, at, what, build, plan) VALUES (?, ?, ?, ?, ?)",
            (evaluation, now(), what, build, plan),
        )


def _read(home: Path, query: str, evaluation: str) -> list[tuple[str, str, str, str]]:
    """Rows of the log; none where the file has no such table yet."""
    path = home / FILE_NAME
    # A folder that nobody can write to has no place for the files that reading beside a writer needs.
    for way in ("mode=ro", "mode=ro&immutable=1"):
        try:
            with closing(
                sqlite3.connect(f"{path.resolve().as_uri()}?{way}", uri=True, timeout=10)
            ) as connection:
                return connection.execute(query, (evaluation,)).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            problem = str(error)
        except sqlite3.DatabaseError as error:
            problem = str(error)
            break
    raise InputError(f"{path} cannot be opened: {problem}.")


def _read_plan(text: str, home: Path) -> Plan:
    try:
        return plan_from_json(json.loads(text))
    except (PlanError, ValueError):
        raise InputError(
            f"{home / FILE_NAME} holds a plan that this version cannot read. Set it again with `fairhearing plan`."
        ) from None
