"""Groups to be judged, of wanted ratios or from counts, and the verdict they get."""

from __future__ import annotations

import numpy as np

from analysis.comparisons import ContrastStatistics, contrast_statistics
from analysis.intervals import GroupStatistics, group_statistics
from analysis.judgement import VERDICTS, Judgement, judge
from analysis.settings import DEFAULTS, Settings
from tests.analysis.speaker_loops import Row, speaker_counts

OVERALL = 0.15


def two_sides(
    ratio: list[float], spread: list[float], rate: float | list[float] = OVERALL, words: float = 20_000.0
) -> tuple[GroupStatistics, ContrastStatistics]:
    """Well supported groups of the wanted ratios and standard errors of the log ratio, one a position."""
    n = len(ratio)
    other = np.broadcast_to(np.asarray(rate, np.float64), n)
    own, variance = other * np.array(ratio), np.array(spread) ** 2
    half, many = variance / 2, np.full(n, 40.0)
    groups = GroupStatistics(
        own * words, np.full(n, words), np.full(n, 40), many, many / 800, many, own, half, np.full(n, 5.0)
    )
    contrast = ContrastStatistics(
        other * words, np.full(n, words), np.full(n, 40), many, many, variance, half, variance * other**2
    )
    return groups, contrast


def judged(
    ratio: list[float], spread: list[float], settings: Settings = DEFAULTS, **sides: float
) -> Judgement:
    groups, contrast = two_sides(ratio, spread, **sides)
    return judge(groups, contrast, OVERALL, np.zeros(len(ratio), np.int64), 5.0, settings)


def verdict(ratio: float, spread: float, family: int = 1, **sides: float) -> str:
    """Verdict of one group in a family whose other members differ from nobody."""
    found = judged([ratio] + [1.0] * (family - 1), [spread] + [0.5] * (family - 1), **sides)
    return VERDICTS[int(found.verdict[0])]


def against_the_rest(rows: list[Row], n_groups: int = 2, settings: Settings = DEFAULTS) -> Judgement:
    counts = speaker_counts(rows, n_groups)
    groups, pool = group_statistics(counts), np.zeros(n_groups, np.int64)
    whole = counts.merged(pool, 1)
    contrast = contrast_statistics(counts, groups, whole, pool, without_group=True)
    overall = float(group_statistics(whole).rate[0])
    return judge(groups, contrast, overall, np.zeros(n_groups, np.int64), 4.0, settings)


def speakers(group: int, errors: list[int], words: int, first: int) -> list[Row]:
    return [(group, first + k, float(e), float(words)) for k, e in enumerate(errors)]
