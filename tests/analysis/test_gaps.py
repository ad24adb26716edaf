"""Measures of a whole table: textbook numbers, statsmodels, plain loops, and what always holds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.oneway import anova_generic

from analysis.gaps import between_variance, gap_measures, hotelling, joint_covariance, welch
from analysis.intervals import group_statistics
from analysis.speaker_counts import SpeakerCounts
from tests.analysis import speaker_loops as loops

# Johnson and Wichern, Applied Multivariate Statistical Analysis, table 5.1: perspiration of twenty women.
PERSPIRATION = np.array(
    [
        (3.7, 48.5, 9.3), (5.7, 65.1, 8.0), (3.8, 47.2, 10.9), (3.2, 53.2, 12.0), (3.1, 55.5, 9.7),
        (4.6, 36.1, 7.9), (2.4, 24.8, 14.0), (7.2, 33.1, 7.6), (6.7, 47.4, 8.5), (5.4, 54.1, 11.3),
        (3.9, 36.9, 12.7), (4.5, 58.8, 12.3), (3.5, 27.8, 9.8), (4.5, 40.2, 8.4), (1.5, 13.5, 10.1),
        (8.5, 56.4, 7.1), (4.5, 71.6, 8.2), (6.5, 52.8, 10.9), (4.1, 44.1, 11.2), (5.5, 40.9, 9.4),
    ]
)  # fmt: skip


def made_up(seed: int, rates: list[float], n_speakers: int, *, crossed: bool) -> list[loops.Row]:
    """Rows of each group with its rate; crossed: the same speakers in every group, with something of their own."""
    random = np.random.default_rng(seed)
    own = np.exp(random.normal(0, 0.3, n_speakers * len(rates)))
    rows: list[loops.Row] = []
    for group, rate in enumerate(rates):
        for k in range(n_speakers):
            speaker = k if crossed else group * n_speakers + k
            words = int(random.integers(80, 200))
            rows.append((group, speaker, float(random.poisson(rate * own[speaker] * words)), float(words)))
    return rows


def measured(rows: list[loops.Row], n_groups: int):
    counts = loops.speaker_counts(rows, n_groups)
    statistics = group_statistics(counts)
    overall = sum(row[2] for row in rows) / sum(row[3] for row in rows)
    return gap_measures(counts, statistics, np.ones(n_groups, bool), overall), counts, statistics, overall


# ---------------------------------------------------------------- numbers known from elsewhere


def test_hotelling_is_that_of_the_textbook() -> None:
    """Johnson and Wichern, example 5.2: T² = 9.74 against (4, 50, 10), F on 3 and 17 degrees of freedom."""
    difference = np.append(PERSPIRATION.mean(axis=0) - [4, 50, 10], 0.0)
    covariance = np.zeros((4, 4))
    covariance[:3, :3] = np.cov(PERSPIRATION.T) / 20
    test = hotelling(difference, covariance, 20.0)
    assert test is not None
    assert test.statistic * 3 * 19 / 17 == pytest.approx(9.74, abs=0.005)
    assert (test.df_between, test.df_within) == (3.0, 17.0)
    assert test.p == pytest.approx(0.0649, abs=0.0005)


@pytest.mark.parametrize("seed", range(4))
def test_welch_is_that_of_statsmodels(seed: int) -> None:
    random = np.random.default_rng(seed)
    g = 2 + seed
    means, variances, n = random.normal(size=g), random.uniform(0.1, 2, g), random.integers(4, 30, g)
    wanted = anova_generic(means, variances, n, use_var="unequal")
    test = welch(means, variances / n, n.astype(float))
    assert test is not None
    assert (test.statistic, test.p) == (pytest.approx(wanted.statistic), pytest.approx(wanted.pvalue))
    assert (test.df_between, test.df_within) == pytest.approx(wanted.df)


# ---------------------------------------------------------------- plain loops


@pytest.mark.parametrize("crossed", [False, True])
def test_the_measures_are_those_of_plain_loops(crossed: bool) -> None:
    rates = [0.1, 0.15, 0.2]
    rows = made_up(3, rates, 12, crossed=crossed)
    measures, *_, overall = measured(rows, 3)
    own = [loops.rate(loops.side(rows, lambda group, g=g: group == g)) for g in range(3)]
    assert measures.range == pytest.approx(max(own) - min(own))
    assert measures.ratio == pytest.approx(max(own) / min(own))
    assert (measures.lowest, measures.highest) == (own.index(min(own)), own.index(max(own)))
    excess = 0.0
    for g in range(3):
        counts = loops.side(rows, lambda group, g=g: group == g)
        errors, words = (sum(pair[i] for pair in counts.values()) for i in (0, 1))
        excess += max(0.0, errors - overall * words)
    assert measures.excess_errors == pytest.approx(excess)
    assert measures.omnibus is not None
    assert measures.omnibus.kind == ("hotelling" if crossed else "welch")


def test_the_joint_covariance_leaves_each_speaker_out_of_all_groups_at_once() -> None:
    rows = made_up(5, [0.1, 0.2, 0.15], 9, crossed=True)
    rows = [row for row in rows if row[1] != 4 or row[0] != 1]
    _, counts, statistics, _ = measured(rows, 3)
    covariance, nested, effective = joint_covariance(counts, statistics, np.arange(3))
    sides = [loops.side(rows, lambda group, g=g: group == g) for g in range(3)]
    changes = np.array(
        [
            [loops.log_rate(one, k) - loops.log_rate(one) if k in one else 0.0 for one in sides]
            for k in range(9)
        ]
    )
    centred = changes - changes.mean(axis=0)
    assert not nested
    assert covariance == pytest.approx(8 / 9 * centred.T @ centred)
    words = [sum(one.get(k, (0, 0))[1] for one in sides) for k in range(9)]
    assert effective == pytest.approx(sum(words) ** 2 / sum(w * w for w in words))


def test_the_spread_between_groups_is_the_scatter_less_what_chance_makes() -> None:
    y, covariance = np.log([0.1, 0.2, 0.4]), np.array([[0.02, 0.01, 0], [0.01, 0.03, 0], [0, 0, 0.04]])
    mean = y.mean()
    by_chance = sum(covariance[i, i] for i in range(3)) - sum(covariance.reshape(-1)) / 3
    expected = (sum((value - mean) ** 2 for value in y) - by_chance) / 2
    assert between_variance(y, covariance) == pytest.approx(expected)


# ---------------------------------------------------------------- what always holds


@given(st.integers(0, 10_000), st.booleans())
def test_renaming_groups_and_speakers_changes_nothing(seed: int, crossed: bool) -> None:
    rows = made_up(seed, [0.1, 0.12, 0.2, 0.15], 8, crossed=crossed)
    renamed = [(3 - group, 1000 - speaker, errors, words) for group, speaker, errors, words in rows]
    one, other = measured(rows, 4)[0], measured(renamed, 4)[0]
    assert one.range == pytest.approx(other.range)
    assert one.excess_errors == pytest.approx(other.excess_errors)
    assert (one.omnibus is None) == (other.omnibus is None)
    if one.omnibus and other.omnibus:
        assert one.omnibus.p == pytest.approx(other.omnibus.p, abs=1e-9)


@given(st.integers(0, 10_000))
def test_saying_everything_twice_leaves_the_ratio_and_the_test_as_they_were(seed: int) -> None:
    rows = made_up(seed, [0.1, 0.12, 0.2], 8, crossed=False)
    doubled = [(group, speaker, 2 * errors, 2 * words) for group, speaker, errors, words in rows]
    one, other = measured(rows, 3)[0], measured(doubled, 3)[0]
    assert one.ratio == pytest.approx(other.ratio)
    assert one.excess_errors is not None
    assert other.excess_errors == pytest.approx(2 * one.excess_errors)
    assert one.omnibus == other.omnibus or (
        one.omnibus is not None
        and other.omnibus is not None
        and one.omnibus.p == pytest.approx(other.omnibus.p)
    )


def test_groups_that_are_alike_still_have_a_range_and_it_is_the_expected_one() -> None:
    """Over many evaluations without any difference, range and expected range are the same on average."""
    found, expected, rejected = [], [], 0
    for seed in range(200):
        measures = measured(made_up(seed, [0.15] * 6, 15, crossed=False), 6)[0]
        found.append(measures.range)
        expected.append(measures.range_expected)
        rejected += measures.omnibus is not None and measures.omnibus.p <= 0.05
    assert np.mean(found) == pytest.approx(np.mean(expected), rel=0.1)
    assert rejected / 200 <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 200)


@pytest.mark.parametrize("test", ["welch", "hotelling"])
@given(seed=st.integers(0, 10_000))
def test_groups_with_the_same_rate_do_not_differ_at_all_however_their_sums_are_rounded(
    test: str, seed: int
) -> None:
    random = np.random.default_rng(seed)
    words = random.integers(50, 5_000, 5) * 7.0
    y = np.log(words * (random.integers(1, 7) / 7)) - np.log(words)
    variance = random.uniform(1e-4, 0.1, 5)
    found = welch(y, variance, np.full(5, 12.0)) if test == "welch" else hotelling(y, np.diag(variance), 60.0)
    assert found is not None
    assert (found.statistic, found.p) == (0.0, 1.0)


def test_the_smallest_difference_that_counts_can_make_is_not_taken_for_rounding() -> None:
    """Two million errors against one more, in ten million words each."""
    y = np.log(np.array([2_000_000, 2_000_001]) / 10_000_000)
    found = welch(y, np.full(2, 1e-16), np.full(2, 100.0))
    assert found is not None
    assert found.statistic == pytest.approx((y[1] - y[0]) ** 2 / 2e-16)


@given(seed=st.integers(0, 10_000))
def test_expected_range_and_ratio_of_groups_that_are_alike_do_not_depend_on_the_order_of_speakers(
    seed: int,
) -> None:
    """Groups that are copies of one another have covariances with equal eigenvalues."""
    random = np.random.default_rng(seed)
    errors, words = random.poisson(20, (2, 9)) + 1.0, random.integers(80, 200, (2, 9)) * 1.0
    rows = [
        (2 * copy + noise, 9 * copy + k, errors[noise, k], words[noise, k])
        for copy in range(3)
        for noise in range(2)
        for k in range(9)
    ]
    name = random.permutation(27)
    renamed = [(group, int(name[speaker]), *sums) for group, speaker, *sums in rows]
    one, other = measured(rows, 6)[0], measured(renamed, 6)[0]
    assert one.range_expected == pytest.approx(other.range_expected, rel=1e-9)
    assert one.ratio_expected == pytest.approx(other.ratio_expected, rel=1e-9)


def test_the_spread_is_not_printed_unless_there_is_one() -> None:
    alike = measured(made_up(1, [0.15] * 5, 20, crossed=False), 5)[0]
    apart = measured(made_up(1, [0.05, 0.1, 0.2, 0.3, 0.4], 20, crossed=False), 5)[0]
    assert alike.spread is None
    assert apart.spread is not None
    assert 1.5 < apart.spread < 3.5


def test_fewer_than_two_groups_have_no_gap() -> None:
    measures = measured(made_up(1, [0.15], 20, crossed=False), 1)[0]
    assert (measures.range, measures.ratio, measures.omnibus, measures.excess_errors) == (None,) * 4


def test_with_more_groups_than_speakers_there_is_no_joint_test() -> None:
    rows = made_up(2, [0.2] * 12, 6, crossed=True)
    assert measured(rows, 12)[0].omnibus is None


def test_groups_without_enough_speakers_are_left_out() -> None:
    rows = made_up(2, [0.1, 0.2, 0.9], 10, crossed=False)
    counts = loops.speaker_counts(rows, 3)
    measures = gap_measures(counts, group_statistics(counts), np.array([True, True, False]), 0.15)
    assert measures.groups.tolist() == [0, 1]
    assert measures.highest == 1


def test_counts_are_never_held_as_groups_times_speakers() -> None:
    random = np.random.default_rng(0)
    n = 30_000
    speaker = np.repeat(np.arange(n), 2)
    group = np.tile([0, 1], n) + 2 * (speaker % 100)
    counts = SpeakerCounts.of(group, speaker, random.poisson(15, 2 * n) + 1, np.full(2 * n, 100), 200)
    covariance, nested, _ = joint_covariance(counts, group_statistics(counts), np.arange(200))
    assert not nested
    assert np.diag(covariance) == pytest.approx(group_statistics(counts).variance_log, rel=0.01)
