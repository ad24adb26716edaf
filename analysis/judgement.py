"""What may be said of a group against its comparator: one of five verdicts, by a fixed rule table.

Owns the rule table and whom it is applied to. The interval drawn beside a verdict is the
one the rule reads: always the 95 % interval (`ratio_estimates.py`). Verdicts are never
"not significant, so equal": what cannot be told yet says what could have been seen and
how many speakers it would take (`verdict_reasons.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.comparisons import ContrastStatistics
from analysis.intervals import GroupStatistics
from analysis.multiplicity import Correction, adjust, correction_for
from analysis.published_digits import WHOLE_FROM, seen_from
from analysis.ratio_estimates import RULE_LEVEL, RatioEstimates, ratio_estimates, sensitivity
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray
from analysis.verdict_reasons import (
    ALONE_ONLY,
    EXACT_LIMITS,
    FEW_EFFECTIVE,
    FEW_ERRORS,
    FEW_OTHER_SPEAKERS,
    FEW_SPEAKERS,
    IS_BETTER,
    IS_REFERENCE,
    LARGER,
    MAY_BE_SMALLER,
    NO_COMPARATOR,
    NO_REASON,
    NOT_SEEN,
    NOT_WORSE,
    REASONS,
    SMALL_DIFFERENCE,
    UNDEFINED,
    UNDER_POINTS,
    support_reason,
)

__all__ = ["REASONS", "RULE_LEVEL", "VERDICTS", "Judgement", "judge"]

VERDICTS = ("worse", "slightly worse", "within", "better", "undecided")
WORSE, SLIGHTLY_WORSE, WITHIN, BETTER, UNDECIDED = range(5)


@dataclass(frozen=True)
class Judgement:
    """Every group against its comparator; arrays with one entry per group, NaN where undefined."""

    ratio: FloatArray
    """Group's rate over the comparator's; above 1 is worse for the group."""
    low: FloatArray
    high: FloatArray
    """95 % interval of the ratio, before any adjustment; infinite where the comparator made no errors.

    NaN where either side has fewer effective speakers than an interval needs.
    """
    difference: FloatArray
    """Group's rate minus the comparator's, as a fraction."""
    difference_low: FloatArray
    difference_high: FloatArray
    p: FloatArray
    """Two-sided; NaN where the group is not tested, 1 where it is but only exact limits exist, or none."""
    p_adjusted: FloatArray
    verdict: IntArray
    """Position in VERDICTS."""
    reason: IntArray
    """Position in REASONS."""
    detectable_ratio: FloatArray
    """Smallest ratio the data could have shown with the settings' power, at this family size."""
    speakers_needed: FloatArray
    """Speakers the group would need for the margin to be detectable, or to reach the minima.

    NaN where there is a verdict, and where more speakers of the group would not help or it cannot be worked out:
    the reason then says what is missing.
    """
    family_size: int
    """Groups tested together, the number the correction is for."""
    correction: Correction

    def reason_text(self, position: int, settings: Settings = DEFAULTS) -> str | None:
        """The reason of one group in words; None where there is none."""
        template = REASONS[int(self.reason[position])]
        if not template:
            return None
        detectable = seen_from(float(self.detectable_ratio[position]))
        # Of a ratio nobody will meet, a larger number would say no more.
        told = f"{detectable:.2f}" if detectable < WHOLE_FROM else f"{min(detectable, 100):.0f}"
        known = {**settings.to_json(), "detectable": told, "family": self.family_size}
        known["points"] = 100 * settings.margin_points
        return template.format(**known)


def judge(
    groups: GroupStatistics,
    contrast: ContrastStatistics,
    overall_rate: float,
    untestable: IntArray,
    design_effect: float,
    settings: Settings = DEFAULTS,
) -> Judgement:
    """Compare each group with its comparator and give the verdict the rule table says.

    `untestable` is NO_REASON for groups that belong to the family, else the reason why a
    row is no group to be judged. Rule table: first match of worse, undecided, better,
    slightly worse, within; Holm up to the settings' limit, Benjamini-Hochberg above.
    """
    estimate = ratio_estimates(groups, contrast, design_effect)
    too_few = np.minimum(groups.effective_speakers, contrast.effective_speakers)
    hidden = (untestable == IS_REFERENCE) | (too_few < settings.min_effective_for_interval)
    excluded = _unsupported(groups, contrast, overall_rate, untestable, settings)
    # A supported group whose comparison is undefined is asked about all the same: who
    # belongs to the family must not depend on the errors that were found.
    p = np.where(excluded == NO_REASON, np.where(np.isnan(estimate.p), 1.0, estimate.p), np.nan)
    p_adjusted = adjust(p, settings)
    family_size = int(np.isfinite(p).sum())
    undefined = np.isnan(estimate.low) | np.isnan(estimate.high)
    excluded = np.where((excluded == NO_REASON) & undefined, UNDEFINED, excluded)
    verdict, reason = _rule_table(estimate, p_adjusted, excluded, settings)
    detectable, needed = sensitivity(groups, contrast, estimate, max(1, family_size), settings)
    return Judgement(
        ratio=estimate.ratio,
        low=np.where(hidden, np.nan, estimate.low),
        high=np.where(hidden, np.nan, estimate.high),
        difference=estimate.difference,
        difference_low=np.where(hidden, np.nan, estimate.difference_low),
        difference_high=np.where(hidden, np.nan, estimate.difference_high),
        p=p,
        p_adjusted=p_adjusted,
        verdict=verdict,
        reason=reason,
        detectable_ratio=detectable,
        speakers_needed=_speakers_needed(needed, reason, groups, overall_rate, settings),
        family_size=family_size,
        correction=correction_for(family_size, settings),
    )


def _unsupported(
    groups: GroupStatistics,
    contrast: ContrastStatistics,
    overall_rate: float,
    untestable: IntArray,
    settings: Settings,
) -> IntArray:
    """Why a row is not tested: no group, nobody to compare with, or too little on either side."""
    own = support_reason(
        groups.n_speakers,
        groups.effective_speakers,
        groups.denominator,
        overall_rate,
        FEW_SPEAKERS,
        settings,
    )
    other = support_reason(
        contrast.n_speakers,
        contrast.effective_speakers,
        contrast.denominator,
        overall_rate,
        FEW_OTHER_SPEAKERS,
        settings,
    )
    return np.select(
        [untestable != NO_REASON, contrast.denominator <= 0, own != NO_REASON],
        [untestable, np.full(len(own), NO_COMPARATOR), own],
        other,
    ).astype(np.int64)


def _speakers_needed(
    needed: FloatArray, reason: IntArray, groups: GroupStatistics, overall_rate: float, settings: Settings
) -> FloatArray:
    """Speakers needed, at least those that the minima ask for; NaN where the reason is another one."""
    with np.errstate(all="ignore"):
        expected = groups.denominator * overall_rate
        grown = np.select(
            [reason == FEW_EFFECTIVE, reason == FEW_ERRORS],
            [
                groups.n_speakers * settings.min_effective_speakers / groups.effective_speakers,
                groups.n_speakers * settings.min_expected_errors / expected,
            ],
            settings.min_speakers,
        )
    told = np.isin(reason, (NOT_SEEN, ALONE_ONLY, FEW_SPEAKERS, FEW_EFFECTIVE, FEW_ERRORS))
    return np.where(told, np.maximum(needed, np.ceil(grown)), np.nan)


def _rule_table(
    estimate: RatioEstimates, p_adjusted: FloatArray, excluded: IntArray, settings: Settings
) -> tuple[IntArray, IntArray]:
    """Verdict and reason of each group: the first row of the table that matches."""
    margin, ratio, low, high = settings.margin_ratio, estimate.ratio, estimate.low, estimate.high
    shown = p_adjusted <= settings.alpha
    wide = high >= margin
    # A difference that is undefined in points cannot be called surely small.
    matters = ~(estimate.difference_high < settings.margin_points)
    worse = wide & shown & matters
    undecided = wide & ~shown
    better = ~wide & shown & (ratio < 1) & (low <= 1 / margin)
    slightly = shown & (ratio > 1)
    rows: list[tuple[BoolArray, int, int | IntArray]] = [
        (excluded != NO_REASON, UNDECIDED, excluded),
        (worse & (low >= margin), WORSE, LARGER),
        (worse, WORSE, MAY_BE_SMALLER),
        (undecided & estimate.exact, UNDECIDED, EXACT_LIMITS),
        (undecided & (low > 1), UNDECIDED, ALONE_ONLY),
        (undecided, UNDECIDED, NOT_SEEN),
        (better, BETTER, IS_BETTER),
        (slightly & wide, SLIGHTLY_WORSE, UNDER_POINTS),
        (slightly, SLIGHTLY_WORSE, SMALL_DIFFERENCE),
    ]
    conditions = [condition for condition, _, _ in rows]
    verdict = np.select(conditions, [verdict for _, verdict, _ in rows], WITHIN)
    reason = np.select(conditions, [reason for _, _, reason in rows], NOT_WORSE)
    return np.asarray(verdict, np.int64), np.asarray(reason, np.int64)
