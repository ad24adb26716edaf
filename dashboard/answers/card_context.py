"""What a card says about its data beside rates: the doctor's findings, other normalisers, keywords, declared groupings.

Owns these parts of the evidence. It asks the answers that own the numbers, adds none, and keeps
texts of recordings out. It prints nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.choices import QuestionError
from dashboard.answers.doctor import doctor
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.sensitivity import NO_TEXTS, sensitivity
from dashboard.answers.sensitivity_document import sensitivity_rows
from data.doctor import examine
from data.store import Build, EvaluationInfo

MOST_RECOUNTED = 50_000
"""Utterances that are counted again under every normaliser while somebody waits for a card."""
_TOO_MANY = (
    "Counting more than 50,000 utterances again takes long; `fairhearing sensitivity` says whether gaps depend on the "
    "normaliser"
)
_NO_GROUPS = "There is no attribute of the speaker, so there are no gaps to count again"
_WITHHELD = "Withheld from the public"


def listed_keywords(info: EvaluationInfo, audience: Audience) -> dict[str, Any] | None:
    """The list of keywords; for the public its digest and length alone, since phrases may name people. None without one."""
    if info.keywords is None or audience == INTERNAL:
        return dict(info.keywords) if info.keywords else None
    return {"sha256": info.keywords["sha256"], "n_phrases": len(info.keywords["phrases"])}


def doctor_findings(
    build: Build, system: str, audience: Audience, *, afresh: bool = False
) -> list[dict[str, str]]:
    """Each open finding about this system or the data, without examples; the public sees no numbers of them.

    afresh: examine the build and believe no findings that lie beside it.
    """
    others = set(build.info.systems) - {system}
    found = [fault for fault in (examine(build) if afresh else doctor(build)) if fault.where not in others]
    if audience != INTERNAL:
        # How often a fault was found is a number, and what it names may be a small group.
        found = list({fault.code: fault for fault in found}.values())
    return [
        {
            "code": fault.code,
            "severity": fault.severity,
            "what": fault.what if audience == INTERNAL else fault.code.replace("-", " ").capitalize(),
            "consequence": fault.consequence,
        }
        for fault in found
    ]


def under_normalisers(build: Build, question: RatesQuestion) -> dict[str, Any]:
    """How far the ratios of one grouping move; `reason` says why it was not counted, else it is None."""
    nothing: dict[str, Any] = {"by": list(question.by), "limit": None, "normalizers": [], "rows": []}
    if not question.by:
        return {**nothing, "reason": _NO_GROUPS}
    if question.audience != INTERNAL:
        return {**nothing, "reason": _WITHHELD}
    if not build.info.has_text:
        return {**nothing, "reason": NO_TEXTS.rstrip(".")}
    if int(build.info.counts["utterances"]) > MOST_RECOUNTED:
        return {**nothing, "reason": _TOO_MANY}
    try:
        answer = sensitivity(build, question)
    except QuestionError as problem:
        return {**nothing, "reason": str(problem).rstrip(".")}
    rows = [
        {
            "group": dict(row["group"]),
            "moves": bool(row["moves"]),
            "verdict_changes": bool(row["verdict_changes"]),
        }
        for row in sensitivity_rows(answer)
    ]
    return {
        "by": [one.name for one in answer.attributes],
        "limit": answer.own.table.settings.sensitivity_limit,
        "normalizers": [one.id for one in answer.under if not one.is_own],
        "rows": rows,
        "reason": None,
    }


def declared_crossings(
    info: EvaluationInfo, audience: Audience, known: Sequence[Sequence[str]]
) -> list[tuple[str, ...]]:
    """Groupings of several attributes that the plan declares and the card has no table of yet."""
    if info.plan is None:
        return []
    seen = {frozenset(by) for by in known}
    names = {one.name for one in info.attributes}
    crossings = [by for by in info.plan.plan.groupings if len(by) > 1 and frozenset(by) not in seen]
    readable = [by for by in crossings if names.issuperset(by)]
    if audience == INTERNAL:
        return readable
    return [by for by in readable if not any(info.attribute(name).multi for name in by)]
