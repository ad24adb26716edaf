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

from analysis.metrics import DEFAULT_METRIC
from analysis.selection import Selection, from_json, to_json
from analysis.selection_words import to_sentence
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from data.store import Build
from data.workspace import StoredFinding, keep_finding, new_finding_id, now, stored_findings, withdraw

__all__ = [
    "StoredFinding",
    "add_finding",
    "add_subgroup_finding",
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
) -> StoredFinding:
    """Put one group of a table of rates on record; raises `QuestionError` where the table has no such group."""
    answer = rates(build, question)
    numbers = _row_of(build, question, group)
    finding = _new(build, answer.system, question.metric, question.where, numbers, note, author)
    finding = replace(finding, by=question.by, group=dict(group), against=question.against)
    keep_finding(home, finding)
    return finding


def add_subgroup_finding(
    home: Path,
    build: Build,
    where: Selection,
    system: str | None = None,
    metric: str = DEFAULT_METRIC,
    against: str | None = None,
    note: str = "",
    author: str = "",
) -> StoredFinding:
    """Put a subgroup somebody defined on record."""
    from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup

    answer = subgroup(build, SubgroupQuestion(where, system, metric, against))
    numbers = {**rate_row(answer.table, SUBGROUP), "group": {}}
    numbers["versus"] = {**numbers["versus"], "comparator": answer.comparator}
    finding = replace(_new(build, answer.system, metric, where, numbers, note, author), against=against)
    keep_finding(home, finding)
    return finding


def findings(
    home: Path, evaluation: str, system: str | None = None, withdrawn: bool = False
) -> list[StoredFinding]:
    """Findings of an evaluation, oldest first; withdrawn ones only when asked for."""
    return [one for one in stored_findings(home, evaluation, system) if withdrawn or one.state == "open"]


def withdraw_finding(home: Path, finding_id: str, reason: str = "") -> None:
    """Take a finding out of the card; it stays on record with the reason."""
    withdraw(home, finding_id, reason)


def evidence_of(build: Build, finding: StoredFinding, settings: Settings = DEFAULTS) -> dict[str, Any]:
    """A finding as a card's evidence: numbers of then and, asked again, of this build."""
    row, reason = _asked_again(build, finding, settings)
    return {
        "id": finding.id,
        "note": finding.note,
        "author": finding.author,
        "added": finding.added,
        "by": list(finding.by),
        "group": dict(finding.group),
        "selection": _selection_text(finding),
        "recorded_build": finding.build,
        "recorded": dict(finding.numbers),
        "row": row,
        "reason": reason,
    }


def _selection_text(finding: StoredFinding) -> str:
    """The recordings a finding is of; a damaged one does not stop a card."""
    try:
        return to_sentence(from_json(finding.selection))
    except ValueError:
        return "a selection that cannot be read any more"


def _asked_again(
    build: Build, finding: StoredFinding, settings: Settings
) -> tuple[dict[str, Any] | None, str | None]:
    """The row of this build; None with the reason where the question cannot be asked of it."""
    try:
        where = from_json(finding.selection)
        if finding.by:
            question = RatesQuestion(
                finding.system, finding.by, finding.metric, where, finding.against, settings=settings
            )
            return _row_of(build, question, finding.group), None
        from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup

        answer = subgroup(
            build, SubgroupQuestion(where, finding.system, finding.metric, finding.against, settings=settings)
        )
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
        raise QuestionError(f"There is no group {named or '(none given)'} by {', '.join(question.by)}.")
    return rate_row(table, position)


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
        numbers=numbers,
        note=note.strip(),
        author=author.strip(),
        added=now(),
    )
