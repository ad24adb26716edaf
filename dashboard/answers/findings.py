"""What people put on record: added, said more of, withdrawn.

A finding keeps the question it came from, which `findings_asked.py` asks again; the numbers that are written down
here serve only to say whether the answer has changed. It draws nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.selection import Selection, to_json
from dashboard.answers.audience import INTERNAL
from dashboard.answers.findings_asked import row_of_group, row_of_subgroup
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.subgroup import SubgroupQuestion, subgroup
from data.errors import InputError
from data.findings import (
    WITHDRAWN,
    FindingEvent,
    StoredFinding,
    add_to_history,
    keep_finding,
    new_finding_id,
    stored_finding,
    stored_findings,
)
from data.store import Build, EvaluationInfo
from data.workspace import now

__all__ = [
    "StoredFinding",
    "add_finding",
    "add_subgroup_finding",
    "change_finding",
    "findings",
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
    numbers = row_of_group(build, question, group)
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
    numbers = row_of_subgroup(answer)
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
