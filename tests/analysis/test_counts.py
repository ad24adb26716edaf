"""Error counts: what adding keeps, and when there is no rate."""

from __future__ import annotations

from functools import reduce
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.counts import ErrorCounts

numbers = st.integers(0, 10**9)
any_counts = st.builds(
    ErrorCounts, numbers, numbers, numbers, numbers, st.integers(10, 99), st.integers(0, 10)
)


@pytest.mark.parametrize(
    ("counts", "rate"),
    [
        (ErrorCounts(hits=1, substitutions=1, deletions=0, insertions=0), 1 / 2),
        (ErrorCounts(hits=4, substitutions=0, deletions=1, insertions=0), 1 / 5),
        (ErrorCounts(hits=5, substitutions=2, deletions=2, insertions=4), 8 / 9),
        (ErrorCounts(hits=1, substitutions=0, deletions=0, insertions=3), 3.0),
        (ErrorCounts(hits=0, substitutions=0, deletions=2, insertions=0), 1.0),
        (ErrorCounts(hits=7, substitutions=0, deletions=0, insertions=0), 0.0),
    ],
)
def test_the_rate_is_errors_per_reference_word_and_may_exceed_one(counts: ErrorCounts, rate: float) -> None:
    assert counts.word_error_rate == rate
    assert counts.reason is None


def test_pooling_weighs_words_not_utterances() -> None:
    one_of_one = ErrorCounts(0, 1, 0, 0, n_utterances=1)
    none_of_ten = ErrorCounts(10, 0, 0, 0, n_utterances=1)
    assert (one_of_one + none_of_ten).word_error_rate == 1 / 11


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (ErrorCounts.zero(), "There are no utterances."),
        (ErrorCounts(0, 0, 0, 0, n_utterances=2, empty_outputs=2), "The references have no words."),
        (
            ErrorCounts(0, 0, 0, 3, n_utterances=1),
            "The references have no words, so there is no rate (inserted words: 3).",
        ),
    ],
)
def test_without_reference_words_there_is_a_reason_and_no_rate(counts: ErrorCounts, reason: str) -> None:
    assert counts.word_error_rate is None
    assert counts.reason == reason


def test_insertions_against_an_empty_reference_still_count_in_a_sum() -> None:
    total = ErrorCounts(0, 0, 0, 3, n_utterances=1) + ErrorCounts(9, 1, 0, 0, n_utterances=1)
    assert total.word_error_rate == 4 / 10


@pytest.mark.parametrize(
    "name", ["hits", "substitutions", "deletions", "insertions", "n_utterances", "empty_outputs"]
)
def test_a_negative_count_is_refused_by_name(name: str) -> None:
    counts = {
        "hits": 1,
        "substitutions": 1,
        "deletions": 1,
        "insertions": 1,
        "n_utterances": 1,
        "empty_outputs": 1,
    }
    with pytest.raises(ValueError, match=f"{name} is -1"):
        ErrorCounts(**{**counts, name: -1})


def test_there_are_no_more_empty_outputs_than_utterances() -> None:
    with pytest.raises(ValueError, match="empty_outputs is 2 of 1 utterances"):
        ErrorCounts(0, 0, 1, 0, n_utterances=1, empty_outputs=2)


def test_a_rate_cannot_be_added_to_counts() -> None:
    with pytest.raises(TypeError):
        ErrorCounts.zero() + 0.25  # type: ignore[operator]


@given(any_counts, any_counts, any_counts)
def test_counts_may_be_added_in_any_order_and_zero_changes_nothing(
    a: ErrorCounts, b: ErrorCounts, c: ErrorCounts
) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + ErrorCounts.zero() == a


@given(st.lists(any_counts, min_size=1, max_size=20))
def test_the_rate_of_a_sum_is_the_sum_of_errors_over_the_sum_of_words(groups: list[ErrorCounts]) -> None:
    total = reduce(add, groups, ErrorCounts.zero())
    errors = sum(group.substitutions + group.deletions + group.insertions for group in groups)
    n_words = sum(group.hits + group.substitutions + group.deletions for group in groups)
    assert total.errors == errors
    assert total.n_words == n_words
    assert total.n_hypothesis_words == sum(
        group.hits + group.substitutions + group.insertions for group in groups
    )
    assert total.n_utterances == sum(group.n_utterances for group in groups)
    assert total.word_error_rate == (errors / n_words if n_words else None)
