"""One slice against its comparator, exactly: ratio, interval, p-value, and what each condition adds.

Uses the joint jackknife of `comparisons.py`, so that a slice has the numbers that the table of
rates and its own page show. Owns also the contributions of a slice's conditions.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics
from analysis.ratio_estimates import ratio_estimates
from analysis.slices_rows import Item, Items, SearchLimits, SliceRows, peers_of
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts


@dataclass(frozen=True)
class SliceEstimate:
    """A slice against its comparator."""

    rate: float
    """Errors over words of the slice."""
    rest_rate: float
    """Rate the slice would have if it were like its comparator, or as its conditions explain one by one."""
    ratio: float
    low: float | None
    """Ends of the 95 % interval by speaker; None where undefined."""
    high: float | None
    p: float
    """One-sided, with a variance of at least that of independent words; 1 where undefined."""
    n_speakers: int
    n_utterances: int
    n_words: float
    errors: float
    n_speakers_beside: int

    @property
    def excess_errors(self) -> float:
        """Errors beyond those at `rest_rate`."""
        return self.errors - self.rest_rate * self.n_words


def sides(rows: SliceRows, items: Items) -> tuple[BoolArray, BoolArray]:
    """The recordings of a slice and those of its comparator."""
    own = rows.inside(items)
    return own, rows.inside(peers_of(rows.columns, items)) & ~own


def slice_estimate(rows: SliceRows, items: Items) -> SliceEstimate:
    """A slice against its comparator, by the joint delete-one-speaker jackknife."""
    own, beside = sides(rows, items)
    found = contrast(rows, own, beside)
    errors, words = float(rows.numerator[own].sum()), float(rows.denominator[own].sum())
    rate = errors / words if words > 0 else math.nan
    return SliceEstimate(
        rate,
        rate / found.ratio if found.ratio > 0 else math.nan,
        found.ratio,
        found.low,
        found.high,
        found.p,
        found.n_speakers,
        int(rows.n_utterances[own].sum()),
        words,
        errors,
        found.n_speakers_beside,
    )


@dataclass(frozen=True)
class Contrast:
    """Some rows against others."""

    ratio: float
    """NaN where undefined."""
    low: float | None
    high: float | None
    p: float
    """One-sided; 1 where undefined."""
    n_speakers: int
    n_speakers_beside: int


@dataclass(frozen=True)
class Chosen:
    """Some rows, by mask or position, with what their errors are held against."""

    rows: BoolArray | IntArray
    base: FloatArray

    def by_speaker(self, rows: SliceRows) -> tuple[FloatArray, FloatArray]:
        """Errors and base of each speaker."""
        speaker = rows.speaker[self.rows]
        errors = np.bincount(speaker, rows.numerator[self.rows], rows.n_speakers)
        base = np.bincount(speaker, self.base, rows.n_speakers)
        return errors.astype(np.float64, copy=False), base.astype(np.float64, copy=False)


def contrast(rows: SliceRows, own: BoolArray, beside: BoolArray) -> Contrast:
    """Some rows against others, by the joint delete-one-speaker jackknife."""
    counts, others = (_counts(rows, Chosen(mask, rows.base[mask])) for mask in (own, beside))
    if not (counts.denominator.any() and others.denominator.any()):
        return Contrast(math.nan, None, None, 1.0, len(counts.group), len(others.group))
    groups = group_statistics(counts)
    both = contrast_statistics(counts, groups, others, np.zeros(1, np.int64), without_group=False)
    found = ratio_estimates(groups, both, float(np.nanmax([1.0, groups.design_effect[0]])))
    ratio, low, high = (float(values[0]) for values in (found.ratio, found.low, found.high))
    p, theta = float(found.p[0]), math.log(ratio) if 0 < ratio < math.inf else math.nan
    if math.isfinite(p) and math.isfinite(theta) and not found.exact[0]:
        floor = max(0.0, 1.0 - rows.overall_rate) / groups.numerator[0]
        variance = max(float(both.variance[0]), floor)
        p = float(special.stdtr(found.degrees[0], -theta / math.sqrt(variance)))
    else:
        p = 1.0
    return Contrast(
        ratio if math.isfinite(ratio) else math.nan,
        low if math.isfinite(low) else None,
        high if math.isfinite(high) else None,
        p,
        len(counts.group),
        len(others.group),
    )


def quick_contrast(rows: SliceRows, own: Chosen, beside: Chosen) -> tuple[float, float]:
    """Ratio and one-sided p-value of `contrast` without its interval, at a tenth of the cost; (nan, 1) if undefined."""
    e, n = own.by_speaker(rows)
    f, m = beside.by_speaker(rows)
    errors, size, other_errors, other_size = e.sum(), n.sum(), f.sum(), m.sum()
    if min(errors, size, other_errors, other_size) <= 0:
        return math.nan, 1.0
    inside, outside = (e > 0) | (n > 0), (f > 0) | (m > 0)
    theta = math.log(errors / size) - math.log(other_errors / other_size)
    with np.errstate(all="ignore"):
        one = np.log((errors - e) / (size - n)) - math.log(errors / size)
        other = np.log((other_errors - f) / (other_size - m)) - math.log(other_errors / other_size)
        variance = _jackknife((one - other)[inside | outside])
        own_variance, other_variance = _jackknife(one[inside]), _jackknife(other[outside])
        own_degrees, other_degrees = size**2 / (n**2).sum() - 1, other_size**2 / (m**2).sum() - 1
        degrees = (own_variance + other_variance) ** 2 / (
            own_variance**2 / own_degrees + other_variance**2 / other_degrees
        )
        variance = max(variance, max(0.0, 1.0 - rows.overall_rate) / errors)
        p = float(special.stdtr(max(1.0, degrees), -theta / np.sqrt(variance)))
    return math.exp(theta), p if math.isfinite(p) else 1.0


def _jackknife(changes: FloatArray) -> float:
    k = len(changes)
    return (k - 1) / k * float(((changes - changes.mean()) ** 2).sum()) if k > 1 else math.nan


def has_enough(rows: SliceRows, items: Items, limits: SearchLimits) -> bool:
    """Whether a slice and its comparator have enough data; looks at no error of either."""
    own, beside = sides(rows, items)
    if rows.n_utterances[own].sum() < limits.min_utterances:
        return False
    for mask in (own, beside):
        base = np.bincount(rows.speaker[mask], rows.denominator[mask], rows.n_speakers)
        base = base[base > 0]
        if len(base) < limits.min_speakers or base.sum() * rows.overall_rate < limits.min_expected_errors:
            return False
        if base.sum() ** 2 < limits.min_effective_speakers * (base**2).sum():
            return False
    return True


def contributions(rows: SliceRows, items: Items) -> tuple[tuple[Item, float], ...]:
    """How far each condition moves the rate from the overall one, in its order; they sum to the whole distance.

    Source: Shapley values of the conditions over all conjunctions of them, as in DivExplorer (Pastor,
    de Alfaro and Baralis 2021). A conjunction that nobody recorded counts as not moving the rate.
    """
    rates = {
        part: _rate(rows, part)
        for size in range(len(items) + 1)
        for part in itertools.combinations(items, size)
    }
    n = len(items)
    found = []
    for item in items:
        rest = tuple(other for other in items if other != item)
        value = 0.0
        for size in range(n):
            weight = math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n)
            for part in itertools.combinations(rest, size):
                value += weight * (rates[tuple(sorted((*part, item)))] - rates[part])
        found.append((item, value))
    return tuple(found)


def _rate(rows: SliceRows, items: Items) -> float:
    own = rows.inside(items)
    words = float(rows.denominator[own].sum())
    return float(rows.numerator[own].sum()) / words if words > 0 else rows.overall_rate


def _counts(rows: SliceRows, chosen: Chosen) -> SpeakerCounts:
    """The sums of some rows by speaker, as one group."""
    errors, size = chosen.by_speaker(rows)
    present = np.flatnonzero((errors > 0) | (size > 0))
    return SpeakerCounts(np.zeros(len(present), np.int64), present, errors[present], size[present], 1)
