"""Intervals of the mean of speakers and of utterances: by hand, by plain loops, and what always holds."""

from __future__ import annotations

import math
from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.mean_intervals import speaker_mean_interval, utterance_mean_interval
from analysis.speaker_counts import SpeakerCounts

SPEAKERS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 40)), min_size=1, max_size=12)


def counts_of(speakers: list[tuple[float, float]]) -> SpeakerCounts:
    """One group."""
    sums, sizes = zip(*speakers, strict=True)
    return SpeakerCounts.of([0] * len(speakers), range(len(speakers)), sums, sizes, 1)


def by_loop(speakers: list[tuple[float, float]], level: float) -> tuple[float, float]:
    """The mean of utterances with one speaker left out at a time."""
    total, size = (sum(column) for column in zip(*speakers, strict=True))
    logs = [math.log((total - own) / (size - n)) for own, n in speakers]
    k, middle = len(speakers), mean(logs)
    variance = (k - 1) / k * sum((one - middle) ** 2 for one in logs)
    effective = size**2 / sum(n**2 for _, n in speakers)
    half = stats.t.ppf(0.5 + level / 2, max(1, effective - 1)) * math.sqrt(variance)
    return total / size * math.exp(-half), total / size * math.exp(half)


def test_four_speakers_by_hand() -> None:
    # Rates 0.1, 0.2, 0.3, 0.4: mean 0.25, standard error 0.129099 / 2, and t of 3 degrees 3.182446.
    found = speaker_mean_interval(counts_of([(1, 10), (2, 10), (3, 10), (4, 10)]))
    assert found.low[0] == pytest.approx(0.25 - 3.182446 * 0.0645497, abs=1e-6)
    assert found.high[0] == pytest.approx(0.25 + 3.182446 * 0.0645497, abs=1e-6)


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("seed", range(3))
def test_both_intervals_equal_plain_loops(seed: int, level: float) -> None:
    random = np.random.default_rng(seed)
    speakers = [(float(random.uniform(0.1, 9)), float(random.integers(2, 30))) for _ in range(9)]
    own = [errors / words for errors, words in speakers]
    half = stats.t.ppf(0.5 + level / 2, 8) * stdev(own) / 3
    found = speaker_mean_interval(counts_of(speakers), level)
    assert (found.low[0], found.high[0]) == pytest.approx((max(0, mean(own) - half), mean(own) + half))
    found = utterance_mean_interval(counts_of(speakers), level)
    assert (found.low[0], found.high[0]) == pytest.approx(by_loop(speakers, level))


def test_where_one_speaker_made_every_error_the_scale_is_plain_and_ends_at_0() -> None:
    found = utterance_mean_interval(counts_of([(3, 10), (0, 10), (0, 10), (0, 10)]))
    # Without the speaker 0, without another 0.1: variance 3/4 × (0.075² + 3 × 0.025²).
    assert found.low[0] == 0
    assert found.high[0] == pytest.approx(0.075 + 3.182446 * math.sqrt(0.75 * 0.0075), abs=1e-6)


@pytest.mark.parametrize("speakers", [[(1, 5)], [(1, 5), (2, 5)], [(0, 5)] * 6, [(1, 5)] * 6])
def test_no_interval_is_made_up_of_too_few_or_equal_speakers(speakers: list[tuple[float, float]]) -> None:
    for interval in (speaker_mean_interval, utterance_mean_interval):
        found = interval(counts_of(speakers))
        assert np.isnan([found.low[0], found.high[0]]).all()


@given(SPEAKERS)
def test_an_interval_holds_its_mean_and_grows_with_the_level(speakers: list[tuple[int, int]]) -> None:
    counts = counts_of(speakers)  # type: ignore[arg-type]
    pooled = sum(errors for errors, _ in speakers) / sum(size for _, size in speakers)
    own = mean(errors / size for errors, size in speakers)
    for interval, middle in ((speaker_mean_interval, own), (utterance_mean_interval, pooled)):
        narrow, wide = interval(counts, 0.8), interval(counts, 0.95)
        assume(np.isfinite(narrow.low[0]))
        assert 0 <= wide.low[0] <= narrow.low[0] <= middle <= narrow.high[0] <= wide.high[0]
