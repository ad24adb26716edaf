"""The bound that may be stated for every group at once.

Owns the rule of the floor: the larger of the interval's upper end and the upper end of
exact Poisson limits on effective counts, so that a small group's luck is not taken for
quality. Stated as an upper bound of the error rate, rounded up: never to the system's favour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

import numpy as np

from analysis.card.rows import Row
from analysis.intervals import rate_intervals
from analysis.judgement import RULE_LEVEL
from analysis.rates import RateTable
from analysis.speaker_counts import FloatArray

FINE_BELOW = 0.1
"""Bounds under this are stated to a tenth of a percentage point, others to a whole one."""


def floor_bounds(table: RateTable) -> FloatArray:
    """Upper bound of each group's rate at 95 % confidence; NaN where no interval can be given.

    Source: simulation of false floors at log-spreads of speakers of 0.3 and 0.6; a
    one-sided 95 % bound alone was false in up to a tenth of them.
    """
    known = table.statistics
    shown = rate_intervals(known, table.design_effect, RULE_LEVEL, table.metric.bounded, table.settings).high
    without_spread = replace(known, variance_log=np.full(len(shown), np.nan))
    poisson = rate_intervals(without_spread, table.design_effect, RULE_LEVEL, False, table.settings).high
    bound = np.maximum(shown, poisson)
    return np.minimum(bound, 1.0) if table.metric.bounded else bound


def stated_bound(rows: Sequence[Row]) -> float:
    """The worst group's bound, rounded up; every row must have one."""
    bound = max(float(row.floor_bound) for row in rows if row.floor_bound is not None)
    step = Decimal("0.001") if bound < FINE_BELOW else Decimal("0.01")
    return float((Decimal(repr(bound)) / step).to_integral_value(ROUND_CEILING) * step)
