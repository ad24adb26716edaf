"""Rates and their intervals: published vectors, a loop over speakers, exact limits of scipy, and what never changes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.intervals import (
    METHODS,
    GroupStatistics,
    group_statistics,
    pooled_design_effect,
    rate_intervals,
    t_quantile,
)
from analysis.settings import DEFAULTS
from analysis.speaker_counts import SpeakerCounts
from tests.analysis import speaker_loops as loops
from tests.analysis.speaker_loops import Row, one_side, same, side, speaker_counts

counts_of_words = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 4000))
rows = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 9), st.integers(0, 60).map(float), counts_of_words.map(float)
    ),
    max_size=40,
)


def of_one_group(errors: list[float], words: list[float]) -> GroupStatistics:
    return group_statistics(speaker_counts(one_side(errors, words), 1))


# ---------------------------------------------------------------- numbers known from elsewhere


def test_the_first_vector_holds_to_all_printed_digits() -> None:
    found = of_one_group([3, 5, 2, 8, 4, 9], [20, 25, 18, 30, 22, 40])
    interval = rate_intervals(found, 1.0)
    assert f"{found.rate[0]:.6f}" == "0.200000"
    assert (f"{interval.low[0]:.6f}", f"{interval.high[0]:.6f}") == ("0.150791", "0.265267")
    assert f"{math.sqrt(found.variance_log[0]):.6f}" == "0.106573"
    assert f"{found.effective_speakers[0]:.6f}" == "5.544657"
    linearised = math.sqrt(found.design_effect[0] * found.rate[0] / found.denominator[0])
    assert f"{linearised:.7f}" == "0.0208697"


def test_no_errors_at_all_still_have_an_upper_limit() -> None:
    found = of_one_group([0] * 6, [200] * 6)
    interval = rate_intervals(found, 3.0)
    assert (found.rate[0], interval.low[0], f"{interval.high[0]:.6f}") == (0, 0, "0.009222")
    assert METHODS[interval.method[0]] == "effective-poisson"


@pytest.mark.parametrize(("level", "half"), [(0.95, 12.706204736432095), (0.9, 6.313751514675037)])
def test_quantiles_of_student_are_those_of_the_tables(level: float, half: float) -> None:
    assert t_quantile(0.5 + level / 2, np.array([1.0]))[0] == pytest.approx(half, rel=1e-10)


# ---------------------------------------------------------------- the plain loop


@given(rows)
def test_every_statistic_equals_a_loop_over_speakers(rows: list[Row]) -> None:
    found = group_statistics(speaker_counts(rows, 4))
    for group in range(4):
        counts = side(rows, lambda g, group=group: g == group)  # type: ignore[misc]
        words = [n for _, n in counts.values()]
        own = [e / n for e, n in counts.values() if n]
        whole = loops.rate(counts)
        wanted = {
            "numerator": sum(e for e, _ in counts.values()),
            "denominator": sum(words),
            "n_speakers": len(counts),
            "effective_speakers": loops.effective_speakers(counts),
            "largest_share": max(words) / sum(words) if sum(words) else 0,
            "largest_numerator": max((e for e, _ in counts.values()), default=0),
            "speaker_mean": sum(own) / len(own) if own else math.nan,
            "rate": whole,
            "variance_log": loops.log_variance(counts),
            "design_effect": loops.linearised_variance(counts) * sum(words) / whole if whole else math.nan,
        }
        for name, value in wanted.items():
            assert same(getattr(found, name)[group], value), name


@given(rows)
def test_intervals_are_the_log_scale_formula_wherever_it_is_defined(rows: list[Row]) -> None:
    found = group_statistics(speaker_counts(rows, 4))
    interval = rate_intervals(found, 2.0)
    for group in np.flatnonzero(interval.method == METHODS.index("log-jackknife")):
        counts = side(rows, lambda g, group=group: g == group)  # type: ignore[misc]
        df = max(1.0, loops.effective_speakers(counts) - 1)
        half = stats.t.ppf(0.975, df) * math.sqrt(loops.log_variance(counts))
        assert same(interval.low[group], loops.rate(counts) * math.exp(-half))
        assert same(interval.high[group], loops.rate(counts) * math.exp(half))


# ---------------------------------------------------------------- exact limits


@pytest.mark.parametrize(("errors", "words"), [(0, 50), (1, 30), (12, 90), (70, 40)])
def test_effective_poisson_is_the_exact_poisson_interval_where_words_are_independent(
    errors: float, words: float
) -> None:
    """Garwood's limits, by inverting the Poisson distribution instead of by chi-squared."""
    found = of_one_group([errors, 0, 0, 0], [words] * 4)
    interval = rate_intervals(found, 1.0)
    total = 4 * words
    assert METHODS[interval.method[0]] == "effective-poisson"
    assert stats.poisson.cdf(errors, interval.high[0] * total) == pytest.approx(0.025, abs=1e-9)
    if errors:
        assert stats.poisson.sf(errors - 1, interval.low[0] * total) == pytest.approx(0.025, abs=1e-9)
    else:
        assert interval.low[0] == 0


@pytest.mark.parametrize("errors", [0, 7, 30])
def test_a_bounded_metric_falls_back_on_clopper_and_pearson(errors: float) -> None:
    found = of_one_group([errors, 0, 0, 0] if errors < 30 else [30] * 4, [30] * 4)
    interval = rate_intervals(found, 1.0, bounded=True)
    wanted = proportion_confint(int(found.numerator[0]), 120, method="beta")
    assert METHODS[interval.method[0]] == "clopper-pearson"
    assert same([interval.low[0], interval.high[0]], wanted)


def test_the_design_effect_widens_exact_limits() -> None:
    found = of_one_group([9, 0, 0, 0], [30] * 4)
    narrow, wide = rate_intervals(found, 1.0), rate_intervals(found, 4.0)
    assert wide.low[0] < narrow.low[0] < found.rate[0] < narrow.high[0] < wide.high[0]


def test_a_bounded_metric_is_cut_off_at_one() -> None:
    found = of_one_group([9, 10, 2, 10], [10, 10, 10, 10])
    assert rate_intervals(found, 1.0, bounded=True).high[0] == 1
    assert rate_intervals(found, 1.0, bounded=False).high[0] > 1


@given(rows, st.floats(1, 20))
def test_an_interval_holds_its_rate_and_a_bounded_one_stays_below_one(rows: list[Row], effect: float) -> None:
    within = [(g, k, min(e, n), n) for g, k, e, n in rows]
    found = group_statistics(speaker_counts(within, 4))
    interval = rate_intervals(found, effect, bounded=True)
    known = interval.method != METHODS.index("none")
    assert (interval.low[known] >= 0).all()
    assert (interval.high[known] <= 1).all()
    assert (interval.low[known] <= found.rate[known] * (1 + 1e-12)).all()
    assert (interval.high[known] >= found.rate[known] * (1 - 1e-12)).all()
    assert np.isnan(interval.low[~known]).all()


# ---------------------------------------------------------------- when there is no interval


@pytest.mark.parametrize(
    ("words", "has_interval"),
    [
        ([100], False),
        ([100, 100], False),
        ([100, 100, 1], False),
        ([100, 100, 100], True),
        ([100] * 3 + [1], True),
    ],
)
def test_fewer_than_three_effective_speakers_have_no_interval(words: list[float], has_interval: bool) -> None:
    interval = rate_intervals(of_one_group([5.0 + k for k in range(len(words))], words), 2.0)
    assert bool(np.isfinite(interval.low[0])) is has_interval
    assert (METHODS[interval.method[0]] == "none") is not has_interval


def test_insertions_where_nobody_spoke_count_as_errors_but_give_no_rate_alone() -> None:
    alone = group_statistics(speaker_counts([(0, 1, 3, 0)], 1))
    assert (alone.numerator[0], alone.denominator[0]) == (3, 0)
    assert np.isnan(alone.rate[0])
    assert METHODS[rate_intervals(alone, 1.0).method[0]] == "none"
    together = of_one_group([1, 2, 3, 4], [10, 10, 10, 0])
    assert together.rate[0] == 10 / 30
    assert together.n_speakers[0] == 4


# ---------------------------------------------------------------- the pooled design effect


def test_the_pooled_design_effect_is_the_median_of_groups_with_enough_speakers() -> None:
    rng = np.random.default_rng(4)
    rows = [
        (g, k, float(rng.integers(1, 40)), 100.0)
        for g, size in enumerate([10, 12, 15, 9])
        for k in range(size)
    ]
    found = group_statistics(speaker_counts(rows, 4))
    assert pooled_design_effect(found, 99.0) == np.median(found.design_effect[:3])


def test_without_such_groups_it_is_that_of_everything() -> None:
    assert pooled_design_effect(of_one_group([1, 9, 2], [50] * 3), 7.5) == 7.5


def test_it_is_never_below_one() -> None:
    assert pooled_design_effect(of_one_group([1, 9, 2], [50] * 3), 0.2) == 1


def test_an_unknown_design_effect_is_not_taken_for_independence() -> None:
    """Where nothing tells how alike a speaker's words are, exact limits would be far too narrow: there are none."""
    nothing_wrong = of_one_group([0, 0, 0, 0], [200] * 4)
    effect = pooled_design_effect(nothing_wrong, math.nan)
    interval = rate_intervals(nothing_wrong, effect)
    assert math.isnan(effect)
    assert np.isnan(interval.high[0])
    assert METHODS[interval.method[0]] == "none"


# ---------------------------------------------------------------- what changes nothing


@given(rows, st.sampled_from([2.0, 8.0, 0.25]))
def test_scaling_errors_and_words_alike_leaves_rate_and_interval(rows: list[Row], factor: float) -> None:
    first = group_statistics(speaker_counts(rows, 4))
    scaled = group_statistics(speaker_counts([(g, k, factor * e, factor * n) for g, k, e, n in rows], 4))
    for name in ("rate", "variance_log", "effective_speakers", "largest_share", "speaker_mean"):
        assert same(getattr(first, name), getattr(scaled, name)), name
    jackknifed = rate_intervals(first, 1.0).method == 0
    assert same(rate_intervals(first, 1.0).high[jackknifed], rate_intervals(scaled, 1.0).high[jackknifed])


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[Row], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _bytes(speaker_counts(rows, 4)) == _bytes(speaker_counts(shuffled, 4))


@given(rows)
def test_splitting_a_speakers_counts_over_recordings_changes_nothing(rows: list[Row]) -> None:
    halves = [(g, k, part, n) for g, k, e, n in rows for part, n in ((e // 2, n), (e - e // 2, 0.0))]
    assert _bytes(speaker_counts(rows, 4)) == _bytes(speaker_counts(halves, 4))


def _bytes(counts: SpeakerCounts) -> tuple[bytes, ...]:
    found = group_statistics(counts)
    interval = rate_intervals(found, 2.0)
    return tuple(
        a.tobytes()
        for a in (found.rate, found.variance_log, found.design_effect, interval.low, interval.high)
    )


def test_a_speaker_bootstrap_agrees_with_the_jackknife_where_it_may_be_trusted() -> None:
    rng = np.random.default_rng(11)
    words = rng.integers(100, 400, 60).astype(float)
    errors = rng.poisson(words * 0.15 * rng.lognormal(0, 0.4, 60)).astype(float)
    found = of_one_group(errors.tolist(), words.tolist())
    weights = rng.multinomial(60, np.full(60, 1 / 60), 4000)
    spread = np.log(weights @ errors / (weights @ words)).std()
    assert spread == pytest.approx(math.sqrt(found.variance_log[0]), rel=0.15)


def test_a_wider_level_gives_a_wider_interval_around_the_same_rate() -> None:
    found = of_one_group([3, 5, 2, 8], [20, 25, 18, 30])
    highs = [rate_intervals(found, 1.0, level).high[0] for level in (0.5, 0.9, DEFAULTS.level, 0.99)]
    assert highs == sorted(highs)
    assert len(set(highs)) == 4
