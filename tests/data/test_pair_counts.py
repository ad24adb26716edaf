"""Sums by group and speaker: against a dictionary, in any order of rows, for any number of attributes."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.pair_counts import PairCounts, arrange_pairs

Row = tuple[int, int, int, int]
"""Code of the first attribute, of the second, speaker, errors."""
rows = st.lists(
    st.tuples(st.integers(-1, 2), st.integers(-1, 1), st.integers(0, 5), st.integers(0, 2**40)), max_size=40
)


def arranged(rows: list[Row], width: type = np.int64) -> PairCounts:
    table = np.array(rows, np.int64).reshape(-1, 4)
    first, second, speaker = (column.astype(width) for column in table.T[:3])
    return arrange_pairs([first, second], speaker, {"errors": table[:, 3]}, [3, 2])


def as_dictionary(pairs: PairCounts) -> dict[tuple[int, ...], int]:
    keys = zip(pairs.codes[pairs.group].tolist(), pairs.speaker.tolist(), strict=True)
    return {(*codes, k): n for (codes, k), n in zip(keys, pairs.columns["errors"].tolist(), strict=True)}


@given(rows)
def test_rows_that_share_a_group_and_a_speaker_are_added_exactly(rows: list[Row]) -> None:
    wanted: Counter[tuple[int, ...]] = Counter()
    for *key, errors in rows:
        wanted[tuple(key)] += errors
    pairs = arranged(rows)
    assert as_dictionary(pairs) == dict(wanted)
    assert len(pairs.group) == len(wanted)


@given(rows)
def test_groups_stand_in_their_order_with_not_stated_last_and_speakers_within_them(rows: list[Row]) -> None:
    pairs = arranged(rows)
    order = [(a if a >= 0 else 3, b if b >= 0 else 2) for a, b in pairs.codes.tolist()]
    assert order == sorted(set(order))
    keys = list(zip(pairs.group.tolist(), pairs.speaker.tolist(), strict=True))
    assert keys == sorted(set(keys))


@given(rows, st.randoms(use_true_random=False), st.sampled_from([np.int8, np.int16, np.int32]))
def test_neither_the_order_of_rows_nor_the_width_of_numbers_changes_anything(
    rows: list[Row], random: object, width: type
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = arranged(rows), arranged(shuffled, width)
    assert one.codes.tolist() == other.codes.tolist()
    assert as_dictionary(one) == as_dictionary(other)
    assert {name: v.tolist() for name, v in one.totals().items()} == {
        name: v.tolist() for name, v in other.totals().items()
    }


@pytest.mark.parametrize("n_attributes", [0, 1, 13])
def test_any_number_of_attributes_tells_groups_apart(n_attributes: int) -> None:
    codes = [np.array([0, 1, 1, 63]) for _ in range(n_attributes)]
    pairs = arrange_pairs(
        codes, np.array([7, 7, 7, 8]), {"errors": np.array([1, 2, 3, 4])}, [64] * n_attributes
    )
    assert pairs.codes.tolist() == [[k] * n_attributes for k in ((0, 1, 63) if n_attributes else (0,))]
    assert pairs.totals()["errors"].tolist() == ([1, 5, 4] if n_attributes else [10])


def test_nobody_makes_no_group() -> None:
    pairs = arranged([])
    assert pairs.codes.shape == (0, 2)
    assert pairs.totals()["errors"].tolist() == []
