"""How far a ratio moves when another normaliser decides what counts as the same word.

Owns the measure and the limit from which a group is flagged. It gets ratios that are worked out
already, one table per normaliser, and gives no verdict: those stand in the tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

NOT_MOVED = -1


@dataclass(frozen=True)
class Movements:
    """How the ratio of each group moves from one normaliser to the others."""

    change: FloatArray
    """Normalisers by groups: ratio over the ratio under the build's own normaliser, less 1; NaN where either is undefined."""
    largest: FloatArray
    """By group: the change that is furthest from 0, with its sign; NaN where none is defined."""
    under: IntArray
    """By group: the normaliser of that change; NOT_MOVED where none is defined."""
    moves: BoolArray
    """By group: whether that change is larger than the limit, either way, and the group has enough speakers for that to count."""
    would_move: BoolArray
    """The same whatever the number of speakers."""


def movements(
    ratios: FloatArray,
    own: int,
    counts: BoolArray,
    settings: Settings = DEFAULTS,
    enough: BoolArray | None = None,
) -> Movements:
    """Compare the ratios under each normaliser with those under the build's own.

    ratios: normalisers by groups. `own` is the row of the build's normaliser. Rows that are not in
    `counts` are compared and never flag a group: a normaliser that damages the script moves ratios
    without saying anything about them. Nor are groups flagged that have not `enough` speakers on either
    side to be judged, whose ratios a few words move; None: all have. A ratio of 0 cannot be moved from: the
    change is undefined.
    Source: methods 2.8, requirement 2 (a group whose ratio changes by more than 5 %).
    """
    ratios = np.asarray(ratios, np.float64)
    base = ratios[own]
    defined = np.isfinite(ratios) & np.isfinite(base) & (base > 0)
    change = np.full(ratios.shape, np.nan)
    np.divide(ratios, base, out=change, where=defined)
    change -= 1
    others = np.asarray(counts, np.bool_).copy()
    others[own] = False
    size = np.where(np.isfinite(change) & others[:, None], np.abs(change), -1.0)
    under = size.argmax(axis=0)
    some = size.max(axis=0) >= 0
    largest = np.where(some, np.take_along_axis(change, under[None], axis=0)[0], np.nan)
    would_move = some & (np.abs(largest) > settings.sensitivity_limit)
    return Movements(
        change=change,
        largest=largest,
        under=np.where(some, under, NOT_MOVED).astype(np.int64),
        moves=would_move if enough is None else would_move & enough,
        would_move=would_move,
    )
