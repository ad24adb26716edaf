"""Rows that are alike stand together: a worked example, every order of the tree tried, and what always holds."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.row_order import clustered_order
from analysis.speaker_counts import FloatArray

NAN = float("nan")
TABLES = st.integers(1, 7).flatmap(
    lambda n: st.integers(1, 4).flatmap(
        lambda m: st.lists(
            st.lists(st.one_of(st.just(NAN), st.floats(0.0, 1.0)), min_size=m, max_size=m),
            min_size=n,
            max_size=n,
        )
    )
)


def steps(rows: FloatArray) -> float:
    """The sum of distances between neighbours."""
    return sum(float(np.linalg.norm(one - other)) for one, other in pairwise(rows))


def least_steps(rows: FloatArray) -> float:
    """The same at its smallest over every way to turn the branches of a tree of average linkage, tried one by one."""
    clusters: list[list[list[int]]] = [[[i]] for i in range(len(rows))]

    def apart(one: list[list[int]], other: list[list[int]]) -> float:
        pairs = list(product(one[0], other[0]))
        return sum(float(np.linalg.norm(rows[a] - rows[b])) for a, b in pairs) / len(pairs)

    while len(clusters) > 1:
        choices = [(i, j) for i in range(len(clusters)) for j in range(i)]
        i, j = min(choices, key=lambda pair: apart(clusters[pair[0]], clusters[pair[1]]))
        one, other = clusters.pop(i), clusters.pop(j)
        clusters.append([[*a, *b] for a in one for b in other] + [[*b, *a] for a in one for b in other])
    return min(steps(rows[order]) for order in clusters[0])


def test_two_pairs_of_alike_rows_stand_in_pairs() -> None:
    rates = np.array([[0.10, 0.20], [0.50, 0.60], [0.12, 0.22], [0.52, 0.62]])
    assert clustered_order(rates).tolist() == [0, 2, 1, 3]


def test_a_missing_cell_counts_as_the_mean_of_its_row() -> None:
    rates = np.array([[0.1, 0.1, 0.1], [0.9, 0.9, 0.9], [0.2, NAN, 0.2], [0.8, NAN, 0.8]])
    assert clustered_order(rates).tolist() == [0, 2, 3, 1]


@pytest.mark.parametrize("n_rows", [0, 1, 2])
def test_rows_that_cannot_be_reordered_stay(n_rows: int) -> None:
    assert clustered_order(np.full((n_rows, 2), 0.3)).tolist() == list(range(n_rows))


@pytest.mark.parametrize("seed", range(5))
def test_no_turn_of_a_branch_brings_neighbours_closer(seed: int) -> None:
    rates = np.random.default_rng(seed).uniform(size=(6, 3))
    assert steps(rates[clustered_order(rates)]) == pytest.approx(least_steps(rates))


@given(TABLES)
def test_every_row_stands_once_and_those_without_a_rate_last(table: list[list[float]]) -> None:
    rates = np.array(table)
    order = clustered_order(rates).tolist()
    assert sorted(order) == list(range(len(rates)))
    assert order == clustered_order(rates.copy()).tolist()
    bare = [i for i in range(len(rates)) if np.isnan(rates[i]).all()]
    assert order[len(order) - len(bare) :] == bare
