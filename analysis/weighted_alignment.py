"""The cheapest alignments of many pairs of texts where kinds of error cost differently.

Owns the dynamic programme and its back-trace, for many pairs at once. Called by `align.py`,
which has made numbers of the words; an aligner with equal costs does not come here.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from analysis.aligners import Aligner

Numbers = npt.NDArray[np.int32]
Positions = npt.NDArray[np.int64]

SIDE_BY_SIDE, DELETED, INSERTED = 0, 1, 2
"""Steps of an alignment: a word of each text, one of the reference alone, one of the hypothesis alone."""
_MOST_CELLS = 2_000_000
# No word has these numbers, so what fills up the rows of shorter texts is never a hit.
_NO_WORD_SPOKEN, _NO_WORD_HEARD = -1, -2


def weighted_errors(ids: Numbers, bounds: Positions, aligner: Aligner) -> Positions:
    """The errors of each pair in four rows: pair, operation, and position among the words of either text.

    `ids` are the words of all references and then of all hypotheses as numbers,
    `bounds` where each text begins, with the end of the last. Operations are those of
    `align.Operation`; errors are ordered by pair and then by position.
    """
    n_pairs = (len(bounds) - 1) // 2
    lengths = np.diff(bounds)
    n_spoken, n_heard = lengths[:n_pairs], lengths[n_pairs:]
    found = [np.zeros((4, 0), np.int64)]
    for pairs in _batches(n_spoken, n_heard):
        spoken = _padded(ids, bounds[pairs], n_spoken[pairs], _NO_WORD_SPOKEN)
        heard = _padded(ids, bounds[n_pairs + pairs], n_heard[pairs], _NO_WORD_HEARD)
        steps = _steps(spoken, heard, aligner)
        errors = _traced(steps, spoken, heard, n_spoken[pairs], n_heard[pairs])
        errors[0] = pairs[errors[0]]
        found.append(errors)
    errors = np.concatenate(found, axis=1)
    # Along an alignment the two positions together only rise.
    return errors[:, np.lexsort((errors[2] + errors[3], errors[0]))]


def _batches(n_spoken: Positions, n_heard: Positions) -> Iterator[Positions]:
    """Pairs of about the same size together, so that little is filled up; at most `_MOST_CELLS` cells, or one pair."""
    order = np.lexsort((n_heard, n_spoken))
    begin = 0
    while begin < len(order):
        widest = np.maximum.accumulate(n_heard[order[begin:]] + 1)
        cells = np.arange(1, len(widest) + 1) * (n_spoken[order[begin:]] + 1) * widest
        size = max(1, int(np.searchsorted(cells, _MOST_CELLS, side="right")))
        yield order[begin : begin + size]
        begin += size


def _padded(ids: Numbers, begins: Positions, lengths: Positions, filling: int) -> Numbers:
    """One row per text, as long as the longest of them."""
    places = np.arange(int(lengths.max(initial=0)))
    is_word = places < lengths[:, None]
    padded = np.full(is_word.shape, filling, np.int32)
    padded[is_word] = ids[(begins[:, None] + places)[is_word]]
    return padded


def _steps(spoken: Numbers, heard: Numbers, aligner: Aligner) -> npt.NDArray[np.int8]:
    """The last step of the cheapest alignment of each beginning: by word of the reference, pair, word of the hypothesis.

    Wagner and Fischer's table (1974), one row of all pairs at a time. Insertions go along
    a row, where each depends on the one before: they are a running minimum of the costs
    less what the insertions up to there cost.
    """
    n_pairs, n_spoken = spoken.shape
    width = heard.shape[1]
    inserting = np.arange(width + 1, dtype=np.int32) * aligner.insertion
    above = np.broadcast_to(inserting, (n_pairs, width + 1))
    steps = np.empty((n_spoken, n_pairs, width), np.int8)
    for place in range(n_spoken):
        differs = spoken[:, place, None] != heard
        side_by_side = above[:, :-1] + differs * np.int32(aligner.substitution)
        row = np.empty((n_pairs, width + 1), np.int32)
        row[:, 0] = (place + 1) * aligner.deletion
        np.minimum(side_by_side, above[:, 1:] + aligner.deletion, out=row[:, 1:])
        row -= inserting
        np.minimum.accumulate(row, axis=1, out=row)
        row += inserting
        is_insertion = row[:, :-1] + aligner.insertion == row[:, 1:]
        steps[place] = np.where(
            side_by_side == row[:, 1:], SIDE_BY_SIDE, np.where(is_insertion, INSERTED, DELETED)
        )
        above = row
    return steps


def _traced(
    steps: npt.NDArray[np.int8], spoken: Numbers, heard: Numbers, n_spoken: Positions, n_heard: Positions
) -> Positions:
    """The errors on the way back from the end of each pair; pairs are numbered within the batch."""
    at, to, pair = n_spoken.copy(), n_heard.copy(), np.arange(len(n_spoken))
    found = [np.zeros((4, 0), np.int64)]
    while len(pair):
        step = np.where(at == 0, INSERTED, DELETED)
        inside = np.flatnonzero((at > 0) & (to > 0))
        step[inside] = steps[at[inside] - 1, pair[inside], to[inside] - 1]
        at = at - (step != INSERTED)
        to = to - (step != DELETED)
        is_error = step != SIDE_BY_SIDE
        beside = np.flatnonzero(~is_error)
        is_error[beside] = spoken[pair[beside], at[beside]] != heard[pair[beside], to[beside]]
        found.append(np.stack([pair, step, at, to])[:, is_error])
        goes_on = (at > 0) | (to > 0)
        at, to, pair = at[goes_on], to[goes_on], pair[goes_on]
    return np.concatenate(found, axis=1)
