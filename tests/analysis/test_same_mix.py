"""A group against the others in its own mix of conditions: by hand, by plain loops, and what always holds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics
from analysis.ratio_estimates import ratio_estimates
from analysis.same_mix import SameMix, mix_differences, same_mix_contrasts
from analysis.speaker_counts import SpeakerCounts

Row = tuple[int, int, int, float, float]
"""Group, stratum, speaker, errors, words."""


def compared(rows: list[Row], n_groups: int, n_strata: int) -> tuple[SameMix, SpeakerCounts]:
    group, stratum, speaker, errors, words = (np.array(column) for column in zip(*rows, strict=True))
    cells = SpeakerCounts.of(group * n_strata + stratum, speaker, errors, words, n_groups * n_strata)
    groups = SpeakerCounts.of(group, speaker, errors, words, n_groups)
    number = np.arange(n_groups * n_strata)
    found = same_mix_contrasts(cells, number // n_strata, number % n_strata, group_statistics(groups))
    return found, groups


def made_up(seed: int, mixes: list[list[int]], rates: list[float], effects: list[float]) -> list[Row]:
    """`mixes[g][c]` speakers of each group in each stratum; each speaker in one."""
    random = np.random.default_rng(seed)
    rows: list[Row] = []
    for group, mix in enumerate(mixes):
        for stratum, n in enumerate(mix):
            for _ in range(n):
                words = int(random.integers(60, 160))
                own = rates[group] * effects[stratum] * math.exp(random.normal(0, 0.3))
                rows.append((group, stratum, len(rows), float(random.poisson(own * words)), float(words)))
    return rows


# ---------------------------------------------------------------- by hand


def test_the_others_are_weighted_by_the_mix_of_the_group() -> None:
    """Others err in 10 % in quiet and 30 % in noise; a group with three quarters in noise would be expected 25 %."""
    rows: list[Row] = [
        (0, 0, 0, 10, 100), (0, 1, 1, 90, 300), (1, 0, 2, 10, 100), (1, 0, 3, 20, 200),
        (1, 1, 4, 15, 50), (1, 1, 5, 15, 50),
    ]  # fmt: skip
    found, groups = compared(rows, 2, 2)
    assert found.contrast.rate[0] == pytest.approx(0.25)
    assert group_statistics(groups).rate[0] / found.contrast.rate[0] == pytest.approx(1.0)
    assert found.contrast.n_speakers[0] == 4
    assert found.share_present[0] == pytest.approx(1.0)


def test_a_stratum_without_others_is_left_out_and_said() -> None:
    rows: list[Row] = [
        (0, 0, 0, 10, 100), (0, 0, 1, 30, 100), (0, 1, 2, 90, 300),
        (1, 0, 3, 10, 100), (1, 0, 4, 10, 100),
    ]  # fmt: skip
    found, groups = compared(rows, 2, 2)
    assert found.share_present[0] == pytest.approx(0.4)
    assert group_statistics(groups).rate[0] / found.contrast.rate[0] == pytest.approx(0.2 / 0.1)


def test_how_far_two_mixes_lie_apart() -> None:
    words = np.array([[100.0, 300.0], [50.0, 50.0], [0.0, 0.0]])
    found = mix_differences(words)
    assert found[:2] == pytest.approx([0.25, 0.25])
    assert math.isnan(found[2])


# ---------------------------------------------------------------- plain loops


def observed_over_expected(rows: list[Row], group: int, without: int | None) -> float:
    kept = [row for row in rows if row[2] != without]
    observed = sum(e for g, _, _, e, _ in kept if g == group)
    expected = 0.0
    for stratum in {row[1] for row in rows}:
        words = sum(n for g, c, _, _, n in kept if g == group and c == stratum)
        others = [(e, n) for g, c, _, e, n in kept if g != group and c == stratum]
        expected += words * sum(e for e, _ in others) / sum(n for _, n in others) if words else 0.0
    return observed / expected


@pytest.mark.parametrize("seed", range(3))
def test_ratio_and_variance_are_those_of_plain_loops(seed: int) -> None:
    rows = made_up(seed, [[5, 9], [8, 4], [6, 6]], [0.2, 0.2, 0.3], [1.0, 2.0])
    # Somebody who was recorded in both conditions, and under two labels.
    rows += [(0, 1, 0, 7.0, 40.0), (1, 0, 0, 3.0, 30.0)]
    found, groups = compared(rows, 3, 2)
    people = sorted({row[2] for row in rows})
    for group in range(3):
        logs = [math.log(observed_over_expected(rows, group, k)) for k in people]
        mean = sum(logs) / len(logs)
        variance = (len(people) - 1) / len(people) * sum((value - mean) ** 2 for value in logs)
        ratio = group_statistics(groups).rate[group] / found.contrast.rate[group]
        assert ratio == pytest.approx(observed_over_expected(rows, group, None))
        assert found.contrast.variance[group] == pytest.approx(variance)


# ---------------------------------------------------------------- what always holds


@given(st.integers(0, 10_000))
def test_in_one_condition_it_is_the_complement(seed: int) -> None:
    rows = made_up(seed, [[6], [9], [4]], [0.2, 0.3, 0.25], [1.0])
    assume(all(sum(row[3] for row in rows if row[0] == g) > 0 for g in range(3)))
    found, groups = compared(rows, 3, 1)
    statistics = group_statistics(groups)
    whole = groups.merged(np.zeros(3, np.int64), 1)
    plain = contrast_statistics(groups, statistics, whole, np.zeros(3, np.int64), without_group=True)
    for name in ("rate", "effective_speakers", "variance", "variance_log", "difference_variance"):
        assert getattr(found.contrast, name) == pytest.approx(getattr(plain, name), rel=1e-6), name
    assert found.contrast.n_speakers.tolist() == plain.n_speakers.tolist()


@given(st.integers(0, 10_000), st.permutations([0, 1, 2]))
def test_the_names_of_conditions_do_not_matter(seed: int, order: list[int]) -> None:
    rows = made_up(seed, [[4, 5, 3], [3, 3, 6]], [0.2, 0.3], [1.0, 1.5, 2.0])
    renamed = [(g, order[c], k, e, n) for g, c, k, e, n in rows]
    one, other = compared(rows, 2, 3)[0].contrast, compared(renamed, 2, 3)[0].contrast
    assert one.rate == pytest.approx(other.rate)
    assert one.variance == pytest.approx(other.variance)


def test_noise_is_not_laid_on_the_group_that_was_recorded_in_it() -> None:
    """Equal speakers, one group mostly in noise three times as hard: the ratio is 1 and its interval covers it."""
    ratios, plain_ratios, covered = [], [], 0
    for seed in range(300):
        rows = made_up(seed, [[6, 24], [60, 20]], [0.15, 0.15], [1.0, 3.0])
        found, groups = compared(rows, 2, 2)
        estimate = ratio_estimates(group_statistics(groups), found.contrast, 2.0)
        ratios.append(estimate.ratio[0])
        covered += estimate.low[0] <= 1 <= estimate.high[0]
        rates = group_statistics(groups).rate
        plain_ratios.append(rates[0] / rates[1])
    assert np.exp(np.mean(np.log(ratios))) == pytest.approx(1.0, abs=0.02)
    assert np.mean(plain_ratios) > 1.5
    assert 0.93 - 3 * math.sqrt(0.05 * 0.95 / 300) <= covered / 300 <= 0.99


def test_nobody_to_compare_with_is_undefined() -> None:
    found, _ = compared([(0, 0, 0, 5.0, 50.0), (0, 0, 1, 5.0, 50.0)], 2, 1)
    assert math.isnan(found.contrast.variance[0])
    assert found.contrast.denominator[0] == 0
    assert found.share_present.tolist() == [0.0, 0.0]
