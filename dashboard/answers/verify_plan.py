"""By which plan is a card judged again? By the one it names, which need not be the one that holds here.

Owns which of the plans is taken: none where the card names none, one of the log of the evaluation, or the one that
the card carries, which may be the one that the reader was given. A plan that the card's own folder never heard of is not taken, so that such a card differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.plan import Plan
from analysis.plan_reading import PlanError, plan_from_json
from dashboard.answers.verify_differences import Difference
from dashboard.answers.verify_reading import HandedIn
from dashboard.answers.verify_said import OnRecord
from data.errors import InputError
from data.plans import OPENED, SET, PlanRecord, StoredPlan
from data.store import Build

_MOMENTS = ("evidence.plan.set", "evidence.plan.before_results")
_UNKNOWN = (
    "when the plan was set, and whether results had been opened before: the log of that is in another folder"
)
_USED = "that this plan was ever set: the one that the card declares was used"
_NO_PLAN = "whether the plan that holds here was set after the card was made"


@dataclass(frozen=True)
class GivenPlan:
    """The plan that whoever verifies the card was given, or found published."""

    plan: Plan
    name: str
    """Of its file."""


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
    from_card: bool = False
    """Whether the plan is the card's own word alone: nothing here has heard of it."""

    @property
    def moment_unseen(self) -> bool:
        """Whether nothing here tells when the plan was set."""
        return bool(set(_MOMENTS) & set(self.skipped))


def with_plan(card: HandedIn, build: Build, on_record: OnRecord, given: GivenPlan | None = None) -> Planned:
    """The build with the plan that the card names; raises `InputError` where that cannot be read.

    given: a plan that, where it is the card's, makes it more than the card's own word.
    """
    held, declared = build.info.plan, card.evidence.get("plan")
    if declared is None:
        if held is None:
            return Planned(build)
        other = OtherPlan(None, held.sha256, held.set_at, on_record=True)
        return Planned(_judged_by(build, None), (_NO_PLAN,), other=other)
    if not isinstance(declared, dict):
        return Planned(build)
    here = _same_log(card, on_record)
    # Whoever sets a plan begins a log, so a card with a plan and no log is no card of another folder.
    known = here or _log_of(card) is None
    unseen: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()) if known else ((_UNKNOWN,), _MOMENTS)
    plan = _carried(declared, must=held is None)
    if plan is None or (held is not None and declared.get("sha256") != plan.sha256):
        # What is carried is not what is named: against the plan that holds here that is a difference.
        return Planned(build, *unseen)
    logged = _in_log(build.info.record, plan, declared)
    if logged is not None and not known:
        # Its folder tells when it was set, which is not this one: what the card says of that is its own word.
        logged = _as_told(plan, declared)
    if logged is not None:
        return Planned(_judged_by(build, logged), *unseen, _other(plan, held, on_record=True))
    if held is not None and held.sha256 == plan.sha256:
        return Planned(build, *unseen)
    another = _other(plan, held, on_record=False) if held else None
    if here and (build.has_numbers or build.info.record.log):
        # The card's own log is at hand and never heard of its plan: it is judged as its folder would have.
        return Planned(build, *unseen, another)
    own = _as_told(plan, declared)
    if given is not None and given.plan.sha256 == plan.sha256:
        return Planned(_judged_by(build, own), (_UNKNOWN,), _MOMENTS, another)
    return Planned(_judged_by(build, own), (_USED, _UNKNOWN), _MOMENTS, another, from_card=True)


def not_as_given(card: HandedIn, given: GivenPlan | None) -> tuple[Difference, ...]:
    """That the card names another plan than the one that was given, or none; nothing where it names that one."""
    declared = card.evidence.get("plan")
    named = declared.get("sha256") if isinstance(declared, dict) else None
    if given is None or named == given.plan.sha256:
        return ()
    return (Difference("evidence.plan.sha256", named, given.plan.sha256),)


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


def _as_told(plan: Plan, declared: Mapping[str, Any]) -> StoredPlan:
    """The plan as the card says that it was set."""
    return StoredPlan(plan, plan.sha256, str(declared.get("set")), declared.get("before_results") is True)


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
    known = on_record.tried
    return known is not None and known.log is not None and known.log == _log_of(card)


def _log_of(card: HandedIn) -> object:
    """The log that the card names; None where it names none."""
    tried = card.evidence.get("looked_at")
    return tried.get("log") if isinstance(tried, dict) else None
