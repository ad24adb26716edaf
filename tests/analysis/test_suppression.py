"""Withheld groups: by hand, by trying every sum and difference of what is published, and what always holds."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.derivable import Table, derivable_sets
from analysis.speaker_counts import FloatArray, IntArray
from analysis.suppression import (
    MOST_ATTRIBUTES,
    TooManyToPublish,
    Withheld,
    rounded_speakers,
    withheld,
    withheld_alone,
)

MINIMUM = 10
Pairs = tuple[IntArray, IntArray]
"""Codes and speaker of every pair of a group and somebody recorded there."""


def found_in(pairs: Pairs, minimum: int = MINIMUM) -> Withheld:
    return withheld(*pairs, minimum, withheld_alone(*pairs, minimum))


def apart(table: Sequence[Sequence[int]]) -> Pairs:
    """So many different speakers in each cell of a table of speakers' attributes."""
    counts = np.array(table)
    cells = [cell for cell in np.ndindex(*counts.shape) for _ in range(counts[cell])]
    return np.array(cells), np.arange(len(cells))


@pytest.mark.parametrize(
    ("n_speakers", "expected"),
    [
        ((40, 30, 20), ()),
        ((40, 30, 4), (1, 2)),
        ((40, 8, 4), (1, 2)),
        ((40, 30, 3, 4), (1, 2, 3)),
        ((40, 0, 20), ()),
        ((4, 0, 0), (0,)),
        ((9, 10), (0, 1)),
    ],
)
def test_few_people_are_withheld_and_whoever_would_give_them_away(
    n_speakers: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    found = found_in(apart([[n] for n in n_speakers]))
    rows = found.rows(np.array([[i, 0] for i in range(len(n_speakers))]))
    assert set(expected) <= set(np.flatnonzero(rows).tolist())
    assert found.hidden[0,] == frozenset((i,) for i in expected)


def test_what_is_withheld_alone_is_withheld_with_any_other_attribute() -> None:
    """Else the parts of a withheld group would add up to it."""
    found = found_in(apart([[20, 20], [15, 15], [2, 2]]))
    assert found.hidden[0,] == {(1,), (2,)}
    assert found.rows(np.array([[1, 0], [1, 1], [2, 0], [0, 0]])).tolist() == [True, True, True, False]


def test_a_combination_nobody_was_recorded_in_is_withheld_with_its_group() -> None:
    assert found_in(apart([[20, 20], [15, 15], [4, 0]])).rows(np.array([[2, 1]])).tolist() == [True]


def test_a_group_within_another_is_not_told_by_the_difference() -> None:
    """A region of a country: 27 of 30 people from one region leave 3 to be worked out."""
    found = found_in(apart([[27, 3, 0], [0, 0, 40]]))
    published = {(0, code) for code in range(2) if (code,) not in found.hidden[0,]}
    published |= {(1, code) for code in range(3) if (code,) not in found.hidden[1,]}
    assert not {(0, 0), (1, 0)} <= published


def published_sums(pairs: Pairs, found: Withheld, atoms: IntArray) -> FloatArray:
    """Which atoms each published group of each grouping is the sum of."""
    n_attributes = pairs[0].shape[1]
    rows = [np.zeros(len(atoms))]
    for size in range(n_attributes + 1):
        for columns in itertools.combinations(range(n_attributes), size):
            for group in np.unique(atoms[:, columns], axis=0) if columns else [()]:
                if tuple(group) not in found.hidden[columns]:
                    rows.append((atoms[:, columns] == np.array(group)).all(axis=1).astype(float))
    return np.array(rows)


def follows(sums: FloatArray, wanted: FloatArray) -> bool:
    """Whether a sum is a combination of others, by least squares."""
    solution, *_ = np.linalg.lstsq(sums.T, wanted, rcond=None)
    return bool(np.abs(sums.T @ solution - wanted).max() < 1e-7)


def few_people_told(pairs: Pairs, found: Withheld, sets: Sequence[tuple[int, ...]], atoms: IntArray) -> list:
    """The sets of atoms with few speakers whose sum follows from what is published: the attack, the slow way."""
    sums = published_sums(pairs, found, atoms)
    told = []
    for members in sets:
        chosen = atoms[list(members)]
        inside = (pairs[0][:, None, :] == chosen[None]).all(axis=2).any(axis=1)
        n_people = len(set(pairs[1][inside].tolist()))
        wanted = np.zeros(len(atoms))
        wanted[list(members)] = 1
        if n_people < MINIMUM and follows(sums, wanted):
            told.append((chosen.tolist(), n_people))
    return told


def all_sets(n: int) -> list[tuple[int, ...]]:
    return [one for size in range(1, n + 1) for one in itertools.combinations(range(n), size)]


few_or_many = st.one_of(st.just(0), st.integers(0, 9), st.integers(10, 25))


@given(st.lists(few_or_many, min_size=9, max_size=9))
@settings(max_examples=60)
def test_no_sum_of_groups_of_few_speakers_follows_from_two_attributes_of_speakers(counts: list[int]) -> None:
    pairs = apart(np.array(counts).reshape(3, 3).tolist())
    if not len(pairs[1]):
        return
    atoms = np.unique(pairs[0], axis=0)
    assert few_people_told(pairs, found_in(pairs), all_sets(len(atoms)), atoms) == []


@st.composite
def in_conditions(draw: st.DrawFn) -> Pairs:
    """Speakers of three accents, each recorded in some of three noises, so that cells share people."""
    chosen = draw(st.lists(st.tuples(st.integers(-1, 1), st.integers(1, 7)), min_size=1, max_size=45))
    rows = [(a, b, k) for k, (a, noises) in enumerate(chosen) for b in range(3) if noises >> b & 1]
    return np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])


@given(in_conditions())
@settings(max_examples=60)
def test_nor_where_the_same_people_were_recorded_in_several_conditions(pairs: Pairs) -> None:
    atoms = np.unique(pairs[0], axis=0)
    assert few_people_told(pairs, found_in(pairs), all_sets(len(atoms)), atoms) == []


@given(st.lists(few_or_many, min_size=18, max_size=18))
@settings(max_examples=30)
def test_a_table_by_three_attributes_tells_of_no_group_what_those_by_two_do_not(counts: list[int]) -> None:
    pairs = apart(np.array(counts).reshape(3, 3, 2).tolist())
    if not len(pairs[1]):
        return
    atoms = np.unique(pairs[0], axis=0)
    found = found_in(pairs)
    coarse = [
        tuple(np.flatnonzero((atoms[:, columns] == group).all(axis=1)).tolist())
        for columns in ([0, 1], [0, 2], [1, 2], [0], [1], [2])
        for group in np.unique(atoms[:, columns], axis=0)
    ]
    wanted = [(i,) for i in range(len(atoms))] + coarse
    by_two = Withheld({**found.hidden, (0, 1, 2): frozenset(map(tuple, atoms.tolist()))})
    assert few_people_told(pairs, found, wanted, atoms) == few_people_told(pairs, by_two, wanted, atoms)


@given(in_conditions())
def test_who_is_published_has_enough_speakers_and_nobody_is_withheld_without_need(pairs: Pairs) -> None:
    found = found_in(pairs)
    codes, group = np.unique(pairs[0], axis=0, return_inverse=True)
    n_speakers = np.bincount(group.reshape(-1))
    assert found.rows(codes)[n_speakers < MINIMUM].all()
    everybody_is_many = all(
        Table.of(columns, pairs[0], pairs[1]).n_speakers.min() >= MINIMUM
        for columns in ((), (0,), (1,), (0, 1))
    )
    if everybody_is_many and len(codes) == len(np.unique(pairs[0][:, 0])) * len(np.unique(pairs[0][:, 1])):
        assert not found.rows(codes).any()


def test_two_groups_are_told_by_sums_over_rows_and_columns() -> None:
    """The lines of a table alone do not show it: rows and columns 1 and 2, less row 2, leave two cells of row 1."""
    hidden = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 2), (0, 3), (2, 3)]
    counts = np.full((3, 4), 20)
    counts[0, 0] = counts[0, 1] = 3
    pairs = apart(counts.tolist())
    table = Table.of((0, 1), *pairs)
    rows, columns = Table.of((0,), *pairs), Table.of((1,), *pairs)
    withheld_rows = np.array([tuple(code) in hidden for code in table.codes.tolist()])
    known = [(rows, np.ones(3, bool)), (columns, np.ones(4, bool))]
    found = derivable_sets(table, withheld_rows, known, MINIMUM)
    assert [(0, 0), (0, 1)] in [[tuple(code) for code in table.codes[one].tolist()] for one in found]


def test_what_is_too_fine_to_be_checked_is_refused() -> None:
    codes = np.array([[0] * (MOST_ATTRIBUTES + 1)])
    with pytest.raises(TooManyToPublish, match="Group by fewer attributes"):
        withheld(codes, np.array([0]), MINIMUM)


def test_speakers_are_rounded_down_to_fives() -> None:
    assert rounded_speakers(np.array([10, 14, 15, 99])).tolist() == [10, 10, 15, 95]
