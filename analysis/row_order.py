"""In which order rows of rates stand so that rows which are alike stand together.

Takes one row of rates per group and gives an order, for a picture of many groups. It looks at
rates only: no verdict, count or interval depends on it, and it names no group.
"""

from __future__ import annotations

import numpy as np

from analysis.speaker_counts import FloatArray, IntArray


def clustered_order(rates: FloatArray) -> IntArray:
    """Positions of the rows, alike ones beside each other; rows without any rate come last, as they stood.

    `rates` is rows × cells, as fractions; NaN is a missing cell, which counts as the mean of its row.
    The order is read from the end that stood first, so that it does not depend on chance.
    Source: average linkage over Euclidean distances; leaves ordered for the smallest sum of distances
    between neighbours after Bar-Joseph, Gifford and Jaakkola (2001).
    """
    known = np.isfinite(rates)
    held = np.flatnonzero(known.any(axis=1))
    bare = np.flatnonzero(~known.any(axis=1))
    order = _leaves(_filled(rates[held]))
    if len(order) and order[0] > order[-1]:
        order = order[::-1]
    return np.concatenate([held[order], bare]).astype(np.int64)


def _filled(rates: FloatArray) -> FloatArray:
    means = np.nanmean(rates, axis=1, keepdims=True) if rates.size else rates
    return np.where(np.isfinite(rates), rates, means)


def _leaves(rates: FloatArray) -> IntArray:
    if len(rates) < 3:
        return np.arange(len(rates))
    # Its import takes a tenth of a second, which every command would pay for.
    from scipy.cluster import hierarchy

    tree = hierarchy.linkage(rates, method="average", optimal_ordering=True)
    return np.asarray(hierarchy.leaves_list(tree), np.int64)
