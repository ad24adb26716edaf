"""The rule of the release gate: passing has to be shown for every group, failing for one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.gate import FAIL, OUTCOMES, PASS, UNDECIDED, gate_outcomes, gate_result
from analysis.settings import DEFAULTS, Settings
from tests.analysis.judged_groups import judged


def outcome(ratio: float, spread: float, bound: float = 1.5) -> str:
    judgement = judged([ratio], [spread], Settings(margin_ratio=bound))
    return OUTCOMES[int(gate_outcomes(judgement, bound)[0])]


@pytest.mark.parametrize(
    ("ratio", "spread", "expected"),
    [
        (1.0, 0.05, "pass"),  # not worse than the bound, shown
        (0.6, 0.05, "pass"),  # better
        (1.3, 0.02, "pass"),  # worse, but shown to be by less than the bound
        (1.3, 0.1, "fail"),  # shown to be worse, and may exceed the bound
        (2.0, 0.05, "fail"),  # beyond the bound
        (1.0, 0.5, "undecided"),  # nothing shown
        (1.4, 0.3, "undecided"),  # looks worse, not shown
    ],
)
def test_one_group(ratio: float, spread: float, expected: str) -> None:
    assert outcome(ratio, spread) == expected


def test_a_group_that_was_not_tested_has_not_passed() -> None:
    judgement = judged([1.0], [0.05], Settings(margin_ratio=1.5, min_speakers=1_000))
    assert OUTCOMES[gate_outcomes(judgement, 1.5)[0]] == "undecided"


def test_a_difference_surely_under_the_points_neither_passes_nor_fails_while_the_bound_may_be_exceeded() -> (
    None
):
    rate = 0.001
    judgement = judged([1.4], [0.05], Settings(margin_ratio=1.5), rate=rate, words=2_000_000.0)
    assert judgement.high[0] > 1.5
    assert OUTCOMES[gate_outcomes(judgement, 1.5)[0]] == "undecided"
    beyond = judged([2.0], [0.05], Settings(margin_ratio=1.5), rate=rate, words=2_000_000.0)
    assert OUTCOMES[gate_outcomes(beyond, 1.5)[0]] == "fail"


@given(st.floats(0.3, 3), st.floats(0.01, 0.6), st.floats(1.05, 2.5), st.floats(1.01, 1.5))
def test_a_wider_bound_never_takes_a_pass_away(
    ratio: float, spread: float, bound: float, wider: float
) -> None:
    if outcome(ratio, spread, bound) == "pass":
        assert outcome(ratio, spread, bound * wider) == "pass"


@given(st.floats(0.3, 3), st.floats(0.01, 0.6), st.floats(1.05, 2.5))
def test_passing_means_that_the_interval_ends_below_the_bound(
    ratio: float, spread: float, bound: float
) -> None:
    judgement = judged([ratio], [spread], Settings(margin_ratio=bound))
    found = OUTCOMES[int(gate_outcomes(judgement, bound)[0])]
    assert (found == "pass") == (judgement.high[0] < bound)
    if found == "fail":
        assert judgement.low[0] > 1
        assert judgement.p_adjusted[0] <= DEFAULTS.alpha


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], UNDECIDED),
        ([PASS, PASS], PASS),
        ([PASS, UNDECIDED], UNDECIDED),
        ([PASS, FAIL, UNDECIDED], FAIL),
    ],
)
def test_all_groups_together(outcomes: list[int], expected: int) -> None:
    assert gate_result(np.array(outcomes, np.int64)) == expected


def test_a_gate_over_groups_at_the_bound_passes_rarely() -> None:
    """Intersection-union: with no correction, a group at exactly the bound lets at most 5 % of gates pass."""
    random, spread, bound = np.random.default_rng(4), 0.12, 1.25
    passed = [
        outcome(float(np.exp(np.log(bound) + spread * random.standard_normal())), spread, bound) == "pass"
        for _ in range(2_000)
    ]
    assert np.mean(passed) <= 0.05
