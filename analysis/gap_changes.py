"""Did a gap change from one system to another? A contrast of contrasts, leaving out one speaker at a time.

A group's gap is its rate over that of the rest of its pool. It takes both systems' sums by group
and speaker (`two_systems.py`) and judges nothing: it gives the factor, its interval and p.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.intervals import t_quantile
from analysis.multiplicity import adjust
from analysis.ratio_estimates import RULE_LEVEL
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, RateOf
from analysis.two_systems import PairedCounts


@dataclass(frozen=True)
class GapChanges:
    """Did each group's gap change from the first system to the second? Arrays with one entry per group."""

    before: FloatArray
    """First system's rate in the group over that in the rest of its pool."""
    after: FloatArray
    """The same for the second system."""
    factor: FloatArray
    """`after` over `before`; above 1 the group fares worse, compared with the rest, than it did."""
    low: FloatArray
    """95 % interval of the factor; NaN, as `high` and `p`, where the group or the rest is too few to be tested."""
    high: FloatArray
    p: FloatArray
    p_adjusted: FloatArray
    """Adjusted for the groups that were tested."""
    detectable: FloatArray
    """Smallest factor of change that could have been shown at this number of groups.

    NaN where nothing was tested, infinite where no change could have been seen.
    """
    needed: FloatArray
    """Speakers of the group at which the margin, as a factor of change, could be shown, all growing alike.

    Never below the minimum that is tested; NaN where the spread is not known, infinite where no number would do.
    """


def gap_changes(
    paired: PairedCounts,
    pool_of_group: IntArray,
    n_pools: int,
    pools: PairedCounts | None = None,
    tested: BoolArray | None = None,
    settings: Settings = DEFAULTS,
    *,
    without_group: bool = True,
) -> GapChanges:
    """Contrast of contrasts: each group's gap to the rest of its pool, second system against first.

    A group whose pool is -1 has nobody to be compared with. `pools` holds every recording of a pool once, by
    pool; None where no recording counts in two groups. `without_group` says whether a pool contains the
    groups compared with it, which are then left out of it; a declared reference contains none of them.
    `tested` says which groups have the support to be tested; None: all.
    Source: delete-one-speaker jackknife of the difference of two log ratios; Kish degrees of freedom.
    """
    result = _by_group(paired, pool_of_group, n_pools, pools, settings, without_group=without_group)
    spread, degrees, n_speakers = (result.pop(name) for name in ("spread", "degrees", "speakers"))
    if tested is not None:
        for name in ("low", "high", "p"):
            result[name] = np.where(tested, result[name], np.nan)
    family = max(1, int(np.isfinite(result["p"]).sum()))
    detectable, needed = _sensitivity(spread, degrees, n_speakers, family, settings)
    detectable = np.where(np.isfinite(result["p"]), detectable, np.nan)
    return GapChanges(
        **result, p_adjusted=adjust(result["p"], settings), detectable=detectable, needed=needed
    )


def gap_changes_to_reference(
    paired: PairedCounts, reference: IntArray, tested: BoolArray, settings: Settings = DEFAULTS
) -> GapChanges:
    """The same of gaps to a declared group, which has none of its own.

    `reference` is the row of the declared group with all else equal, by group; -1 where there is none.
    """
    itself = reference == np.arange(paired.n_groups)
    reference = np.where(itself, -1, reference)
    # A gap can be judged only where both of its sides can.
    both = tested & (reference >= 0) & tested[reference]
    return gap_changes(paired, reference, paired.n_groups, paired, both, settings, without_group=False)


def _by_group(
    paired: PairedCounts,
    pool_of_group: IntArray,
    n_pools: int,
    pools: PairedCounts | None,
    settings: Settings,
    *,
    without_group: bool,
) -> dict[str, FloatArray]:
    """The change of every group's gap by name of the number; NaN where it is undefined."""
    names = ("before", "after", "factor", "low", "high", "p", "spread", "degrees", "speakers")
    result = {name: np.full(paired.n_groups, np.nan) for name in names}
    pool_of_row = np.asarray(pool_of_group)[paired.group]
    everybody, pool_of_all = (pools, pools.group) if pools else (paired, pool_of_row)
    for pool in range(n_pools):
        rows, all_rows = np.flatnonzero(pool_of_row == pool), np.flatnonzero(pool_of_all == pool)
        if not len(rows):
            continue
        speakers = np.unique(everybody.speaker[all_rows])
        everyone = _by_speaker(everybody, all_rows, speakers)
        for group in np.unique(paired.group[rows]):
            own_rows = rows[paired.group[rows] == group]
            if without_group:
                own = _by_speaker(paired, own_rows, speakers)
                others = everyone - own
            else:
                both = np.union1d(speakers, paired.speaker[own_rows])
                own, others = _by_speaker(paired, own_rows, both), _by_speaker(everybody, all_rows, both)
            change = _one_gap_change(own, others, paired.rate_of, settings)
            for name, value in change.items():
                result[name][group] = value
    return result


def _sensitivity(
    spread: FloatArray, degrees: FloatArray, speakers: FloatArray, family: int, settings: Settings
) -> tuple[FloatArray, FloatArray]:
    """What could have been seen, and the speakers for a change by the margin; the spread is of the log factor.

    Source: the t form of the detectable ratio of every verdict; the variance falls as speakers grow in proportion.
    """
    reach = t_quantile(1 - settings.alpha / (2 * family), degrees) + t_quantile(settings.power, degrees)
    normal = special.ndtri(1 - settings.alpha / (2 * family)) + special.ndtri(settings.power)
    with np.errstate(invalid="ignore", over="ignore"):
        factor = np.maximum(1.0, (normal * spread / np.log(settings.margin_ratio)) ** 2)
        needed = np.maximum(np.ceil(speakers * factor), settings.min_speakers)
        return np.exp(reach * spread), needed


def _by_speaker(paired: PairedCounts, rows: IntArray, speakers: IntArray) -> FloatArray:
    """Sums of the first system, then of the second, of these rows: (system, sum, speaker)."""
    place = np.searchsorted(speakers, paired.speaker[rows])
    return np.array(
        [
            [np.bincount(place, values[rows], len(speakers)) for values in sums]
            for sums in (paired.sums_a, paired.sums_b)
        ],
        np.float64,
    )


def _one_gap_change(
    own: FloatArray, rest: FloatArray, rate_of: RateOf, settings: Settings
) -> dict[str, float]:
    """Both sides by system, sum and speaker of the pool; undefined entries are left out."""

    def log_gaps(group: FloatArray, others: FloatArray) -> FloatArray:
        return np.array(
            [np.log(rate_of(*group[s])) - np.log(rate_of(*others[s])) for s in (0, 1)], np.float64
        )

    with np.errstate(all="ignore"):
        whole_own, whole_rest = own.sum(axis=2), rest.sum(axis=2)
        gaps = log_gaps(whole_own, whole_rest)
        left_out = log_gaps(whole_own[:, :, None] - own, whole_rest[:, :, None] - rest)
        estimate = float(gaps[1] - gaps[0])
        thetas = left_out[1] - left_out[0]
        k = len(thetas)
        variance = (k - 1) / k * float(((thetas - thetas.mean()) ** 2).sum())
        smaller = min(float(side[0, 1].sum() ** 2 / (side[0, 1] ** 2).sum()) for side in (own, rest))
        found = {
            "before": float(np.exp(gaps[0])),
            "after": float(np.exp(gaps[1])),
            "factor": float(np.exp(estimate)),
        }
    known = {name: value for name, value in found.items() if np.isfinite(value)}
    if not (np.isfinite(variance) and variance > 0 and smaller > settings.min_effective_for_interval):
        return known
    degrees = np.array([smaller - 1])
    half = float(t_quantile(0.5 + RULE_LEVEL / 2, degrees)[0]) * variance**0.5
    return {
        **known,
        "spread": variance**0.5,
        "degrees": float(degrees[0]),
        "speakers": float((own[0, 1] > 0).sum()),
        "low": float(np.exp(estimate - half)),
        "high": float(np.exp(estimate + half)),
        "p": float(2 * special.stdtr(degrees[0], -abs(estimate) / variance**0.5)),
    }
