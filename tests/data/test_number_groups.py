"""Numbers into groups: edges, labels, and terciles that stay near thirds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.number_groups import bin_codes, bin_labels, single_numbers, tercile_edges


def test_a_bin_holds_its_lower_edge_and_not_its_upper_one() -> None:
    assert bin_labels([5, 10]) == ("<5", "5–<10", "≥10")
    numbers = np.array([-1, 4.99, 5, 9.99, 10, np.nan])
    assert bin_codes(numbers, [5, 10]).tolist() == [0, 0, 1, 1, 2, -1]


def test_one_edge_makes_two_bins() -> None:
    assert bin_labels([0.5]) == ("<0.5", "≥0.5")


def test_single_numbers_stand_in_numeric_order() -> None:
    levels, codes = single_numbers(np.array([10.0, 2.0, np.nan, 2.5]))
    assert levels == ("2", "2.5", "10")
    assert codes.tolist() == [2, 0, -1, 1]


@pytest.mark.parametrize(
    ("numbers", "edges"),
    [
        (np.arange(300), (100, 200)),
        (np.arange(300) / 7, (14, 29)),
        (np.array([0] * 90 + list(range(1, 11))), (1,)),
        (np.array([1.0] * 50 + [2.0] * 50), (2,)),
    ],
)
def test_terciles_are_round_numbers(numbers: np.ndarray, edges: tuple[float, ...]) -> None:
    assert tercile_edges(numbers.astype(float)) == edges


@given(st.lists(st.floats(-1e6, 1e6), min_size=11, max_size=200).filter(lambda n: len(set(n)) > 1))
def test_no_tercile_is_empty(numbers: list[float]) -> None:
    values = np.array(numbers)
    edges = tercile_edges(values)
    assert sorted(set(edges)) == list(edges)
    assert np.bincount(bin_codes(values, edges), minlength=len(edges) + 1).min() > 0


def test_an_edge_that_is_many_of_the_numbers_is_rounded_down_to_few_digits() -> None:
    numbers = np.repeat([0.05, 1 / 6, 1 / 3, 0.5], [30, 40, 30, 20])
    edges = tercile_edges(numbers)
    assert edges == (0.16, 0.3)
    assert np.bincount(bin_codes(numbers, edges)).tolist() == [30, 40, 50]
