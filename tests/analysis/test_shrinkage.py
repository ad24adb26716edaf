"""Shrunken rates: the formula as a loop, what they tend to, and that they rank better than raw rates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.shrinkage import shrunken_rates

cells = st.lists(
    st.tuples(st.integers(0, 500), st.one_of(st.just(0), st.integers(1, 5000))), min_size=2, max_size=30
)


def by_hand(errors: list[float], words: list[float], effect: float) -> list[float]:
    """Gamma-Poisson by moments, one cell at a time; cells without words take no part."""
    counts = [(e / effect, n / effect) for e, n in zip(errors, words, strict=True) if n > 0]
    total = sum(n for _, n in counts)
    mean = sum(e for e, _ in counts) / total
    spread = sum(n * (e / n - mean) ** 2 for e, n in counts) - mean * (len(counts) - 1)
    s2 = max(1e-6, spread / (total - sum(n * n for _, n in counts) / total))
    a, b = mean * mean / s2, mean / s2
    return [
        (e / effect + a) / (n / effect + b) if n > 0 else float("nan")
        for e, n in zip(errors, words, strict=True)
    ]


@pytest.mark.parametrize("effect", [1.0, 6.5])
def test_shrunken_rates_are_the_posterior_means(effect: float) -> None:
    errors, words = [3.0, 40.0, 18.0, 0.0], [30.0, 200.0, 120.0, 0.0]
    found = shrunken_rates(np.array(errors), np.array(words), effect)
    assert found == pytest.approx(by_hand(errors, words, effect), nan_ok=True)


@given(cells, st.floats(1, 20))
def test_every_shrunken_rate_lies_between_its_own_and_the_overall_rate(
    cells: list[tuple[int, int]], effect: float
) -> None:
    errors, words = np.array([e if n else 0 for e, n in cells], float), np.array([n for _, n in cells], float)
    found = shrunken_rates(errors, words, effect)
    spoken = words > 0
    assert np.isnan(found[~spoken]).all()
    if spoken.any():
        overall, own = errors.sum() / words.sum(), errors[spoken] / words[spoken]
        assert (found[spoken] >= np.minimum(own, overall) - 1e-9).all()
        assert (found[spoken] <= np.maximum(own, overall) + 1e-9).all()


def test_small_cells_are_pulled_harder_and_dependence_pulls_harder_still() -> None:
    errors, words = np.array([9.0, 900.0, 1500.0]), np.array([30.0, 3000.0, 9000.0])
    little, much = shrunken_rates(errors, words, 1.0), shrunken_rates(errors, words, 20.0)
    assert 0.3 - little[0] > 0.3 - little[1] > 0
    assert much[0] < little[0]


def test_no_errors_anywhere_stay_none() -> None:
    assert shrunken_rates(np.zeros(3), np.array([10.0, 20.0, 0.0]), 2.0) == pytest.approx(
        [0, 0, np.nan], nan_ok=True
    )


def test_a_single_cell_has_nothing_to_be_pulled_to() -> None:
    assert shrunken_rates(np.array([4.0, 0.0]), np.array([16.0, 0.0]), 3.0) == pytest.approx(
        [0.25, np.nan], nan_ok=True
    )


def test_an_unknown_design_effect_leaves_rates_as_they_are() -> None:
    found = shrunken_rates(np.array([4.0, 0.0, 6.0]), np.array([16.0, 0.0, 60.0]), float("nan"))
    assert found == pytest.approx([0.25, np.nan, 0.1], nan_ok=True)


def test_they_are_nearer_to_the_truth_than_raw_rates() -> None:
    rng = np.random.default_rng(2)
    truth = 0.15 * rng.lognormal(0, 0.2, (200, 40))
    words = rng.integers(100, 3000, truth.shape).astype(float)
    errors = rng.poisson(words / 5 * truth) * 5.0
    raw = np.log(np.maximum(errors, 1) / words / truth)
    found = np.array([shrunken_rates(e, n, 5.0) for e, n in zip(errors, words, strict=True)])
    assert (np.log(found / truth) ** 2).mean() < 0.8 * (raw**2).mean()
