"""How often the product's verdicts claim a difference where there is none, or deny one at the margin.

Called by `calibration.py`, which prints the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TypeVar

import numpy as np

from analysis.comparisons import ContrastStatistics, contrast_statistics
from analysis.intervals import GroupStatistics, group_statistics, pooled_design_effect
from analysis.judgement import VERDICTS, Judgement, judge
from analysis.metrics import COUNTS, METRICS
from analysis.rates import grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator, default_comparator
from analysis.speaker_counts import SpeakerCounts
from benchmarks.calibration_table import Table
from benchmarks.simulated_speakers import (
    Array,
    Grid,
    Population,
    accent_grid,
    by_run,
    crossed,
    nested,
    one_group,
)

SPREADS = (0.3, 0.6)
_Statistics = TypeVar("_Statistics", GroupStatistics, ContrastStatistics)


def verdicts_of_grid(grid: Grid, comparator: Comparator) -> Judgement:
    """The product's whole path from sums by speaker to verdicts."""
    cells = len(grid.codes)
    totals = {name: np.zeros(cells, np.int64) for name in COUNTS}
    grouped = grouped_counts(grid.attributes, grid.codes, totals, grid.counts, comparator)
    whole = whole_statistics(grid.counts)
    return rate_table(METRICS["wer"], grid.attributes, grouped, comparator, whole).judgement


def n_worse(found: Judgement) -> int:
    return int((found.verdict == VERDICTS.index("worse")).sum())


def peers_row(
    rng: np.random.Generator, who: Population, runs: int, everywhere: bool
) -> tuple[float, float, float]:
    """Share of runs with any cell worse than its peers, mean number worse than the complement, share tested."""
    any_worse, against_complement, tested = 0, 0, 0.0
    for _ in range(runs):
        grid = accent_grid(rng, who, accents=12, k=20, everywhere=everywhere)
        found = verdicts_of_grid(grid, default_comparator(grid.attributes))
        any_worse += n_worse(found) > 0
        tested += found.family_size / len(grid.codes)
        against_complement += n_worse(verdicts_of_grid(grid, Comparator("complement")))
    return any_worse / runs, against_complement / runs, tested / runs


def peers_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for spread in SPREADS:
        for everywhere in (True, False):
            rng, who = np.random.default_rng([seed, int(10 * spread), everywhere]), Population(spread)
            any_worse, complement, tested = peers_row(rng, who, runs, everywhere)
            design = "each in all conditions" if everywhere else "each in one condition"
            rows.append(
                (f"{spread}", design, f"{tested:.2f}", f"{any_worse:.3f}", f"{complement:.0f} of 192")
            )
            if any_worse > 0.05:
                failures.append(f"spread {spread}, {design}: {any_worse:.3f}")
    header = (
        "spread",
        "20 speakers a cell",
        "tested",
        "runs with any worse",
        "worse against the complement, mean",
    )
    title = "No effect of accent, strong effects of noise and device: 12 × 4 × 4 cells against peers"
    return Table(title, "any worse in at most 0.05 of runs", header, tuple(rows), tuple(failures))


def families(rng: np.random.Generator, who: Population, runs: int, size: int, k: int) -> Iterator[Judgement]:
    """Verdicts of families of equal groups, each group against all others of its family."""
    errors, words = one_group(rng, who, runs * size, k)
    counts = by_run(errors, words, share_speakers_of=size)
    pool = np.arange(runs * size) // size
    groups = group_statistics(counts)
    contrast = contrast_statistics(counts, groups, counts.merged(pool, runs), pool, without_group=True)
    for run in range(runs):
        part = slice(run * size, (run + 1) * size)
        own = _part(groups, part)
        yield judge(
            own, _part(contrast, part), who.rate, np.zeros(size, np.int64), pooled_design_effect(own, 4.0)
        )


def _part(statistics: _Statistics, part: slice) -> _Statistics:
    return replace(statistics, **{f.name: getattr(statistics, f.name)[part] for f in fields(statistics)})


def families_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for size, k in ((3, 20), (12, 10), (12, 20), (48, 20)):
        for spread in SPREADS:
            rng = np.random.default_rng([seed, size, k, int(10 * spread)])
            said = np.zeros(len(VERDICTS))
            for found in families(rng, Population(spread), runs, size, k):
                said[np.unique(found.verdict)] += 1
            shares = {name: said[i] / runs for i, name in enumerate(VERDICTS)}
            worse = shares["worse"]
            shown = (f"{worse:.3f}", f"{shares['slightly worse']:.3f}", f"{shares['better']:.3f}")
            rows.append((f"{size}", f"{k}", f"{spread}", *shown))
            if worse > 0.05:
                failures.append(f"{size} groups of {k}, spread {spread}: {worse:.3f}")
    header = ("groups", "speakers each", "spread", "any worse", "any slightly worse", "any better")
    title = "Families of groups without any difference, Holm"
    return Table(title, "any worse in at most 0.05 of families", header, tuple(rows), tuple(failures))


def verdicts_at_margin(counts: SpeakerCounts) -> Array:
    """Share of each verdict on group 2r against 2r+1, each a family of one."""
    groups = group_statistics(counts)
    other = np.arange(counts.n_groups) ^ 1
    contrast = contrast_statistics(counts, groups, counts, other, without_group=False)
    effect, total = pooled_design_effect(groups, 4.0), np.zeros(len(VERDICTS))
    for position in range(0, counts.n_groups, 2):
        part = slice(position, position + 1)
        found = judge(_part(groups, part), _part(contrast, part), 0.15, np.zeros(1, np.int64), effect)
        total[found.verdict[0]] += 1
    return total / (counts.n_groups / 2)


def margin_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for spread in SPREADS:
        rng, who = np.random.default_rng([seed, int(10 * spread)]), Population(spread)
        draws = [
            (f"{k} against {m} others", nested(rng, who, runs, (k, m), 1.25))
            for k, m in ((20, 20), (80, 80), (20, 400))
        ]
        draws += [(f"{k} on both sides", crossed(rng, who, runs, k, 1.25)) for k in (20, 80)]
        for name, counts in draws:
            share = dict(zip(VERDICTS, verdicts_at_margin(counts), strict=True))
            shown = (f"{share['within']:.3f}", f"{share['slightly worse']:.3f}", f"{share['worse']:.2f}")
            rows.append((f"{spread}", name, *shown, f"{share['undecided']:.2f}"))
            if share["within"] > 0.05:
                failures.append(f"spread {spread}, {name}: {share['within']:.3f}")
    header = ("spread", "speakers", "within", "slightly worse", "worse", "undecided")
    return Table(
        "Verdicts at a ratio of exactly 1.25", "within in at most 0.05", header, tuple(rows), tuple(failures)
    )
