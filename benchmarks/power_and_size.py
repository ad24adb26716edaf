"""Whether tests reject as often as they say, and planned numbers of speakers show what they promise.

The size of the test of two systems, of lists of many groups and of floors, and the power
formula. Called by `calibration.py`, which prints the tables.
"""

from __future__ import annotations

import math

import numpy as np

from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics, pooled_design_effect, rate_intervals
from analysis.judgement import RULE_LEVEL, VERDICTS
from analysis.power import speakers_for_ratio
from analysis.ratio_estimates import ratio_estimates
from analysis.settings import DEFAULTS
from analysis.sign_flips import sign_flip_p
from analysis.speaker_counts import SpeakerCounts
from benchmarks.calibration_table import Table
from benchmarks.false_verdicts import families
from benchmarks.simulated_speakers import (
    WORDS_PER_UTTERANCE,
    Array,
    Population,
    by_run,
    nested,
    one_group,
)

SPREADS = (0.3, 0.6)
PLANNED = Population(0.4, utterances=25.0, talk_spread=0.0, dispersion=0.5 / 1.8)
"""300 words a speaker, whose errors vary 1.5 times as much as those of independent words."""
UNEVEN = 0.8
"""Log-spread of how much speakers say, which makes the words a speaker says vary by 0.947 of their mean."""


# ---------------------------------------------------------------- two systems


def flip_size(rng: np.random.Generator, who: Population, runs: int, k: int, interaction: float) -> float:
    """Share of runs in which exchangeable systems are told apart; each speaker suits one of them better."""
    rejected = 0
    for _ in range(runs):
        rates = who.speaker_rates(rng, (k,))
        n = who.n_utterances(rng, (k,))
        errors = [
            who.errors(rng, rates * np.exp(interaction * rng.standard_normal(k)), n) for _system in range(2)
        ]
        rejected += sign_flip_p(errors[0] - errors[1]) <= 0.05
    return rejected / runs


def flips_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for k in (10, 20, 50):
        for interaction in (0.0, 0.1, 0.2):
            rng = np.random.default_rng([seed, k, int(10 * interaction)])
            size = flip_size(rng, Population(0.3), runs, k, interaction)
            rows.append((f"{k}", f"{interaction}", f"{size:.3f}"))
            if not 0.03 <= size <= 0.06:
                failures.append(f"{k} speakers, {interaction}: {size:.3f}")
    header = ("speakers", "spread of a speaker's suiting one system", "told apart")
    title = "Exchangeable systems: the sign-flip test over speakers at 0.05"
    return Table(title, "size in 0.03 to 0.06", header, tuple(rows), tuple(failures))


# ---------------------------------------------------------------- lists


def lists_table(seed: int, runs: int) -> Table:
    """Lists longer than Holm's limit, without any difference: Benjamini-Hochberg."""
    rows, failures = [], []
    allowed = 0.05 + 2 * math.sqrt(0.05 * 0.95 / runs)
    for size, k in ((60, 20), (200, 10), (200, 20)):
        for spread in SPREADS:
            rng = np.random.default_rng([seed, size, k, int(10 * spread)])
            said = np.zeros(len(VERDICTS))
            for found in families(rng, Population(spread), runs, size, k):
                said[np.unique(found.verdict)] += 1
            worse = said[VERDICTS.index("worse")] / runs
            rows.append((f"{size}", f"{k}", f"{spread}", f"{worse:.3f}"))
            if worse > allowed:
                failures.append(f"{size} groups of {k}, spread {spread}: {worse:.3f}")
    header = ("groups", "speakers each", "spread", "any worse")
    title = "Lists of groups without any difference, Benjamini-Hochberg"
    gate = f"any worse in at most {allowed:.3f} of lists (0.05 and two standard errors)"
    return Table(title, gate, header, tuple(rows), tuple(failures))


# ---------------------------------------------------------------- floors


def false_floors(rng: np.random.Generator, who: Population, runs: int, k: int) -> float:
    """Share of runs in which the bound stated for a group lies below its true rate.

    The worst group alone decides a floor, so one group is the hardest case.
    """
    errors, words = one_group(rng, who, runs, k)
    groups = group_statistics(by_run(errors, words))
    effect = pooled_design_effect(groups, 4.0)
    shown = rate_intervals(groups, effect, RULE_LEVEL).high
    counts = SpeakerCounts.of(np.arange(runs), np.zeros(runs), errors.sum(1), words.sum(1), runs)
    alone = group_statistics(counts)
    poisson = rate_intervals(
        alone, effect, RULE_LEVEL, settings=DEFAULTS.with_overrides({"min_effective_for_interval": 0})
    ).high
    return float((np.maximum(shown, poisson) < who.rate).mean())


def floors_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for k in (10, 20, 50):
        for spread in SPREADS:
            rng = np.random.default_rng([seed, k, int(10 * spread)])
            false = false_floors(rng, Population(spread), runs, k)
            rows.append((f"{k}", f"{spread}", f"{false:.3f}"))
            if false > 0.05:
                failures.append(f"{k} speakers, spread {spread}: {false:.3f}")
    header = ("speakers", "spread", "bound below the truth")
    title = "The bound stated for every group, decided by the worst"
    return Table(title, "false in at most 0.05", header, tuple(rows), tuple(failures))


# ---------------------------------------------------------------- power


def shown(counts: SpeakerCounts) -> Array:
    """Whether group 2r is told from 2r+1."""
    groups = group_statistics(counts)
    other = np.arange(counts.n_groups) ^ 1
    contrast = contrast_statistics(counts, groups, counts, other, without_group=False)
    found = ratio_estimates(groups, contrast, pooled_design_effect(groups, 4.0))
    return np.asarray(found.p[::2] <= 0.05, np.float64)


def power_of_plan(rng: np.random.Generator, runs: int, ratio: float, *, uneven: bool) -> tuple[int, float]:
    """Speakers a group that the formula asks for, and how often they show the ratio."""
    who = Population(PLANNED.spread, PLANNED.rate, PLANNED.utterances, UNEVEN * uneven, PLANNED.dispersion)
    words, variation = who.utterances * WORDS_PER_UTTERANCE, 0.947 if uneven else 0.0
    k = speakers_for_ratio(ratio, who.rate, words, who.spread, 1.5, variation)
    return k, float(shown(nested(rng, who, runs, (k, k), ratio)).mean())


def power_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for uneven in (False, True):
        for ratio in (1.2, 1.3, 1.5):
            k, power = power_of_plan(
                np.random.default_rng([seed, int(10 * ratio)]), runs, ratio, uneven=uneven
            )
            talk = "uneven" if uneven else "even"
            rows.append((f"{ratio}", talk, f"{k}", f"{power:.3f}"))
            if abs(power - 0.8) > 0.05:
                failures.append(f"ratio {ratio}, {talk}: {power:.3f}")
    header = ("ratio", "talk time", "speakers a group, by formula", "shown")
    title = "Speakers planned to show a ratio with a power of 0.8"
    return Table(title, "0.75 to 0.85", header, tuple(rows), tuple(failures))
