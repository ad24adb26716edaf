"""A second opinion on a search: is there a pattern of errors that no single conjunction names?

Fits weights of groups on the discovery speakers, takes the recordings with a sum above 0 as
one group, and tests that group once on the other speakers. It can add up many small effects,
which a conjunction cannot. What it finds is a pattern, not a named group: it says whether
something is left to look for, and nobody can be addressed by it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy import sparse
from sklearn.linear_model import Ridge

from analysis.slices_effects import Baseline, with_expected
from analysis.slices_estimates import contrast
from analysis.slices_rows import SliceRows
from analysis.speaker_counts import FloatArray, IntArray

AuditKind = Literal["errors", "residuals"]
MOST_ROWS = 50_000
"""Rows the weights are fitted on; of more, those of a part of the speakers are used."""
EXPECTED_ERRORS_TO_TRUST = 30.0
"""A group with this many expected errors has its weight halved towards 0."""
MOST_NAMED = 5


@dataclass(frozen=True)
class Audit:
    """The pattern found on the discovery speakers, tested on the others."""

    kind: AuditKind
    """errors: above the overall rate. residuals: above what the attributes explain one by one."""
    share: float
    """Part of the words of the confirmation speakers that the pattern covers."""
    ratio: float | None
    """Errors for every word, or for every error expected, over those outside the pattern; None where undefined."""
    low: float | None
    high: float | None
    p: float
    """One-sided; one test, so nothing to adjust for."""
    strongest: tuple[tuple[tuple[str, str], ...], ...]
    """The groups, or pairs of groups, with the largest weights, as (attribute, group)."""


def audit(first: SliceRows, second: SliceRows, kind: AuditKind, baseline: Baseline) -> Audit:
    """Fit a linear threshold on the rows of the discovery speakers and test it on the confirmation speakers.

    Source: audits by a regression oracle (Kearns, Neel, Roth and Wu 2018) and of residuals (Kim, Ghorbani and
    Zou 2019), with the product's own test by speaker.
    """
    order = 1
    if kind == "residuals":
        first, second, order = with_expected(first, baseline), with_expected(second, baseline), 2
    features = _Features.of(first, order)
    used = _sample(first)
    weights = _fit(first, features, used)
    score = np.asarray(features.matrix(second, np.arange(len(second.speaker))) @ weights)
    inside = score > 0
    words = float(second.denominator.sum())
    share = float(second.denominator[inside].sum()) / words if words > 0 else 0.0
    found = contrast(second, inside, ~inside)
    ratio = None if np.isnan(found.ratio) else found.ratio
    return Audit(kind, share, ratio, found.low, found.high, found.p, features.strongest(first, weights))


@dataclass(frozen=True)
class _Features:
    """Groups, or also pairs of groups, as columns of zeros and ones."""

    subsets: tuple[tuple[int, ...], ...]
    sizes: tuple[int, ...]
    """Codes of each column, not stated included."""

    @staticmethod
    def of(rows: SliceRows, order: int) -> _Features:
        columns = range(len(rows.columns))
        subsets = [s for k in range(1, order + 1) for s in itertools.combinations(columns, k)]
        return _Features(tuple(subsets), tuple(len(column.levels) + 1 for column in rows.columns))

    def matrix(self, rows: SliceRows, chosen: IntArray) -> Any:
        """Rows × features, sparse."""
        start, indices = 0, []
        for subset in self.subsets:
            code = np.zeros(len(chosen), np.int64)
            for column in subset:
                code = code * self.sizes[column] + rows.codes[column][chosen] + 1
            indices.append((code + start).astype(np.int32))
            start += int(np.prod([self.sizes[column] for column in subset]))
        n, width = len(chosen), len(self.subsets)
        flat = np.stack(indices, axis=1).reshape(-1) if indices else np.zeros(0, np.int32)
        ones = np.ones(n * width, np.float32)
        return sparse.csr_matrix((ones, flat, np.arange(n + 1) * width), shape=(n, max(start, 1)))

    def strongest(self, rows: SliceRows, weights: FloatArray) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Names of the features with the largest weights; those that are not stated have no name."""
        found, start = [], 0
        for subset in self.subsets:
            sizes = [self.sizes[column] for column in subset]
            for place in range(int(np.prod(sizes))):
                codes = [int(code) - 1 for code in np.unravel_index(place, sizes)]
                if min(codes) >= 0 and weights[start + place] > 0:
                    found.append((-float(weights[start + place]), subset, tuple(codes)))
            start += int(np.prod(sizes))
        names = [
            tuple(
                (rows.columns[column].attribute, rows.columns[column].levels[code])
                for column, code in zip(subset, codes, strict=True)
            )
            for _, subset, codes in sorted(found)[:MOST_NAMED]
        ]
        return tuple(names)


def _sample(rows: SliceRows) -> IntArray:
    """Rows of the first speakers up to the limit; speakers' numbers say nothing about them."""
    if len(rows.speaker) <= MOST_ROWS:
        return np.arange(len(rows.speaker))
    last = rows.speaker[MOST_ROWS]
    return np.arange(int(np.searchsorted(rows.speaker, last)))


def _fit(rows: SliceRows, features: _Features, used: IntArray) -> FloatArray:
    """Weights of the features for the errors above expectation, shrunk towards 0."""
    base, rate = rows.base[used], rows.base_rate
    if not np.isfinite(rate) or rate <= 0:
        return np.zeros(features.matrix(rows, used[:1]).shape[1])
    excess = np.divide(rows.numerator[used], base, out=np.full(len(base), rate), where=base > 0) - rate
    model = Ridge(alpha=EXPECTED_ERRORS_TO_TRUST / rate, fit_intercept=False, solver="lsqr", tol=1e-6)
    model.fit(features.matrix(rows, used), excess, sample_weight=base)
    return np.asarray(model.coef_, np.float64)
