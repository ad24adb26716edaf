"""By which plan is a card judged again? By the one it names, which need not be the one that holds here.

Owns which of the plans is taken: none where the card names none, one of the log of the evaluation, or the one that
the card carries. A plan that the card's own folder never heard of is not taken, so that such a card differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.plan import Plan
from analysis.plan_reading import PlanError, plan_from_json
from dashboard.answers.verify_reading import HandedIn
from dashboard.answers.verify_said import OnRecord
from data.errors import InputError
from data.plans import OPENED, SET, PlanRecord, StoredPlan
from data.store import Build

_MOMENTS = ("evidence.plan.set", "evidence.plan.before_results")
_UNKNOWN = (
    "when the plan was set, and whether results had been opened before: the log of that is in another folder"
)
_USED = "that this plan was set at all: {why}, so the one that the card declares was used"


@dataclass(frozen=True)
class OtherPlan:
    """The plan that the card was made under, where another one or none holds here."""

    card: str | None
    """SHA-256 of the card's plan; None: it was made without one."""
    here: str | None
    """SHA-256 of the plan that holds here; None: none does any more."""
    set_here: str | None
    """When that was set; UTC, ISO 8601."""
    on_record: bool
    """Whether the card's plan, or that there was none, is in the log of the evaluation here."""


@dataclass(frozen=True)
class Planned:
    """A build with the plan it is judged by."""

    build: Build
    notes: tuple[str, ...] = ()
    """What of the plan was not checked."""
    skipped: tuple[str, ...] = ()
    """Paths of that."""
    other: OtherPlan | None = None
    """None: the plan that holds here."""


def with_plan(card: HandedIn, build: Build, on_record: OnRecord) -> Planned:
    """The build with the plan that the card names; raises `InputError` where that cannot be read."""
    held, declared = build.info.plan, card.evidence.get("plan")
    if declared is None:
        if held is None:
            return Planned(build)
        other = OtherPlan(None, held.sha256, held.set_at, on_record=True)
        note = "whether the plan that holds here was set after the card was made"
        return Planned(_judged_by(build, None), (note,), other=other)
    if not isinstance(declared, dict):
        return Planned(build)
    here = _same_log(card, on_record)
    unseen: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()) if here else ((_UNKNOWN,), _MOMENTS)
    plan = _carried(declared, must=held is None)
    if plan is None or (held is not None and declared.get("sha256") != plan.sha256):
        # What is carried is not what is named: against the plan that holds here that is a difference.
        return Planned(build, *unseen)
    logged = _in_log(build.info.record, plan, declared)
    if logged is not None:
        return Planned(_judged_by(build, logged), *unseen, _other(plan, held, on_record=True))
    if held is not None and held.sha256 == plan.sha256:
        return Planned(build, *unseen)
    another = _other(plan, held, on_record=False) if held else None
    if held is not None and here and build.has_numbers:
        return Planned(build, *unseen, another)
    own = StoredPlan(plan, plan.sha256, str(declared.get("set")), declared.get("before_results") is True)
    why = "no plan is on record here" if held is None else "it is not on record here"
    return Planned(_judged_by(build, own), (_USED.format(why=why), _UNKNOWN), _MOMENTS, another)


def _judged_by(build: Build, plan: StoredPlan | None) -> Build:
    return build.judged_under(build.info.settings, PlanRecord(plan, build.info.record.log))


def _other(plan: Plan, held: StoredPlan | None, *, on_record: bool) -> OtherPlan | None:
    if held is None:
        return OtherPlan(plan.sha256, None, None, on_record)
    same = held.sha256 == plan.sha256
    return None if same else OtherPlan(plan.sha256, held.sha256, held.set_at, on_record)


def _carried(declared: Mapping[str, Any], *, must: bool) -> Plan | None:
    """The plan that the card carries; None where it cannot be read and there is another to hold it against."""
    try:
        return plan_from_json(declared.get("declared"))
    except PlanError as error:
        if must:
            raise InputError(f"The plan of this card cannot be read: {error}") from None
        return None


def _in_log(record: PlanRecord, plan: Plan, declared: Mapping[str, Any]) -> StoredPlan | None:
    """The plan as it was set here: at the moment that the card names, else the last time."""
    found = [n for n, entry in enumerate(record.log) if entry.what == SET and entry.sha256 == plan.sha256]
    if not found:
        return None
    place = next((n for n in found if record.log[n].at == declared.get("set")), found[-1])
    opened = any(entry.what == OPENED for entry in record.log[:place])
    return StoredPlan(plan, plan.sha256, record.log[place].at, before_results=not opened)


def _same_log(card: HandedIn, on_record: OnRecord) -> bool:
    """Whether the card was made in this folder of evaluations."""
    known, tried = on_record.tried, card.evidence.get("looked_at")
    log = tried.get("log") if isinstance(tried, dict) else None
    return known is not None and known.log is not None and known.log == log
