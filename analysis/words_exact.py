"""Whether an item's rate differs between two sides, by exact limits on counts that speakers have thinned.

Few errors on one side make the jackknife's variance a poor guide in the far tail, where a
list of hundreds of items is decided: a side that got a word right by chance shows no spread
at all. The test takes errors as Poisson counts and divides them by how much speakers differ.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from analysis.speaker_counts import FloatArray
from analysis.words_items import SideCounts
from analysis.words_jackknife import RateDifference


def exact_p_values(found: RateDifference, own: SideCounts, other: SideCounts) -> FloatArray:
    """Two-sided p-value of each item: one side's errors given both sides', binomial with the side's share of words.

    Errors are divided by the dispersion between speakers, so that they are worth what independent ones
    are. NaN where a side has no words. Source: Przyborowski and Wilenski (1940), Biometrika 31, on effective
    counts as in Korn and Graubard (1998).
    """
    words, other_words = own.words.sum(), other.words.sum()
    with np.errstate(all="ignore"):
        spread = dispersion(found, own, other)
        mine, theirs = found.errors / spread, found.other_errors / spread
        share = words / (words + other_words)
        at_least = np.where(mine > 0, special.betainc(np.maximum(mine, 1e-9), theirs + 1, share), 1.0)
        at_most = np.where(theirs > 0, special.betaincc(mine + 1, np.maximum(theirs, 1e-9), share), 1.0)
        p = np.minimum(1.0, 2 * np.minimum(at_least, at_most))
    return np.where((words > 0) & (other_words > 0) & (mine + theirs > 0), p, np.nan)


def dispersion(found: RateDifference, own: SideCounts, other: SideCounts) -> FloatArray:
    """Variance of the errors of an item between speakers over that of Poisson counts, at least 1.

    Around each side's own rate, so that a difference between the sides does not count as spread.
    Source: McCullagh and Nelder (1989), Generalized Linear Models, section 6.2.
    """
    n_speakers = int(own.present.sum() + other.present.sum())
    squares = _squares(own, found.rate) + _squares(other, found.other_rate)
    with np.errstate(all="ignore"):
        spread = squares / (found.errors + found.other_errors) * n_speakers / max(n_speakers - 2, 1)
    return np.asarray(np.maximum(1.0, spread), np.float64)


def _squares(side: SideCounts, rate: FloatArray) -> FloatArray:
    """Sum over all speakers of the side of (errors - rate * words) squared."""
    items = side.items
    words = side.words[items.speaker]
    return np.asarray(
        items.total(items.numerator**2)
        - 2 * rate * items.total(items.numerator * words)
        + rate**2 * (side.words**2).sum(),
        np.float64,
    )
