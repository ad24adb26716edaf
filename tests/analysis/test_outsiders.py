"""Speakers outside a group, taken all together: as exact as a dense jackknife, however many and however lopsided."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.analysis import speaker_loops as loops
from tests.analysis.contrast_loops import against_complement, drawn, holds_like_the_loop
from tests.analysis.speaker_loops import Row, same, side, speaker_counts


def dense_ratio_variance(rows: list[Row], n_groups: int, n_speakers: int) -> tuple[np.ndarray, np.ndarray]:
    """The joint jackknife against the complement with every speaker in every group, as whole arrays."""
    e, n = np.zeros((2, n_groups, n_speakers))
    table = np.array(rows)
    np.add.at(e, (table[:, 0].astype(int), table[:, 1].astype(int)), table[:, 2])
    np.add.at(n, (table[:, 0].astype(int), table[:, 1].astype(int)), table[:, 3])
    f, m = e.sum(0) - e, n.sum(0) - n
    own, other = _left_out(e, n), _left_out(f, m)
    k = n_speakers

    def variance(values: np.ndarray) -> np.ndarray:
        return np.asarray((k - 1) / k * ((values - values.mean(1, keepdims=True)) ** 2).sum(1))

    return variance(np.log(own) - np.log(other)), variance(own - other)


def _left_out(e: np.ndarray, n: np.ndarray) -> np.ndarray:
    return np.asarray((e.sum(1, keepdims=True) - e) / (n.sum(1, keepdims=True) - n))


@pytest.mark.parametrize(
    ("n_groups", "n_speakers", "groups_each"),
    [(300, 3000, 4), (4, 3000, 1), (4, 3000, 4), (40, 60, 7), (2, 12, 1)],
)
def test_many_speakers_taken_together_equal_the_dense_jackknife(
    n_groups: int, n_speakers: int, groups_each: int
) -> None:
    rows = drawn(n_groups, n_speakers, groups_each, 400, seed=n_groups)
    _, contrast = against_complement(speaker_counts(rows, n_groups))
    ratio, difference = dense_ratio_variance(rows, n_groups, n_speakers)
    assert same(contrast.variance, ratio)
    assert same(contrast.difference_variance, difference)


def test_thousands_of_groups_stay_exact() -> None:
    """So many groups that the speakers outside them cannot be taken one by one."""
    n_groups = 6000
    rng = np.random.default_rng(3)
    heavy = [(g, k, float(rng.integers(1, 99)), 999.0) for g in range(20) for k in range(130)]
    light = [(g, 200 + g, 1.0, 5.0) for g in range(20, n_groups)]
    compared = against_complement(speaker_counts(heavy + light, n_groups))
    pool = heavy + light
    own, other = side(pool, lambda g: g == 3), side(pool, lambda g: g != 3)
    whole_errors, whole_words = (sum(values) for values in zip(*other.values(), strict=True))

    def changed(speaker: int) -> float:
        e, n = other.get(speaker, (0.0, 0.0))
        return loops.log_rate(own, speaker) - math.log((whole_errors - e) / (whole_words - n))

    assert same(compared[1].variance[3], loops.jackknife(own | other, changed))


@pytest.mark.parametrize("words", [1e3, 2e4, 1e6])
def test_a_group_with_nearly_all_words_is_compared_exactly_with_the_few_others(words: float) -> None:
    """Their counts must not drown in the rounding of the many."""
    rng = np.random.default_rng(7)
    rows = [(0, k, float(rng.poisson(words * 0.1)), words + k) for k in range(60)]
    rows += [(1, 100 + k, float(rng.integers(1, 9)), 30.0) for k in range(12)]
    rows += [(2, 200 + k, float(rng.integers(0, 2)), 4.0) for k in range(300)]
    compared = against_complement(speaker_counts(rows, 3))
    for group in range(3):
        own = side(rows, lambda g, group=group: g == group)  # type: ignore[misc]
        other = side(rows, lambda g, group=group: g != group)  # type: ignore[misc]
        holds_like_the_loop(compared, group, own, other)
