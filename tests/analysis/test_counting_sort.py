"""Order and distinct values by counting: always those of numpy, whether there is room to count or not."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.counting_sort import distinct, distinct_places, order_by

numbers = st.sampled_from([3, 30, 10**12]).flatmap(
    lambda largest: st.lists(st.integers(0, largest), max_size=50)
)


@given(numbers)
def test_distinct_numbers_and_their_places_are_those_of_numpy(values: list[int]) -> None:
    array = np.array(values, np.int64)
    known, place = np.unique(array, return_inverse=True)
    assert distinct(array).tolist() == known.tolist()
    found, found_place = distinct_places(array)
    assert (found.tolist(), found_place.tolist()) == (known.tolist(), place.tolist())


@given(numbers, st.integers(1, 100))
def test_the_order_is_that_of_a_stable_sort(values: list[int], room: int) -> None:
    array = np.array(values, np.int64)
    below = int(array.max(initial=0)) + room
    assert order_by(array, below).tolist() == np.argsort(array, kind="stable").tolist()


@pytest.mark.parametrize("kind", [np.int8, np.int32, np.int64])
def test_of_no_numbers_there_is_nothing(kind: type) -> None:
    none = np.zeros(0, kind)
    known, place = distinct_places(none)
    assert [len(found) for found in (distinct(none), known, place, order_by(none, 0))] == [0, 0, 0, 0]


@given(st.lists(st.integers(-5, 30), min_size=1, max_size=30), st.integers(0, 20))
def test_numbers_out_of_range_are_refused(values: list[int], below: int) -> None:
    array = np.array(values, np.int64)
    if min(values) < 0:
        for refuses in (distinct, distinct_places):
            with pytest.raises(ValueError, match="0 or above"):
                refuses(array)
    if min(values) < 0 or max(values) >= below:
        with pytest.raises(ValueError, match="Numbers have to be"):
            order_by(array, below)
    else:
        assert order_by(array, below).tolist() == np.argsort(array, kind="stable").tolist()


@pytest.mark.parametrize("apart", [1, 3, 15, 40])
def test_places_are_numbered_in_little_memory(apart: int) -> None:
    numbers = np.arange(0, 100_000 * apart, apart, dtype=np.int64)
    tracemalloc.start()
    distinct_places(numbers)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 7 * numbers.nbytes
