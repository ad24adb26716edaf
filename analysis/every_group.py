"""Claims about every group at once: none worse than the margin, parity, and a floor that was declared.

Owns the three tests. Each is an intersection-union test: it is shown only where every single
group shows it at the full level, so no correction for the number of groups is needed (Berger
1982, Technometrics 24). That one is broken is said of some group, so there it is corrected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.card.floors import floor_bounds
from analysis.intervals import rate_intervals
from analysis.judgement import WORSE
from analysis.rates import NOBODY, RateTable
from analysis.roles import NOT_STATED_CODE
from analysis.speaker_counts import BoolArray
from analysis.verdict_reasons import IS_REFERENCE

Result = Literal["shown", "broken", "undecided"]


@dataclass(frozen=True)
class EveryGroup:
    """One claim about all groups of a table."""

    result: Result
    """shown: of every group. broken: shown of some group that it does not hold. undecided: neither."""
    missing: tuple[int, ...]
    """Rows for which it is not shown; empty where the claim is shown, or where there are fewer than two groups."""
    breaking: tuple[int, ...]
    """Rows shown to break it."""


def not_worse(table: RateTable) -> EveryGroup:
    """No group's rate reaches the margin times its comparator's: the upper end of every ratio lies below it."""
    judged, margin = table.judgement, table.settings.margin_ratio
    shown = np.isfinite(judged.p) & (judged.high < margin)
    return _claim(table, shown, judged.verdict == WORSE, _compared(table))


def parity(table: RateTable) -> EveryGroup:
    """Every ratio lies between one over the margin and the margin, the whole 95 % interval of each."""
    judged, margin = table.judgement, table.settings.margin_ratio
    shown = np.isfinite(judged.p) & (judged.high < margin) & (judged.low > 1 / margin)
    significant = judged.p_adjusted <= table.settings.alpha
    breaks = significant & ((judged.low >= margin) | (judged.high <= 1 / margin))
    return _claim(table, shown, (judged.verdict == WORSE) | breaks, _compared(table))


def kept_floor(table: RateTable, floor: float) -> EveryGroup:
    """No group's rate exceeds the floor: the bound of each, as a card would state it, is at most that.

    floor: a fraction. Broken where a group's own interval, corrected for the number of groups, lies above it.
    """
    groups = _groups(table)
    level = 1 - table.settings.alpha / max(1, int(groups.sum()))
    strict = rate_intervals(
        table.statistics, table.design_effect, level, table.metric.bounded, table.settings
    )
    enough = table.statistics.n_speakers >= table.settings.min_speakers
    return _claim(table, enough & (floor_bounds(table) <= floor), enough & (strict.low > floor), groups)


def _groups(table: RateTable) -> BoolArray:
    """Rows that are groups: every attribute stated, somebody recorded or not."""
    return np.asarray((table.codes != NOT_STATED_CODE).all(axis=1), bool)


def _compared(table: RateTable) -> BoolArray:
    """Groups that a claim about ratios is about: a reference group is what the others are compared with."""
    return np.asarray(_groups(table) & (table.judgement.reason != IS_REFERENCE), bool)


def _claim(table: RateTable, shown: BoolArray, breaks: BoolArray, asked: BoolArray) -> EveryGroup:
    missing = np.flatnonzero(asked & ~shown)
    breaking = np.flatnonzero(asked & breaks & (table.status != NOBODY))
    is_shown = not len(missing) and bool(asked.any()) and int(_groups(table).sum()) > 1
    result: Result = "shown" if is_shown else "broken" if len(breaking) else "undecided"
    return EveryGroup(result, tuple(missing.tolist()), tuple(breaking.tolist()))
