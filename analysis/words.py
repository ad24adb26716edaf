"""Which words and kinds of error make a subgroup's excess over its comparator: rates, intervals, looks.

Takes counts of words (`words_tally.py`) and gives every item's rate on both sides, the
difference with an interval by speaker and a q-value over all items of a list. The lists are
for finding out: nothing in them was declared in advance. It reads no text itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.intervals import t_quantile
from analysis.multiplicity import benjamini_hochberg
from analysis.settings import DEFAULTS
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts
from analysis.words_exact import exact_p_values
from analysis.words_items import KINDS, PHRASE, WORD, Items, SideCounts, WordCounts
from analysis.words_jackknife import RateDifference, rate_difference

MIN_ERRORS = 10
"""Errors on both sides together that an item needs before it is tested."""
MIN_SPEAKERS = 5
"""Speakers who need to have erred on an item, and on each side to have said it, before it is tested."""
MIN_LISTED = 2
"""Errors on both sides together below which an item is left out of the list."""
STATUSES = ("tested", "few errors", "few speakers", "display only")
TESTED, FEW_ERRORS, FEW_SPEAKERS, DISPLAY_ONLY = range(len(STATUSES))


@dataclass(frozen=True)
class WordExcess:
    """Every listed item, the largest excess first; arrays with one entry per item, NaN where undefined."""

    items: Items
    errors: IntArray
    other_errors: IntArray
    said: FloatArray
    """How often the subgroup said the reference word; NaN for insertions and phrases."""
    other_said: FloatArray
    rate: FloatArray
    """Errors for each reference word of the subgroup, as a fraction."""
    other_rate: FloatArray
    excess: FloatArray
    """The subgroup's rate less the comparator's."""
    low: FloatArray
    high: FloatArray
    p: FloatArray
    """Two-sided, exact on effective counts; NaN where the item is not tested."""
    q: FloatArray
    """Benjamini-Hochberg over the tested items of the same kind: each kind is a list of its own."""
    share: FloatArray
    """Of the whole excess of these recordings; NaN where there is none."""
    n_speakers: IntArray
    """Speakers of the subgroup for whom the item was wrong."""
    other_speakers: IntArray
    status: IntArray
    """Position in STATUSES."""
    n_seen: IntArray
    """Items of each of KINDS that were wrong at least once, listed or not."""
    n_tested: IntArray
    """Of those, the ones that are tested."""
    alpha: float

    def __len__(self) -> int:
        return len(self.errors)

    @property
    def is_shown(self) -> BoolArray:
        """Items whose excess stands out after looking at all of them: by their q, and with an interval above 0."""
        return np.asarray((self.q <= self.alpha) & (self.low > 0), np.bool_)


def word_excess(
    counts: WordCounts,
    whole: float,
    level: float = DEFAULTS.level,
    alpha: float = DEFAULTS.alpha,
    *,
    overlapping: bool = False,
) -> WordExcess:
    """The excess of every item of two sides, with intervals and q-values.

    `whole` is the excess of the same recordings over all kinds, NaN where no share of it is to be given. `overlapping` says that the subgroup is part of its
    comparator, which is then for display and tests nothing. A variance is never taken to be smaller than if errors
    fell on words independently: an item that a side got right by chance shows no spread there.
    """
    own, other = counts.own, counts.other
    found = rate_difference(own, other, own.items, other.items)
    variance = np.maximum(found.variance, _independent(found, own, other, overlapping))
    half = t_quantile(0.5 + level / 2, found.degrees) * np.sqrt(variance)
    status, erring = _status(counts, found, overlapping)
    p = exact_p_values(found, own, other)
    share = found.difference / (whole if whole > 0 else np.nan)
    p = np.where(status == TESTED, p, np.nan)
    kept = _ranked(found, status)
    said, other_said = (_times_said(counts.items, side) for side in (own, other))
    return WordExcess(
        items=_taken(counts.items, kept),
        errors=found.errors[kept].astype(np.int64),
        other_errors=found.other_errors[kept].astype(np.int64),
        said=said[kept],
        other_said=other_said[kept],
        rate=found.rate[kept],
        other_rate=found.other_rate[kept],
        excess=found.difference[kept],
        low=(found.difference - half)[kept],
        high=(found.difference + half)[kept],
        p=p[kept],
        q=_adjusted(p, counts.items.kind)[kept],
        share=share[kept],
        n_speakers=erring[0][kept],
        other_speakers=erring[1][kept],
        status=status[kept],
        n_seen=np.bincount(counts.items.kind, minlength=len(KINDS)),
        n_tested=np.bincount(counts.items.kind[np.isfinite(p)], minlength=len(KINDS)),
        alpha=alpha,
    )


def _adjusted(p: FloatArray, kind: IntArray) -> FloatArray:
    """q-values within each kind."""
    q = np.full(len(p), np.nan)
    for one in range(len(KINDS)):
        q[kind == one] = benjamini_hochberg(p[kind == one])
    return q


def _independent(found: RateDifference, own: SideCounts, other: SideCounts, overlapping: bool) -> FloatArray:
    """Variance of a difference if every word were a trial of its own and both sides had one rate."""
    words, other_words = own.words.sum(), other.words.sum()
    with np.errstate(all="ignore"):
        if overlapping:
            return np.asarray(found.other_rate * np.maximum(0.0, 1 / words - 1 / other_words), np.float64)
        rate = (found.errors + found.other_errors) / (words + other_words)
        return np.asarray(rate * (1 / words + 1 / other_words), np.float64)


def _status(
    counts: WordCounts, found: RateDifference, overlapping: bool
) -> tuple[IntArray, tuple[IntArray, IntArray]]:
    """Why an item is or is not tested, and how many speakers of each side erred on it.

    The minima do not look at which side erred more, so that they favour no direction.
    """
    own, other = counts.own, counts.other
    pairs = SpeakerCounts.of(
        np.concatenate([own.items.group, other.items.group]),
        np.concatenate([own.items.speaker, other.items.speaker]),
        np.concatenate([own.items.numerator, other.items.numerator]),
        np.zeros(len(own.items.group) + len(other.items.group)),
        own.items.n_groups,
    )
    erring_anywhere = pairs.total(pairs.numerator > 0)
    sayers = np.minimum(*(_speakers_who_said(counts.items, side) for side in (own, other)))
    few_speakers = (erring_anywhere < MIN_SPEAKERS) | (sayers < MIN_SPEAKERS)
    status = np.where(few_speakers, FEW_SPEAKERS, TESTED)
    status = np.where(found.errors + found.other_errors < MIN_ERRORS, FEW_ERRORS, status)
    status = np.where(np.isfinite(found.variance), status, FEW_SPEAKERS)
    if overlapping:
        status = np.full(len(status), DISPLAY_ONLY)
    erring = tuple(side.items.total(side.items.numerator > 0).astype(np.int64) for side in (own, other))
    return status.astype(np.int64), (erring[0], erring[1])


def _speakers_who_said(items: Items, side: SideCounts) -> FloatArray:
    """Speakers who said an item's word; for insertions and phrases all who are on the side."""
    sayers = side.said.total(side.said.denominator > 0)
    everybody = float(side.present.sum())
    return np.where(items.word >= 0, sayers[items.word], everybody) if len(sayers) else _all(items, everybody)


def _times_said(items: Items, side: SideCounts) -> FloatArray:
    times = side.said.total(side.said.denominator)
    return np.where(items.word >= 0, times[items.word], np.nan) if len(times) else _all(items, np.nan)


def _all(items: Items, value: float) -> FloatArray:
    return np.full(len(items.kind), value)


def _ranked(found: RateDifference, status: IntArray) -> IntArray:
    """The items that are listed, the largest excess first; equal ones in the order of their texts."""
    listed = (found.errors + found.other_errors >= MIN_LISTED) | (status == TESTED)
    order = np.argsort(-found.difference, kind="stable")
    return np.asarray(order[listed[order]], np.int64)


def _taken(items: Items, kept: IntArray) -> Items:
    return Items(
        items.kind[kept],
        tuple(items.reference[i] for i in kept),
        tuple(items.hypothesis[i] for i in kept),
        items.word[kept],
    )


def whole_difference(counts: WordCounts) -> RateDifference:
    """All errors of both sides as a single item: substitutions, deletions and insertions."""
    kind = counts.items.kind
    error = (kind != WORD) & (kind != PHRASE)
    parent = np.where(error, 0, 1)
    own, other = counts.own, counts.other
    found = rate_difference(own, other, own.items.merged(parent, 2), other.items.merged(parent, 2))
    return RateDifference(**{name: values[:1] for name, values in vars(found).items()})
