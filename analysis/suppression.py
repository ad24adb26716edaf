"""Which groups of a table may be published, so that nobody can be told from a number.

Owns the rule: a group of few speakers is withheld, and with it as many others as it takes
that no withheld group, nor a few people together, follow from the published ones by
subtraction. It knows speakers only; what a withheld row looks like is `publication.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.attributes import Attribute
from analysis.speaker_counts import BoolArray, IntArray

PUBLISHED, TOO_FEW, COMPLEMENT = range(3)
"""Codes of `withheld`: published, fewer speakers than the minimum, or withheld to protect another group."""


def withheld(
    attributes: Sequence[Attribute], codes: IntArray, n_speakers: IntArray, minimum: int
) -> IntArray:
    """Why each row of a full product of groups is withheld; PUBLISHED where it is not.

    Sums over any one attribute are taken to be known. In every such line either nothing is
    withheld, or at least two groups that hold `minimum` speakers together; the smallest others
    are withheld to get there. Empty rows are known to be empty and protect nobody.
    Source: primary and complementary cell suppression, as in official statistics.
    """
    recorded = n_speakers > 0
    result = np.where(recorded & (n_speakers < minimum), TOO_FEW, PUBLISHED)
    lines = [
        (line, attribute.role == "speaker")
        for axis, attribute in enumerate(attributes)
        for line in _lines(codes, axis)
    ]
    changed = True
    while changed:
        changed = False
        for line, adds_up in lines:
            more = _protecting(n_speakers[line], result[line] != PUBLISHED, minimum, adds_up=adds_up)
            if len(more):
                result[line[more]] = COMPLEMENT
                changed = True
    return result


def _lines(codes: IntArray, axis: int) -> list[IntArray]:
    """Rows that differ in one attribute only."""
    others = np.delete(codes, axis, axis=1)
    _, line = np.unique(others, axis=0, return_inverse=True)
    order = np.argsort(line, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(line.reshape(-1)[order])) + 1)


def _protecting(n_speakers: IntArray, hidden: BoolArray, minimum: int, *, adds_up: bool) -> IntArray:
    """Positions of the groups of one line to withhold besides, smallest first; none where nothing is hidden.

    Groups of speakers hold different people, so theirs add up; conditions may hold the same ones.
    """
    among = hidden & (n_speakers > 0)
    open_ones = np.flatnonzero(~hidden & (n_speakers > 0))
    smallest_first = open_ones[np.argsort(n_speakers[open_ones], kind="stable")]
    chosen = 0
    while among.any() and chosen < len(smallest_first):
        together = n_speakers[among].sum() if adds_up else n_speakers[among].max()
        if among.sum() >= 2 and together >= minimum:
            break
        among[smallest_first[chosen]] = True
        chosen += 1
    return np.asarray(smallest_first[:chosen], np.int64)


def is_derivable(n_outside: IntArray, minimum: int) -> BoolArray:
    """Whether a selection leaves so few speakers of a group outside that they follow by subtraction."""
    return (n_outside > 0) & (n_outside < minimum)


def rounded_speakers(n_speakers: IntArray) -> IntArray:
    """Rounded down to fives."""
    return n_speakers // 5 * 5
