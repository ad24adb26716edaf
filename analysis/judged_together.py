"""Several comparisons of one group each, judged as the one family of questions they are.

Owns the step from verdicts given one by one to verdicts of a family: p-values are adjusted together,
and what is no longer shown is said to be undecided, or within the margin, by the same rule table
(`judgement.py`). Ratios and their intervals do not change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.judgement import BETTER, SLIGHTLY_WORSE, UNDECIDED, WITHIN, WORSE, Judgement
from analysis.multiplicity import adjust, correction_for
from analysis.rates import RateTable
from analysis.ratio_estimates import ratio_estimates, sensitivity
from analysis.settings import DEFAULTS, Settings
from analysis.verdict_reasons import ALONE_ONLY, NOT_SEEN, NOT_WORSE

_NEEDS_TO_BE_SHOWN = (WORSE, BETTER, SLIGHTLY_WORSE)


def judged_together(
    tables: Sequence[RateTable], row: int, settings: Settings = DEFAULTS
) -> tuple[RateTable, ...]:
    """The tables with the judgement of one row each as a family of all of them.

    Holm up to the settings' limit, false discovery rate above, as for the groups of one table. A verdict that
    adjusted evidence no longer shows becomes what the rule table gives where nothing is shown.
    """
    p = np.array([float(table.judgement.p[row]) for table in tables])
    p_adjusted = adjust(p, settings)
    family = int(np.isfinite(p).sum())
    return tuple(
        replace(table, judgement=_in_family(table, row, float(adjusted), family, settings))
        for table, adjusted in zip(tables, p_adjusted, strict=True)
    )


def _in_family(table: RateTable, row: int, p_adjusted: float, family: int, settings: Settings) -> Judgement:
    alone = table.judgement
    verdict, reason, adjusted = alone.verdict.copy(), alone.reason.copy(), alone.p_adjusted.copy()
    adjusted[row] = p_adjusted
    shown = p_adjusted <= settings.alpha
    if int(verdict[row]) in _NEEDS_TO_BE_SHOWN and not shown:
        wide = alone.high[row] >= settings.margin_ratio
        verdict[row] = UNDECIDED if wide else WITHIN
        reason[row] = (ALONE_ONLY if alone.low[row] > 1 else NOT_SEEN) if wide else NOT_WORSE
    estimate = ratio_estimates(table.statistics, table.contrast, table.design_effect)
    detectable, needed = sensitivity(table.statistics, table.contrast, estimate, max(1, family), settings)
    told = reason[row] in (ALONE_ONLY, NOT_SEEN)
    speakers_needed = alone.speakers_needed.copy()
    if told:
        speakers_needed[row] = max(float(needed[row]), float(settings.min_speakers))
    return replace(
        alone,
        p_adjusted=adjusted,
        verdict=verdict,
        reason=reason,
        detectable_ratio=np.where(np.arange(len(verdict)) == row, detectable, alone.detectable_ratio),
        speakers_needed=speakers_needed,
        family_size=family,
        correction=correction_for(family, settings),
    )
