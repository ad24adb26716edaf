"""The errors each recording's attributes explain one by one, without any combination of them.

Owns the two main-effects baselines that combinations are held against: effects that multiply
(Poisson) and effects that add. Every declared column has one effect per group, not stated
being a group here. How sure an excess over them is gets worked out elsewhere, by speaker.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from analysis.slices_rows import SliceRows
from analysis.speaker_counts import FloatArray, IntArray

Baseline = Literal["multiplicative", "additive"]
MAX_SWEEPS = 100
CONVERGED = 1e-6
SMALLEST_SHARE = 0.05
"""Additive effects may sum to a rate below 0; none is taken below this share of the overall one."""
_RIDGE = 1e-9


def with_expected(rows: SliceRows, baseline: Baseline) -> SliceRows:
    """The same rows with the errors that a main-effects model expects of each."""
    codes = [
        np.where(code < 0, len(column.levels), code).astype(np.int64)
        for code, column in zip(rows.codes, rows.columns, strict=True)
    ]
    sizes = [len(column.levels) + 1 for column in rows.columns]
    fit = _multiplied if baseline == "multiplicative" else _added
    return replace(rows, expected=fit(rows, codes, sizes))


def _multiplied(rows: SliceRows, codes: list[IntArray], sizes: list[int]) -> FloatArray:
    """Poisson main effects: scale each column's groups in turn until all sums agree.

    Source: iterative proportional fitting, which ends at the maximum likelihood of a log-linear model with
    offset (Deming and Stephan 1940; Haberman 1974).
    """
    expected = rows.denominator * np.nan_to_num(rows.overall_rate)
    observed = [np.bincount(code, rows.numerator, size) for code, size in zip(codes, sizes, strict=True)]
    for _ in range(MAX_SWEEPS):
        largest = 0.0
        for code, size, wanted in zip(codes, sizes, observed, strict=True):
            now = np.bincount(code, expected, size)
            with np.errstate(all="ignore"):
                factor = np.where(now > 0, wanted / now, 1.0)
            largest = max(largest, float(np.abs(factor - 1)[now > 0].max(initial=0.0)))
            expected = expected * factor[code]
        if largest < CONVERGED:
            break
    return np.asarray(expected, np.float64)


def _added(rows: SliceRows, codes: list[IntArray], sizes: list[int]) -> FloatArray:
    """Additive main effects: least squares of the rate, weighted by words, from the sums of every two columns."""
    start = np.concatenate([[0], np.cumsum(sizes)])
    n, words = int(start[-1]) + 1, rows.denominator
    normal, wanted = np.zeros((n, n)), np.zeros(n)
    normal[-1, -1], wanted[-1] = words.sum(), rows.numerator.sum()
    for i, (code, size) in enumerate(zip(codes, sizes, strict=True)):
        here = slice(start[i], start[i + 1])
        alone = np.bincount(code, words, size)
        normal[here, -1] = normal[-1, here] = alone
        normal[here, here] = np.diag(alone)
        wanted[here] = np.bincount(code, rows.numerator, size)
        for j in range(i):
            both = np.bincount(code * sizes[j] + codes[j], words, size * sizes[j]).reshape(size, sizes[j])
            normal[here, start[j] : start[j + 1]] = both
            normal[start[j] : start[j + 1], here] = both.T
    ridge = _RIDGE * normal[-1, -1] * np.eye(n)
    effects = np.linalg.lstsq(normal + ridge, wanted, rcond=None)[0]
    rate = np.full(len(words), effects[-1])
    for i, code in enumerate(codes):
        rate += effects[start[i] : start[i + 1]][code]
    least = SMALLEST_SHARE * np.nan_to_num(rows.overall_rate)
    return np.asarray(words * np.maximum(rate, least), np.float64)
