"""Was this very search run before? What the log of searches keeps of a question, and whether it has it.

Owns which parts of a question are one search. It searches nothing; `slices.py` has a search that nobody ran put on record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.selection import to_json
from dashboard.answers.choices import QuestionError
from dashboard.answers.slices_rows import SlicesQuestion, searched_attributes
from data.errors import InputError
from data.searches import logged_searches, record_search
from data.store import EvaluationInfo

_OUTCOME = "searched"
"""What the log keeps beside the question in the same place."""


def is_on_record(info: EvaluationInfo, question: SlicesQuestion) -> bool:
    """Whether the question was searched in this build, by a page or a command; False where the log cannot be read."""
    try:
        asked = json.loads(json.dumps(_asked(info, question)))
        logged = logged_searches(_home(info), _evaluation(info))
    except (QuestionError, InputError):
        return False
    return any(one.build == info.build and _question_of(one.asked) == asked for one in logged)


def put_on_record(
    info: EvaluationInfo,
    question: SlicesQuestion,
    searched: int,
    tested: int,
    found: int,
    confirmed: int | None,
) -> None:
    """Put a search with its outcome on record; `confirmed` is None where nothing was put to the test."""
    asked = {**_asked(info, question), _OUTCOME: searched}
    record_search(_home(info), _evaluation(info), info.build, asked, tested, found, confirmed)


def _asked(info: EvaluationInfo, question: SlicesQuestion) -> dict[str, Any]:
    """All of a question that changes what is found; raises `QuestionError`."""
    return {
        "system": question.system or info.systems[0],
        "metric": question.metric,
        "question": question.question,
        "baseline": question.baseline if question.question == "combination" else None,
        "selection": to_json(question.where),
        "attributes": [one.name for one in searched_attributes(info, question)],
        "depth": question.depth,
        "min_speakers": question.min_speakers,
        "confirm": question.confirm,
        "seed": question.seed if question.confirm else None,
    }


def _question_of(logged: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in logged.items() if name != _OUTCOME}


def _home(info: EvaluationInfo) -> Path:
    return info.path.parent.parent


def _evaluation(info: EvaluationInfo) -> str:
    return info.path.parent.name
