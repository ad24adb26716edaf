"""Verdicts: the rule table again as a chain of ifs, the estimates beside them as textbook formulas, and invariances."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.judgement import RULE_LEVEL, VERDICTS, Judgement, judge
from analysis.settings import DEFAULTS, Settings
from tests.analysis import speaker_loops as loops
from tests.analysis.judged_groups import OVERALL, against_the_rest, judged, two_sides, verdict
from tests.analysis.speaker_loops import Row, same, side

# ---------------------------------------------------------------- numbers known from elsewhere


@pytest.mark.parametrize(
    ("ratio", "spread", "family", "wanted"),
    [
        (1.60, 0.05, 1, "worse"),  # surely above the margin
        (1.20, 0.05, 1, "worse"),  # above 1, and the margin cannot be excluded
        (1.20, 0.08, 12, "undecided"),  # stands out alone, not among twelve
        (1.10, 0.20, 1, "undecided"),  # wide
        (0.90, 0.20, 1, "undecided"),
        (1.10, 0.02, 1, "slightly worse"),  # established, and surely below the margin
        (1.00, 0.05, 1, "within"),
        (0.95, 0.01, 1, "within"),  # better by too little to matter
        (0.95, 0.10, 1, "within"),
        (0.70, 0.05, 1, "better"),
        (0.85, 0.06, 1, "better"),
        (0.82, 0.11, 1, "within"),  # could be better than the margin, not shown to differ
    ],
)
def test_each_row_of_the_rule_table(ratio: float, spread: float, family: int, wanted: str) -> None:
    assert verdict(ratio, spread, family) == wanted


# ---------------------------------------------------------------- the rule table as a chain of ifs


def rule(found: Judgement, i: int, tested: bool, settings: Settings = DEFAULTS) -> str:
    """The rows of the table in order, read from what is printed beside the verdict."""
    m, ratio, low, high = settings.margin_ratio, found.ratio[i], found.low[i], found.high[i]
    if not tested or math.isnan(low) or math.isnan(high):
        return "undecided"
    shown = found.p_adjusted[i] <= settings.alpha
    if high >= m and shown and not found.difference_high[i] < settings.margin_points:
        assert low > 1
        return "worse"
    if high >= m and not shown:
        return "undecided"
    if high < m and shown and ratio < 1 and low <= 1 / m:
        return "better"
    if shown and ratio > 1:
        return "slightly worse"
    assert high < m
    return "within"


sides = st.lists(
    st.tuples(st.floats(0.4, 2.5), st.floats(0.003, 0.6), st.sampled_from([0.15, 0.02, 0.008])),
    min_size=1,
    max_size=60,
)


@given(sides, st.sampled_from([1.05, 1.25, 1.6]), st.sampled_from([0.05, 0.01]))
def test_every_verdict_follows_from_the_numbers_printed_beside_it(
    sides: list[tuple[float, float, float]], margin: float, alpha: float
) -> None:
    settings = replace(DEFAULTS, margin_ratio=margin, alpha=alpha)
    ratio, spread, rate = (list(values) for values in zip(*sides, strict=True))
    groups, contrast = two_sides(ratio, spread, rate)
    found = judge(groups, contrast, OVERALL, np.zeros(len(ratio), np.int64), 5.0, settings)
    for i in range(len(ratio)):
        assert VERDICTS[int(found.verdict[i])] == rule(found, i, tested=True, settings=settings)


counts = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 24),
        st.one_of(st.just(0), st.integers(0, 30)).map(float),
        st.sampled_from([0.0, 30.0, 60.0]),
    ),
    min_size=20,
    max_size=80,
)


@given(counts)
def test_verdicts_from_counts_agree_with_loops_over_speakers(rows: list[Row]) -> None:
    lenient = replace(
        DEFAULTS,
        min_speakers=3,
        min_effective_speakers=2,
        min_expected_errors=5,
        min_effective_for_interval=2,
    )
    found = against_the_rest(rows, 3, lenient)
    overall = loops.rate(side(rows, lambda _: True))
    for i in range(3):
        own = side(rows, lambda g, i=i: g == i)  # type: ignore[misc]
        other = side(rows, lambda g, i=i: g != i)  # type: ignore[misc]
        supported = all(
            len(one) >= 3
            and loops.effective_speakers(one) >= 2
            and sum(n for _, n in one.values()) * overall >= 5
            for one in (own, other)
        )
        assert VERDICTS[int(found.verdict[i])] == rule(found, i, supported, lenient)
        assert bool(np.isfinite(found.p[i])) is supported
        if supported and loops.ratio_variance(own, other) > 1e-9:
            printed = (found.ratio[i], found.low[i], found.high[i], found.p[i])
            assert same(printed, loops.contrast(own, other), 1e-7)


# ---------------------------------------------------------------- what changes nothing


@given(sides, st.randoms(use_true_random=False))
def test_the_order_of_groups_changes_no_verdict(
    sides: list[tuple[float, float, float]], random: object
) -> None:
    order = list(range(len(sides)))
    random.shuffle(order)  # type: ignore[attr-defined]
    first = judged([r for r, _, _ in sides], [s for _, s, _ in sides])
    second = judged([sides[i][0] for i in order], [sides[i][1] for i in order])
    assert (first.verdict[order] == second.verdict).all()


@given(counts, st.sampled_from([2.0, 4.0]))
def test_more_of_the_same_speakers_recordings_change_no_verdict(rows: list[Row], factor: float) -> None:
    """Speakers are the unit: each one's counts doubled tell nothing new. (Minima on errors aside, and exact limits.)"""
    lenient = replace(DEFAULTS, min_expected_errors=0)
    first = against_the_rest(rows, 3, lenient)
    second = against_the_rest([(g, k, factor * e, factor * n) for g, k, e, n in rows], 3, lenient)
    usual = first.p < 1
    assert same(first.low[usual], second.low[usual])
    assert same(first.p[usual], second.p[usual])


@given(st.floats(1.01, 2.5), st.floats(0.003, 0.6))
def test_a_group_and_its_mirror_image_are_never_both_called_worse(ratio: float, spread: float) -> None:
    one_way, other_way = verdict(ratio, spread), verdict(1 / ratio, spread)
    assert other_way not in ("worse", "slightly worse")
    if one_way == "worse" and ratio > 1.25:
        assert other_way == "better"


def test_the_level_displayed_changes_no_verdict() -> None:
    wide = replace(DEFAULTS, level=0.5)
    for ratio, spread in ((1.2, 0.05), (1.1, 0.2), (1.0, 0.05)):
        assert judged([ratio], [spread], wide).verdict[0] == judged([ratio], [spread]).verdict[0]
    assert RULE_LEVEL == 0.95


def test_a_ratio_has_no_interval_where_a_side_has_too_few_effective_speakers() -> None:
    few = [(0, 0, 5.0, 900.0), (0, 1, 3.0, 20.0), *((1, k, 4.0, 40.0) for k in range(2, 30))]
    found = against_the_rest(few, 2)
    assert np.isfinite(found.ratio).all()
    assert np.isnan(found.low).all()
    assert np.isnan(found.high).all()
