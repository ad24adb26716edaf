"""How far a ratio moves under another normaliser: by hand, by a plain loop, and what holds of every table of ratios."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.sensitivity import NOT_MOVED, Movements, movements
from analysis.settings import DEFAULTS

RATIOS = arrays(
    np.float64,
    st.tuples(st.integers(1, 4), st.integers(1, 5)),
    elements=st.one_of(st.floats(0.1, 10), st.just(math.nan), st.just(0.0)),
)


def moved(ratios: list[list[float]], own: int = 0, counts: list[bool] | None = None) -> Movements:
    return movements(np.array(ratios), own, np.array(counts or [True] * len(ratios)))


def test_a_change_is_the_ratio_over_the_own_one_less_one() -> None:
    found = moved([[1.20, 1.00], [1.14, 1.04], [1.32, 0.97]])
    assert found.change[1].tolist() == pytest.approx([-0.05, 0.04])
    assert found.largest.tolist() == pytest.approx([0.1, 0.04])
    assert found.under.tolist() == [2, 1]
    assert found.moves.tolist() == [True, False]


def test_the_limit_is_a_setting() -> None:
    strict = replace(DEFAULTS, sensitivity_limit=0.03)
    found = movements(np.array([[1.0], [1.04]]), 0, np.array([True, True]), strict)
    assert found.moves.tolist() == [True]
    assert moved([[1.0], [1.04]]).moves.tolist() == [False]


def test_a_normaliser_that_does_not_count_is_compared_and_flags_nothing() -> None:
    found = moved([[1.0], [3.0]], counts=[True, False])
    assert found.change[1].tolist() == [2.0]
    assert found.under.tolist() == [NOT_MOVED]
    assert found.moves.tolist() == [False]
    assert math.isnan(found.largest[0])


def test_a_ratio_that_is_not_defined_moves_nowhere() -> None:
    found = moved([[1.0, math.nan, 0.0], [math.nan, 1.0, 1.0]])
    assert np.isnan(found.change[1]).all()
    assert not found.moves.any()


@given(RATIOS)
def test_the_largest_change_is_that_of_a_plain_loop(ratios: np.ndarray) -> None:
    found = movements(ratios, 0, np.ones(len(ratios), bool))
    for group in range(ratios.shape[1]):
        own = ratios[0, group]
        changes = [
            other / own - 1
            for other in ratios[1:, group]
            if own > 0 and math.isfinite(own) and math.isfinite(other)
        ]
        if not changes:
            assert math.isnan(found.largest[group])
            assert not found.moves[group]
            continue
        assert abs(found.largest[group]) == pytest.approx(max(map(abs, changes)))
        assert found.moves[group] == (max(map(abs, changes)) > DEFAULTS.sensitivity_limit)


@given(RATIOS, st.floats(0.5, 2.0))
def test_a_factor_on_all_ratios_of_a_group_moves_nothing(ratios: np.ndarray, factor: float) -> None:
    one, other = (movements(values, 0, np.ones(len(ratios), bool)) for values in (ratios, ratios * factor))
    np.testing.assert_allclose(one.change, other.change, rtol=1e-9, atol=1e-9)


@given(RATIOS)
def test_nothing_moves_where_every_normaliser_gives_the_same(ratios: np.ndarray) -> None:
    same = np.repeat(ratios[:1], len(ratios), axis=0)
    assert not movements(same, 0, np.ones(len(ratios), bool)).moves.any()


def test_a_group_with_too_few_speakers_is_never_flagged_and_its_movement_is_kept() -> None:
    ratios = np.array([[1.0, 1.0], [1.5, 1.5]])
    found = movements(ratios, 0, np.array([True, True]), enough=np.array([True, False]))
    assert found.moves.tolist() == [True, False]
    assert found.would_move.tolist() == [True, True]
    assert found.largest.tolist() == pytest.approx([0.5, 0.5])
