"""What is held in memory: never more than it may be, and nothing of owners that are no more."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data.shelf import Shelf, weight

MOST = 100
puts = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 2 * MOST)), max_size=40)


def test_what_was_not_used_for_longest_goes_first() -> None:
    shelf = Shelf(MOST)
    for n in range(3):
        shelf.put(0, n, np.zeros(40, np.uint8))
        shelf.take(0, 0)
    assert [n for n in range(3) if shelf.take(0, n) is not None] == [0, 2]


def test_what_alone_is_too_much_is_not_held_and_drives_nothing_out() -> None:
    shelf = Shelf(MOST)
    shelf.put(0, "small", np.zeros(10, np.uint8))
    shelf.put(0, "large", np.zeros(MOST + 1, np.uint8))
    assert shelf.take(0, "large") is None
    assert shelf.take(0, "small") is not None


def test_looking_whether_it_is_there_is_no_use_of_it() -> None:
    shelf = Shelf(MOST)
    for n in range(3):
        shelf.put(0, n, bytes(40))
        assert shelf.has(0, n)
        assert shelf.has(0, 0) == (n < 2)
    assert [n for n in range(3) if shelf.has(0, n)] == [1, 2]


def test_nothing_is_left_of_what_is_cleared() -> None:
    shelf = Shelf(MOST)
    shelf.put(0, "answer", bytes(40))
    shelf.clear()
    assert not shelf.has(0, "answer")
    assert shelf.n_bytes == 0


def test_bytes_weigh_what_they_are() -> None:
    assert weight(b"") == 0
    assert weight(b"answer") == 6


def test_one_number_for_many_weighs_one() -> None:
    assert weight(np.broadcast_to(np.uint8(1), 1_000)) == 1
    assert weight(np.zeros(1_000, np.uint8)) == 1_000
    assert weight(np.zeros(0, np.uint8)) == 0


@given(puts)
def test_what_is_held_weighs_what_it_says_and_no_more_than_it_may(puts: list[tuple[int, int, int]]) -> None:
    shelf = Shelf(MOST)
    for owner, name, size in puts:
        shelf.put(owner, name, np.zeros(size, np.uint8))
        held = [shelf.take(one, other) for one in range(3) for other in range(5)]
        assert shelf.n_bytes == sum(weight(array) for array in held if array is not None) <= MOST


@given(puts, st.booleans())
def test_nothing_is_held_of_an_owner_that_is_no_more(
    puts: list[tuple[int, int, int]], meanwhile: bool
) -> None:
    shelf = Shelf(MOST)
    for owner, name, size in puts:
        shelf.put(owner, name, np.zeros(size, np.uint8))
    if meanwhile:
        # The garbage collector came while something was being put there.
        with shelf._lock:
            shelf.forget(1)
        shelf.put(0, "next", np.zeros(1, np.uint8))
    else:
        shelf.forget(1)
    assert all(shelf.take(1, name) is None for name in range(5))
