"""What the overview says where there are two systems, of a move from one to the other; and its lines on the evaluation.

The sentence of the move itself is `wording_versions.py`'s, so that no page says it otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from dashboard.answers.overview import Overview
from dashboard.wording import rate_text
from dashboard.wording_mixes import Said
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
    return f"By itself: {f'i{sentence[1:]}' if sentence.startswith('It ') else sentence}"


def counted_of(system: str, rest: str) -> str:
    """Its verdicts counted, and whose they are, since the heading counts those of the move; "" for none."""
    return f"{system}, {rest[0].lower()}{rest[1:]}" if rest else ""


def rate_before(document: Mapping[str, Any], answer: Overview) -> str:
    """What the overall rate was with the first system; "" where both were not given the same recordings."""
    overall, rate = document["overall"], float(answer.overall.whole.statistics.rate[0])
    if overall["status"] == "empty" or not math.isclose(overall["rate_b"], rate, abs_tol=1e-9):
        return ""
    return f"with {document['a']} {rate_text(overall['rate_a'], overall['low_a'], overall['high_a'])}"


def move_behind(document: Mapping[str, Any], synthetic: bool, declared: str) -> Said:
    """The numbers of the move, what it rests on, and what an undecided group is, for the lines under the pictures."""
    return OF_THE_MOVE, f"{_facts(document, synthetic)}. {declared} {CAVEAT}"


def move_facts(document: Mapping[str, Any], synthetic: bool, declared: str) -> str:
    """The numbers of the move and whether it was declared in advance, in what is copied."""
    return f"{OF_THE_MOVE} {_facts(document, synthetic)}. {declared}"


def _facts(document: Mapping[str, Any], synthetic: bool) -> str:
    """Both rates, how many speakers get worse, and on which utterances."""
    facts = [_numbers(document, synthetic)]
    if document["overall"]["status"] != "empty":
        facts.append(shared_sentence(document))
    return " · ".join(facts)


def _numbers(document: Mapping[str, Any], synthetic: bool) -> str:
    """The caption of Versions, within a sentence."""
    caption = versions_caption(document, synthetic)
    return caption[0].lower() + caption[1:]
