"""Sums of recordings sorted by speaker: the same as of rows in any order, which have tests of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data.pair_counts import PairCounts, arrange_pairs
from data.sorted_rows import SpeakerRows

Row = tuple[int, int, int, int]
"""Code of the first attribute, of the second, speaker, errors."""
rows = st.lists(
    st.tuples(st.integers(-1, 2), st.integers(-1, 1), st.integers(0, 5), st.integers(0, 2**57)), max_size=40
)
LEVELS = (3, 2)


def sorted_rows(rows: list[Row]) -> SpeakerRows:
    table = np.array(sorted(rows, key=lambda row: row[2]), np.int64).reshape(-1, 4)
    codes = tuple(column.astype(np.int8) for column in table.T[:2])
    ones = np.broadcast_to(np.uint8(1), len(table))
    counts = {"errors": table[:, 3], "few": (table[:, 3] % 5).astype(np.uint8), "n": ones}
    return SpeakerRows(codes, LEVELS, table[:, 2].astype(np.int32), counts)


def plain(pairs: PairCounts) -> dict[str, list[object]]:
    return {
        "codes": pairs.codes.tolist(),
        "group": pairs.group.tolist(),
        "speaker": pairs.speaker.tolist(),
        **{name: values.tolist() for name, values in pairs.columns.items()},
        **{f"all {name}": values.tolist() for name, values in pairs.totals().items()},
    }


@given(rows, st.sampled_from([(), (0,), (1,), (0, 1), (1, 0)]))
def test_sums_and_totals_are_those_of_rows_in_any_order(rows: list[Row], places: tuple[int, ...]) -> None:
    one = sorted_rows(rows)
    wanted = arrange_pairs(
        [one.codes[place] for place in places],
        one.speaker,
        one.columns,
        [LEVELS[place] for place in places],
    )
    assert plain(one.pairs(places)) == plain(wanted)


@given(rows)
def test_coarser_pairs_are_those_of_fewer_attributes(rows: list[Row]) -> None:
    one = sorted_rows(rows)
    assert plain(one.pairs().rolled_up([1], [2])) == plain(one.pairs([1]))


@given(rows, st.permutations([0, 1, 2]), st.data())
def test_coarser_pairs_of_coarser_pairs_are_those_of_rows_in_any_order(
    rows: list[Row], first: list[int], data: st.DataObject
) -> None:
    one = sorted_rows(rows)
    levels = (*LEVELS, 4)
    three = replace(one, codes=(*one.codes, (one.speaker % 4).astype(np.int8)), n_levels=levels)
    held: PairCounts = three.pairs(first)
    asked = arrange_pairs(
        [three.codes[p] for p in first], one.speaker, one.columns, [levels[p] for p in first]
    )
    known = [levels[p] for p in first]
    while known:
        chosen = data.draw(st.lists(st.integers(0, len(known) - 1), unique=True, max_size=len(known) - 1))
        known = [known[place] for place in chosen]
        held, asked = held.rolled_up(chosen, known), asked.rolled_up(chosen, known)
        assert plain(held) == plain(asked)


def test_more_combinations_than_can_be_counted_are_told_apart() -> None:
    codes = tuple(np.array([0, 1, 1, 63], np.int8) for _ in range(12))
    one = SpeakerRows(codes, (64,) * 12, np.array([7, 7, 7, 8]), {"errors": np.array([1, 2, 3, 4])})
    assert one.pairs().codes.tolist() == [[k] * 12 for k in (0, 1, 63)]
    assert one.pairs().totals()["errors"].tolist() == [1, 5, 4]
