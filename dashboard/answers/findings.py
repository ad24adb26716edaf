"""What people put on record, and what the data say of it now.

A finding keeps the question it came from. Whoever shows it gets the answer to that question
from the build at hand, through the same route as every number; what was written down at the
time serves only to say whether it has changed. It draws nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.card.searched import for_the_public
from analysis.published_digits import Digits
from analysis.selection import Selection, from_json, to_json
from analysis.selection_words import to_sentence
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import INTERNAL, PUBLIC, Audience
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from data.errors import InputError, near_names
from data.findings import (
    WITHDRAWN,
    FindingEvent,
    StoredFinding,
    add_to_history,
    keep_finding,
    new_finding_id,
    stored_finding,
    stored_findings,
    withdraw,
)
from data.store import Build, EvaluationInfo
from data.workspace import now

__all__ = [
    "StoredFinding",
    "add_finding",
    "add_subgroup_finding",
    "asked_again",
    "change_finding",
    "evidence_of",
    "findings",
    "withdraw_finding",
]


def add_finding(
    home: Path,
    build: Build,
    question: RatesQuestion,
    group: Mapping[str, str | None],
    note: str = "",
    author: str = "",
    claim: str = "",
) -> StoredFinding:
    """Put one group of a table of rates on record; raises `QuestionError` where the table has no such group."""
    answer = rates(build, question)
    numbers = _row_of(build, question, group)
    finding = _new(build, answer.system, question.metric, question.where, numbers, note, author)
    finding = replace(
        finding, by=question.by, group=dict(group), against=question.against, claim=claim.strip()
    )
    keep_finding(home, finding)
    return finding


def add_subgroup_finding(
    home: Path,
    build: Build,
    asked: SubgroupQuestion,
    note: str = "",
    author: str = "",
    claim: str = "",
    search: Mapping[str, Any] | None = None,
) -> StoredFinding:
    """Put a subgroup somebody defined on record. search: where it comes from, if a search for slices found it."""
    where, metric, against = asked.where, asked.metric, asked.against
    answer = subgroup(build, replace(asked, audience=INTERNAL))
    numbers = {**rate_row(answer.table, SUBGROUP), "group": {}}
    numbers["versus"] = {**numbers["versus"], "comparator": answer.comparator}
    if search is not None:
        numbers["search"] = dict(search)
    finding = _new(build, answer.system, metric, where, numbers, note, author)
    finding = replace(finding, against=against, claim=claim.strip())
    keep_finding(home, finding)
    return finding


def findings(
    home: Path, evaluation: str, system: str | None = None, withdrawn: bool = False
) -> list[StoredFinding]:
    """Findings of an evaluation in their order; withdrawn ones only when asked for."""
    return [one for one in stored_findings(home, evaluation, system) if withdrawn or one.state != WITHDRAWN]


def change_finding(
    home: Path,
    evaluation: str,
    finding_id: str,
    changes: Mapping[str, str],
    author: str = "",
    reason: str = "",
) -> StoredFinding:
    """Say more of a finding: another `claim`, `note`, `place` or `state`; what was said before stays on record.

    Another state needs a reason; raises `InputError` without one, and where there is no such finding.
    """
    finding = stored_finding(home, evaluation, finding_id)
    if "state" in changes and not reason.strip():
        raise InputError(
            f'The finding "{finding.id}" becomes {changes["state"]} only with a reason, which the card prints.'
        )
    at = now()
    events = [
        FindingEvent(at, author.strip(), what, value.strip(), reason.strip())
        for what, value in changes.items()
    ]
    add_to_history(home, finding, *events)
    return stored_finding(home, evaluation, finding.id)


def withdraw_finding(home: Path, finding_id: str, reason: str = "", author: str = "") -> None:
    """Take a finding out of the card; it stays on record with the reason."""
    withdraw(home, finding_id, reason.strip(), author.strip())


def evidence_of(
    build: Build,
    finding: StoredFinding,
    settings: Settings = DEFAULTS,
    audience: Audience = INTERNAL,
    digits: Digits = "printed",
) -> dict[str, Any]:
    """A finding as a card's evidence: numbers of then and, asked again, of this build.

    The public sees neither the exact numbers of then nor what somebody wrote about them.
    """
    row, reason = asked_again(build, finding, settings, audience, digits)
    written = dict.fromkeys(("claim", "note", "author", "state_reason"), "")
    public = {**written, "recorded_build": build.info.build, "recorded": row}
    return {
        "id": finding.id,
        "claim": finding.claim,
        "state": finding.state,
        "state_reason": finding.reason,
        "where": dict(finding.selection),
        "against": finding.against,
        "note": finding.note,
        "author": finding.author,
        "added": finding.added,
        "by": list(finding.by),
        "group": dict(finding.group),
        "selection": _selection_text(finding),
        "recorded_build": finding.build,
        "recorded": dict(finding.numbers),
        "search": _search_of(finding, audience),
        "row": row,
        "reason": reason,
        **(public if audience == PUBLIC else {}),
    }


def _search_of(finding: StoredFinding, audience: Audience) -> dict[str, Any] | None:
    """The search it came from; None where somebody asked for it."""
    search = finding.numbers.get("search")
    if not isinstance(search, Mapping):
        return None
    return for_the_public(search) if audience == PUBLIC else dict(search)


def _selection_text(finding: StoredFinding) -> str:
    """The recordings a finding is of; a damaged one does not stop a card."""
    try:
        return to_sentence(from_json(finding.selection))
    except ValueError:
        return "a selection that cannot be read any more"


def asked_again(
    build: Build,
    finding: StoredFinding,
    settings: Settings,
    audience: Audience,
    digits: Digits = "printed",
) -> tuple[dict[str, Any] | None, str | None]:
    """The row that this build gives for a finding's question; None with the reason where the question cannot be asked of it."""
    try:
        where = from_json(finding.selection)
        if finding.by:
            question = RatesQuestion(
                finding.system,
                finding.by,
                finding.metric,
                where,
                finding.against,
                settings=settings,
                audience=audience,
                digits=digits,
            )
            return _row_of(build, question, finding.group), None
        question_of_one = SubgroupQuestion(
            where,
            finding.system,
            finding.metric,
            finding.against,
            settings=settings,
            audience=audience,
            digits=digits,
        )
        answer = subgroup(build, question_of_one)
        row = {**rate_row(answer.table, SUBGROUP), "group": {}}
        row["versus"] = {**row["versus"], "comparator": answer.comparator}
    except ValueError as problem:
        return None, str(problem)
    return row, None


def _row_of(build: Build, question: RatesQuestion, group: Mapping[str, str | None]) -> dict[str, Any]:
    table = rates(build, question).table
    position = table.position(group)
    if position is None:
        named = ", ".join(f"{name}: {value or 'not stated'}" for name, value in group.items())
        known = [
            near_names(str(group[one.name]), list(one.levels))
            for one in table.attributes
            if group.get(one.name) not in (None, *one.levels)
        ]
        start = f"There is no group {named or '(none given)'} by {', '.join(question.by)}."
        raise QuestionError(" ".join([start, *filter(None, known)]))
    return rate_row(table, position)


def measured_with(info: EvaluationInfo) -> dict[str, Any]:
    """What decides whether numbers of a build may later be held against those of another, and the plan in force."""
    return {
        "plan": info.plan.sha256 if info.plan else None,
        "normalizer": {key: info.normalizer[key] for key in ("id", "version", "sha256")},
        "aligner": {key: info.aligner[key] for key in ("id", "version")},
        "cluster_unit": info.cluster_unit,
        "has_text": info.has_text,
        "references": sorted(str(one["sha256"]) for one in info.inputs if one.get("system") is None),
    }


def _new(
    build: Build, system: str, metric: str, where: Selection, numbers: dict[str, Any], note: str, author: str
) -> StoredFinding:
    return StoredFinding(
        id=new_finding_id(),
        evaluation=build.info.name,
        build=build.info.build,
        system=system,
        metric=metric,
        selection=to_json(where),
        by=(),
        group={},
        against=None,
        numbers={**numbers, "measured": measured_with(build.info)},
        note=note.strip(),
        author=author.strip(),
        added=now(),
    )
