"""The overall rate under another mix: by hand, by plain loops, and what always holds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.intervals import group_statistics, rate_intervals
from analysis.mixes import equal_weights, mixed_rate, planned_weights
from tests.analysis import speaker_loops as loops
from tests.analysis.test_gaps import made_up


def test_a_mix_is_the_weighted_mean_of_the_groups_rates() -> None:
    rows = [(0, 0, 10.0, 100.0), (0, 1, 10.0, 100.0), (1, 2, 60.0, 100.0), (1, 3, 60.0, 100.0)]
    counts = loops.speaker_counts(rows, 2)
    assert mixed_rate(counts, equal_weights(2)).rate == pytest.approx(0.35)
    assert mixed_rate(counts, np.array([3.0, 1.0])).rate == pytest.approx(0.225)


def test_one_group_alone_has_its_usual_interval() -> None:
    """Vector of the rate by speaker: 0.2, from 0.150791 to 0.265267, 5.544657 effective speakers."""
    counts = loops.speaker_counts(loops.one_side([3, 5, 2, 8, 4, 9], [20, 25, 18, 30, 22, 40]), 1)
    mixed = mixed_rate(counts, equal_weights(1))
    assert (mixed.rate, mixed.low, mixed.high) == pytest.approx((0.2, 0.150791, 0.265267), abs=1e-6)
    assert mixed.effective_speakers == pytest.approx(5.544657, abs=1e-6)


def test_the_interval_of_a_metric_that_cannot_exceed_one_ends_at_one() -> None:
    counts = loops.speaker_counts(loops.one_side([10] * 9 + [2, 3, 30], [10] * 11 + [30]), 1)
    free, bounded = (mixed_rate(counts, equal_weights(1), bounded=one) for one in (False, True))
    assert free.high is not None
    assert free.high > 1
    assert bounded == replace(free, high=1.0)


@pytest.mark.parametrize("crossed", [False, True])
def test_the_interval_is_that_of_plain_loops(crossed: bool) -> None:
    rows = made_up(4, [0.1, 0.3, 0.2], 8, crossed=crossed)
    weights = np.array([0.5, 0.2, 0.3])
    sides = [loops.side(rows, lambda group, g=g: group == g) for g in range(3)]
    people = sorted({row[1] for row in rows})

    def mix(without: int | None) -> float:
        return sum(w * loops.rate(one, without) for w, one in zip(weights, sides, strict=True))

    logs = [math.log(mix(k)) for k in people]
    mean = sum(logs) / len(logs)
    variance = (len(people) - 1) / len(people) * sum((value - mean) ** 2 for value in logs)
    portion = [
        sum(
            w * one.get(k, (0, 0))[1] / sum(n for _, n in one.values())
            for w, one in zip(weights, sides, strict=True)
        )
        for k in people
    ]
    effective = 1 / sum(p * p for p in portion)
    half = stats.t.ppf(0.975, effective - 1) * math.sqrt(variance)
    found = mixed_rate(loops.speaker_counts(rows, 3), weights)
    assert found.effective_speakers == pytest.approx(effective)
    assert (found.low, found.high) == pytest.approx((mix(None) * math.exp(-half), mix(None) * math.exp(half)))


def test_a_planned_group_without_data_is_left_out_and_said() -> None:
    counts = loops.speaker_counts(made_up(1, [0.1, 0.2], 8, crossed=False), 2)
    weights, known = planned_weights(("a", "b"), {"a": 0.4, "b": 0.4, "nobody": 0.2})
    assert known == pytest.approx(0.8)
    assert mixed_rate(counts, weights).rate == pytest.approx(mixed_rate(counts, equal_weights(2)).rate)
    empty = loops.speaker_counts(made_up(1, [0.1], 8, crossed=False), 2)
    assert mixed_rate(empty, np.array([0.7, 0.3])).share_present == pytest.approx(0.7)


def test_a_mix_of_nobody_has_no_rate() -> None:
    counts = loops.speaker_counts([], 2)
    assert mixed_rate(counts, equal_weights(2)).rate is None


@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_only_the_proportions_of_the_weights_matter(seed: int, factor: float) -> None:
    counts = loops.speaker_counts(made_up(seed, [0.1, 0.3], 6, crossed=False), 2)
    one, other = mixed_rate(counts, np.array([1.0, 2.0])), mixed_rate(counts, factor * np.array([1.0, 2.0]))
    assert (one.rate, one.low, one.high) == pytest.approx((other.rate, other.low, other.high))


@given(st.integers(0, 10_000))
def test_a_mix_lies_between_the_lowest_and_the_highest_group(seed: int) -> None:
    counts = loops.speaker_counts(made_up(seed, [0.1, 0.2, 0.3], 6, crossed=True), 3)
    rates = group_statistics(counts).rate
    mixed = mixed_rate(counts, equal_weights(3)).rate
    assert mixed is not None
    assert rates.min() <= mixed <= rates.max()


def test_few_effective_speakers_leave_no_interval() -> None:
    counts = loops.speaker_counts(made_up(1, [0.2], 2, crossed=False), 1)
    mixed = mixed_rate(counts, equal_weights(1))
    assert mixed.rate is not None
    assert (mixed.low, mixed.high) == (None, None)
    assert rate_intervals(group_statistics(counts), 1.0).method.tolist() == [3]
