"""What the data say now of what people put on record: a finding's question, asked again of the build at hand.

Owns what a card and the public see of a finding. Goes the route of every number, and changes nothing on record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.card.searched import for_the_public
from analysis.published_digits import Digits
from analysis.selection import from_json
from analysis.selection_words import to_sentence
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import INTERNAL, PUBLIC, Audience
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer, SubgroupQuestion, subgroup
from data.errors import near_names
from data.findings import StoredFinding
from data.store import Build


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
            return row_of_group(build, question, finding.group), None
        question_of_one = SubgroupQuestion(
            where,
            finding.system,
            finding.metric,
            finding.against,
            settings=settings,
            audience=audience,
            digits=digits,
        )
        return row_of_subgroup(subgroup(build, question_of_one)), None
    except ValueError as problem:
        return None, str(problem)


def row_of_subgroup(answer: SubgroupAnswer) -> dict[str, Any]:
    """The row of a subgroup, which says whom it was compared with and has no group."""
    row = {**rate_row(answer.table, SUBGROUP), "group": {}}
    return {**row, "versus": {**row["versus"], "comparator": answer.comparator}}


def row_of_group(build: Build, question: RatesQuestion, group: Mapping[str, str | None]) -> dict[str, Any]:
    """One row of a table of rates; raises `QuestionError` where the table has no such group."""
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
