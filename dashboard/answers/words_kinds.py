"""Which kinds of error make an excess: totals of both sides and the same contrast once for each kind.

From the stored counts of all recordings. Owns whether a share may be given; words are `words.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics, rate_intervals, t_quantile
from analysis.rates import FEW, NOBODY, SHOWN, STATUSES
from analysis.ratio_estimates import ratio_estimates
from analysis.settings import Settings
from analysis.speaker_counts import BoolArray, FloatArray, SpeakerCounts
from data.queries_words import SideSums

KINDS_OF_ERROR = ("substitution", "deletion", "insertion")


@dataclass(frozen=True)
class SideTotals:
    """How much stands behind one side, and its errors by kind."""

    n_speakers: int
    n_utterances: int
    n_words: int
    errors: dict[str, int] | None
    """By kind; None where the evaluation does not tell kinds apart."""
    n_errors: int
    low: float | None
    """Interval of the side's own rate; None where it is unknown."""
    high: float | None
    status: str
    """shown, few speakers or empty, as of a group."""


@dataclass(frozen=True)
class KindExcess:
    """The whole excess, then each of KINDS_OF_ERROR; fractions of a reference word, NaN where undefined."""

    rate: FloatArray
    other_rate: FloatArray
    excess: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def share(self) -> FloatArray:
        """Of the whole excess; NaN where that is not surely above 0."""
        return self.excess / (self.excess[0] if self.is_sure else np.nan)

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the whole excess lies above 0; of less, nothing is given a share."""
        return bool(self.low[0] > 0)


def side_totals(
    sums: SideSums, on_side: BoolArray, known: bool, level: float, settings: Settings
) -> SideTotals:
    """What stands behind one side; `known` says whether the evaluation tells kinds of error apart."""
    total = {name: int(values[on_side].sum()) for name, values in sums.columns.items()}
    errors = {kind: total[f"{kind}s"] for kind in KINDS_OF_ERROR}
    n_errors = sum(errors.values())
    speaking = on_side & ((sums.columns["n_words"] > 0) | (_all_errors(sums) > 0))
    n_speakers = len(np.unique(sums.speaker[speaking]))
    everything = np.zeros(len(sums.speaker), np.int64)[on_side]
    counts = SpeakerCounts.of(
        everything, sums.speaker[on_side], _all_errors(sums)[on_side], sums.columns["n_words"][on_side], 1
    )
    of_side = group_statistics(counts)
    span = rate_intervals(of_side, float(of_side.design_effect[0]), level, settings=settings)
    low, high = (float(end[0]) if np.isfinite(end[0]) else None for end in (span.low, span.high))
    few = (
        n_speakers < settings.min_speakers or of_side.effective_speakers[0] < settings.min_effective_speakers
    )
    status = STATUSES[NOBODY if not total["n_words"] else FEW if few else SHOWN]
    kinds = errors if known else None
    return SideTotals(n_speakers, total["n_utterances"], total["n_words"], kinds, n_errors, low, high, status)


def _all_errors(sums: SideSums) -> FloatArray:
    return np.asarray(sum(sums.columns[f"{kind}s"] for kind in KINDS_OF_ERROR), np.float64)


def kind_excess(sums: SideSums, level: float, settings: Settings) -> KindExcess:
    """The same contrast as that of every rate, with one row for all errors and one for each kind.

    No interval where either side has fewer effective speakers than one needs.
    """
    own, other = _kind_counts(sums, sums.own), _kind_counts(sums, sums.other)
    groups = group_statistics(own)
    contrast = contrast_statistics(own, groups, other, np.arange(own.n_groups), without_group=False)
    found = ratio_estimates(groups, contrast, 1.0)
    with np.errstate(all="ignore"):
        half = t_quantile(0.5 + level / 2, found.degrees) * np.sqrt(contrast.difference_variance)
    effective = np.minimum(groups.effective_speakers, contrast.effective_speakers)
    half = np.where(effective < settings.min_effective_for_interval, np.nan, half)
    difference = found.difference
    return KindExcess(groups.rate, contrast.rate, difference, difference - half, difference + half)


def _kind_counts(sums: SideSums, on_side: BoolArray) -> SpeakerCounts:
    errors = [_all_errors(sums), *(sums.columns[f"{kind}s"] for kind in KINDS_OF_ERROR)]
    n = int(on_side.sum())
    return SpeakerCounts.of(
        np.repeat(np.arange(len(errors)), n),
        np.tile(sums.speaker[on_side], len(errors)),
        np.concatenate([kind[on_side] for kind in errors]),
        np.tile(sums.columns["n_words"][on_side], len(errors)),
        len(errors),
    )
