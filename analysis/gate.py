"""May a system be released? Pass, fail or undecided for each group that counts, and for all of them.

Owns the rule of the gate. It reads the verdicts of a table that was judged with the bound as its
margin: passing needs to be shown for every group, so no correction is needed for it
(intersection-union), while failing needs one group that is shown to be worse after the
correction. Whoever was not tested has not passed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.judgement import BETTER, SLIGHTLY_WORSE, WITHIN, WORSE, Judgement, judge
from analysis.rates import RateTable
from analysis.speaker_counts import BoolArray, IntArray
from analysis.verdict_reasons import EMPTY, NO_GROUP, NO_REASON, NOBODY_SELECTED

OUTCOMES = ("pass", "fail", "undecided")
PASS, FAIL, UNDECIDED = range(3)


def with_margin(table: RateTable, overall_rate: float, bound: float) -> RateTable:
    """The same table judged by another margin; `overall_rate` is that of everything the table was made of."""
    settings = replace(table.settings, margin_ratio=bound)
    left_out = np.isin(table.judgement.reason, (*NO_GROUP, EMPTY, NOBODY_SELECTED))
    untestable = np.where(left_out, table.judgement.reason, NO_REASON)
    judged = judge(table.statistics, table.contrast, overall_rate, untestable, table.design_effect, settings)
    return replace(table, judgement=judged, settings=settings)


def counted_groups(judgement: Judgement) -> BoolArray:
    """The groups a gate asks about: those nobody was recorded in too, but neither "not stated" nor a reference."""
    return ~np.isin(judgement.reason, NO_GROUP)


def gate_outcomes(judgement: Judgement, bound: float) -> IntArray:
    """Outcome of each group, a position in OUTCOMES; the judgement must have been made with `bound` as its margin.

    Pass: `within`, `better`, or `slightly worse` with the upper end of the ratio's 95 % interval below the bound.
    Fail: `worse`, or `slightly worse` with the lower end at the bound or above.
    """
    verdict, low, high = judgement.verdict, judgement.low, judgement.high
    slightly = verdict == SLIGHTLY_WORSE
    shown = np.isin(verdict, (WITHIN, BETTER)) | (slightly & (high < bound))
    beyond = (verdict == WORSE) | (slightly & (low >= bound))
    return np.select([beyond, shown & (high < bound)], [FAIL, PASS], UNDECIDED).astype(np.int64)


def gate_result(outcomes: IntArray) -> int:
    """Outcome of the gate over the groups that count: any failure fails it, anything undecided leaves it so.

    No group at all is undecided: nobody was tested.
    """
    if (outcomes == FAIL).any():
        return FAIL
    return PASS if len(outcomes) and (outcomes == PASS).all() else UNDECIDED
