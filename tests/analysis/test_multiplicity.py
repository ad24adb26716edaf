"""Adjusted p-values: the authors' own examples, the definitions as loops, statsmodels, and their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analysis.multiplicity import adjust, benjamini_hochberg, benjamini_yekutieli, correction_for, holm
from analysis.settings import DEFAULTS

# Benjamini and Hochberg (1995), section 4.1: fifteen comparisons of treatments after a heart attack.
HEART_ATTACKS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip
VECTOR = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]

families = st.lists(st.floats(0, 1), max_size=70)
with_untested = st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=40)


# ---------------------------------------------------------------- numbers known from elsewhere


def test_benjamini_and_hochberg_reject_four_in_their_own_example_and_holm_three() -> None:
    p = np.array(HEART_ATTACKS)
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4
    assert (holm(p) <= 0.05).sum() == 3


def test_the_vector_has_its_first_two_rejected() -> None:
    assert (benjamini_hochberg(np.array(VECTOR)) <= 0.05).tolist() == [True, True] + [False] * 8


def test_holm_by_hand() -> None:
    """4 × 0.005, 3 × 0.01, then 2 × 0.03 for the last two, for none may fall below the one before."""
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_benjamini_and_hochberg_by_hand() -> None:
    assert benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.02, 0.04, 0.04, 0.02])


def test_benjamini_and_yekutieli_by_hand() -> None:
    """Benjamini and Hochberg's times 1 + 1/2 + 1/3 + 1/4 = 25/12."""
    found = benjamini_yekutieli(np.array([0.01, 0.04, 0.03, 0.005]))
    assert found == pytest.approx([0.02 * 25 / 12, 0.04 * 25 / 12, 0.04 * 25 / 12, 0.02 * 25 / 12])


# ---------------------------------------------------------------- the definitions as loops


@given(families, st.floats(0.001, 0.5))
def test_rejections_are_those_of_the_step_by_step_rules(p: list[float], alpha: float) -> None:
    m, ranked = len(p), sorted(p)
    steps = 0
    while steps < m and ranked[steps] * (m - steps) <= alpha:
        steps += 1
    largest = max((i for i in range(1, m + 1) if ranked[i - 1] * m / i <= alpha), default=0)
    assert (holm(np.array(p)) <= alpha).sum() == steps
    assert (benjamini_hochberg(np.array(p)) <= alpha).sum() == largest


@given(families, st.floats(0.001, 0.5))
def test_the_strict_switch_rejects_what_the_lower_level_rejects(p: list[float], alpha: float) -> None:
    """Benjamini and Yekutieli's rule is Benjamini and Hochberg's at alpha / (1 + 1/2 + … + 1/m)."""
    m, ranked = len(p), sorted(p)
    penalty = sum(1 / i for i in range(1, m + 1))
    largest = max((i for i in range(1, m + 1) if ranked[i - 1] * m / i * penalty <= alpha), default=0)
    near = any(abs(ranked[i - 1] * m / i * penalty - alpha) < 1e-9 for i in range(1, m + 1))
    assert near or (benjamini_yekutieli(np.array(p)) <= alpha).sum() == largest


@given(families.filter(bool))
@settings(max_examples=40)  # statsmodels takes a tenth of a second and more for each
def test_adjusted_values_are_those_of_statsmodels(p: list[float]) -> None:
    # A value too small to be multiplied exactly is no business of either.
    values = np.round(np.array(p), 12)
    assert np.allclose(holm(values), multipletests(values, method="holm")[1], rtol=1e-12, atol=0)
    assert np.allclose(
        benjamini_hochberg(values), multipletests(values, method="fdr_bh")[1], rtol=1e-12, atol=0
    )
    assert np.allclose(
        benjamini_yekutieli(values), multipletests(values, method="fdr_by")[1], rtol=1e-12, atol=0
    )


# ---------------------------------------------------------------- what always holds


@given(families)
def test_adjusting_keeps_the_order_and_never_helps(p: list[float]) -> None:
    values = np.array(p)
    for adjusted in (holm(values), benjamini_hochberg(values), benjamini_yekutieli(values)):
        assert (adjusted >= values * (1 - 1e-12)).all()
        assert (adjusted <= 1).all()
        assert (np.diff(adjusted[np.argsort(values, kind="stable")]) >= 0).all()
    assert (holm(values) >= benjamini_hochberg(values) * (1 - 1e-12)).all()
    assert (benjamini_yekutieli(values) >= benjamini_hochberg(values) * (1 - 1e-12)).all()


@given(with_untested, st.randoms(use_true_random=False))
def test_the_order_of_the_family_changes_nothing(p: list[float], random: object) -> None:
    order = list(range(len(p)))
    random.shuffle(order)  # type: ignore[attr-defined]
    values = np.array(p)
    assert np.array_equal(adjust(values)[order], adjust(values[order]), equal_nan=True)


@given(with_untested)
def test_rows_that_are_not_tested_are_not_counted(p: list[float]) -> None:
    values = np.array(p, np.float64)
    tested = np.isfinite(values)
    assert np.array_equal(holm(values)[tested], holm(values[tested]))
    assert np.isnan(holm(values)[~tested]).all()


@pytest.mark.parametrize(
    ("size", "correction"), [(0, "none"), (1, "none"), (2, "holm"), (50, "holm"), (51, "benjamini-hochberg")]
)
def test_long_lists_are_corrected_as_lists(size: int, correction: str) -> None:
    assert correction_for(size) == correction
    p = np.linspace(0.001, 0.04, size)
    rule = {"none": lambda values: values, "holm": holm, "benjamini-hochberg": benjamini_hochberg}[correction]
    assert np.array_equal(adjust(p), rule(p))


def test_the_limit_between_the_two_is_a_setting() -> None:
    assert correction_for(51, DEFAULTS.with_overrides({"holm_limit": 60})) == "holm"
    assert correction_for(3, DEFAULTS.with_overrides({"holm_limit": 2})) == "benjamini-hochberg"


def test_the_strict_correction_of_lists_is_a_setting() -> None:
    strict = DEFAULTS.with_overrides({"list_correction": "by"})
    assert (correction_for(51, strict), correction_for(50, strict)) == ("benjamini-yekutieli", "holm")
    p = np.linspace(0.0001, 0.04, 60)
    assert np.array_equal(adjust(p, strict), benjamini_yekutieli(p))
