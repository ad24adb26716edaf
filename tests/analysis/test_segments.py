"""The matched-pairs test of segments: a worked example, a slow walk over the words, and what it must not depend on."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.align import align_texts, aligned_words
from analysis.segments import SegmentTest, segment_differences, segment_test


def differences(reference: list[str], first: list[str], second: list[str]) -> list[float]:
    one, other = (align_texts(pa.array(reference), pa.array(heard)).operations for heard in (first, second))
    return segment_differences(one, other).tolist()


# Worked by hand: | marks where at least two words in a row are right in both.
#   reference  a  b  c  d  e  f  g  h  i  j
#   first      a  X  c  d  e  f  Y  h  i  j   errors at b and g
#   second     a  b  c  d  e  -  g  Z  i  j   errors at f and h
# c d e part b from f; f, g and h lie within one word of each other. Segments: {b}: 0 - 1, {f g h}: 2 - 1.
REFERENCE = "a b c d e f g h i j"
FIRST, SECOND = "a X c d e f Y h i j", "a b c d e g Z i j"


def test_segments_end_where_two_words_in_a_row_are_right_in_both() -> None:
    assert differences([REFERENCE], [FIRST], [SECOND]) == [-1.0, 1.0]


@pytest.mark.parametrize(
    ("reference", "first", "second", "expected"),
    [
        ("a b c", "a b c", "a b c", []),
        ("a b c", "X b Y", "a b c", [-2.0]),  # one word between errors does not part them
        ("a b c d", "X b c Y", "a b c d", [-1.0, -1.0]),  # two do
        ("a b", "a x b", "a b x", [0.0]),  # one word between two insertions
        ("a b c d", "a b x c d", "a b c d", [-1.0]),
        ("a b c d", "x a b c d", "a b c d x", [-1.0, 1.0]),
        ("", "x y", "", [-2.0]),
        ("a b", "", "a b", [-2.0]),
    ],
)
def test_what_lies_between_errors_decides(
    reference: str, first: str, second: str, expected: list[float]
) -> None:
    assert differences([reference], [first], [second]) == expected


def test_the_end_of_an_utterance_ends_a_segment() -> None:
    assert differences(["a b", "c d"], ["a X", "Y d"], ["a b", "c d"]) == [-1.0, -1.0]


def slow_segments(reference: str, first: str, second: str) -> list[float]:
    """Walk word by word: errors of both systems before and at each word, a segment closed after two right words."""
    n = len(reference.split())
    found = []
    for heard in (first, second):
        inserted, wrong, place = [0] * (n + 1), [0] * n, 0
        for step in aligned_words(reference, heard):
            if step.kind == "insertion":
                inserted[place] += 1
            else:
                wrong[place] = int(step.kind != "hit")
                place += 1
        found.append((inserted, wrong))
    (in_a, wrong_a), (in_b, wrong_b) = found
    segments, current, errors, right = [], 0.0, 0, 0
    for place in range(n + 1):
        here = in_a[place] + in_b[place]
        if here:
            if errors and right >= 2:
                segments.append(current)
                current, errors = 0.0, 0
            current, errors, right = current + in_b[place] - in_a[place], errors + here, 0
        if place == n:
            break
        if wrong_a[place] or wrong_b[place]:
            if errors and right >= 2:
                segments.append(current)
                current, errors = 0.0, 0
            current, right = current + wrong_b[place] - wrong_a[place], 0
            errors += wrong_a[place] + wrong_b[place]
        else:
            right += 1
    return [*segments, current] if errors else segments


words = st.lists(st.sampled_from("abcx"), max_size=12).map(" ".join)


@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=4))
def test_segments_equal_a_walk_word_by_word(texts: list[tuple[str, str, str]]) -> None:
    reference, first, second = (list(column) for column in zip(*texts, strict=True))
    expected = [one for row in texts for one in slow_segments(*row)]
    assert differences(reference, first, second) == expected


@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=4))
def test_exchanging_the_systems_turns_every_sign(texts: list[tuple[str, str, str]]) -> None:
    reference, first, second = (list(column) for column in zip(*texts, strict=True))
    turned = [-one + 0.0 for one in differences(reference, second, first)]
    assert differences(reference, first, second) == turned


def test_differences_of_all_segments_add_up_to_the_difference_of_errors() -> None:
    assert sum(differences([REFERENCE], [FIRST], [SECOND])) == 2 - 2


def test_the_statistic_is_the_mean_over_its_standard_error() -> None:
    values = np.array([1.0, 0, -1, 2, 1, 0, 0, 1, -2, 3])
    found = segment_test(values)
    expected = stats.ttest_1samp(values, 0).statistic
    assert found.statistic == pytest.approx(expected)
    assert found.p == pytest.approx(2 * stats.norm.sf(abs(expected)))
    assert found.n_segments == 10
    assert found.mean == pytest.approx(0.5)


def test_a_statistic_of_two_gives_the_p_of_a_table() -> None:
    values = np.array([1.5, 0.5] * 8)  # mean 1, sd sqrt(4 / 15), n 16
    found = segment_test(values - 1 + 2 * math.sqrt(4 / 15) / 4)
    assert found.statistic == pytest.approx(2.0)
    assert found.p == pytest.approx(0.0455, abs=5e-5)


@pytest.mark.parametrize(
    ("values", "statistic", "p"),
    [([], None, 1.0), ([0.0, 0.0], 0.0, 1.0), ([1.0], None, None), ([2.0, 2.0, 2.0], None, None)],
)
def test_what_is_undefined_is_not_made_up(
    values: list[float], statistic: float | None, p: float | None
) -> None:
    found: SegmentTest = segment_test(np.array(values))
    for number, expected in ((found.statistic, statistic), (found.p, p)):
        assert math.isnan(number) if expected is None else number == expected
