"""How often the product's 95 % intervals hold the truth they were drawn around.

Rates beside two usual intervals that ignore speakers, and ratios of two groups. Called
by `calibration.py`, which prints the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy import stats

from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics, pooled_design_effect, rate_intervals
from analysis.ratio_estimates import ratio_estimates
from analysis.speaker_counts import SpeakerCounts
from benchmarks.calibration_table import Table
from benchmarks.simulated_speakers import (
    WORDS_PER_UTTERANCE,
    Array,
    Population,
    by_run,
    crossed,
    nested,
    one_group,
    utterances_of_one_group,
)

SPREADS = (0.3, 0.6)
SIZES = (4, 8, 20, 80)
NESTED_SIZES = ((4, 4), (8, 8), (20, 20), (80, 80), (5, 500), (190, 10))
TRUE_RATIO = 1.3
RUNS_AT_ONCE = 1_000
REPLICATES = 400


def covered(low: Array, high: Array, truth: float) -> float:
    """Share of the intervals that hold the truth, of those that were given."""
    given = np.isfinite(low)
    return float(((low <= truth) & (truth <= high))[given].mean()) if given.any() else float("nan")


# ---------------------------------------------------------------- rates


def rate_coverage(rng: np.random.Generator, who: Population, runs: int, k: int) -> tuple[float, float]:
    """Coverage of the product's 95 % interval of a rate, and the share of runs in which one is given."""
    errors, words = one_group(rng, who, runs, k)
    groups = group_statistics(by_run(errors, words))
    effect = pooled_design_effect(groups, float(np.nanmedian(groups.design_effect)))
    found = rate_intervals(groups, effect)
    return covered(found.low, found.high, who.rate), float(np.isfinite(found.low).mean())


def poisson_coverage(rng: np.random.Generator, who: Population, runs: int, k: int) -> float:
    """Coverage if every word were independent: exact Poisson limits."""
    errors, words = (values.sum(1) for values in one_group(rng, who, runs, k))
    low, high = (
        stats.chi2.ppf(0.025, 2 * errors) / 2 / words,
        stats.chi2.ppf(0.975, 2 * errors + 2) / 2 / words,
    )
    return covered(np.nan_to_num(low), high, who.rate)


def utterance_bootstrap_coverage(rng: np.random.Generator, who: Population, runs: int, k: int) -> float:
    """Coverage if every utterance were independent: percentiles over resampled utterances (Bisani and Ney, 2004)."""
    low, high = np.zeros(runs), np.zeros(runs)
    for run in range(runs):
        errors, _ = utterances_of_one_group(rng, who, k)
        drawn = rng.integers(len(errors), size=(REPLICATES, len(errors)))
        rates = errors.astype(np.float32)[drawn].mean(1) / WORDS_PER_UTTERANCE
        low[run], high[run] = np.percentile(rates, [2.5, 97.5])
    return covered(low, high, who.rate)


def rates_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for spread in SPREADS:
        for k in SIZES:
            rng, who = np.random.default_rng([seed, k, int(10 * spread)]), Population(spread)
            coverage, given = rate_coverage(rng, who, runs, k)
            bootstrap = utterance_bootstrap_coverage(rng, who, max(50, runs // 20), k)
            poisson = poisson_coverage(rng, who, runs, k)
            shown = (f"{coverage:.3f}", f"{given:.2f}", f"{bootstrap:.2f}", f"{poisson:.2f}")
            rows.append((f"{spread}", f"{k}", *shown))
            if not 0.92 <= coverage <= 0.98:
                failures.append(f"spread {spread}, {k} speakers: {coverage:.3f}")
    header = ("spread", "speakers", "by speaker", "interval given", "utterance bootstrap", "Poisson")
    return Table(
        "Coverage of the 95 % interval of a rate",
        "by speaker in 0.92 to 0.98",
        header,
        tuple(rows),
        tuple(failures),
    )


# ---------------------------------------------------------------- contrasts


def contrast_coverage(counts: SpeakerCounts) -> float:
    """Coverage of the ratio of groups 2r over 2r+1."""
    groups = group_statistics(counts)
    other = np.arange(counts.n_groups) ^ 1
    contrast = contrast_statistics(counts, groups, counts, other, without_group=False)
    found = ratio_estimates(groups, contrast, pooled_design_effect(groups, 4.0))
    return covered(found.low[::2], found.high[::2], TRUE_RATIO)


def in_parts(runs: int, part: Callable[[int], float]) -> float:
    """Mean of a share over many runs, some at a time to spare memory."""
    sizes = [min(RUNS_AT_ONCE, runs - done) for done in range(0, runs, RUNS_AT_ONCE)]
    return float(np.average([part(size) for size in sizes], weights=sizes))


def contrasts_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for rate in (0.15, 0.02):
        for spread in SPREADS:
            rng, who = (
                np.random.default_rng([seed, int(100 * rate), int(10 * spread)]),
                Population(spread, rate),
            )
            for name, draw in _designs(rng, who):
                coverage = in_parts(runs, lambda size, draw=draw: contrast_coverage(draw(size)))  # type: ignore[misc]
                rows.append((f"{rate}", f"{spread}", name, f"{coverage:.3f}"))
                if not 0.93 <= coverage <= 0.98:
                    failures.append(f"rate {rate}, spread {spread}, {name}: {coverage:.3f}")
    title, header = (
        "Coverage of the 95 % interval of a ratio of 1.3",
        ("rate", "spread", "speakers", "coverage"),
    )
    return Table(title, "in 0.93 to 0.98", header, tuple(rows), tuple(failures))


def _designs(
    rng: np.random.Generator, who: Population
) -> Iterator[tuple[str, Callable[[int], SpeakerCounts]]]:
    for k in NESTED_SIZES:
        yield f"{k[0]} against {k[1]} others", lambda size, k=k: nested(rng, who, size, k, TRUE_RATIO)  # type: ignore[misc]
    for both in SIZES:
        yield f"{both} on both sides", lambda size, k=both: crossed(rng, who, size, k, TRUE_RATIO)  # type: ignore[misc]
