"""What the overview says where there are two systems, of a move from one to the other; and its lines on the evaluation.

The sentence of the move itself is `wording_versions.py`'s, so that no page says it otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.wording_plan import plan_line
from dashboard.wording_versions import CAVEAT, shared_sentence, versions_caption
from data.store import EvaluationInfo

OF_THE_MOVE = "The move:"
COVERAGE_OF_BUILD = "Counted over all recordings of the build."
DOCTOR, COVERAGE = "Data:", "Coverage:"
"""What each line on the state of the evaluation is about."""


def plan_named(info: EvaluationInfo) -> tuple[str, str]:
    """The state of the plan, its first word apart: ("Plan", "set before results were first opened: …")."""
    line = f"{plan_line(info).rstrip('.')}."
    first = "Plan" if line.startswith("Plan ") else "No plan:"
    return first, line.removeprefix(first).lstrip()


def by_itself(sentence: str) -> str:
    """What holds of the candidate whatever it is compared with."""
    return f"By itself: {sentence}"


def move_caption(document: Mapping[str, Any], synthetic: bool) -> str:
    """The numbers of the move."""
    return f"{OF_THE_MOVE} {_numbers(document, synthetic)}"


def move_ground(document: Mapping[str, Any], declared: str) -> str:
    """What the move rests on, and what an undecided group is; `declared` is `wording_plan.family_sentence`."""
    shared = [] if document["overall"]["status"] == "empty" else [f"{shared_sentence(document)}."]
    return " ".join([*shared, declared, CAVEAT])


def move_facts(document: Mapping[str, Any], synthetic: bool, declared: str) -> str:
    """Both rates, how many speakers get worse, on which utterances, and whether it was declared in advance."""
    facts = [_numbers(document, synthetic)]
    if document["overall"]["status"] != "empty":
        facts.append(shared_sentence(document))
    return f"{OF_THE_MOVE} {' · '.join(facts)}. {declared}"


def _numbers(document: Mapping[str, Any], synthetic: bool) -> str:
    """The caption of Versions, within a sentence."""
    caption = versions_caption(document, synthetic)
    return caption[0].lower() + caption[1:]
