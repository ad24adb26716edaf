"""Which groups are large enough to be searched, and which lower minimum lets the search judge one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.slices_estimates import has_enough
from analysis.slices_rows import SearchLimits, SliceColumn, SliceRows
from dashboard.answers.slices_absent import largest_groups, minimum_that_judges
from dashboard.answers.slices_rows import MINIMA


def rows_of(
    *labels: tuple[int, ...], levels: tuple[str, ...] = ("North", "South"), utterances: float = 20
) -> SliceRows:
    """Speakers with an accent each and 200 words, a tenth of them wrong; several labels are columns of one attribute."""
    columns = [SliceColumn("accent", "speaker", levels) for _ in labels]
    n = len(labels[0])
    return SliceRows.of(
        columns,
        [np.array(one) for one in labels],
        np.arange(n),
        np.full(n, 20.0),
        np.full(n, 200.0),
        np.full(n, utterances),
    )


def halved(most: int, others: int = 60, utterances: float = 20) -> list[SliceRows]:
    """Two halves, each with `most` speakers of the North among many others whose accent is not stated."""
    return [rows_of((0,) * most + (-1,) * others, utterances=utterances)] * 2


def test_the_largest_group_is_the_one_with_most_speakers_in_its_smaller_half() -> None:
    first, second = rows_of((0, 0, 0, 0, 1, 1)), rows_of((0, 1, 1, 1, -1, -1))
    assert largest_groups([first]) == [("accent", 4)]
    assert largest_groups([first, second]) == [("accent", 2)]


def test_an_attribute_with_several_labels_is_told_once_by_its_largest() -> None:
    labels = rows_of((0, 0, 0, -1), (0, -1, -1, -1), levels=("North",))
    assert largest_groups([labels]) == [("accent", 3)]


@pytest.mark.parametrize(
    ("most", "asked", "expected"), [(6, 20, 10), (5, 20, 10), (4, 20, None), (30, 100, 50), (9, 10, None)]
)
def test_half_of_a_minimum_is_asked_of_a_half(most: int, asked: int, expected: int | None) -> None:
    found = minimum_that_judges(halved(most), ["accent"], SearchLimits(min_speakers=asked))
    assert found == (None if expected is None else (expected, "accent"))


def test_a_minimum_is_offered_with_the_attribute_it_is_for() -> None:
    columns = [SliceColumn("gender", "speaker", ("f",)), SliceColumn("accent", "speaker", ("North",))]
    codes = [np.array([-1] * 80), np.array([0] * 12 + [-1] * 68)]
    full = np.full(80, 20.0)
    rows = SliceRows.of(columns, codes, np.arange(80), full, full * 10, full)
    assert minimum_that_judges([rows], ["gender", "accent"], SearchLimits(min_speakers=20)) == (10, "accent")


def test_no_minimum_is_offered_that_other_limits_make_useless() -> None:
    limits = SearchLimits()
    assert minimum_that_judges(halved(6, utterances=2), ["accent"], limits) is None
    assert minimum_that_judges(halved(6, others=3), ["accent"], limits) is None
    assert minimum_that_judges(halved(6), [], limits) is None


@given(st.integers(0, 60), st.sampled_from(MINIMA))
def test_what_is_offered_is_judged_and_nothing_larger_is(most: int, asked: int) -> None:
    part = rows_of((0,) * most + (-1,) * 60)
    offered = minimum_that_judges([part], ["accent"], SearchLimits(min_speakers=asked))
    judged = [
        one for one in MINIMA if one < asked and has_enough(part, ((0, 0),), SearchLimits(min_speakers=one))
    ]
    assert offered == ((judged[-1], "accent") if judged else None)
