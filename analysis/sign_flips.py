"""Does one system err more than another for the same speakers? A permutation test over speakers.

Each speaker gives one difference of errors. If the systems were exchangeable its sign could
as well be the other one, so the sum of differences is compared with its sums under flipped
signs: all of them for few speakers, a seeded sample for many, and the normal distribution that
these sums have where hundreds of speakers flip and none of them weighs.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from analysis.speaker_counts import FloatArray

EXHAUSTIVE_SPEAKERS = 16
SAMPLED_FLIPS = 9_999
NORMAL_FROM = 500
"""Speakers from which the normal limit is taken, unless one of them holds more of the variance than HEAVY."""
HEAVY = 0.05
_SIGNS_AT_ONCE = 20_000_000
_EXACT_IN_SINGLE = 2.0**24
_TOLERANCE = 1e-9


def sign_flip_p(differences: FloatArray, seed: int = 0) -> float:
    """Two-sided p of the speakers' differences; 1 where none differs.

    Exact over all 2^K flips for up to 16 speakers, else (1 + extreme) / (flips + 1) over
    9,999 seeded flips; from 500 speakers the normal limit of all flips, whose variance is the sum of
    squares, where none holds more than a twentieth of it: its error in p is then below 0.001.
    Source: Fisher's randomisation test on paired differences; Edgeworth's expansion for that error.
    """
    values = np.asarray(differences, np.float64)
    values = values[values != 0]
    if not len(values):
        return 1.0
    observed = abs(values.sum()) * (1 - _TOLERANCE)
    if len(values) <= EXHAUSTIVE_SPEAKERS:
        sums = np.zeros(1)
        for value in values:
            sums = np.concatenate([sums + value, sums - value])
        return float(np.mean(np.abs(sums) >= observed))
    squares = values**2
    if len(values) >= NORMAL_FROM and squares.max() <= HEAVY * squares.sum():
        return _normal_p(values, float(squares.sum()))
    return (_extreme_flips(values, observed, seed) + 1) / (SAMPLED_FLIPS + 1)


def _normal_p(values: FloatArray, variance: float) -> float:
    """From the normal limit, half a step nearer to 0 where the sums lie on a lattice."""
    whole = np.abs(values).astype(np.int64)
    half_step = int(np.gcd.reduce(whole)) if (whole == np.abs(values)).all() else 0
    return math.erfc(max(0.0, abs(values.sum()) - half_step) / math.sqrt(2 * variance))


def _extreme_flips(values: FloatArray, observed: float, seed: int) -> int:
    """How many of the sampled flips give a sum at least as large as the observed one."""
    if len(values) < NORMAL_FROM:
        signs = _kept_signs(seed)[:, : len(values)]
        whole = (values == np.round(values)).all() and np.abs(values).sum() < _EXACT_IN_SINGLE
        sums = signs @ values.astype(np.float32) if whole else signs.astype(np.float64) @ values
        return int((np.abs(sums) >= observed).sum())
    random = np.random.default_rng(seed)
    extreme, done = 0, 0
    while done < SAMPLED_FLIPS:
        size = min(max(1, _SIGNS_AT_ONCE // len(values)), SAMPLED_FLIPS - done)
        signs = random.integers(0, 2, (size, len(values)), np.int8) * np.float32(2) - np.float32(1)
        extreme += int((np.abs(signs.astype(np.float64) @ values) >= observed).sum())
        done += size
    return extreme


@lru_cache(maxsize=1)
def _kept_signs(seed: int) -> npt.NDArray[np.float32]:
    """The same flips for every group, one column a speaker: drawing them takes longer than adding up."""
    random = np.random.default_rng(seed)
    drawn = random.integers(0, 2, (SAMPLED_FLIPS, NORMAL_FROM), np.int8)
    return np.asarray(drawn * np.float32(2) - np.float32(1), np.float32)
