"""The JSON document of `fairhearing gate`; keys are a contract."""

from __future__ import annotations

from typing import Any

from dashboard.answers.documents import document_head, exploratory_sentence
from dashboard.answers.gate import GateAnswer
from data.store import EvaluationInfo

PLANNED = "planned: the groups were declared {when} results were first opened"


def gate_document(info: EvaluationInfo, answer: GateAnswer) -> dict[str, Any]:
    """Result, bound, and a row for every group that counts."""
    asked = answer.question
    rows = [dict(vars(row)) for row in answer.rows]
    outcomes = [row.outcome for row in answer.rows]
    return {
        **document_head(info, asked.settings, asked.where),
        "family": _family(info, answer),
        "result": answer.result,
        "system": asked.system,
        "baseline": asked.baseline,
        "max_ratio": answer.max_ratio,
        "metric": asked.metric,
        "against": asked.against,
        "by": [list(names) for names in answer.groupings],
        "comparators": list(answer.comparators),
        "counts": {outcome: outcomes.count(outcome) for outcome in ("pass", "fail", "undecided")},
        "rows": rows,
    }


def _family(info: EvaluationInfo, answer: GateAnswer) -> str:
    if not answer.planned or info.plan is None:
        return exploratory_sentence(info, answer.why_not)
    return PLANNED.format(when="before" if info.plan.before_results else "after")
