"""What may an auditor get? Counts per pseudonymised speaker and groups, with all that a card is worked out from.

Owns what is written beside the counts: settings, plan, what is on record of findings and looks. The file
itself is `data/evidence_file.py`; verifying a card against one is `verify.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.plan_reading import PlanError, plan_from_json
from dashboard.answers.documents import plan_stamp
from dashboard.answers.families import settings_in_force
from dashboard.answers.verify_doctor import digests_of
from dashboard.answers.verify_said import OnRecord
from dashboard.answers.verify_tried import card_digest, kind_key
from data.card_log import taken_cards, taken_document, taken_kinds
from data.errors import InputError
from data.evidence_file import RESTRICTED, evidence_head, opened_evidence, write_evidence
from data.plans import LogEntry, PlanRecord, StoredPlan
from data.store import Build

__all__ = ["RESTRICTED", "opened", "write"]


def write(build: Build, home: Path, path: Path) -> int:
    """Write the evidence file of a build; returns its number of rows."""
    info = build.info
    also = {
        "plan": {**(plan_stamp(info) or {}), "declared": info.plan.plan.to_json()} if info.plan else None,
        "plan_log": [vars(entry) for entry in info.record.log],
        "on_record": replace(
            OnRecord.of(home, info.name), doctor=digests_of(build), cards=_cards_of(home, info.name)
        ).to_json(),
    }
    return write_evidence(build, path, settings_in_force(info), also)


def _cards_of(home: Path, evaluation: str) -> dict[str, list[str]]:
    """Digests of the cards that were taken away, by kind: each told from any other, and nothing of it told."""
    return {
        kind_key(kind.system, kind.metric, kind.audience): [
            card_digest(json.loads(taken_document(home, one.id))) for one in taken_cards(home, kind)
        ]
        for kind in taken_kinds(home, evaluation)
    }


@contextmanager
def opened(path: Path) -> Iterator[tuple[Build, OnRecord]]:
    """The build that a file gives, judged as it was where it was written; raises `InputError`."""
    head = evidence_head(path)
    try:
        record, on_record = _record_of(head), OnRecord.from_json(head["on_record"])
    except (KeyError, TypeError, ValueError, AttributeError, PlanError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{path} is damaged as an evidence file: what is on record cannot be read."
        ) from None
    with opened_evidence(path) as build:
        yield build.judged_under(build.info.settings, record), on_record


def _record_of(head: dict[str, Any]) -> PlanRecord:
    """The plan and the log of it; files of an earlier version have no log."""
    log = tuple(LogEntry(**entry) for entry in head.get("plan_log", ()))
    plain = head.get("plan")
    if plain is None:
        return PlanRecord(None, log)
    plan = plan_from_json(plain["declared"])
    held = StoredPlan(plan, plan.sha256, str(plain["set"]), bool(plain["before_results"]))
    return PlanRecord(held, log)
