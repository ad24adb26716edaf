"""Why a row has its verdict: the minima on both sides, rows that are no groups, and the sentence beside each verdict."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics
from analysis.judgement import VERDICTS, judge
from analysis.settings import DEFAULTS
from analysis.verdict_reasons import (
    DISPLAY_ONLY,
    EMPTY,
    IS_REFERENCE,
    NO_REASON,
    NOT_STATED,
    REASONS,
    support_reason,
)
from tests.analysis.judged_groups import OVERALL, against_the_rest, judged, speakers, two_sides, verdict
from tests.analysis.speaker_loops import speaker_counts


@pytest.mark.parametrize(
    ("n_speakers", "effective", "words", "reason"),
    [
        (9, 9.0, 1e4, "fewer than 10 speakers"),
        (10, 4.9, 1e4, "fewer than 5 effective speakers: a few of them did most of the talking"),
        (10, 5.0, 199.0, "fewer than 30 errors would be expected"),
        (10, 5.0, 200.0, ""),
    ],
)
def test_the_minima_are_ten_speakers_five_effective_and_thirty_expected_errors(
    n_speakers: int, effective: float, words: float, reason: str
) -> None:
    found = support_reason(np.array([n_speakers]), np.array([effective]), np.array([words]), OVERALL, 6)
    assert REASONS[found[0]].format(**DEFAULTS.to_json()) == reason


@pytest.mark.parametrize("field", ["n_speakers", "effective_speakers", "denominator"])
@pytest.mark.parametrize("weak_side", ["group", "comparator"])
def test_the_minima_apply_to_both_sides(weak_side: str, field: str) -> None:
    groups, contrast = two_sides([2.0, 2.0], [0.05, 0.05])
    small = {"n_speakers": np.array([9, 40]), "effective_speakers": np.array([4.0, 40.0])}
    small["denominator"] = np.array([150.0, 20_000.0])
    if weak_side == "group":
        groups = replace(groups, **{field: small[field]})
    else:
        contrast = replace(contrast, **{field: small[field]})
    found = judge(groups, contrast, OVERALL, np.zeros(2, np.int64), 5.0)
    assert [VERDICTS[v] for v in found.verdict] == ["undecided", "worse"]
    assert np.isnan(found.p[0])
    assert found.family_size == 1
    said = found.reason_text(0)
    assert said is not None
    assert ("to compare with" in said or "in the comparison" in said) is (weak_side == "comparator")


@pytest.mark.parametrize("untestable", [EMPTY, NOT_STATED, IS_REFERENCE, DISPLAY_ONLY])
def test_rows_that_are_no_groups_are_never_tested_nor_counted(untestable: int) -> None:
    groups, contrast = two_sides([2.0] * 3, [0.05] * 3)
    found = judge(groups, contrast, OVERALL, np.array([NO_REASON, untestable, NO_REASON]), 5.0)
    assert [VERDICTS[v] for v in found.verdict] == ["worse", "undecided", "worse"]
    assert np.isnan(found.p[1])
    assert np.isnan(found.p_adjusted[1])
    assert found.family_size == 2
    assert found.reason[1] == untestable


def test_the_reference_is_not_compared_with_itself() -> None:
    """Its ratio is 1 by definition, and no interval around that would mean anything."""
    rows = speakers(0, [5] * 12, 50, 0) + speakers(1, [6] * 12, 50, 20)
    counts = speaker_counts(rows, 2)
    groups = group_statistics(counts)
    contrast = contrast_statistics(counts, groups, counts, np.array([0, 0]), without_group=False)
    found = judge(groups, contrast, 0.11, np.array([IS_REFERENCE, NO_REASON]), 4.0)
    assert found.ratio[0] == 1
    assert np.isnan([found.low[0], found.high[0], found.difference_low[0], found.difference_high[0]]).all()


def test_a_group_with_nobody_to_compare_with_is_undecided_and_says_so() -> None:
    rows = speakers(0, [5, 6, 7] * 5, 50, 0)
    found = against_the_rest(rows, 1)
    assert VERDICTS[int(found.verdict[0])] == "undecided"
    assert found.reason_text(0) == "there is nobody to compare with in the same conditions"
    assert np.isnan(
        [found.ratio[0], found.low[0], found.high[0], found.p[0], found.detectable_ratio[0]]
    ).all()
    assert found.family_size == 0


# ---------------------------------------------------------------- what is said


def test_a_gap_surely_under_one_point_is_never_worse() -> None:
    assert verdict(2.0, 0.05, rate=0.004, words=200_000.0) == "slightly worse"
    assert verdict(2.0, 0.05, rate=0.04) == "worse"
    found = judged([2.0], [0.05], rate=0.004, words=200_000.0)
    assert found.difference_high[0] < 0.01
    assert found.reason_text(0) == "established, but surely under 1 percentage points"


@pytest.mark.parametrize(
    ("ratio", "spread", "said"),
    [
        (1.6, 0.05, "larger than 1.25×"),
        (1.2, 0.05, "may be smaller than 1.25×"),
        (1.1, 0.02, "a smaller difference is established"),
        (1.0, 0.05, "not worse than 1.25×"),
        (0.7, 0.05, "better, shown"),
        (1.1, 0.20, "could only have seen a ratio of 1.77× or more"),
        (1.1, 3.00, "could only have seen a ratio of 100× or more"),
    ],
)
def test_every_verdict_has_its_reason(ratio: float, spread: float, said: str) -> None:
    assert judged([ratio], [spread]).reason_text(0) == said


def test_standing_out_alone_is_told_from_being_shown() -> None:
    found = judged([1.2] + [1.0] * 11, [0.08] + [0.5] * 11)
    assert found.reason_text(0) == "stands out alone, but not after looking at 12 groups"


def test_speakers_needed_are_told_only_where_nothing_can_be_told() -> None:
    found = judged([1.1, 1.6], [0.2, 0.05])
    assert found.speakers_needed[0] > 40
    assert np.isnan(found.speakers_needed[1])


@pytest.mark.parametrize(("ratio", "spread"), [(1.15, 0.06), (1.12, 0.06), (1.14, 0.06)])
def test_where_the_margin_is_detectable_already_the_speakers_needed_would_decide(
    ratio: float, spread: float
) -> None:
    family = [1.0] * 3
    found = judged([ratio, *family], [spread, *[0.05] * 3])
    assert VERDICTS[int(found.verdict[0])] == "undecided"
    needed = found.speakers_needed[0]
    assert needed > 40
    more = judged([ratio, *family], [spread * math.sqrt(40 / (1.05 * needed)), *[0.05] * 3])
    assert VERDICTS[int(more.verdict[0])] != "undecided"


@given(
    st.lists(st.tuples(st.floats(0.4, 3), st.floats(0.01, 0.9)), min_size=1, max_size=6),
)
def test_whatever_was_tested_and_cannot_be_told_says_what_it_would_take(
    groups: list[tuple[float, float]],
) -> None:
    found = judged([ratio for ratio, _ in groups], [spread for _, spread in groups])
    for i, verdict_code in enumerate(found.verdict):
        is_undecided = VERDICTS[int(verdict_code)] == "undecided"
        assert is_undecided == bool(np.isfinite(found.speakers_needed[i]))
        if is_undecided:
            assert found.speakers_needed[i] >= 40
            assert found.detectable_ratio[i] > 1


@pytest.mark.parametrize(
    ("field", "value", "needed"),
    [("n_speakers", 9, 10), ("effective_speakers", 2.5, 80), ("denominator", 100.0, 80)],
)
def test_a_group_below_a_minimum_needs_at_least_what_the_minimum_asks_for(
    field: str, value: float, needed: int
) -> None:
    groups, contrast = two_sides([1.0, 1.0], [0.01, 0.01])
    changed = np.array(getattr(groups, field))
    changed[0] = value
    found = judge(replace(groups, **{field: changed}), contrast, OVERALL, np.zeros(2, np.int64), 5.0)
    assert found.speakers_needed[0] == needed


def test_more_speakers_of_a_group_do_not_help_where_the_others_are_too_few() -> None:
    groups, contrast = two_sides([1.0, 1.0], [0.01, 0.01])
    found = judge(
        groups, replace(contrast, n_speakers=np.array([9, 40])), OVERALL, np.zeros(2, np.int64), 5.0
    )
    assert np.isnan(found.speakers_needed[0])
    assert found.reason_text(0) == "fewer than 10 speakers to compare with"


def test_with_the_speakers_needed_the_margin_becomes_detectable() -> None:
    needed = judged([1.1], [0.2]).speakers_needed[0]
    enough = judged([1.1], [0.2 * math.sqrt(40 / needed)])
    assert enough.detectable_ratio[0] == pytest.approx(1.25, rel=0.01)
