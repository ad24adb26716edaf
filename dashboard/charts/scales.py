"""Where values stand between two ends, and the round values that are named there: rates, ratios, excesses.

Owns ranges and ticks of the pictures of lines. Knows nothing of groups, colours or markup.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.wording import percent, ratio_text

FURTHEST = 8.0
"""Ratios beyond this, and below its inverse, run out of the picture."""
_ROOM = 0.05
"""Of the range, on both sides of it."""
_LEAST, _LEAST_LOG = 0.02, 0.1
"""The ends of rates, and those of the logarithms of ratios, are at least so far apart."""
_RATIOS = (
    0.1,
    0.2,
    0.33,
    0.5,
    0.67,
    0.8,
    0.9,
    0.95,
    0.98,
    1.0,
    1.02,
    1.05,
    1.1,
    1.25,
    1.5,
    2.0,
    3.0,
    5.0,
    10.0,
)
_FEWEST = 2
"""Named values without which a scale cannot be read."""
_MOST_DECIMALS = 6
_STEPS = tuple(factor * 10.0**power for power in range(-6, 2) for factor in (1, 2, 5))
_FINE_STEPS = tuple(step for step in _STEPS if step >= 0.005)


@dataclass(frozen=True)
class Tick:
    """A value that is named above the lines."""

    value: float
    text: str


@dataclass(frozen=True)
class Scale:
    """Two ends, and whether what lies between stands by its logarithm."""

    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float:
        """0 at the lower end, 1 at the upper one, less or more beyond them; NaN stays NaN."""
        low, high, own = (_log(one) if self.log else one for one in (self.low, self.high, value))
        return (own - low) / (high - low)


def rate_scale(values: Iterable[float]) -> Scale:
    """A plain scale that holds all values which are known, with a little room."""
    known = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    return Scale(*_apart(known, _LEAST, min(0.0, *known)))


def ratio_scale(values: Iterable[float]) -> Scale:
    """The same by logarithms, around 1×; what lies beyond `FURTHEST` does not widen it."""
    within = [min(FURTHEST, max(1 / FURTHEST, value)) for value in values if not math.isnan(value)]
    low, high = _apart([0.0, *(math.log(value) for value in within)], _LEAST_LOG)
    return Scale(math.exp(low), math.exp(high), log=True)


def round_values(low: float, high: float, most: int = 5, *, fine: bool = False) -> list[float]:
    """Round values between two ends, about `most` of them at most; steps below 0.01 only where `fine`."""
    steps = _STEPS if fine else _FINE_STEPS
    step = next((one for one in steps if (high - low) / one <= most), steps[-1])
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(i * step, 9) for i in range(first, last + 1)]


def rate_ticks(scale: Scale) -> tuple[Tick, ...]:
    """Round rates, none below zero, by finer steps where the usual ones name fewer than two."""
    low = max(0.0, scale.low)
    values = round_values(low, scale.high)
    if len(values) < _FEWEST:
        values = round_values(low, scale.high, fine=True)
    digits = decimals(100 * value for value in values)
    return tuple(Tick(value, percent(value, digits)) for value in values)


def decimals(values: Iterable[float]) -> int:
    """How many decimals write all round values as they are, so that no two are written alike."""
    known = list(values)
    exact = (
        digits
        for digits in range(_MOST_DECIMALS)
        if all(math.isclose(round(value, digits), value, abs_tol=1e-7) for value in known)
    )
    return next(exact, _MOST_DECIMALS)


def ratio_ticks(scale: Scale, most: int = 5) -> tuple[Tick, ...]:
    """Round ratios, 1× among them, none nearer to the next than can be read."""
    found = [1.0]
    for ratio in sorted(_RATIOS, key=lambda one: abs(math.log(one))):
        place = scale.place(ratio)
        if 0 <= place <= 1 and all(abs(place - scale.place(other)) >= 1 / most for other in found):
            found.append(ratio)
    return tuple(Tick(ratio, ratio_text(ratio)) for ratio in sorted(found))


def _apart(known: Sequence[float], least: float, floor: float = -math.inf) -> tuple[float, float]:
    """Both ends with a little room; where they are nearer than `least`, widened around their middle, not below `floor`."""
    low, high = min(known), max(known)
    low = max(floor, low - max(0.0, least - (high - low)) / 2)
    high = max(high, low + least)
    room = _ROOM * (high - low)
    return low - room, high + room


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf if value == 0 else math.nan
