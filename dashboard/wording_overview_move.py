"""What the overview and the sidebar say where there are two systems: their roles, and what a move would do.

The sentence of the move itself is `wording_versions.py`'s, so that no page says it otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.wording_plan import plan_line
from dashboard.wording_versions import CAVEAT, shared_sentence, versions_caption
from data.store import EvaluationInfo

CURRENT_LABEL = "Compared with"
ALONE_LABEL = "no other system"
CURRENT_HELP = (
    "The current system; the one above is then the candidate, and pages say what a move to it would do."
)
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
    """The numbers of the move, and what an undecided group is."""
    return f"{move_facts(document, synthetic)} {CAVEAT}"


def move_facts(document: Mapping[str, Any], synthetic: bool) -> str:
    """Both rates, how many speakers get worse, on which utterances, and whether it was declared in advance."""
    facts = [versions_caption(document, synthetic)]
    if document["overall"]["status"] != "empty":
        facts.append(shared_sentence(document))
    return f"Of the move: {' · '.join([*facts, document['family']])}."
