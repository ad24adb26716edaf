"""Finding the slices whose errors are more frequent than those of their comparators.

Puts the parts together: every conjunction of declared groups is tested, the false discovery
rate is controlled over all tests, what does not matter in practice or is explained by another
slice is put aside, and what is left is estimated again exactly. A slice that was found is a
hypothesis; `slices_confirm.py` tests it on speakers it was not found on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from analysis.slices_effects import Baseline, with_expected
from analysis.slices_estimates import SliceEstimate, slice_estimate
from analysis.slices_prune import Explained, prune
from analysis.slices_rows import Items, SearchLimits, SliceRows
from analysis.slices_scan import Progress, Scan, scan
from analysis.speaker_counts import FloatArray, IntArray

SliceQuestion = Literal["worst", "combination"]
MAX_DEPTH = 4
FALSE_DISCOVERY_RATE = 0.05
MOST_LISTED = 20
LEAST_SURE = 0.05
"""A slice with a larger p is not taken to other speakers: it would only make it harder for the rest."""
_DIGITS = 12
"""Equal slices under two names differ in p by rounding alone; the shorter name then goes first."""


@dataclass(frozen=True)
class SearchPlan:
    """What is searched for."""

    question: SliceQuestion = "worst"
    """worst: against the comparator. combination: against what the conditions explain one by one."""
    baseline: Baseline = "multiplicative"
    """How effects of single conditions go together, for combinations."""
    depth: int = 3
    limits: SearchLimits = field(default_factory=SearchLimits)

    @property
    def least(self) -> int:
        """Fewest conditions of a slice: a single one is no combination."""
        return 2 if self.question == "combination" else 1


@dataclass(frozen=True)
class Found:
    """A slice that says something of its own."""

    items: Items
    p: float
    """One-sided, from the search."""
    q: float
    """False discovery rate of the list up to this slice, over every slice tested."""
    estimate: SliceEstimate


@dataclass(frozen=True)
class Search:
    """What one search looked at and found."""

    searched: int
    tested: int
    too_few: int
    found: tuple[Found, ...]
    """From the surest on."""
    explained: tuple[Explained, ...]
    untestable: tuple[Items, ...]
    """Groups and pairs that have too little data and hold no smaller such."""


def prepared(rows: SliceRows, plan: SearchPlan) -> SliceRows:
    """The rows with what the plan holds errors against."""
    return with_expected(rows, plan.baseline) if plan.question == "combination" else rows


def search(
    rows: SliceRows,
    plan: SearchPlan,
    progress: Progress,
    most: int = MOST_LISTED,
    gated: bool = True,
    allowed: Callable[[Items], bool] = lambda _items: True,
) -> Search:
    """Search `prepared` rows for slices.

    gated: list only slices whose false discovery rate is at most 0.05; else the surest ones whatever it is,
    which is right where they are tested again on other speakers.
    """
    looked = scan(rows, plan.limits, plan.depth, plan.least, progress)
    chosen = (looked.ratio >= plan.limits.min_ratio) & (looked.excess >= plan.limits.min_excess_errors)
    # A list of so many cannot hold a slice less sure than this, so nothing else need be looked at.
    chosen &= looked.p <= (FALSE_DISCOVERY_RATE * most / max(1, looked.tested) if gated else LEAST_SURE)
    order = ranking(looked, np.flatnonzero(chosen))
    ranked = [looked.items[i] for i in order]
    p_of = {items: float(looked.p[i]) for items, i in zip(ranked, order, strict=True)}
    pruned = prune(rows, ranked, most, plan.limits.min_ratio, allowed)
    q = q_values([p_of[items] for items in pruned.kept], looked.tested)
    found = tuple(
        Found(items, p_of[items], float(each), slice_estimate(rows, items))
        for items, each in zip(pruned.kept, q, strict=True)
        if not gated or each <= FALSE_DISCOVERY_RATE
    )
    listed = {(), *(one.items for one in found)}
    explained = tuple(one for one in pruned.explained if one.by in listed)
    return Search(looked.searched, looked.tested, looked.too_few, found, explained, looked.untestable)


def q_values(p: Sequence[float], tested: int) -> FloatArray:
    """False discovery rate of a list of kept slices out of so many tested, in rising order of p.

    What was put aside does not count as a discovery: the many parts of one true slice would else let in as many
    false ones. Source: after Focused BH (Katsevich, Sabatti and Bogomolov 2023, JASA 118, 165-176), the filter being the
    pruning. Its proof asks for a filter that looks at no more than the p-values; how often the list is wrong is
    therefore measured (`benchmarks/calibration.md`).
    """
    ranked = np.asarray(p, np.float64) * tested / np.arange(1, len(p) + 1)
    return np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])


def ranking(looked: Scan, chosen: IntArray) -> list[int]:
    """Some slices from the surest on; of equally sure ones the shorter first."""
    return sorted(
        (int(i) for i in chosen),
        key=lambda i: (round(float(looked.p[i]), _DIGITS), len(looked.items[i]), looked.items[i]),
    )
