"""Words for three ways to average a rate: labels, lines of the table, and why they must not be mixed.

Takes what `answers/subgroup_means.py` found and computes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.answers.audience import PUBLIC
from dashboard.answers.subgroup import SubgroupAnswer
from dashboard.answers.subgroup_means import POOLED, SPEAKERS, Average
from dashboard.wording import UNDEFINED, interval_text, people, percent
from dashboard.wording_subgroup import THIS_SUBGROUP, short_comparator

WAY = "Averaged as"
ALL = "All recordings"
_EXACT, _ROUNDED = 2, 1
"""Decimals of a percentage: a published difference is often smaller than a tenth of a point; for the public none is."""


def average_lines(found: Sequence[Average], answer: SubgroupAnswer, synthetic: bool) -> list[dict[str, str]]:
    """One line for each way of which something is known, each like for like."""
    others, digits = short_comparator(answer), _digits(answer)
    return [
        {
            WAY: _way(one.way, synthetic),
            **{name: _rate(one, place, digits) for place, name in enumerate((THIS_SUBGROUP, others, ALL))},
            "Less the others": _points(one.from_others, digits),
            "Less all recordings": _points(one.from_everything, digits),
        }
        for one in found
        if any(map(math.isfinite, (one.own, one.others, one.everything)))
    ]


def _digits(answer: SubgroupAnswer) -> int:
    return _ROUNDED if answer.question.audience == PUBLIC else _EXACT


def _way(way: str, synthetic: bool) -> str:
    if way == POOLED:
        return "Pooled: errors over words"
    return f"Mean of {people(synthetic)}" if way == SPEAKERS else "Mean of utterances"


def _rate(one: Average, place: int, digits: int) -> str:
    rate = percent((one.own, one.others, one.everything)[place], digits)
    span = interval_text(*one.spans[place], digits)
    return rate if UNDEFINED in (rate, span) else f"{rate} ({span})"


def _points(difference: float, digits: int) -> str:
    if not math.isfinite(difference):
        return UNDEFINED
    return f"{100 * difference:+.{digits}f} points".replace("-", "−")


def averages_note(found: Sequence[Average]) -> str:
    """Why a line is only compared with itself, with the mixture that would come out otherwise."""
    pooled, utterances = found[0], found[-1]
    note = "Each line compares like with like, with intervals by speaker; the verdict is of the pooled rate."
    if not math.isfinite(utterances.own):
        return note
    mixed = "so it must not be set against a pooled rate"
    if math.isfinite(pooled.everything):
        own, everything = percent(utterances.own, _EXACT), percent(pooled.everything, _EXACT)
        mixed += f": {own} less {everything} would be a mixture of two measures"
    return f"{note} A mean of utterances counts a recording of one word as much as one of twenty, {mixed}."
