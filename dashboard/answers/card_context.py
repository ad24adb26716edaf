"""What a card says about its data beside rates: the doctor's findings, other normalisers, keywords, declared groupings.

Owns these parts of the evidence. It asks the answers that own the numbers, adds none, and keeps
texts of recordings out. It prints nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.card.faults_told import graver, told_of
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.choices import QuestionError
from dashboard.answers.doctor import doctor
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.sensitivity import NO_TEXTS, Sensitivity, sensitivities
from dashboard.answers.sensitivity_document import sensitivity_rows
from data.doctor import EVERYWHERE, DoctorFault
from data.store import Build, EvaluationInfo

MOST_RECOUNTED = 50_000
"""Utterances that are counted again under every normaliser while somebody waits for a card."""
_TOO_MANY = (
    "Counting more than 50,000 utterances again takes long; `fairhearing sensitivity` says whether gaps depend on the "
    "normaliser"
)
_NO_GROUPS = "There are no groups of people to compare, so there are no gaps to count again"
_WITHHELD = "Withheld from the public"


def listed_keywords(info: EvaluationInfo, audience: Audience) -> dict[str, Any] | None:
    """The list of keywords; for the public its digest and length alone, since phrases may name people. None without one."""
    if info.keywords is None or audience == INTERNAL:
        return dict(info.keywords) if info.keywords else None
    return {"sha256": info.keywords["sha256"], "n_phrases": len(info.keywords["phrases"])}


def doctor_findings(
    build: Build, system: str, audience: Audience, known: Sequence[DoctorFault] | None = None
) -> list[dict[str, str]]:
    """Each open finding about this system or the data, without examples; the public sees no numbers of them.

    known: what the doctor found; None where findings that lie beside the build may be believed.
    """
    others = _surely_others(build.info, system)
    found = [
        fault for fault in (doctor(build) if known is None else known) if not _is_of(fault.where, others)
    ]
    if audience != INTERNAL:
        return _for_the_public(found)
    return [
        {
            "code": fault.code,
            "severity": fault.severity,
            "what": fault.what,
            "consequence": fault.consequence,
        }
        for fault in found
    ]


def _surely_others(info: EvaluationInfo, system: str) -> set[str]:
    """Other systems; one that is called as an attribute, a column or everything hides no finding about that."""
    also = {EVERYWHERE, *info.not_attributes, *(one.name for one in info.attributes)}
    return set(info.systems) - {system} - also


def _is_of(where: str, others: set[str]) -> bool:
    """Whether a fault names other systems and nothing else; several are named with commas between them."""
    return where in others or others.issuperset(where.split(", "))


def _for_the_public(found: Sequence[DoctorFault]) -> list[dict[str, str]]:
    """Each kind of fault once: how often it was found is a number, and what it names may be a small group."""
    gravest: dict[str, str] = {}
    for fault in found:
        gravest[fault.code] = graver(fault.severity, gravest.get(fault.code, fault.severity))
    return [
        {"code": code, "severity": severity, "what": told_of(code)[0], "consequence": told_of(code)[1]}
        for code, severity in gravest.items()
    ]


def under_normalisers(build: Build, questions: Sequence[RatesQuestion]) -> dict[str, Any]:
    """How far ratios move, table by table; `reason` says why it was not counted, else it is None."""
    nothing: dict[str, Any] = {"limit": None, "normalizers": [], "groupings": []}
    if not questions:
        return {**nothing, "reason": _NO_GROUPS}
    if questions[0].audience != INTERNAL:
        return {**nothing, "reason": _WITHHELD}
    if not build.info.has_text:
        return {**nothing, "reason": NO_TEXTS.rstrip(".")}
    if int(build.info.counts["utterances"]) > MOST_RECOUNTED:
        return {**nothing, "reason": _TOO_MANY}
    try:
        answers = sensitivities(build, questions)
    except QuestionError as problem:
        return {**nothing, "reason": str(problem).rstrip(".")}
    return {
        "limit": answers[0].own.table.settings.sensitivity_limit,
        "normalizers": [one.id for one in answers[0].under if not one.is_own],
        "groupings": [_moved_in(answer) for answer in answers],
        "reason": None,
    }


def _moved_in(answer: Sensitivity) -> dict[str, Any]:
    """One table: its groups that were tested, and how many have too few speakers for anything to be said of them."""
    rows = [row for row in sensitivity_rows(answer) if None not in row["group"].values()]
    tested = [row for row in rows if row["enough_speakers"]]
    kept = ("group", "moves", "verdict_changes")
    return {
        "by": [one.name for one in answer.attributes],
        "few": len(rows) - len(tested),
        "rows": [{key: row[key] for key in kept} for row in tested],
    }


def recounted_tables(
    info: EvaluationInfo, tables: Sequence[Sequence[str]], people: Sequence[str]
) -> list[tuple[str, ...]]:
    """Tables of a card whose gaps are counted again: those a plan declares, else each attribute of the speaker alone."""
    declared = {frozenset(by) for by in info.plan.plan.groupings} if info.plan else set()
    compared = [tuple(by) for by in tables if any(len(info.attribute(name).levels) > 1 for name in by)]
    named = [by for by in compared if frozenset(by) in declared]
    return named or [by for by in compared if len(by) == 1 and by[0] in people]


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
