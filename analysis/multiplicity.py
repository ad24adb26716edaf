"""Adjusting p-values for how many groups were looked at.

Owns the adjustments of Holm, Benjamini-Hochberg and Benjamini-Yekutieli and the choice between them. It does
not know what was tested: p-values in, adjusted p-values out, NaN meaning not tested.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import FloatArray

Correction = Literal["holm", "benjamini-hochberg", "benjamini-yekutieli", "none"]


def holm(p: FloatArray) -> FloatArray:
    """Holm-adjusted p-values; NaN entries are not part of the family and stay NaN.

    Reject where the result is at most alpha: the chance of any false rejection is then at most
    alpha whatever the dependence. Source: Holm (1979), Scandinavian Journal of Statistics 6.
    """
    adjusted = _adjusted(p, lambda ranked, m: np.maximum.accumulate(ranked * np.arange(m, 0, -1)))
    return np.minimum(1.0, adjusted)


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Benjamini-Hochberg q-values; NaN entries are not part of the family and stay NaN.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57.
    """
    return np.minimum(1.0, _scaled_step_up(p))


def benjamini_yekutieli(p: FloatArray) -> FloatArray:
    """Benjamini-Yekutieli q-values: valid for any dependence; NaN entries are not part of the family and stay NaN.

    Benjamini-Hochberg's, times 1 + 1/2 + … + 1/m. Source: Benjamini and Yekutieli (2001), Annals of
    Statistics 29.
    """
    m = int(np.isfinite(p).sum())
    penalty = float((1 / np.arange(1, m + 1)).sum())
    return np.minimum(1.0, _scaled_step_up(p) * penalty)


def correction_for(family_size: int, settings: Settings = DEFAULTS) -> Correction:
    """Holm for a family up to the settings' limit; for a longer list the false discovery rate, as set."""
    if family_size <= 1:
        return "none"
    if family_size <= settings.holm_limit:
        return "holm"
    return "benjamini-yekutieli" if settings.list_correction == "by" else "benjamini-hochberg"


def adjust(p: FloatArray, settings: Settings = DEFAULTS) -> FloatArray:
    """p-values adjusted by the correction that suits the number of groups tested."""
    correction = correction_for(int(np.isfinite(p).sum()), settings)
    if correction == "benjamini-yekutieli":
        return benjamini_yekutieli(p)
    return benjamini_hochberg(p) if correction == "benjamini-hochberg" else holm(p)


def _scaled_step_up(p: FloatArray) -> FloatArray:
    """The smallest of m p(j) / j over all j from each rank on, not cut at 1."""

    def step_up(ranked: FloatArray, m: int) -> FloatArray:
        scaled = ranked * m / np.arange(1, m + 1)
        return np.asarray(np.minimum.accumulate(scaled[::-1])[::-1], np.float64)

    return _adjusted(p, step_up)


def _adjusted(p: FloatArray, rule: Callable[[FloatArray, int], FloatArray]) -> FloatArray:
    result = np.full(len(p), np.nan)
    tested = np.flatnonzero(np.isfinite(p))
    if len(tested):
        order = tested[np.argsort(p[tested], kind="stable")]
        result[order] = rule(p[order], len(order))
    return result
