"""Intervals and verdicts on speakers of a known truth: right as often as they say. The full count runs with `long`."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import calibration
from benchmarks.false_verdicts import families, n_worse, peers_row, verdicts_at_margin
from benchmarks.interval_coverage import (
    SIZES,
    SPREADS,
    contrast_coverage,
    in_parts,
    poisson_coverage,
    rate_coverage,
    utterance_bootstrap_coverage,
)
from benchmarks.power_and_size import false_floors, flip_size, power_of_plan
from benchmarks.simulated_speakers import Population, crossed, nested, one_group
from benchmarks.unequal_mixes import unequal_row

SHORT_RUNS = 2_000


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("k", SIZES)
def test_the_interval_of_a_rate_covers_as_often_as_it_says(k: int, spread: float) -> None:
    coverage, _ = rate_coverage(np.random.default_rng([1, k]), Population(spread), SHORT_RUNS, k)
    assert 0.92 <= coverage <= 0.98


@pytest.mark.parametrize("spread", SPREADS)
def test_intervals_that_ignore_speakers_would_not(spread: float) -> None:
    rng, who = np.random.default_rng(2), Population(spread)
    assert utterance_bootstrap_coverage(rng, who, 60, 20) < 0.8
    assert poisson_coverage(rng, who, SHORT_RUNS, 20) < 0.6


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("k", [(20, 20), (80, 80), (5, 500), (190, 10)])
def test_the_interval_of_a_ratio_covers_with_different_speakers_on_each_side(
    k: tuple[int, int], spread: float
) -> None:
    rng, who = np.random.default_rng([3, *k]), Population(spread)
    coverage = in_parts(SHORT_RUNS, lambda size: contrast_coverage(nested(rng, who, size, k, 1.3)))
    assert 0.93 <= coverage <= 0.98


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("k", [8, 20, 80])
def test_the_interval_of_a_ratio_covers_with_the_same_speakers_on_both_sides(k: int, spread: float) -> None:
    rng, who = np.random.default_rng([4, k]), Population(spread)
    coverage = contrast_coverage(crossed(rng, who, SHORT_RUNS, k, 1.3))
    assert 0.93 <= coverage <= 0.98


@pytest.mark.parametrize("everywhere", [True, False])
def test_noise_and_device_do_not_make_an_accent_worse_than_its_peers(everywhere: bool) -> None:
    """The whole path of the product; against everything else the same cells would often be accused."""
    rng = np.random.default_rng([5, everywhere])
    any_worse, against_complement, tested = peers_row(rng, Population(0.3), 80, everywhere)
    assert any_worse <= 0.05
    assert against_complement > 10
    assert tested == 1


@pytest.mark.parametrize(("k", "everywhere"), [(20, True), (10, False)])
def test_accents_recorded_mostly_in_noise_are_not_called_worse_for_it(k: int, everywhere: bool) -> None:
    """No accent matters; against all others as they were recorded nearly every evaluation would accuse one."""
    rng = np.random.default_rng([5, k])
    in_own_mix, as_recorded, mixed = unequal_row(rng, Population(0.3), 60, k, everywhere)
    assert in_own_mix <= 0.05
    assert as_recorded > 0.8
    assert mixed == 1


@pytest.mark.parametrize("spread", SPREADS)
def test_families_without_any_difference_rarely_hold_a_worse_group(spread: float) -> None:
    found = families(np.random.default_rng(6), Population(spread), 600, size=12, k=20)
    assert np.mean([n_worse(family) > 0 for family in found]) <= 0.05


@pytest.mark.parametrize("k", [(80, 80), (20, 400)])
def test_within_is_rarely_said_at_the_margin_itself(k: tuple[int, int]) -> None:
    counts = nested(np.random.default_rng([7, *k]), Population(0.3), 1_500, k, 1.25)
    assert verdicts_at_margin(counts)[2] <= 0.05


@pytest.mark.parametrize("k", [10, 50])
def test_exchangeable_systems_are_told_apart_as_often_as_the_test_says(k: int) -> None:
    assert 0.03 <= flip_size(np.random.default_rng([9, k]), Population(0.3), 1_000, k, 0.1) <= 0.06


def test_lists_without_any_difference_rarely_hold_a_worse_group() -> None:
    found = families(np.random.default_rng(10), Population(0.3), 200, size=60, k=20)
    assert np.mean([n_worse(family) > 0 for family in found]) <= 0.05


@pytest.mark.parametrize("spread", SPREADS)
def test_the_bound_for_every_group_is_rarely_below_the_truth(spread: float) -> None:
    assert false_floors(np.random.default_rng(11), Population(spread), SHORT_RUNS, 10) <= 0.05


@pytest.mark.parametrize("uneven", [False, True])
def test_planned_speakers_show_a_ratio_as_often_as_promised(uneven: bool) -> None:
    _, power = power_of_plan(np.random.default_rng(12), SHORT_RUNS, 1.3, uneven=uneven)
    assert abs(power - 0.8) <= 0.05


def test_the_simulated_speakers_are_those_described() -> None:
    rng = np.random.default_rng(8)
    errors, words = one_group(rng, Population(0.6), 400, 500)
    assert errors.sum() / words.sum() == pytest.approx(0.15, rel=0.02)
    assert words.mean() / 12 == pytest.approx(30, rel=0.02)


@pytest.mark.long
@pytest.mark.parametrize("name", calibration.TABLES)
def test_every_gate_holds_at_the_full_count(name: str) -> None:
    make, share = calibration.TABLES[name]
    assert make(calibration.SEED, int(calibration.RUNS * share)).failures == ()
