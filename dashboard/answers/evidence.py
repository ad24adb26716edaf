"""What may an auditor get? Counts per pseudonymised speaker and groups, with all that a card is worked out from.

Owns what is written beside the counts: settings, plan, what is on record of findings and looks. The file
itself is `data/evidence_file.py`; verifying a card against one is `verify.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.plan_reading import PlanError, plan_from_json
from dashboard.answers.documents import plan_stamp
from dashboard.answers.families import settings_in_force
from dashboard.answers.verify_said import OnRecord
from data.errors import InputError
from data.evidence_file import RESTRICTED, evidence_head, opened_evidence, write_evidence
from data.plans import NOTHING_RECORDED, PlanRecord, StoredPlan
from data.store import Build

__all__ = ["RESTRICTED", "opened", "write"]


def write(build: Build, home: Path, path: Path) -> int:
    """Write the evidence file of a build; returns its number of rows."""
    info = build.info
    also = {
        "plan": {**(plan_stamp(info) or {}), "declared": info.plan.plan.to_json()} if info.plan else None,
        "on_record": OnRecord.of(home, info.name).to_json(),
    }
    return write_evidence(build, path, settings_in_force(info), also)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Build, OnRecord]]:
    """The build that a file gives, judged as it was where it was written; raises `InputError`."""
    head = evidence_head(path)
    try:
        record, on_record = _plan_of(head.get("plan")), OnRecord.from_json(head["on_record"])
    except (KeyError, TypeError, ValueError, AttributeError, PlanError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{path} is damaged as an evidence file: what is on record cannot be read."
        ) from None
    with opened_evidence(path) as build:
        yield build.judged_under(build.info.settings, record), on_record


def _plan_of(plain: dict[str, Any] | None) -> PlanRecord:
    if plain is None:
        return NOTHING_RECORDED
    plan = plan_from_json(plain["declared"])
    return PlanRecord(StoredPlan(plan, plan.sha256, str(plain["set"]), bool(plain["before_results"])))
