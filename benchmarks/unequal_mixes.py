"""How often an accent is called worse that was only recorded in worse conditions than the others.

No accent has an effect of its own. Half of them were mostly recorded where the system errs
most, the others mostly where it errs least; the product's whole path then compares every accent
with the others in its own mix, and as they were recorded. Called by `calibration.py`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.intervals import group_statistics
from analysis.judgement import Judgement
from analysis.metrics import COUNTS, METRICS
from analysis.mix_of_conditions import in_the_same_mix
from analysis.rates import grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator, default_comparator
from analysis.settings import DEFAULTS
from analysis.speaker_counts import SpeakerCounts
from benchmarks.calibration_table import Table
from benchmarks.false_verdicts import SPREADS, n_worse
from benchmarks.simulated_speakers import Grid, Population, accent_grid

ACCENTS = 12
TILT = 0.75
"""Part of what an accent said in the conditions it was rarely recorded in that is left out."""


def unequal_grid(rng: np.random.Generator, who: Population, k: int, everywhere: bool) -> Grid:
    """The evaluation of `accent_grid` without most of what even accents said in quiet, and odd ones in noise."""
    grid = accent_grid(rng, who, ACCENTS, k, everywhere=everywhere)
    codes, counts = grid.codes[grid.counts.group], grid.counts
    rare = (codes[:, 0] % 2 == 0) == (codes[:, 1] < 2)
    kept = ~rare | (rng.random(len(codes)) > TILT)
    return replace(
        grid,
        counts=SpeakerCounts.of(
            counts.group[kept],
            counts.speaker[kept],
            counts.numerator[kept],
            counts.denominator[kept],
            counts.n_groups,
        ),
    )


def verdicts_by_accent(grid: Grid, comparator: Comparator) -> tuple[Judgement, bool]:
    """The product's verdicts on accents alone, and whether it compared them in their own mix."""
    by, conditions = grid.attributes[:1], grid.attributes[1:]
    counts = grid.counts.merged(grid.codes[:, 0], ACCENTS)
    totals = {name: np.zeros(ACCENTS, np.int64) for name in COUNTS}
    codes = np.arange(ACCENTS).reshape(-1, 1)
    grouped = grouped_counts(by, codes, totals, counts, comparator)
    if comparator.kind == "peers":
        mix, contrast = in_the_same_mix(
            grid.counts,
            grid.codes,
            conditions,
            group_statistics(counts),
            grouped.contrast,
            DEFAULTS.mix_limit,
        )
        grouped = replace(grouped, mix=mix, contrast=contrast)
    table = rate_table(METRICS["wer"], by, grouped, comparator, whole_statistics(counts))
    return table.judgement, table.comparator.kind == "peers"


def unequal_row(
    rng: np.random.Generator, who: Population, runs: int, k: int, everywhere: bool
) -> tuple[float, float, float]:
    """Share of runs with any accent worse than others in its own mix, than all others as recorded, and share so compared."""
    in_own_mix, as_recorded, mixed = 0, 0, 0
    for _ in range(runs):
        grid = unequal_grid(rng, who, k, everywhere)
        found, used = verdicts_by_accent(grid, default_comparator(grid.attributes[:1]))
        in_own_mix += n_worse(found) > 0
        mixed += used
        as_recorded += n_worse(verdicts_by_accent(grid, Comparator("complement"))[0]) > 0
    return in_own_mix / runs, as_recorded / runs, mixed / runs


def unequal_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for spread in SPREADS:
        for k, everywhere in ((20, True), (60, True), (2, False), (10, False)):
            rng, who = np.random.default_rng([seed, int(10 * spread), k, everywhere]), Population(spread)
            own, recorded, mixed = unequal_row(rng, who, runs, k, everywhere)
            design = f"{k} in most conditions" if everywhere else f"{k} a condition"
            rows.append((f"{spread}", design, f"{mixed:.2f}", f"{own:.3f}", f"{recorded:.2f}"))
            if own > 0.05:
                failures.append(f"spread {spread}, {design}: {own:.3f}")
    header = (
        "spread",
        "speakers of an accent",
        "compared in its own mix",
        "runs with any worse",
        "as recorded",
    )
    title = "No effect of accent, but half the accents recorded mostly in noise: 12 accents by themselves"
    return Table(title, "any worse in at most 0.05 of runs", header, tuple(rows), tuple(failures))
