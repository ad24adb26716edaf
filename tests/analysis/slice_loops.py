"""Slices searched again with plain loops over recordings, one slice and one speaker at a time."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.slices_rows import Items, SearchLimits, SliceRows


@dataclass(frozen=True)
class Looped:
    """A slice that was tested."""

    p: float
    ratio: float
    excess: float


def every_slice(rows: SliceRows, least: int, depth: int) -> Iterator[Items]:
    """Every conjunction of groups of different attributes, recorded or not."""
    for order in range(least, depth + 1):
        for columns in itertools.combinations(range(len(rows.columns)), order):
            if len({rows.columns[c].attribute for c in columns}) == order:
                for levels in itertools.product(*(range(len(rows.columns[c].levels)) for c in columns)):
                    yield tuple(zip(columns, levels, strict=True))


def looped_scan(
    rows: SliceRows, limits: SearchLimits, least: int, depth: int
) -> tuple[int, dict[Items, Looped]]:
    """How many slices there are, and those with enough data on both sides."""
    found = {}
    n = 0
    for items in every_slice(rows, least, depth):
        n += 1
        own = [all(rows.codes[c][i] == level for c, level in items) for i in range(len(rows.speaker))]
        roles = {rows.columns[c].role for c, _ in items}
        shared = [(c, v) for c, v in items if rows.columns[c].role != "speaker"]
        if "speaker" not in roles or roles == {"speaker"}:
            shared = []
        beside = [
            not own[i] and all(rows.codes[c][i] == level for c, level in shared) for i in range(len(own))
        ]
        result = _test(rows, own, beside, limits)
        if result is not None:
            found[items] = result
    return n, found


def _by_speaker(rows: SliceRows, mask: list[bool]) -> dict[int, tuple[float, float]]:
    sums: dict[int, tuple[float, float]] = {}
    for i, inside in enumerate(mask):
        if inside and (rows.numerator[i] > 0 or rows.base[i] > 0):
            e, n = sums.get(int(rows.speaker[i]), (0.0, 0.0))
            sums[int(rows.speaker[i])] = (e + rows.numerator[i], n + rows.base[i])
    return sums


def _test(rows: SliceRows, own: list[bool], beside: list[bool], limits: SearchLimits) -> Looped | None:
    inside, outside = _by_speaker(rows, own), _by_speaker(rows, beside)
    if sum(n for n, is_own in zip(rows.n_utterances, own, strict=True) if is_own) < limits.min_utterances:
        return None
    totals = []
    for side in (inside, outside):
        words = [n for _, n in side.values()]
        if len(side) < limits.min_speakers or sum(words) * rows.base_rate < limits.min_expected_errors:
            return None
        if sum(words) ** 2 < limits.min_effective_speakers * sum(n * n for n in words):
            return None
        totals.append((sum(e for e, _ in side.values()), sum(words)))
    (errors, words), (other_errors, other_words) = totals
    if other_errors == 0 or errors == 0:
        return Looped(1.0, math.inf if errors else 0.0, errors - words * other_errors / other_words)
    theta = math.log(errors / words) - math.log(other_errors / other_words)

    def change(side: dict[int, tuple[float, float]], speaker: int, total: tuple[float, float]) -> float:
        """One step of leaving a speaker out; a speaker of the slice is weighed by what is left without them."""
        e, n = side.get(speaker, (0.0, 0.0))
        influence = e / total[0] - n / total[1]
        return influence / (1 - n / total[1]) if side is inside or speaker in inside else influence

    speakers = sorted({*inside, *outside})
    joint = [change(inside, k, totals[0]) - change(outside, k, totals[1]) for k in speakers]
    one = [change(inside, k, totals[0]) for k in inside]
    other = [change(outside, k, totals[1]) for k in outside]
    floor = max(0.0, 1 - rows.overall_rate) / errors
    variance = max(_jackknife(joint), floor)
    v1, v2 = _jackknife(one), _jackknife(other)
    d1, d2 = _effective(inside) - 1, _effective(outside) - 1
    degrees = (v1 + v2) ** 2 / (v1**2 / d1 + v2**2 / d2) if v1 + v2 > 0 else min(d1, d2)
    p = float(stats.t.sf(theta / math.sqrt(variance), max(1.0, degrees)))
    if (floor > 0 and theta / math.sqrt(floor) <= 2) or theta <= 0:
        p = 1.0
    return Looped(p, math.exp(theta), errors - words * other_errors / other_words)


def _jackknife(changes: list[float]) -> float:
    k = len(changes)
    mean = sum(changes) / k
    return (k - 1) / k * sum((x - mean) ** 2 for x in changes)


def _effective(side: dict[int, tuple[float, float]]) -> float:
    words = np.array([n for _, n in side.values()])
    return float(words.sum() ** 2 / (words**2).sum())
