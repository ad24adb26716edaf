"""Does one system err more than another for the same speakers? A permutation test over speakers.

Each speaker gives one difference of errors. If the systems were exchangeable its sign could
as well be the other one, so the sum of differences is compared with its sums under flipped
signs: all of them for few speakers, a seeded sample for many.
"""

from __future__ import annotations

import numpy as np

from analysis.speaker_counts import FloatArray

EXHAUSTIVE_SPEAKERS = 16
SAMPLED_FLIPS = 9_999
FLIPS_AT_ONCE = 2_000
_TOLERANCE = 1e-9


def sign_flip_p(differences: FloatArray, seed: int = 0) -> float:
    """Two-sided p of the speakers' differences; 1 where none differs.

    Exact over all 2^K flips for up to 16 speakers, else (1 + extreme) / (flips + 1) over
    9,999 seeded flips. Source: Fisher's randomisation test on paired differences.
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
    random = np.random.default_rng(seed)
    extreme, done = 0, 0
    while done < SAMPLED_FLIPS:
        size = min(FLIPS_AT_ONCE, SAMPLED_FLIPS - done)
        signs = random.integers(0, 2, (size, len(values)), np.int8) * 2.0 - 1.0
        extreme += int((np.abs(signs @ values) >= observed).sum())
        done += size
    return (extreme + 1) / (SAMPLED_FLIPS + 1)
