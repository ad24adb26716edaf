"""By which plan a verified card was judged, in words: the one that holds here, its own, or the one that was handed in."""

from __future__ import annotations

from dashboard.answers.verify import Verification
from dashboard.answers.verify_plan import not_as_given

_HELD = {"evaluation": "this folder", "evidence": "this evidence file", "source": "a folder of source files"}


def given_plan_sentence(found: Verification) -> str:
    """Whether the plan that was handed in is the card's; "" where none was."""
    if found.given is None:
        return ""
    other = not_as_given(found.card, found.given)
    if other:
        named = f"another one (sha256 {_short(str(other[0].card))})" if other[0].card else "none"
        return f"Plan: NOT the one in {found.given.name} (sha256 {_short(found.given.plan.sha256)}): the card declares {named}."
    when = "; when it was set was not checked" if "plan set" in found.elsewhere else ""
    return f"Plan: the one in {found.given.name}, as the card declares it{when}."


def plan_sentence(found: Verification) -> str:
    """By which plan the card was judged, where it is not simply the one that holds here; "" else."""
    unknown = "plan" in found.reservations and (found.other_plan is None or found.other_plan.card is not None)
    if not unknown:
        return other_plan_sentence(found)
    declared = found.card.evidence.get("plan")
    sha256 = str(declared.get("sha256")) if isinstance(declared, dict) else ""
    other = found.other_plan
    here = (
        f" Another plan holds here (sha256 {_short(other.here)}, set on {(other.set_here or '')[:10]})."
        if other
        else ""
    )
    return (
        f"Plan: not checked ({_HELD[found.source]} holds no plan with the sha256 {_short(sha256)}; the card’s own was "
        f"used). Ask when and where it was set.{here}"
    )


def other_plan_sentence(found: Verification) -> str:
    """Under which plan the card was made where another one holds here; "" where none does."""
    other = found.other_plan
    if other is None:
        return ""
    set_here = f"set on {(other.set_here or '')[:10]}"
    if other.card is None:
        return f"Plan: the card was made without a plan and is judged so; here one holds (sha256 {_short(other.here)}, {set_here})."
    if other.here is None:
        return (
            f"Plan: the card was made under a plan (sha256 {_short(other.card)}) that has been removed here since, "
            "and is judged by it."
        )
    holds = f"than the one that holds here (sha256 {_short(other.here)}, {set_here})"
    said = f"Plan: the card was made under another plan (sha256 {_short(other.card)}) {holds}"
    if other.on_record:
        return f"{said}, and is judged by its own, which was set here too."
    if found.numbers.differences:
        return f"{said}. Its plan was never set here."
    return f"{said}, and is judged by its own, which was never set here."


def _short(sha256: str | None) -> str:
    return f"{(sha256 or '')[:12]}…"
