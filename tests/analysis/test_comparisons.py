"""Contrasts against a dense loop that leaves each speaker out of both sides: nested, crossed, lopsided and large."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from analysis.comparisons import welch_degrees
from analysis.speaker_counts import SpeakerCounts
from tests.analysis.contrast_loops import (
    Compared,
    against_complement,
    against_references,
    drawn,
    holds_like_the_loop,
    within_pools,
)
from tests.analysis.speaker_loops import Row, same, side, speaker_counts

N_GROUPS = 5
counts_of_words = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 4000), st.just(90_000))
rows = st.lists(
    st.tuples(
        st.integers(0, N_GROUPS - 1),
        st.integers(0, 9),
        st.one_of(st.just(0), st.integers(1, 900)).map(float),
        counts_of_words.map(float),
    ),
    max_size=40,
)
POOLS = np.array([0, 0, 1, 1, 1])
"""Two strata of recording conditions, so that groups 0-1 and 2-4 are each other's peers."""
REFERENCES = np.array([1, 1, 4, -1, 0])


def test_statistic(compared: Compared) -> tuple[float, float, float, float, float, float]:
    """Ratio, its limits, t, degrees of freedom and p of group 0, by the formulas of a textbook."""
    groups, contrast = compared
    theta, spread = math.log(groups.rate[0] / contrast.rate[0]), math.sqrt(contrast.variance[0])
    df = welch_degrees(groups, contrast)[0]
    half = stats.t.ppf(0.975, df) * spread
    t = theta / spread
    return (
        math.exp(theta),
        math.exp(theta - half),
        math.exp(theta + half),
        t,
        df,
        2 * special.stdtr(df, -abs(t)),
    )


test_statistic.__test__ = False  # type: ignore[attr-defined]


# ---------------------------------------------------------------- numbers known from elsewhere


def test_the_nested_vector_holds_to_all_printed_digits() -> None:
    rows = [
        (k // 3, k, e, n)
        for k, (e, n) in enumerate(zip([3, 5, 2, 8, 4, 9], [20, 25, 18, 30, 22, 40], strict=True))
    ]
    for compared in (
        against_complement(speaker_counts(rows, 2)),
        against_references(speaker_counts(rows, 2), [1, 0]),
    ):
        printed = [f"{value:.6f}" for value in test_statistic(compared)]
        assert printed == ["0.695389", "0.331620", "1.458195", "-1.629834", "2.790331", "0.208377"]


def test_the_crossed_vector_holds_to_all_printed_digits() -> None:
    own = zip([3, 5, 2, 4, 1, 6], [10, 15, 9, 12, 10, 20], strict=True)
    other = zip([2, 3, 1, 5, 2, 4], [12, 14, 11, 20, 9, 22], strict=True)
    rows = [(g, k, e, n) for g, part in enumerate((own, other)) for k, (e, n) in enumerate(part)]
    printed = [f"{value:.6f}" for value in test_statistic(against_complement(speaker_counts(rows, 2)))]
    assert printed == ["1.430341", "1.056073", "1.937248", "2.672362", "8.926199", "0.025702"]


# ---------------------------------------------------------------- the plain loop


Comparison = Callable[[SpeakerCounts], Compared]
Belongs = Callable[[int, int], bool]
COMPARISONS: dict[str, tuple[Comparison, Belongs]] = {
    "complement": (against_complement, lambda group, other: other != group),
    "overall": (lambda counts: within_pools(counts, np.zeros(N_GROUPS, np.int64), False), lambda *_: True),
    "peers": (
        lambda counts: within_pools(counts, POOLS, True),
        lambda group, other: other != group and POOLS[other] == POOLS[group],
    ),
    "reference": (
        lambda counts: against_references(counts, REFERENCES),
        lambda group, other: other == REFERENCES[group],
    ),
}


@pytest.mark.parametrize("name", COMPARISONS)
@given(rows=rows)
def test_every_contrast_equals_a_loop_that_leaves_speakers_out_of_both_sides(
    name: str, rows: list[Row]
) -> None:
    comparison, belongs = COMPARISONS[name]
    compared = comparison(speaker_counts(rows, N_GROUPS))
    for group in range(N_GROUPS):
        own = side(rows, lambda g, group=group: g == group)  # type: ignore[misc]
        other = side(rows, lambda g, group=group: belongs(group, g))  # type: ignore[misc]
        if own:
            holds_like_the_loop(compared, group, own, other)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(0, 1, 4, 20), (1, 2, 3, 30)], "one speaker on each side"),
        ([(0, 1, 4, 20), (1, 1, 3, 30)], "the same single speaker on both sides"),
        ([(0, 1, 4, 20), (0, 2, 4, 30), (1, 3, 5, 20)], "one speaker to compare with"),
        ([(0, k, 0, 50) for k in range(4)] + [(1, k, 2, 50) for k in range(4)], "no errors in the group"),
        (
            [(0, k, 2, 50) for k in range(4)] + [(1, k, 0, 50) for k in range(4)],
            "no errors in the comparison",
        ),
        ([(0, 0, 9, 50), (0, 1, 0, 50)] + [(1, k, 2, 50) for k in range(4)], "all errors from one speaker"),
        ([(0, 0, 9, 50), (0, 1, 3, 0)] + [(1, k, 2, 50) for k in range(4)], "all words from one speaker"),
        ([(0, 0, 9, 50), (0, 1, 3, 40)], "nobody to compare with"),
    ],
)
def test_a_contrast_that_cannot_be_jackknifed_is_undefined(rows: list[Row], reason: str) -> None:
    _, contrast = against_complement(speaker_counts(rows, 2))
    assert math.isnan(contrast.variance[0]), reason


def test_a_group_whose_reference_was_not_recorded_is_compared_with_nobody() -> None:
    rows = [(g, k, 1.0 + k, 30.0) for g in range(2) for k in range(4)]
    _, contrast = against_references(speaker_counts(rows, 2), [-1, 0])
    assert (contrast.denominator[0], contrast.n_speakers[0], contrast.effective_speakers[0]) == (0, 0, 0)
    assert contrast.largest_numerator[0] == 0
    assert np.isnan(contrast.rate[0])
    assert contrast.n_speakers[1] == 4


def test_no_rows_at_all_give_no_contrast() -> None:
    for comparison, _ in COMPARISONS.values():
        _, contrast = comparison(speaker_counts([], N_GROUPS))
        assert np.isnan(contrast.variance).all()
        assert (contrast.n_speakers == 0).all()


# ---------------------------------------------------------------- what changes nothing


@given(rows)
def test_swapping_the_sides_turns_the_contrast_round(rows: list[Row]) -> None:
    two = [(group % 2, speaker, e, n) for group, speaker, e, n in rows]
    groups, contrast = against_references(speaker_counts(two, 2), [1, 0])
    with np.errstate(all="ignore"):
        theta = np.log(groups.rate / contrast.rate)
    assert same(theta[0], -theta[1])
    for values in (contrast.variance, welch_degrees(groups, contrast), contrast.difference_variance):
        both_defined = bool(np.isfinite(groups.rate).all() and (groups.rate > 0).all())
        assert not both_defined or same(values[0], values[1])


@given(rows, st.sampled_from([2.0, 8.0, 0.25]))
def test_scaling_errors_and_words_alike_leaves_the_contrast(rows: list[Row], factor: float) -> None:
    first = against_complement(speaker_counts(rows, N_GROUPS))[1]
    scaled = against_complement(
        speaker_counts([(g, k, factor * e, factor * n) for g, k, e, n in rows], N_GROUPS)
    )[1]
    for name in ("variance", "variance_log", "difference_variance", "effective_speakers", "rate"):
        assert same(getattr(first, name), getattr(scaled, name)), name


@given(rows)
def test_numbering_groups_and_speakers_otherwise_changes_nothing(rows: list[Row]) -> None:
    first = against_complement(speaker_counts(rows, N_GROUPS))[1]
    turned = [(N_GROUPS - 1 - g, 50 - k, e, n) for g, k, e, n in rows]
    second = against_complement(speaker_counts(turned, N_GROUPS))[1]
    assert same(first.variance, second.variance[::-1])
    assert (first.n_speakers == second.n_speakers[::-1]).all()


def test_dividing_the_comparison_into_groups_changes_nothing() -> None:
    """The complement of a group is the same people however the others are grouped."""
    rows = drawn(6, 200, 2, 300, seed=5)
    fine = against_complement(speaker_counts(rows, 6))[1]
    coarse = against_complement(speaker_counts([(min(g, 1), k, e, n) for g, k, e, n in rows], 2))[1]
    assert same(fine.variance[0], coarse.variance[0])
    assert same(fine.difference_variance[0], coarse.difference_variance[0])
