"""How far a published number is rounded: once, from the exact number, to no more digits than are printed.

Owns the steps for each kind of number. Called by `publication.py` and where a card works out a bound of its own;
it decides neither what is withheld nor how a number is written.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.speaker_counts import FloatArray

DIGITS = 3
"""Significant digits that no published number exceeds."""
POINTS_DIGITS, RATIO_DIGITS, P_DIGITS = 1, 2, 3
"""Decimals that are printed of percentages and points, of ratios below `WHOLE_FROM`, and of p."""
WHOLE_FROM = 10.0
"""Ratios from here on are printed without decimals."""
SMALLEST_P = 10.0**-P_DIGITS
"""People read "under" this of whatever is smaller."""
UNDER_SMALLEST_P = 0.0009
"""Published of every p under the smallest: beside ratio and interval, its digits would give standard errors away."""
PEOPLE = 5
"""Speakers are told in steps of so many."""

Digits = Literal["printed", "three"]
"""printed: what pages and cards print. three: three significant digits, as cards up to version 2 were rounded."""


def significant(values: np.ndarray) -> np.ndarray:
    """Rounded to three significant digits; whole numbers stay whole, NaN and infinity stay what they are."""
    exact = np.asarray(values, np.float64)
    with np.errstate(all="ignore"):
        power = DIGITS - 1 - np.floor(np.log10(np.abs(exact)))
        usable = np.isfinite(power)
        scale = 10.0 ** np.abs(np.where(usable, power, 0.0))
        rounded = np.where(power >= 0, np.rint(exact * scale) / scale, np.rint(exact / scale) * scale)
    result = np.where(usable, rounded, exact)
    return result.astype(values.dtype) if values.dtype.kind == "i" else result


def rounded_down(share: float, digits: int = POINTS_DIGITS) -> float:
    """A share as the lower limit it is printed as: `digits` decimals of a percentage, never more than the share itself."""
    scale = 10.0 ** (2 + digits)
    # A share that is one of these steps may lie a hair below it as a binary number.
    return math.floor(share * scale + 1e-9) / scale


def _fraction(value: float) -> float:
    # By the text that is printed of it, so that printing rounds no second time.
    if abs(value) >= 1:
        return _three(value)
    return round(float(f"{100 * value:.{POINTS_DIGITS}f}") / 100, 2 + POINTS_DIGITS)


def _ratio(value: float) -> float:
    if value < WHOLE_FROM:
        return float(f"{value:.{RATIO_DIGITS}f}")
    return float(f"{value:.0f}") if value < 10**DIGITS else _three(value)


def _p(value: float) -> float:
    return float(f"{value:.{P_DIGITS}f}") if value >= SMALLEST_P else UNDER_SMALLEST_P


def _three(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def seen_from(ratio: float) -> float:
    """A ratio that could have been seen, rounded up to what is printed: from a smaller one it could not."""
    if not math.isfinite(ratio):
        return ratio
    step = 10.0**RATIO_DIGITS if ratio < WHOLE_FROM else 1.0
    return math.ceil(ratio * step - 1e-9) / step


def bound_up(bound: float) -> float:
    """An upper bound of a rate, rounded up to what is printed of a fraction; NaN stays NaN."""
    step = 10.0 ** (2 + POINTS_DIGITS)
    return round(math.ceil(bound * step - 1e-9) / step, 2 + POINTS_DIGITS) if math.isfinite(bound) else bound


def _needed(value: float) -> float:
    """Speakers needed, rounded up: they grow in step with the group, so that an exact number would tell its size."""
    step = max(PEOPLE, 10.0 ** (math.floor(math.log10(max(value, 1.0))) + 1 - DIGITS))
    return math.ceil(value / step - 1e-9) * step


def _each(one: Callable[[float], float]) -> Callable[[FloatArray], FloatArray]:
    def rounded(values: FloatArray) -> FloatArray:
        known = [one(value) if math.isfinite(value) else value for value in values.tolist()]
        return np.array(known, np.float64)

    return rounded


@dataclass(frozen=True)
class Rounding:
    """How each kind of number is rounded; every function takes and gives an array, NaN and infinity stay."""

    fraction: Callable[[FloatArray], FloatArray]
    """Rates, differences of rates, and their ends."""
    ratio: Callable[[FloatArray], FloatArray]
    p: Callable[[FloatArray], FloatArray]
    detectable: Callable[[FloatArray], FloatArray]
    needed: Callable[[FloatArray], FloatArray]
    exact_sums: bool
    """Whether a sum is rounded from the exact sum; False: it is the sum of rounded parts."""


def _needed_of_three(values: FloatArray) -> FloatArray:
    return np.ceil(significant(values) / PEOPLE) * PEOPLE


ROUNDINGS: dict[Digits, Rounding] = {
    "printed": Rounding(_each(_fraction), _each(_ratio), _each(_p), _each(seen_from), _each(_needed), True),
    "three": Rounding(significant, significant, significant, significant, _needed_of_three, False),
}
