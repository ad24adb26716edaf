"""The statistics again, as plain loops over speakers: slow, obvious, and only for tests.

Nothing here is shared with the product: no sorting, no power sums, no arrays. A side of a
comparison is a dictionary from speaker to (errors, words). Undefined is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy import stats

from analysis.speaker_counts import SpeakerCounts

Row = tuple[int, int, float, float]
"""Group, speaker, errors, words."""
Side = dict[int, tuple[float, float]]


def speaker_counts(rows: Sequence[Row], n_groups: int) -> SpeakerCounts:
    """The product's table of the same rows."""
    columns = np.array(rows, np.float64).reshape(-1, 4)
    group, speaker = columns[:, 0].astype(np.int64), columns[:, 1].astype(np.int64)
    return SpeakerCounts.of(group, speaker, columns[:, 2], columns[:, 3], n_groups)


def one_side(errors: Sequence[float], words: Sequence[float], first_speaker: int = 0) -> list[Row]:
    """Rows of group 0, one for each speaker."""
    return [(0, first_speaker + k, e, n) for k, (e, n) in enumerate(zip(errors, words, strict=True))]


def side(rows: Iterable[Row], belongs: Callable[[int], bool]) -> Side:
    """Sums by speaker over the groups that belong; speakers without errors and words are not there."""
    sums: Side = {}
    for group, speaker, e, n in rows:
        if belongs(group) and (e or n):
            errors, words = sums.get(speaker, (0.0, 0.0))
            sums[speaker] = (errors + e, words + n)
    return sums


def rate(counts: Side, without: int | None = None) -> float:
    """Pooled rate, with one speaker left out if asked; NaN without words."""
    errors = math.fsum(e for speaker, (e, _) in counts.items() if speaker != without)
    words = math.fsum(n for speaker, (_, n) in counts.items() if speaker != without)
    return errors / words if words else math.nan


def log_rate(counts: Side, without: int | None = None) -> float:
    value = rate(counts, without)
    return math.log(value) if value > 0 else math.nan


def effective_speakers(counts: Side) -> float:
    words = [n for _, n in counts.values()]
    return sum(words) ** 2 / sum(n * n for n in words) if sum(words) else 0.0


def jackknife(speakers: Iterable[int], estimate: Callable[[int], float]) -> float:
    """Variance of an estimate from its values with each speaker left out; NaN for one speaker or none."""
    values = [estimate(speaker) for speaker in speakers]
    if len(values) < 2:
        return math.nan
    mean = math.fsum(values) / len(values)
    return (len(values) - 1) / len(values) * math.fsum((value - mean) ** 2 for value in values)


def log_variance(counts: Side) -> float:
    return jackknife(counts, lambda speaker: log_rate(counts, speaker))


def linearised_variance(counts: Side) -> float:
    k, whole = len(counts), rate(counts)
    words = sum(n for _, n in counts.values())
    if k < 2 or not words:
        return math.nan
    return k / (k - 1) * math.fsum((e - whole * n) ** 2 for e, n in counts.values()) / words**2


def ratio_variance(own: Side, other: Side) -> float:
    """Joint jackknife of the log rate ratio: every speaker leaves both sides at once."""
    return jackknife(own | other, lambda speaker: log_rate(own, speaker) - log_rate(other, speaker))


def difference_variance(own: Side, other: Side) -> float:
    return jackknife(own | other, lambda speaker: rate(own, speaker) - rate(other, speaker))


def welch(own: Side, other: Side) -> float:
    """Degrees of freedom of the contrast."""
    v, w = log_variance(own), log_variance(other)
    a, b = max(effective_speakers(own) - 1, 1e-9), max(effective_speakers(other) - 1, 1e-9)
    if math.isnan(v + w) or v + w == 0:
        return math.nan
    return max(1.0, (v + w) ** 2 / (v * v / a + w * w / b))


def contrast(own: Side, other: Side) -> tuple[float, float, float, float]:
    """Ratio, its 95 % interval, and the two-sided p."""
    theta, spread, df = (
        log_rate(own) - log_rate(other),
        math.sqrt(ratio_variance(own, other)),
        welch(own, other),
    )
    half = stats.t.ppf(0.975, df) * spread
    p = 2 * stats.t.sf(abs(theta / spread), df)
    return math.exp(theta), math.exp(theta - half), math.exp(theta + half), float(p)


def same(found: object, wanted: object, tolerance: float = 1e-9) -> bool:
    """Equal within a relative tolerance, NaN in the same places."""
    return bool(np.allclose(found, wanted, rtol=tolerance, atol=1e-15, equal_nan=True))  # type: ignore[arg-type]
