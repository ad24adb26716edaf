"""What leaving out each speaker outside a group changes in its comparison, speaker by speaker.

For rates that are no plain ratio, where power sums of shares (`outsiders.py`) do not apply.
It costs groups times speakers of their comparators, so it works through blocks of groups
that fit in memory; for plain ratios it gives the same and serves as the test of the other.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.outsiders import OutsideSums
from analysis.sides import Sides
from analysis.speaker_counts import FloatArray, IntArray, SpeakerCounts

PAIRS_AT_ONCE = 500_000


def outside_sums_one_by_one(counts: SpeakerCounts, sides: Sides) -> OutsideSums:
    """Leave-one-out terms of the speakers outside each group, each worked out by itself."""
    table, n_groups = sides.comparators, counts.n_groups
    rate_of = counts.rate_of
    names = (
        "n_speakers",
        "ratio",
        "ratio_squared",
        "difference",
        "difference_squared",
        "words_squared",
        "largest",
    )
    sums = {name: np.zeros(n_groups) for name in names}
    for group, row in _outsiders(counts, sides):
        theirs = tuple(values[row] for values in table.sums)
        with np.errstate(all="ignore"):
            rate = rate_of(*sides.totals)[group]
            left = rate_of(*(total[group] - part for total, part in zip(sides.totals, theirs, strict=True)))
            ratio, difference = np.log(rate) - np.log(left), rate - left
        terms: dict[str, FloatArray] = {
            "n_speakers": np.ones(len(group)),
            "ratio": ratio,
            "ratio_squared": ratio**2,
            "difference": difference,
            "difference_squared": difference**2,
            "words_squared": theirs[1] ** 2,
        }
        for name, values in terms.items():
            sums[name] += np.bincount(group, values, n_groups)
        np.maximum.at(sums["largest"], group, theirs[0])
    return OutsideSums(**sums)


def _outsiders(counts: SpeakerCounts, sides: Sides) -> Iterator[tuple[IntArray, IntArray]]:
    """Blocks of (group, row of a speaker of its comparator) for speakers who are not in the group."""
    table, many = sides.comparators, sides.n_present
    length = np.bincount(table.group, minlength=table.n_groups)
    first = (np.cumsum(length) - length)[sides.comparator]
    block = np.cumsum(many) // PAIRS_AT_ONCE
    for number in np.unique(block):
        groups = np.flatnonzero(block == number)
        start = np.cumsum(many[groups]) - many[groups]
        group = np.repeat(groups, many[groups])
        offset = np.arange(len(group)) - np.repeat(start, many[groups])
        row = first[group] + offset
        outside = np.ones(len(group), np.bool_)
        pairs = np.flatnonzero((sides.row >= 0) & (block[counts.group] == number))
        place = np.searchsorted(groups, counts.group[pairs])
        outside[start[place] + sides.row[pairs] - first[counts.group[pairs]]] = False
        yield group[outside], row[outside]
