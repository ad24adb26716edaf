"""Words for three ways to average a rate: labels, lines of the table, and why they must not be mixed.

Takes what `answers/subgroup_means.py` found and computes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.answers.subgroup import SubgroupAnswer
from dashboard.answers.subgroup_means import POOLED, SPEAKERS, Average
from dashboard.wording import UNDEFINED, interval_text, people, percent
from dashboard.wording_subgroup import THIS_SUBGROUP, short_comparator

WAY = "Averaged as"
ALL = "All recordings"
_DIGITS = 2
"""A published difference is often smaller than a tenth of a point."""


def average_lines(found: Sequence[Average], answer: SubgroupAnswer, synthetic: bool) -> list[dict[str, str]]:
    """One line for each way, each like for like."""
    others = short_comparator(answer)
    return [
        {
            WAY: _way(one.way, synthetic),
            **{name: _rate(one, place) for place, name in enumerate((THIS_SUBGROUP, others, ALL))},
            "Less the others": _points(one.from_others),
            "Less all recordings": _points(one.from_everything),
        }
        for one in found
    ]


def _way(way: str, synthetic: bool) -> str:
    if way == POOLED:
        return "Pooled: errors over words"
    return f"Mean of {people(synthetic)}" if way == SPEAKERS else "Mean of utterances"


def _rate(one: Average, place: int) -> str:
    rate = percent((one.own, one.others, one.everything)[place], _DIGITS)
    return rate if rate == UNDEFINED else f"{rate} ({interval_text(*one.spans[place], _DIGITS)})"


def _points(difference: float) -> str:
    if not math.isfinite(difference):
        return UNDEFINED
    return f"{100 * difference:+.{_DIGITS}f} points".replace("-", "−")


def averages_note(found: Sequence[Average]) -> str:
    """Why a line is only compared with itself, with the mixture that would come out otherwise."""
    pooled, utterances = found[0], found[-1]
    note = (
        "Each line compares like with like, with intervals by speaker; the verdict is of the pooled rate. A mean of utterances "
        "counts a recording of one word as much as one of twenty, so it must not be set against a pooled rate"
    )
    mixed = utterances.own - pooled.everything
    if not math.isfinite(mixed):
        return f"{note}."
    return f"{note}: {percent(utterances.own, _DIGITS)} less {percent(pooled.everything, _DIGITS)} would be a mixture of two measures."
