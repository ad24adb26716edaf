"""Counting over groups: speakers, words and shares of each group of an attribute.

Owns the array arithmetic that several checks share. It takes codes (-1: not stated,
left out) and returns one entry per group.
"""

from __future__ import annotations

import numpy as np

from data.queries_doctor import Bools, Floats, Ints


def n_speakers(codes: Ints, speaker: Ints, n_groups: int) -> Ints:
    """How many different speakers each group has."""
    table = speaker_table(codes, speaker)
    return np.bincount(table[0], minlength=n_groups).astype(np.int64)


def speaker_table(codes: Ints, speaker: Ints, weights: Ints | None = None) -> tuple[Ints, Ints, Ints]:
    """The pairs of group and speaker that occur: group, speaker, and recordings (or the weights' sum)."""
    stated = codes >= 0
    width = int(speaker.max()) + 1 if len(speaker) else 1
    key, place = np.unique(codes[stated] * width + speaker[stated], return_inverse=True)
    one_each = None if weights is None else weights[stated]
    total = np.bincount(place, one_each, len(key)).astype(np.int64)
    return key // width, key % width, total


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
