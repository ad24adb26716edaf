"""Who was recorded where: shares of each group, and Cramér's V against the literature, scipy and its properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats.contingency import association

from analysis.spread import cramers_v, spread_over

TABLES = arrays(np.int64, (3, 4), elements=st.integers(0, 40))


def test_the_example_of_scipys_manual() -> None:
    """Smoking by education of 2,305 men, of which the manual gives V = 0.18617813077483678."""
    table = np.array([[100, 150], [203, 322], [420, 700], [320, 210]])
    assert cramers_v(table) == pytest.approx(0.18617813077483678)


@given(arrays(np.int64, (3, 4), elements=st.integers(1, 40)))
def test_it_agrees_with_scipy(table: np.ndarray) -> None:
    assert cramers_v(table) == pytest.approx(association(table, method="cramer"), abs=1e-9)


@given(TABLES)
def test_it_lies_between_0_and_1_whichever_is_written_first(table: np.ndarray) -> None:
    assert 0 <= cramers_v(table) <= 1
    assert cramers_v(table) == pytest.approx(cramers_v(table.T))
    assert cramers_v(table * 7) == pytest.approx(cramers_v(table))


def test_one_that_determines_the_other_has_1_and_the_same_mix_has_0() -> None:
    assert cramers_v(np.diag([3, 40, 5])) == pytest.approx(1)
    assert cramers_v(np.outer([3, 40, 5], [1, 2])) == pytest.approx(0)


@pytest.mark.parametrize("table", [np.zeros((2, 3), int), np.array([[3, 4]]), np.array([[3], [4]])])
def test_where_there_is_nothing_to_go_together_it_is_0(table: np.ndarray) -> None:
    assert cramers_v(table) == 0.0


def test_spread_is_a_plain_count_with_what_is_not_stated_last() -> None:
    random = np.random.default_rng(1)
    group, value = random.integers(-1, 3, 200), random.integers(-1, 2, 200)
    utterances = random.integers(1, 5, 200)
    spread = spread_over(group, value, utterances, 3, 2)
    for g in range(3):
        for column, v in enumerate((0, 1, -1)):
            assert spread.counts[g, column] == utterances[(group == g) & (value == v)].sum()
    assert spread.shares.sum(axis=1) == pytest.approx(1)
    assert spread.cramers_v == cramers_v(spread.counts[:, :2])


def test_a_group_that_nobody_recorded_has_no_shares() -> None:
    spread = spread_over(np.array([0]), np.array([1]), np.array([4]), 2, 2)
    assert np.isnan(spread.shares[1]).all()
