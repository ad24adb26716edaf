"""Published numbers are rounded once: by hand, against the exact number as it is printed, and for any number."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.card.sections import Points, PValue
from analysis.published_digits import (
    ROUNDINGS,
    SMALLEST_P,
    Rounding,
    bound_up,
    rounded_down,
    seen_from,
)
from dashboard.wording import interval_text, percent, ratio_text
from dashboard.wording_card import token_text

PRINTED = ROUNDINGS["printed"]


def one(kind: str, value: float, by: Rounding = PRINTED) -> float:
    return float(getattr(by, kind)(np.array([value]))[0])


@pytest.mark.parametrize(
    ("kind", "exact", "published"),
    [
        # Three digits and then one decimal would print +4.7 points of the first.
        ("fraction", 0.046469, 0.046),
        ("fraction", -0.00046, 0.0),
        ("fraction", 0.34764, 0.348),
        ("fraction", 3.9367, 3.94),
        ("ratio", 0.55494, 0.55),
        ("ratio", 1.2349, 1.23),
        ("ratio", 18.46, 18.0),
        ("ratio", 1116.2, 1120.0),
        ("p", 0.0014962, 0.001),
        ("p", 0.04564, 0.046),
        ("p", 0.000123456, 0.0009),
        ("p", 1.45e-09, 0.0009),
        ("p", 0.0, 0.0009),
        ("detectable", 1.2545, 1.26),
        ("needed", 480.0, 480.0),
        ("needed", 481.0, 485.0),
        ("needed", 1203.0, 1210.0),
        ("needed", 3.0, 5.0),
    ],
)
def test_each_kind_of_number_has_its_step(kind: str, exact: float, published: float) -> None:
    assert one(kind, exact) == pytest.approx(published, abs=1e-12)


@given(st.floats(-0.9994, 0.9994))
def test_a_published_fraction_is_printed_like_the_exact_one(value: float) -> None:
    told = one("fraction", value)
    assert percent(told) == percent(value)
    assert interval_text(told, told) == interval_text(value, value)
    assert token_text(Points(told), 1.25) in {token_text(Points(value), 1.25), "+0.0 points"}


@given(st.floats(0.0, 999.0))
def test_a_published_ratio_is_printed_like_the_exact_one(value: float) -> None:
    # From 9.995 on the exact one is printed as 10.00 and the published one, which is 10, as 10.
    assert ratio_text(one("ratio", value)).replace("10×", "10.00×") == ratio_text(value).replace(
        "10×", "10.00×"
    )


@given(st.floats(0.0, 1.0))
def test_a_published_p_is_printed_like_the_exact_one(value: float) -> None:
    assert token_text(PValue(one("p", value)), 1.25) == token_text(PValue(value), 1.25)
    assert (one("p", value) < SMALLEST_P) == (value < SMALLEST_P)


@pytest.mark.parametrize("kind", ["fraction", "ratio", "p", "detectable", "needed"])
@given(value=st.floats(1e-6, 1e6))
def test_rounding_again_changes_nothing(kind: str, value: float) -> None:
    once = one(kind, value)
    assert one(kind, once) == pytest.approx(once, rel=1e-12)


@given(st.floats(1e-6, 1e6))
def test_what_must_not_be_too_small_is_rounded_up_to_the_next_step(value: float) -> None:
    assert value - 1e-6 <= seen_from(value) <= value + 1
    assert value - 1e-9 <= bound_up(value) <= value + 0.001 + 1e-9
    needed = one("needed", value)
    assert needed >= value - 1e-3
    assert needed % 5 == pytest.approx(0)
    assert needed <= value + max(5.0, 0.011 * value)


@pytest.mark.parametrize(
    ("share", "digits", "limit"),
    [(0.99499, 1, 0.994), (0.99499, 0, 0.99), (0.9996, 0, 0.99), (0.29, 0, 0.29), (1.0, 1, 1.0)],
)
def test_a_lower_limit_is_rounded_down(share: float, digits: int, limit: float) -> None:
    assert rounded_down(share, digits) == pytest.approx(limit, abs=1e-12)


@given(st.floats(0.0, 1.0), st.integers(0, 2))
def test_a_lower_limit_never_exceeds_its_share_by_more_than_a_hair(share: float, digits: int) -> None:
    assert share - 10.0 ** -(2 + digits) <= rounded_down(share, digits) <= share + 1e-10


def test_what_is_undefined_stays_so() -> None:
    for rounding in ROUNDINGS.values():
        for kind in ("fraction", "ratio", "p", "detectable", "needed"):
            assert math.isnan(one(kind, math.nan, rounding))
    assert math.isinf(one("ratio", math.inf))
    assert math.isnan(bound_up(math.nan))


def test_cards_up_to_version_2_keep_their_three_digits() -> None:
    older = ROUNDINGS["three"]
    assert one("fraction", 0.046469, older) == pytest.approx(0.0465)
    assert one("ratio", 0.55494, older) == pytest.approx(0.555)
    assert one("needed", 1203.0, older) == 1200.0
