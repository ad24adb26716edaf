"""The table of groups and speakers: what it adds up, leaves out and keeps when groups are merged."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.speaker_counts import SpeakerCounts
from tests.analysis.speaker_loops import Row, side, speaker_counts

numbers = st.integers(0, 50).map(float)
rows = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7), numbers, numbers), max_size=40)


def as_rows(counts: SpeakerCounts) -> list[Row]:
    columns = (counts.group, counts.speaker, counts.numerator, counts.denominator)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_rows_of_the_same_speaker_in_the_same_group_are_added() -> None:
    found = speaker_counts([(1, 4, 2, 10), (0, 4, 1, 5), (1, 4, 3, 20), (1, 2, 0, 7)], 2)
    assert as_rows(found) == [(0, 4, 1, 5), (1, 2, 0, 7), (1, 4, 5, 30)]


def test_insertions_without_words_stay_and_silence_goes() -> None:
    found = speaker_counts([(0, 1, 3, 0), (0, 2, 0, 0), (0, 3, 0, 9)], 1)
    assert as_rows(found) == [(0, 1, 3, 0), (0, 3, 0, 9)]


def test_nothing_at_all_is_a_table_of_empty_groups() -> None:
    found = speaker_counts([], 3)
    assert found.total(found.numerator).tolist() == [0, 0, 0]
    assert found.largest(found.denominator).tolist() == [0, 0, 0]


@given(rows)
def test_the_table_equals_a_dictionary_of_sums(rows: list[Row]) -> None:
    wanted = [
        (group, speaker, *sums)
        for group in range(6)
        for speaker, sums in sorted(side(rows, lambda g, group=group: g == group).items())  # type: ignore[misc]
    ]
    assert as_rows(speaker_counts(rows, 6)) == wanted


@given(rows)
def test_totals_and_largest_values_are_those_of_the_rows(rows: list[Row]) -> None:
    found = speaker_counts(rows, 6)
    for group in range(6):
        words = [n for g, _, _, n in as_rows(found) if g == group]
        assert found.total(found.denominator)[group] == sum(words)
        assert found.largest(found.denominator)[group] == max(words, default=0)


@given(rows, st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_merging_groups_equals_a_mask_over_the_rows(rows: list[Row], parent: list[int]) -> None:
    merged = speaker_counts(rows, 6).merged(np.array(parent), 3)
    assert as_rows(merged) == as_rows(speaker_counts([(parent[g], k, e, n) for g, k, e, n in rows], 3))


@given(rows)
def test_totals_over_groups_sum_to_everything(rows: list[Row]) -> None:
    found = speaker_counts(rows, 6)
    whole = found.merged(np.zeros(6, np.int64), 1)
    assert whole.total(whole.numerator)[0] == found.total(found.numerator).sum()
    assert len(whole.speaker) == len({k for _, k, e, n in rows if e or n})
