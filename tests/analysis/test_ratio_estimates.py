"""Ratios, their intervals and what could have been seen: vectors, textbook formulas, and exact limits by scipy."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics
from analysis.judgement import VERDICTS, judge
from analysis.multiplicity import benjamini_hochberg, holm
from analysis.settings import DEFAULTS
from tests.analysis.judged_groups import OVERALL, against_the_rest, judged, speakers, two_sides
from tests.analysis.speaker_loops import Row, same, speaker_counts

sides = st.lists(
    st.tuples(st.floats(0.4, 2.5), st.floats(0.003, 0.6), st.sampled_from([0.15, 0.02, 0.008])),
    min_size=1,
    max_size=60,
)


def test_the_nested_vector_is_printed_beside_its_verdict() -> None:
    small = replace(
        DEFAULTS,
        min_speakers=2,
        min_effective_speakers=1,
        min_expected_errors=1,
        min_effective_for_interval=1,
    )
    rows = [*one_group(0, [3, 5, 2], [20, 25, 18]), *one_group(1, [8, 4, 9], [30, 22, 40])]
    found = against_the_rest(rows, settings=small)
    printed = (found.ratio[0], found.low[0], found.high[0], found.p[0])
    assert [f"{value:.6f}" for value in printed] == ["0.695389", "0.331620", "1.458195", "0.208377"]
    assert VERDICTS[int(found.verdict[0])] == "undecided"


def one_group(group: int, errors: list[int], words: list[int]) -> list[Row]:
    return [
        (group, 10 * group + k, float(e), float(n))
        for k, (e, n) in enumerate(zip(errors, words, strict=True))
    ]


def test_the_detectable_ratio_is_that_of_student_and_not_of_the_normal() -> None:
    found = judged([1.1, 1.0, 1.0], [0.1, 0.2, 0.3])
    df = 78  # two sides of 40 effective speakers, equally uncertain
    reach = stats.t.ppf(1 - 0.05 / (2 * 3), df) + stats.t.ppf(0.8, df)
    assert found.detectable_ratio == pytest.approx(np.exp(reach * np.array([0.1, 0.2, 0.3])))


def test_an_effect_as_large_as_detectable_is_seen_as_often_as_promised() -> None:
    df, spread = 78, 0.1
    detectable = judged([1.0], [spread]).detectable_ratio[0]
    rng = np.random.default_rng(1)
    t = (math.log(detectable) / spread + rng.normal(size=200_000)) / np.sqrt(rng.chisquare(df, 200_000) / df)
    assert (t > stats.t.ppf(0.975, df)).mean() == pytest.approx(0.8, abs=0.01)


@given(sides)
def test_intervals_and_p_values_are_the_textbook_formulas(sides: list[tuple[float, float, float]]) -> None:
    ratio, spread, rate = (list(values) for values in zip(*sides, strict=True))
    groups, contrast = two_sides(ratio, spread, rate)
    found = judge(groups, contrast, OVERALL, np.zeros(len(ratio), np.int64), 5.0)
    half = stats.t.ppf(0.975, 78) * np.array(spread)
    assert same(found.low, np.array(ratio) * np.exp(-half))
    assert same(found.high, np.array(ratio) * np.exp(half))
    assert same(found.p, 2 * stats.t.sf(np.abs(np.log(ratio)) / spread, 78), 1e-6)
    points, reach = np.array(rate) * (np.array(ratio) - 1), half * np.array(rate)
    assert same(found.difference, points, 1e-7)
    assert same(found.difference_low, points - reach, 1e-7)
    assert same(found.difference_high, points + reach, 1e-7)
    correct = holm if len(ratio) <= 50 else benjamini_hochberg
    assert np.array_equal(found.p_adjusted, correct(found.p))
    assert found.family_size == len(ratio)


# ---------------------------------------------------------------- where the jackknife is undefined


def test_no_errors_on_one_side_give_limits_from_clopper_and_pearson() -> None:
    rows = speakers(0, [0] * 12, 400, 0) + speakers(1, [60, 50, 70] * 4, 400, 20)
    found = against_the_rest(rows)
    share = stats.beta.ppf(0.975, 1, 720 / 4)
    assert (found.ratio[0], found.low[0]) == (0, 0)
    assert found.high[0] == pytest.approx(share / (1 - share))
    assert math.isinf(found.high[1])
    assert found.low[1] == pytest.approx(1 / found.high[0])


def test_one_speakers_errors_alone_are_too_little_for_a_jackknife() -> None:
    rows = speakers(0, [80] + [0] * 11, 400, 0) + speakers(1, [60, 50, 70] * 4, 400, 20)
    found = against_the_rest(rows)
    low = stats.beta.ppf(0.025, 80 / 4, 720 / 4 + 1)
    high = stats.beta.ppf(0.975, 80 / 4 + 1, 720 / 4)
    assert (found.low[0], found.high[0]) == pytest.approx((low / (1 - low), high / (1 - high)))
    assert found.p[0] == 1


def test_exact_limits_are_rescaled_by_the_words_of_both_sides() -> None:
    rows = speakers(0, [0] * 12, 400, 0) + speakers(1, [15] * 12, 100, 20)
    share = stats.beta.ppf(0.975, 1, 180 / 4)
    assert against_the_rest(rows).high[0] == pytest.approx(share / (1 - share) * 1200 / 4800)


def test_exact_limits_can_reach_within_and_never_a_shown_difference() -> None:
    rows = speakers(0, [0] * 12, 400, 0) + speakers(1, [60, 50, 70] * 4, 400, 20)
    found = against_the_rest(rows)
    assert [VERDICTS[v] for v in found.verdict] == ["within", "undecided"]
    said = found.reason_text(1)
    assert said is not None
    assert said.startswith("no errors, or all from one speaker: only exact limits on effective counts")
    assert found.p.tolist() == [1, 1]
    assert found.family_size == 2


def test_a_difference_in_points_is_not_drawn_where_one_side_has_no_spread() -> None:
    rows = speakers(0, [0] * 12, 400, 0) + speakers(1, [60, 50, 70] * 4, 400, 20)
    found = against_the_rest(rows)
    assert found.difference == pytest.approx([-0.15, 0.15])
    assert np.isnan(found.difference_low).all()
    assert np.isnan(found.difference_high).all()


def test_a_group_without_errors_on_either_side_still_counts_in_the_family() -> None:
    """The family is fixed by who was recorded, before anyone looks at errors."""
    rows = speakers(0, [0] * 12, 400, 0) + speakers(1, [0] * 12, 400, 20)
    counts = speaker_counts(rows, 2)
    groups = group_statistics(counts)
    contrast = contrast_statistics(
        counts, groups, counts.merged(np.zeros(2, np.int64), 1), np.zeros(2, np.int64), True
    )
    found = judge(groups, contrast, OVERALL, np.zeros(2, np.int64), 4.0)
    assert found.family_size == 2
    assert [VERDICTS[v] for v in found.verdict] == ["undecided", "undecided"]
    said = found.reason_text(0)
    assert said is not None
    assert said.startswith("the comparison is undefined: too few speakers made errors")
