"""Withheld groups: by hand, by trying every subtraction, and what always holds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.speaker_counts import IntArray
from analysis.suppression import COMPLEMENT, PUBLISHED, TOO_FEW, is_derivable, rounded_speakers, withheld


def attribute(name: str, role: str, n_levels: int) -> Attribute:
    return Attribute(name, role, "category", tuple(f"{name} {i}" for i in range(n_levels)), has_missing=False)  # type: ignore[arg-type]


def product(*sizes: int) -> IntArray:
    return np.array(list(itertools.product(*map(range, sizes))), np.int64)


def by_accent(*n_speakers: int) -> list[int]:
    attributes = [attribute("accent", "speaker", len(n_speakers))]
    return withheld(attributes, product(len(n_speakers)), np.array(n_speakers), 10).tolist()


@pytest.mark.parametrize(
    ("n_speakers", "expected"),
    [
        ((40, 30, 20), [PUBLISHED] * 3),
        ((40, 30, 4), [PUBLISHED, COMPLEMENT, TOO_FEW]),
        ((40, 8, 4), [PUBLISHED, TOO_FEW, TOO_FEW]),
        ((40, 30, 3, 4), [PUBLISHED, COMPLEMENT, TOO_FEW, TOO_FEW]),
        ((40, 0, 20), [PUBLISHED] * 3),
        ((4, 0, 0), [TOO_FEW, PUBLISHED, PUBLISHED]),
        ((9, 10), [TOO_FEW, COMPLEMENT]),
    ],
)
def test_few_people_are_withheld_and_whoever_would_give_them_away(
    n_speakers: tuple[int, ...], expected: list[int]
) -> None:
    assert by_accent(*n_speakers) == expected


def test_a_cell_is_protected_in_its_row_and_in_its_column() -> None:
    attributes = [attribute("accent", "speaker", 3), attribute("gender", "speaker", 3)]
    n_speakers = np.array([4, 30, 40, 30, 20, 50, 60, 25, 70])
    found = withheld(attributes, product(3, 3), n_speakers, 10).reshape(3, 3)
    assert found[0, 0] == TOO_FEW
    for line in (*found, *found.T):
        assert (line != PUBLISHED).sum() != 1


tables = st.lists(st.integers(0, 30), min_size=12, max_size=12).map(np.array)


@given(tables, st.sampled_from([("speaker", "speaker"), ("speaker", "condition")]))
def test_no_line_gives_away_a_group_or_a_few_people(n_speakers: IntArray, roles: tuple[str, str]) -> None:
    """Every subtraction of published groups from a known sum leaves nobody, or two groups with enough people."""
    attributes = [attribute("a", roles[0], 3), attribute("b", roles[1], 4)]
    found = withheld(attributes, product(3, 4), n_speakers, 10).reshape(3, 4)
    people = n_speakers.reshape(3, 4)
    for lines, counts, role in ((found.T, people.T, roles[0]), (found, people, roles[1])):
        for line, n in zip(lines, counts, strict=True):
            hidden = (line != PUBLISHED) & (n > 0)
            if not hidden.any() or ((line == PUBLISHED) & (n > 0)).sum() == 0:
                continue
            assert hidden.sum() >= 2
            assert (n[hidden].sum() if role == "speaker" else n[hidden].max()) >= 10


@given(tables)
def test_who_is_published_has_enough_speakers_and_nobody_is_withheld_without_need(
    n_speakers: IntArray,
) -> None:
    attributes = [attribute("a", "speaker", 3), attribute("b", "condition", 4)]
    found = withheld(attributes, product(3, 4), n_speakers, 10)
    shown = (found == PUBLISHED) & (n_speakers > 0)
    assert (n_speakers[shown] >= 10).all()
    assert ((found == TOO_FEW) == ((n_speakers > 0) & (n_speakers < 10))).all()
    if not (found == TOO_FEW).any():
        assert (found == PUBLISHED).all()


@given(tables)
def test_the_order_of_the_rows_changes_nothing(n_speakers: IntArray) -> None:
    distinct = n_speakers * 12 + np.arange(12)
    attributes = [attribute("a", "speaker", 3), attribute("b", "speaker", 4)]
    order = np.random.default_rng(0).permutation(12)
    found = withheld(attributes, product(3, 4), distinct, 100)
    assert withheld(attributes, product(3, 4)[order], distinct[order], 100).tolist() == found[order].tolist()


def test_a_selection_that_leaves_a_few_people_out_gives_them_away() -> None:
    assert is_derivable(np.array([0, 3, 10]), 10).tolist() == [False, True, False]


def test_speakers_are_rounded_down_to_fives() -> None:
    assert rounded_speakers(np.array([10, 14, 15, 99])).tolist() == [10, 10, 15, 95]
