"""Order and distinct values by counting: always those of numpy, whether there is room to count or not."""

from __future__ import annotations

import numpy as np
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
