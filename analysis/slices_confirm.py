"""Whether slices found on some speakers are there on others.

Owns the division of speakers into two halves, which comes from a seed and can be made again,
and the test of what one half shows on the other. The search on the second half takes no part
in that test; it only tells which slices both halves show by themselves.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from analysis.multiplicity import holm
from analysis.slices import Found, Search, SearchPlan, prepared, search
from analysis.slices_estimates import SliceEstimate, has_enough, slice_estimate
from analysis.slices_rows import SliceColumn, SliceRows
from analysis.slices_scan import Progress
from analysis.speaker_counts import BoolArray, IntArray

MOST_CONFIRMED = 10
"""Slices taken to the second half; each more makes it harder for all."""
CONFIRMED_AT = 0.025
"""One-sided, so that a confirmed slice's 95 % interval lies above 1."""


@dataclass(frozen=True)
class SpeakerSplit:
    """Speakers in two halves."""

    in_discovery: BoolArray
    """For each speaker of the rows, whether slices are sought among them."""
    seed: int
    stratified_by: str | None
    """The attribute whose groups are in both halves alike; None without attributes."""
    sha256: str
    """Of the numbers of the discovery speakers, to tell whether two searches used the same halves."""

    @property
    def n_discovery(self) -> int:
        return int(self.in_discovery.sum())

    @property
    def n_confirmation(self) -> int:
        return len(self.in_discovery) - self.n_discovery


@dataclass(frozen=True)
class Tested:
    """A slice found on the discovery speakers, and what the other speakers say."""

    found: Found
    confirm: SliceEstimate
    p_holm: float
    """One-sided, adjusted by Holm for all slices that were taken along."""
    in_both_halves: bool
    """Whether a search of each half alone lists it."""

    @property
    def confirmed(self) -> bool:
        return self.p_holm <= CONFIRMED_AT


@dataclass(frozen=True)
class Confirmation:
    """A search of one half and the test of what it found on the other."""

    split: SpeakerSplit
    search: Search
    tested: tuple[Tested, ...]
    """Confirmed ones first, each part from the surest on."""


def split_speakers(rows: SliceRows, seed: int) -> SpeakerSplit:
    """Two halves of the speakers, alike in the attribute whose groups have the fewest speakers."""
    order = np.random.default_rng(seed).permutation(rows.n_speakers)
    column = _sparsest(rows)
    if column is not None:
        order = order[np.argsort(_usual_level(rows, column)[order], kind="stable")]
    in_discovery = np.zeros(rows.n_speakers, np.bool_)
    in_discovery[order[::2]] = True
    digest = hashlib.sha256(np.sort(rows.speaker_ids[in_discovery]).astype("<i8").tobytes()).hexdigest()
    name = None if column is None else rows.columns[column].attribute
    return SpeakerSplit(in_discovery, seed, name, digest)


def halves(rows: SliceRows, split: SpeakerSplit, plan: SearchPlan) -> tuple[SliceRows, SliceRows]:
    """The rows of the discovery and of the confirmation speakers, each with a baseline of its own."""
    parts = (rows.of_speakers(split.in_discovery), rows.of_speakers(~split.in_discovery))
    return prepared(parts[0], plan), prepared(parts[1], plan)


def confirm(rows: SliceRows, plan: SearchPlan, seed: int, progress: Progress) -> Confirmation:
    """Search one half of the speakers, test the ten surest slices on the other half.

    Source: methods of selective inference by splitting; Holm (1979) over the slices taken along. The list
    is not gated before the test: that would cost power and protect from nothing.
    """
    split = split_speakers(rows, seed)
    first, second = halves(rows, split, plan)
    half = replace(plan, limits=plan.limits.halved())
    found = search(
        first,
        half,
        lambda step, done, total: progress(step, done, 2 * total),
        MOST_CONFIRMED,
        gated=False,
        allowed=lambda items: has_enough(second, items, half.limits),
    )
    again = search(
        second, half, lambda step, done, total: progress(step, total + done, 2 * total), MOST_CONFIRMED
    )
    alone = {one.items for one in again.found}
    estimates = [slice_estimate(second, one.items) for one in found.found]
    adjusted = holm(np.array([estimate.p for estimate in estimates], np.float64))
    tested = [
        Tested(one, estimate, float(p), one.q <= 0.05 and one.items in alone)
        for one, estimate, p in zip(found.found, estimates, adjusted, strict=True)
    ]
    tested.sort(key=lambda one: not one.confirmed)
    return Confirmation(split, found, tuple(tested))


def _sparsest(rows: SliceRows) -> int | None:
    """The column whose groups have the fewest speakers on average; one about the speaker where there is any."""

    def speakers_a_group(column: SliceColumn, position: int) -> float:
        stated = rows.codes[position] >= 0
        return len(np.unique(rows.speaker[stated])) / max(1, len(column.levels))

    about_speakers = [i for i, column in enumerate(rows.columns) if column.role == "speaker"]
    candidates = about_speakers or list(range(len(rows.columns)))
    return min(candidates, key=lambda i: (speakers_a_group(rows.columns[i], i), i), default=None)


def _usual_level(rows: SliceRows, column: int) -> IntArray:
    """The group in which each speaker has most recordings; -1 where nothing is stated."""
    code = rows.codes[column].astype(np.int64)
    size = len(rows.columns[column].levels) + 1
    key, position = np.unique(rows.speaker * size + code + 1, return_inverse=True)
    utterances = np.bincount(position.reshape(-1), rows.n_utterances, len(key))
    speaker, code = key // size, key % size - 1
    order = np.lexsort((-code, utterances, speaker))
    last = np.flatnonzero(np.diff(speaker[order], append=-1))
    return np.asarray(code[order][last], np.int64)
