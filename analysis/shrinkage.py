"""Rates pulled towards the overall rate, for ranking and colour only; never tested or quoted.

Small groups have extreme rates by chance. A Gamma-Poisson model on effective counts
(counts over the design effect) says how far to pull each one.
"""

from __future__ import annotations

import math

import numpy as np

from analysis.speaker_counts import FloatArray


def shrunken_rates(errors: FloatArray, words: FloatArray, design_effect: float) -> FloatArray:
    """Posterior mean rate of each group, as a fraction; NaN without words.

    One group alone, or a design effect that is unknown (NaN), leaves rates as they are.
    Source: Gamma-Poisson empirical Bayes with moments for the prior, on counts divided by the design effect.
    """
    e, n = errors / design_effect, words / design_effect
    known = words > 0
    if known.sum() < 2 or not math.isfinite(design_effect):
        return np.where(known, errors / np.where(known, words, 1.0), np.nan)
    # Exact sums, so that the order of the groups cannot change the last digit.
    total = math.fsum(n[known])
    mean = math.fsum(e[known]) / total
    if mean <= 0:
        return np.where(known, 0.0, np.nan)
    spread = math.fsum(n[known] * (e[known] / n[known] - mean) ** 2) - mean * (int(known.sum()) - 1)
    between = max(1e-6, spread / (total - math.fsum(n[known] ** 2) / total))
    a, b = mean**2 / between, mean / between
    return np.where(known, (e + a) / (n + b), np.nan)
