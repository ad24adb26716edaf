"""Why a group has the verdict it has, or none: every reason in words, by number.

Owns the list of reasons and the minima a group and its comparator need before they are
tested. It decides no verdict (`judgement.py`) and knows no names of groups.
"""

from __future__ import annotations

import numpy as np

from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import FloatArray, IntArray

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
    "the comparison is undefined: too few speakers made errors, so what it would take cannot be worked out",
    "larger than {margin_ratio:g}×",
    "may be smaller than {margin_ratio:g}×",
    "a smaller difference is established",
    "not worse than {margin_ratio:g}×",
    "could only have seen a ratio of {detectable}× or more",
    "stands out alone, but not after looking at {family} groups",
    "better, shown",
    "no errors, or all from one speaker: only exact limits on effective counts, so what it would take cannot be worked out",
    "this is everything that was selected",
    "this is the other side of the comparison",
    "established, but surely under {points:g} percentage points",
    "a test that flips the systems speaker by speaker does not agree",
    "both systems made as many errors for every speaker",
    "not selected: the filter hides this group",
    "the references have no words",
    "withheld: fewer than {public_min_speakers} speakers, or it would give another group away",
    "whom it would be compared with is withheld",
    "nobody was recorded among what is selected",
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
    UNDER_POINTS,
    FLIPS_DISAGREE,
    SAME_ERRORS,
    NOT_SELECTED,
    NO_WORDS,
    WITHHELD,
    COMPARATOR_WITHHELD,
    NOBODY_SELECTED,
) = range(len(REASONS))


NO_GROUP = (NOT_STATED, IS_REFERENCE, DISPLAY_ONLY, WHOLE, MIRRORED, NOT_SELECTED)
"""Rows that nothing is asked about, so that there is nothing to be undecided."""


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
