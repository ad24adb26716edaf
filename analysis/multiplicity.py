"""Adjusting p-values for how many groups were looked at.

Owns Holm's and Benjamini-Hochberg's adjustments and the choice between them. It does
not know what was tested: p-values in, adjusted p-values out, NaN meaning not tested.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import FloatArray

Correction = Literal["holm", "benjamini-hochberg", "none"]


def holm(p: FloatArray) -> FloatArray:
    """Holm-adjusted p-values; NaN entries are not part of the family and stay NaN.

    Reject where the result is at most alpha: the chance of any false rejection is then at most
    alpha whatever the dependence. Source: Holm (1979), Scandinavian Journal of Statistics 6.
    """
    return _adjusted(p, lambda ranked, m: np.maximum.accumulate(ranked * np.arange(m, 0, -1)))


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Benjamini-Hochberg q-values; NaN entries are not part of the family and stay NaN.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57.
    """

    def step_up(ranked: FloatArray, m: int) -> FloatArray:
        scaled = ranked * m / np.arange(1, m + 1)
        return np.asarray(np.minimum.accumulate(scaled[::-1])[::-1], np.float64)

    return _adjusted(p, step_up)


def correction_for(family_size: int, settings: Settings = DEFAULTS) -> Correction:
    """Holm for a family up to the settings' limit, Benjamini-Hochberg for a longer list."""
    if family_size <= 1:
        return "none"
    return "holm" if family_size <= settings.holm_limit else "benjamini-hochberg"


def adjust(p: FloatArray, settings: Settings = DEFAULTS) -> FloatArray:
    """p-values adjusted by the correction that suits the number of groups tested."""
    correction = correction_for(int(np.isfinite(p).sum()), settings)
    return benjamini_hochberg(p) if correction == "benjamini-hochberg" else holm(p)


def _adjusted(p: FloatArray, rule: Callable[[FloatArray, int], FloatArray]) -> FloatArray:
    result = np.full(len(p), np.nan)
    tested = np.flatnonzero(np.isfinite(p))
    if len(tested):
        order = tested[np.argsort(p[tested], kind="stable")]
        result[order] = np.minimum(1.0, rule(p[order], len(order)))
    return result
