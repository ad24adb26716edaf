"""What was declared in advance for an evaluation, when, and does it fit?

Owns the questions about a plan that pages and commands ask: what holds, whether a plan could be
set and what is wrong with it, putting one in force, taking it out, and one to start from. The
numbers it leads to are worked out elsewhere; it prints nothing and knows no Streamlit.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.metrics import DEFAULT_METRIC
from analysis.plan import Plan
from analysis.plan_check import PlanCheck, check_plan
from analysis.plan_reading import PlanError, PlanFault, plan_from_json
from analysis.selection import EVERYTHING
from dashboard.answers.documents import document_head
from dashboard.answers.families import settings_in_force
from dashboard.answers.layouts import default_layout
from data import plans
from data.errors import Fault, InputError
from data.plans import PlanRecord, StoredPlan
from data.store import EvaluationInfo

LARGEST_FILE = 2_000_000
"""Bytes of a plan's file; a plan is a page of text."""


@dataclass(frozen=True)
class PlanStatus:
    """The plan of an evaluation as it stands."""

    held: StoredPlan | None
    """None: no plan, so defaults, and every verdict is exploratory."""
    check: PlanCheck | None
    """The plan held against this build; None without a plan."""
    results_opened: str | None
    """When results of any build were first opened here, UTC; None: not that this folder knows of."""
    log: tuple[plans.LogEntry, ...]


def plan_of(info: EvaluationInfo) -> PlanStatus:
    """The plan that holds for an evaluation, how it fits this build, and what was opened when."""
    return _status(info, info.record)


def checked(info: EvaluationInfo, plan: Plan) -> PlanCheck:
    """Faults and notes of a plan for this evaluation; it is not set."""
    return check_plan(plan, info.attributes, str(info.normalizer["id"]), info.undefined_metrics)


def set_plan(info: EvaluationInfo, plan: Plan, file: str = "plan") -> PlanStatus:
    """Put a plan in force for every build of the evaluation; raises `InputError` with every fault.

    file: how the faults call what was read.
    """
    check = checked(info, plan)
    if check.faults:
        raise InputError(_faults(check.faults, file))
    return _status(info, plans.set_plan(*_kept_under(info), plan))


def remove_plan(info: EvaluationInfo) -> PlanStatus:
    """Take the plan out of force; raises `InputError` where there is none."""
    return _status(info, plans.remove_plan(*_kept_under(info)))


def read_plan(path: Path) -> Plan:
    """A plan from a JSON file; raises `InputError` with every fault of it."""
    try:
        with path.open("rb") as file:
            # A pipe or a device has no size.
            document = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    return read_plan_bytes(document, path.name)


def read_plan_bytes(document: bytes, file: str) -> Plan:
    """A plan from the bytes of a JSON file that was handed in; raises `InputError` with every fault of it."""
    if len(document) > LARGEST_FILE:
        raise InputError(f"{file} has more than {LARGEST_FILE:,} bytes, which is no plan.")
    try:
        plain = json.loads(document.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file} is no JSON in UTF-8: {error}. See docs/plan.md for an example.") from None
    return read_plan_from(plain, file)


def read_plan_from(plain: object, file: str = "plan") -> Plan:
    """A plan from plain data, such as a form holds; raises `InputError` with every fault."""
    try:
        return plan_from_json(plain)
    except PlanError as problem:
        raise InputError(_faults(problem.faults, file)) from None


def draft_plan(info: EvaluationInfo) -> Plan:
    """A plan to start from: the groups as they were recorded, the first pages' groupings, the settings' margin."""
    settings = settings_in_force(info)
    layout = default_layout(info.attributes)
    populations = tuple(
        (one.name, one.levels)
        for one in info.attributes
        if one.role != "content" and one.kind == "category" and one.levels
    )
    return Plan(
        groupings=tuple(layout[:size] for size in range(1, len(layout) + 1)),
        populations=populations,
        metric=DEFAULT_METRIC,
        normalizer=str(info.normalizer["id"]),
        margin_ratio=settings.margin_ratio,
        margin_points=settings.margin_points,
        min_speakers=int(settings.min_speakers),
    )


def note_results_opened(info: EvaluationInfo) -> None:
    """Put on record, once per build, that somebody looks at results; cheap where it is on record already."""
    if not info.record.has_opened(info.build):
        plans.record_opening(*_kept_under(info), info.build)


def plan_document(info: EvaluationInfo, status: PlanStatus) -> dict[str, Any]:
    """The JSON document of `fairhearing plan`; keys are a contract."""
    held, check = status.held, status.check
    head = document_head(info, settings_in_force(info), EVERYTHING)
    return {
        **head,
        "plan": None
        if held is None
        else {"sha256": held.sha256, "set": held.set_at, "before_results": held.before_results},
        "declared": held.plan.to_json() if held else None,
        "results_opened": status.results_opened,
        **check_document(check),
        "log": [
            {"at": one.at, "what": one.what, "build": one.build, "sha256": one.sha256} for one in status.log
        ],
    }


def check_document(check: PlanCheck | None) -> dict[str, Any]:
    """How a plan fits an evaluation, as plain data; empty lists without a plan."""

    def plain(faults: Collection[PlanFault]) -> list[dict[str, str]]:
        return [{"field": one.field, "what": one.what, "advice": one.advice} for one in faults]

    return {
        "faults": plain(check.faults) if check else [],
        "notes": plain(check.notes) if check else [],
        "without_data": {name: list(groups) for name, groups in check.without_data} if check else {},
        "not_declared": {name: list(groups) for name, groups in check.not_declared} if check else {},
    }


def _status(info: EvaluationInfo, record: PlanRecord) -> PlanStatus:
    held = record.plan
    return PlanStatus(held, checked(info, held.plan) if held else None, record.results_opened, record.log)


def _kept_under(info: EvaluationInfo) -> tuple[Path, str]:
    """The folder of evaluations, and the name that all builds of this one share."""
    return info.path.parent.parent, info.path.parent.name


def _faults(faults: Collection[PlanFault], file: str) -> list[Fault]:
    return [Fault(file, None, one.field, one.what, one.advice) for one in faults]
