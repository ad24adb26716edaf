"""Which combinations of groups were tested, how finely, and whom to record next.

Combinations of t attributes are covered when enough speakers were recorded in them. The
unit of collection is a session: one new speaker of a profile, recorded in several
conditions, so one session fills several cells at once. It knows no database: tables of
rates in, plans out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.attributes import Attribute
from analysis.counting_sort import distinct
from analysis.intervals import GroupStatistics
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

DEFAULT_HALF_WIDTH = 0.15
"""Half width of a log interval that is fine enough: about 15 % of the rate."""
PRIOR_VARIANCE = 0.2
"""Variance of one speaker's log rate where no group tells: rates that differ by a factor of 1.5, few words each."""
Z = 1.959963984540054
_EQUAL = 1e-9


@dataclass(frozen=True)
class CoverageOrder:
    """Combinations of t attributes: how many there are and how many were tested."""

    t: int
    combinations: int
    covered: int
    missing: tuple[dict[str, str], ...]
    """Combinations with fewer speakers than the minimum, first in the order of the attributes."""

    @property
    def share(self) -> float | None:
        """Covered over all; None where there are fewer than t attributes."""
        return self.covered / self.combinations if self.combinations else None


def coverage_of(
    attributes: Sequence[Attribute],
    codes: IntArray,
    speaker: IntArray,
    t: int,
    settings: Settings = DEFAULTS,
    planned: dict[str, tuple[str, ...]] | None = None,
    asked: BoolArray | None = None,
) -> CoverageOrder:
    """Share of the value combinations of every t attributes that have enough speakers.

    codes: one row per recorded (cell, speaker), one column per attribute, -1 not stated.
    planned: groups intended to be served that the data may not have at all.
    asked: which combinations of all attributes are asked for, one axis per attribute; None: all of them.
    Source: combinatorial coverage measurement (Kuhn, Kacker, Lei).
    """
    total, covered = 0, 0
    missing: list[dict[str, str]] = []
    for columns in itertools.combinations(range(len(attributes)), t):
        names = [attributes[c].name for c in columns]
        levels = [all_levels(attributes[c], planned) for c in columns]
        speakers = _speakers_per_combination([len(a) for a in levels], codes[:, list(columns)], speaker)
        enough, others = speakers >= settings.min_speakers, set(range(len(attributes))) - set(columns)
        wanted = np.ones(enough.shape, bool) if asked is None else asked.any(axis=tuple(others))
        total, covered = total + int(wanted.sum()), covered + int((enough & wanted).sum())
        for place in np.argwhere(wanted & ~enough):
            missing.append({n: lv[i] for n, lv, i in zip(names, levels, place.tolist(), strict=True)})
    return CoverageOrder(t, total, covered, tuple(missing))


def smallest_missing(orders: Sequence[CoverageOrder]) -> tuple[dict[str, str], ...]:
    """Missing combinations that hold no other missing one, those of fewest attributes first.

    Whoever records these has most of the rest: a combination of three is missing anyway where one of its groups is.
    """
    found: list[dict[str, str]] = []
    seen: set[frozenset[tuple[str, str]]] = set()
    for order in sorted(orders, key=lambda one: one.t):
        for combination in order.missing:
            pairs = [*combination.items()]
            within = (
                frozenset(part)
                for size in range(1, len(pairs))
                for part in itertools.combinations(pairs, size)
            )
            if not any(part in seen for part in within):
                found.append(combination)
        seen |= {frozenset(combination.items()) for combination in order.missing}
    return tuple(found)


def all_levels(attribute: Attribute, planned: dict[str, tuple[str, ...]] | None) -> tuple[str, ...]:
    """The groups of the data, then those intended to be served that the data do not have."""
    intended = (planned or {}).get(attribute.name, ())
    return (*attribute.levels, *(group for group in intended if group not in attribute.levels))


def _speakers_per_combination(sizes: list[int], codes: IntArray, speaker: IntArray) -> IntArray:
    """Distinct speakers in each combination, as an array with one axis per attribute."""
    stated = (codes >= 0).all(axis=1)
    place = np.ravel_multi_index(tuple(codes[stated].T), tuple(sizes))
    width = int(speaker.max()) + 1 if len(speaker) else 1
    pairs = distinct(place * width + speaker[stated])
    return np.bincount(pairs // width, minlength=int(np.prod(sizes))).reshape(sizes)


@dataclass(frozen=True)
class Session:
    """A proposal: record some more speakers of one profile in some conditions."""

    profile: dict[str, str]
    conditions: tuple[dict[str, str], ...]
    speakers: int
    speakers_after: int
    """Fewest speakers that any of these cells has when the whole plan was recorded: never below the minimum."""
    half_width_before: float | None
    """Half width of the log interval of these cells now, averaged; see `half_width` for a cell without speakers.

    None, as the one after, where it is not known how much speakers differ.
    """
    half_width_after: float | None
    """The same when the whole plan was recorded: sessions of one profile share conditions."""
    untested: int = 0
    """How many of the conditions nobody of the profile was recorded in so far."""


@dataclass(frozen=True)
class Collection:
    """What is known of each cell of profile × condition; arrays of one axis per profile, one per condition."""

    profiles: tuple[dict[str, str], ...]
    conditions: tuple[dict[str, str], ...]
    speakers: FloatArray
    """Infinitely many where nobody asks for more, as in cells that a filter leaves out."""
    weight: FloatArray
    """How much a cell matters: its share of deployment where planned, else equal."""
    speaker_variance: float | None
    """Variance of one speaker's log rate around its cell's: between speakers and within.

    None where it is not known: PRIOR_VARIANCE then orders the plan, and no width is told.
    """


def next_sessions(
    collection: Collection,
    target: float = DEFAULT_HALF_WIDTH,
    most: int = 12,
    at_once: int = 5,
    in_each: int = 4,
    minimum: int = DEFAULTS.min_speakers,
) -> list[Session]:
    """Greedy plan: the sessions that narrow the intervals most, each repeated for several speakers.

    The loss of a cell is its weight times how much wider its interval is than the target;
    it falls and flattens with every speaker, so taking the best next session is near optimal
    (greedy cover of a submodular gain). A step adds `at_once` speakers, or as many as the least
    recorded cell of its profile lacks to have `minimum`: fewer would leave it unjudged. Steps of
    different size are compared by what each speaker adds.
    """
    speakers = collection.speakers.copy()
    planned: dict[tuple[int, tuple[int, ...]], int] = {}
    asked = np.zeros(len(collection.profiles))
    for _ in range(most):
        added = np.maximum(at_once, minimum - speakers.min(axis=1, keepdims=True))
        gain = collection.weight * (
            _loss(speakers, collection, target) - _loss(speakers + added, collection, target)
        )
        best = np.sort(np.argsort(-gain, axis=1, kind="stable")[:, :in_each], axis=1)
        value = np.take_along_axis(gain, best, axis=1).sum(axis=1) / added[:, 0]
        # Between equals, whoever was asked for least: a plan should not be about one group alone.
        equal = np.flatnonzero(value >= value.max() - _EQUAL)
        profile = int(equal[np.argmin(asked[equal])])
        chosen = tuple(int(c) for c in best[profile] if gain[profile, c] > 0)
        if not chosen:
            break
        more = int(added[profile, 0])
        speakers[profile, list(chosen)] += more
        asked[profile] += more
        planned[profile, chosen] = planned.get((profile, chosen), 0) + more
    return [
        _session(collection, speakers, profile, chosen, count) for (profile, chosen), count in planned.items()
    ]


def still_too_few(
    collection: Collection, sessions: Sequence[Session], minimum: int = DEFAULTS.min_speakers
) -> int:
    """Cells that would have fewer speakers than the minimum when every session was recorded."""
    speakers = collection.speakers.copy()
    for session in sessions:
        profile = collection.profiles.index(session.profile)
        places = [collection.conditions.index(one) for one in session.conditions]
        speakers[profile, places] += session.speakers
    return int((speakers < minimum).sum())


def half_width(speakers: FloatArray, collection: Collection) -> FloatArray:
    """Expected half width of a cell's log interval at 95 %.

    Where nobody was recorded, that of one speaker, at least 1: it must not be narrower than any cell with people.
    """
    variance = collection.speaker_variance
    alone = Z * np.sqrt(PRIOR_VARIANCE if variance is None else variance)
    with np.errstate(divide="ignore"):
        width = alone / np.sqrt(speakers)
    known: FloatArray = np.where(speakers > 0, width, max(1.0, alone))
    return known


def speaker_variance(statistics: GroupStatistics, settings: Settings = DEFAULTS) -> float | None:
    """Variance of one speaker's log rate around its group's: the median over groups with enough speakers.

    The variance of a group's log rate times its effective speakers, so words of one speaker count as alike.
    None where no group has enough speakers and a variance.
    """
    with np.errstate(invalid="ignore"):
        one = statistics.variance_log * statistics.effective_speakers
    enough = (statistics.n_speakers >= settings.min_speakers) & np.isfinite(one) & (one > 0)
    return float(np.median(one[enough])) if enough.any() else None


def _loss(speakers: FloatArray, collection: Collection, target: float) -> FloatArray:
    return np.maximum(0.0, half_width(speakers, collection) - target)


def _session(
    collection: Collection, after: FloatArray, profile: int, chosen: tuple[int, ...], count: int
) -> Session:
    places = list(chosen)
    now, then = collection.speakers[profile, places], after[profile, places]
    known = collection.speaker_variance is not None
    return Session(
        collection.profiles[profile],
        tuple(collection.conditions[c] for c in chosen),
        count,
        int(then.min()),
        float(half_width(now, collection).mean()) if known else None,
        float(half_width(then, collection).mean()) if known else None,
        int((now == 0).sum()),
    )
