"""Counting over groups: speakers, words and shares of each group of an attribute.

Owns the array arithmetic that several checks share. It takes codes (-1: not stated,
left out) and returns one entry per group.
"""

from __future__ import annotations

import numpy as np

from data.queries_doctor import Bools, Floats, Ints

_MOST_PAIRS_A_ROW, _FEW_PAIRS = 8, 2**16
"""Places for pairs of group and speaker that are held at most: so many for each recording, and so many besides."""


def n_speakers(codes: Ints, speaker: Ints, n_groups: int) -> Ints:
    """How many different speakers each group has."""
    table = speaker_table(codes, speaker)
    return np.bincount(table[0], minlength=n_groups).astype(np.int64)


def speaker_table(codes: Ints, speaker: Ints, weights: Ints | None = None) -> tuple[Ints, Ints, Ints]:
    """The pairs of group and speaker that occur: group, speaker, and recordings (or the weights' sum)."""
    stated = codes >= 0
    width = int(speaker.max()) + 1 if len(speaker) else 1
    pair = codes[stated] * width + speaker[stated]
    one_each = None if weights is None else weights[stated]
    if (int(pair.max()) if len(pair) else 0) < _MOST_PAIRS_A_ROW * len(pair) + _FEW_PAIRS:
        # Counting into a place for every pair takes a tenth of the time of sorting them.
        n_recordings = np.bincount(pair)
        key = np.flatnonzero(n_recordings)
        total = (n_recordings if one_each is None else np.bincount(pair, one_each))[key]
    else:
        key, place = np.unique(pair, return_inverse=True)
        total = np.bincount(place, one_each, len(key))
    return key // width, key % width, total.astype(np.int64)


def most_common_group(codes: Ints, speaker: Ints, n_speakers_in_all: int) -> Ints:
    """The group that most recordings of each speaker are in, by speaker code; -1 where none is stated."""
    group, who, total = speaker_table(codes, speaker)
    result = np.full(n_speakers_in_all, -1, np.int64)
    order = np.lexsort((-group, total))
    result[who[order]] = group[order]
    return result


def clustered_z(part: Ints, whole: Ints, inside: Bools, speaker: Ints) -> float:
    """How many standard errors, by speaker, lie between the share inside a group and outside it.

    part, whole: per recording, the counted (0 or 1) and the countable (0 or 1).
    """
    n_all = int(speaker.max()) + 1
    variance, shares = 0.0, []
    for side in (inside, ~inside):
        counted = np.bincount(speaker[side], part[side], n_all)
        countable = np.bincount(speaker[side], whole[side], n_all)
        present = countable > 0
        k = int(present.sum())
        if k < 2:
            return 0.0
        share = counted.sum() / countable.sum()
        residual: Floats = counted[present] - share * countable[present]
        variance += k / (k - 1) * float((residual**2).sum()) / float(countable.sum()) ** 2
        shares.append(share)
    return float((shares[0] - shares[1]) / np.sqrt(variance)) if variance > 0 else 0.0
