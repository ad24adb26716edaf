"""Contrasts as the tests ask for them, and the plain loop they must equal."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analysis.comparisons import ContrastStatistics, contrast_statistics, welch_degrees
from analysis.intervals import NEGLIGIBLE_VARIANCE, GroupStatistics, group_statistics
from analysis.speaker_counts import SpeakerCounts
from tests.analysis import speaker_loops as loops
from tests.analysis.speaker_loops import Row, Side, same

Compared = tuple[GroupStatistics, ContrastStatistics]


def against_complement(counts: SpeakerCounts) -> Compared:
    return within_pools(counts, np.zeros(counts.n_groups, np.int64), without_group=True)


def within_pools(counts: SpeakerCounts, pools: np.ndarray, without_group: bool) -> Compared:
    groups = group_statistics(counts)
    pooled = counts.merged(pools, int(pools.max()) + 1)
    return groups, contrast_statistics(counts, groups, pooled, pools, without_group)


def against_references(counts: SpeakerCounts, references: Sequence[int] | np.ndarray) -> Compared:
    groups = group_statistics(counts)
    return groups, contrast_statistics(counts, groups, counts, np.asarray(references), without_group=False)


def known(variance: float) -> float:
    return variance if variance > NEGLIGIBLE_VARIANCE else math.nan


def holds_like_the_loop(
    compared: Compared, position: int, own: Side, other: Side, tolerance: float = 1e-9
) -> None:
    groups, contrast = compared
    wanted = {
        "numerator": sum(e for e, _ in other.values()),
        "denominator": sum(n for _, n in other.values()),
        "n_speakers": len(other),
        "effective_speakers": loops.effective_speakers(other),
        "rate": loops.rate(other),
        "variance": known(loops.ratio_variance(own, other)),
    }
    if own and other:
        wanted["variance_log"] = loops.log_variance(other)
    if own and other and sum(e for e, _ in other.values()):
        wanted["difference_variance"] = known(loops.difference_variance(own, other))
    for name, value in wanted.items():
        found = float(getattr(contrast, name)[position])
        if not (found < 1e-11 and value < 1e-11):  # rounding decides on which side of "vanishes" these fall
            assert same(found, value, tolerance), (name, found, value)
    if own and other and not math.isnan(contrast.variance[position]):
        assert same(welch_degrees(groups, contrast)[position], loops.welch(own, other), tolerance)


def drawn(n_groups: int, n_speakers: int, groups_each: int, words: float, seed: int) -> list[Row]:
    """Speakers with very unequal talk time, each in a few groups."""
    rng = np.random.default_rng(seed)
    rows = []
    for speaker in range(n_speakers):
        talk = rng.lognormal(math.log(words), 1.0)
        for group in rng.choice(n_groups, groups_each, replace=False).tolist():
            n = 1.0 + rng.poisson(talk)
            rows.append((group, speaker, float(rng.poisson(n * 0.1 * rng.lognormal(0, 0.5))), n))
    return rows
