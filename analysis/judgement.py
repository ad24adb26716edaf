"""What may be said of a group against its comparator: one of five verdicts, by a fixed rule table.

Owns the comparison's interval, the support minima and the rule table. The interval drawn
beside a verdict is the one the rule reads: always the 95 % interval. Verdicts are never
"not significant, so equal": what cannot be told yet says what could have been seen and
how many speakers it would take.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from analysis.comparisons import ContrastStatistics, welch_degrees
from analysis.intervals import GroupStatistics, t_quantile
from analysis.multiplicity import Correction, adjust, correction_for
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

VERDICTS = ("worse", "slightly worse", "within", "better", "undecided")
WORSE, SLIGHTLY_WORSE, WITHIN, BETTER, UNDECIDED = range(5)
RULE_LEVEL = 0.95

REASONS = (
    "",
    "nobody was recorded",
    "not stated is shown but is not a group",
    "this is the reference group",
    "the overall rate contains the group, so it is for display only",
    "there is nobody to compare with in the same conditions",
    "fewer than {min_speakers} speakers",
    "fewer than {min_effective_speakers:g} effective speakers: a few of them did most of the talking",
    "fewer than {min_expected_errors:g} errors would be expected",
    "fewer than {min_speakers} speakers to compare with",
    "fewer than {min_effective_speakers:g} effective speakers to compare with",
    "fewer than {min_expected_errors:g} errors would be expected in the comparison",
    "the comparison is undefined: too few speakers made errors",
    "larger than {margin_ratio:g}×",
    "may be smaller than {margin_ratio:g}×",
    "a smaller difference is established",
    "not worse than {margin_ratio:g}×",
    "could only have seen a ratio of {detectable:.2g}× or more",
    "stands out alone, but not after looking at {family} groups",
    "better, shown",
    "no errors, or all from one speaker: exact limits on effective counts",
    "this is everything that was selected",
    "this is the other side of the comparison",
)
(
    NO_REASON,
    EMPTY,
    NOT_STATED,
    IS_REFERENCE,
    DISPLAY_ONLY,
    NO_COMPARATOR,
    FEW_SPEAKERS,
    FEW_EFFECTIVE,
    FEW_ERRORS,
    FEW_OTHER_SPEAKERS,
    FEW_OTHER_EFFECTIVE,
    FEW_OTHER_ERRORS,
    UNDEFINED,
    LARGER,
    MAY_BE_SMALLER,
    SMALL_DIFFERENCE,
    NOT_WORSE,
    NOT_SEEN,
    ALONE_ONLY,
    IS_BETTER,
    EXACT_LIMITS,
    WHOLE,
    MIRRORED,
) = range(len(REASONS))


@dataclass(frozen=True)
class Judgement:
    """Every group against its comparator; arrays with one entry per group, NaN where undefined."""

    ratio: FloatArray
    """Group's rate over the comparator's; above 1 is worse for the group."""
    low: FloatArray
    high: FloatArray
    """95 % interval of the ratio, before any adjustment; infinite where the comparator made no errors."""
    difference: FloatArray
    """Group's rate minus the comparator's, as a fraction."""
    difference_low: FloatArray
    difference_high: FloatArray
    p: FloatArray
    """Two-sided; NaN where the group is not tested."""
    p_adjusted: FloatArray
    verdict: IntArray
    """Position in VERDICTS."""
    reason: IntArray
    """Position in REASONS."""
    detectable_ratio: FloatArray
    """Smallest ratio the data could have shown with the settings' power, at this family size."""
    speakers_needed: FloatArray
    """Speakers the group would need for the margin to be detectable; NaN where it cannot be told."""
    family_size: int
    """Groups tested together, the number the correction is for."""
    correction: Correction

    def reason_text(self, position: int, settings: Settings = DEFAULTS) -> str | None:
        """The reason of one group in words; None where there is none."""
        template = REASONS[int(self.reason[position])]
        if not template:
            return None
        detectable = float(self.detectable_ratio[position])
        known = {**settings.to_json(), "detectable": detectable, "family": self.family_size}
        return template.format(**known)


def support_reason(
    n_speakers: IntArray,
    effective: FloatArray,
    words: FloatArray,
    overall_rate: float,
    first_reason: int,
    settings: Settings = DEFAULTS,
) -> IntArray:
    """Which minimum a side misses, numbered from `first_reason`; NO_REASON where it misses none."""
    expected = words * (overall_rate if np.isfinite(overall_rate) else 0.0)
    return np.select(
        [
            n_speakers < settings.min_speakers,
            effective < settings.min_effective_speakers,
            expected < settings.min_expected_errors,
        ],
        [first_reason, first_reason + 1, first_reason + 2],
        NO_REASON,
    ).astype(np.int64)


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
    estimate = _estimate(groups, contrast, design_effect)
    own = support_reason(
        groups.n_speakers, groups.effective_speakers, groups.denominator, overall_rate, FEW_SPEAKERS, settings
    )
    other = support_reason(
        contrast.n_speakers,
        contrast.effective_speakers,
        contrast.denominator,
        overall_rate,
        FEW_OTHER_SPEAKERS,
        settings,
    )
    excluded = np.select(
        [untestable != NO_REASON, contrast.denominator <= 0, own != NO_REASON, other != NO_REASON],
        [untestable, np.full(len(own), NO_COMPARATOR), own, other],
        NO_REASON,
    )
    excluded = np.where((excluded == NO_REASON) & ~np.isfinite(estimate.low), UNDEFINED, excluded)
    p = np.where(excluded == NO_REASON, estimate.p, np.nan)
    p_adjusted = adjust(p, settings)
    family_size = int(np.isfinite(p).sum())
    verdict, reason = _rule_table(estimate, p_adjusted, excluded, settings)
    detectable, needed = _sensitivity(groups, contrast, estimate, max(1, family_size), settings)
    undecided = verdict == UNDECIDED
    return Judgement(
        ratio=estimate.ratio,
        low=estimate.low,
        high=estimate.high,
        difference=estimate.difference,
        difference_low=estimate.difference_low,
        difference_high=estimate.difference_high,
        p=p,
        p_adjusted=p_adjusted,
        verdict=verdict,
        reason=reason,
        detectable_ratio=detectable,
        speakers_needed=np.where(undecided, needed, np.nan),
        family_size=family_size,
        correction=correction_for(family_size, settings),
    )


@dataclass(frozen=True)
class _Estimate:
    ratio: FloatArray
    low: FloatArray
    high: FloatArray
    difference: FloatArray
    difference_low: FloatArray
    difference_high: FloatArray
    p: FloatArray
    degrees: FloatArray
    exact: BoolArray
    """Where the jackknife is undefined and exact limits on effective counts were used instead."""


def _estimate(groups: GroupStatistics, contrast: ContrastStatistics, design_effect: float) -> _Estimate:
    """Ratio and difference with their 95 % intervals; p is 1 where only exact limits exist."""
    with np.errstate(all="ignore"):
        ratio, difference = groups.rate / contrast.rate, groups.rate - contrast.rate
        theta, degrees = np.log(ratio), welch_degrees(groups, contrast)
        spread = np.sqrt(contrast.variance)
        quantile = t_quantile(0.5 + RULE_LEVEL / 2, degrees)
        low, high = np.exp(theta - quantile * spread), np.exp(theta + quantile * spread)
        p = 2 * special.stdtr(degrees, -np.abs(theta / spread))
        half = quantile * np.sqrt(contrast.difference_variance)
    exact = ~np.isfinite(low) & (groups.denominator > 0) & (contrast.denominator > 0)
    if exact.any():
        exact_low, exact_high = _exact_ratio(groups, contrast, design_effect)
        low, high = np.where(exact, exact_low, low), np.where(exact, exact_high, high)
        p = np.where(exact & np.isfinite(low), 1.0, p)
    return _Estimate(ratio, low, high, difference, difference - half, difference + half, p, degrees, exact)


def _exact_ratio(
    groups: GroupStatistics, contrast: ContrastStatistics, design_effect: float
) -> tuple[FloatArray, FloatArray]:
    """Limits of the ratio from Clopper-Pearson for one side's errors given both sides' errors.

    Counts are divided by the design effect. NaN where neither side made an error.
    """
    tail = (1 - RULE_LEVEL) / 2
    own, other = groups.numerator / design_effect, contrast.numerator / design_effect
    with np.errstate(all="ignore"):
        low = np.where(own > 0, stats.beta.ppf(tail, own, other + 1), 0.0)
        high = np.where(other > 0, stats.beta.ppf(1 - tail, own + 1, other), 1.0)
        scale = contrast.denominator / groups.denominator
        limits = low / (1 - low) * scale, high / (1 - high) * scale
    nothing = own + other <= 0
    return np.where(nothing, np.nan, limits[0]), np.where(nothing, np.nan, limits[1])


def _rule_table(
    estimate: _Estimate, p_adjusted: FloatArray, excluded: IntArray, settings: Settings
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
    out = excluded != NO_REASON
    verdict = np.select(
        [out, worse, undecided, better, slightly],
        [UNDECIDED, WORSE, UNDECIDED, BETTER, SLIGHTLY_WORSE],
        WITHIN,
    )
    reason = np.select(
        [out, worse & (low >= margin), worse, undecided & (low > 1), undecided & estimate.exact, undecided],
        [excluded, LARGER, MAY_BE_SMALLER, ALONE_ONLY, EXACT_LIMITS, NOT_SEEN],
        np.select([better, slightly], [IS_BETTER, SMALL_DIFFERENCE], NOT_WORSE),
    )
    return verdict.astype(np.int64), reason.astype(np.int64)


def _sensitivity(
    groups: GroupStatistics,
    contrast: ContrastStatistics,
    estimate: _Estimate,
    family: int,
    settings: Settings,
) -> tuple[FloatArray, FloatArray]:
    """Detectable ratio, and the speakers at which the margin becomes detectable.

    The group's share of the variance falls as its speakers grow, the comparator's stays.
    Where that alone cannot reach the margin, both sides are taken to grow together.
    """
    with np.errstate(all="ignore"):
        reach = t_quantile(1 - settings.alpha / (2 * family), estimate.degrees)
        reach = reach + t_quantile(settings.power, estimate.degrees)
        detectable = np.exp(reach * np.sqrt(contrast.variance))
        normal = special.ndtri(1 - settings.alpha / (2 * family)) + special.ndtri(settings.power)
        wanted = (np.log(settings.margin_ratio) / normal) ** 2
        share = groups.variance_log / (groups.variance_log + contrast.variance_log)
        own, other = contrast.variance * share, contrast.variance * (1 - share)
        alone = own / (wanted - other)
        together = contrast.variance / wanted
        factor = np.where((wanted > other) & (alone < 100), alone, together)
        needed = np.ceil(np.maximum(groups.n_speakers, groups.n_speakers * factor))
    return detectable, needed
