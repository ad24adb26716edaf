"""How often a search for slices confirms what is not there, and names and confirms what is.

Called by `calibration.py`, which prints the tables.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from analysis.slices import SearchPlan, prepared, search
from analysis.slices_confirm import confirm
from benchmarks.calibration_table import Table
from benchmarks.simulated_slices import COLUMNS, PLANTED, Design, drawn, drawn_rows
from benchmarks.simulated_speakers import WORDS_PER_UTTERANCE

NULLS = (
    (Design(0.0), SearchPlan()),
    (Design(0.2), SearchPlan()),
    (Design(0.35), SearchPlan()),
    (Design(0.35, dispersion=0.5), SearchPlan()),
    (Design(0.35, conditions="multiply"), SearchPlan("combination")),
    (Design(0.35, conditions="add"), SearchPlan("combination", "additive")),
)
PLANTS = (
    Design(0.35, 1.25),
    Design(0.35, 1.4),
    Design(0.35, 1.6),
    Design(0.35, 1.6, speakers=200, utterances=30),
    Design(0.35, 1.6, dispersion=0.5),
)
GATED = Design(0.35, 1.6)
MOST_FALSE, LEAST_FOUND = 0.05, 0.9
OTHERS_RUNS = 20
ALPHA, FEWEST_UTTERANCES = 0.95, 50
"""SliceLine's weight of errors against size, and the support both other rules are given."""


@dataclass(frozen=True)
class Shares:
    """Shares of the runs in which something happened."""

    lists: float
    """The list of all speakers at a false discovery rate of 0.05 names anything."""
    confirms: float
    """Anything is confirmed."""
    finds: float
    """The planted slice is among those taken to the second half."""
    named: float
    """The planted slice is confirmed under its own name."""
    others: float
    """Mean number of confirmed slices that share no recording with the planted one."""


def shares(rng: np.random.Generator, design: Design, plan: SearchPlan, runs: int, with_lists: bool) -> Shares:
    """Search and confirm in evaluations drawn anew."""
    total = np.zeros(5)
    for run in range(runs):
        rows = drawn_rows(rng, design)
        lists = bool(with_lists and search(prepared(rows, plan), plan, _quiet).found)
        tested = confirm(rows, plan, run, _quiet).tested
        confirmed = [one.found.items for one in tested if one.confirmed]
        others = [items for items in confirmed if any(dict(PLANTED).get(c, v) != v for c, v in items)]
        found = PLANTED in [one.found.items for one in tested]
        total += [lists, bool(confirmed), found, PLANTED in confirmed, len(others)]
    return Shares(*(total / runs))


def by_other_rules(rng: np.random.Generator, design: Design, runs: int) -> tuple[float, float]:
    """Mean number of slices of 50 utterances or more that two rules of other tools would report.

    DivExplorer's: Welch's t of utterances' own rates against all above 2. SliceLine's: a score above 0 at
    alpha 0.95.
    """
    by_t, by_score = 0, 0
    for _ in range(runs):
        codes, _, errors = drawn(rng, design)
        rate, everybody = errors / WORDS_PER_UTTERANCE, len(errors)
        for order in (1, 2, 3):
            for columns in itertools.combinations(range(len(codes)), order):
                sizes = [len(COLUMNS[column].levels) for column in columns]
                cell = np.ravel_multi_index([codes[column] for column in columns], sizes)
                n, total, squares = (np.bincount(cell, w) for w in (np.ones(everybody), rate, rate**2))
                n, total, squares = (values[n >= FEWEST_UTTERANCES] for values in (n, total, squares))
                variance = (squares - total**2 / n) / (n - 1) / n
                whole = rate.var(ddof=1) / everybody
                by_t += int(((total / n - rate.mean()) / np.sqrt(variance + whole) > 2).sum())
                score = ALPHA * (total / n / rate.mean() - 1) - (1 - ALPHA) * (everybody / n - 1)
                by_score += int((score > 0).sum())
    return by_t / runs, by_score / runs


def null_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for place, (design, plan) in enumerate(NULLS):
        found = shares(np.random.default_rng([seed, 50 + place]), design, plan, runs, with_lists=True)
        question = plan.question if plan.question == "worst" else f"{plan.question}, {plan.baseline}"
        effects = "none" if design.conditions == "none" else f"noise and device {design.conditions}"
        by_t, by_score = by_other_rules(np.random.default_rng([seed, 70 + place]), design, OTHERS_RUNS)
        how = (question, f"{design.spread}", f"{design.dispersion}", effects)
        found_here = (f"{found.lists:.3f}", f"{found.confirms:.3f}")
        rows.append((*how, *found_here, f"{by_t:.0f}", f"{by_score:.0f}"))
        if found.confirms > MOST_FALSE:
            failures.append(f"{question}, spread {design.spread}: {found.confirms:.3f}")
    header = (
        "question",
        "spread",
        "dispersion",
        "true effects",
        "lists anything, q 0.05",
        "confirms anything",
    )
    title = "Slices where there is none: 600 speakers × 10, 6 × 4 × 3 × 2 × 4 groups, depth 3"
    return Table(title, "confirms anything in at most 0.05", header, tuple(rows), tuple(failures))


def planted_table(seed: int, runs: int) -> Table:
    rows, failures = [], []
    for place, design in enumerate(PLANTS):
        found = shares(
            np.random.default_rng([seed, 60 + place]), design, SearchPlan(), runs, with_lists=False
        )
        size = f"{design.speakers} × {design.utterances}"
        how = (f"{design.ratio}", size, f"{design.dispersion}")
        rows.append((*how, f"{found.finds:.3f}", f"{found.named:.3f}", f"{found.others:.2f}"))
        if design == GATED and found.named < LEAST_FOUND:
            failures.append(f"ratio {design.ratio}, {size}: {found.named:.3f}")
    header = (
        "ratio",
        "speakers",
        "dispersion",
        "found",
        "found, named exactly and confirmed",
        "confirmed elsewhere, mean",
    )
    title = "A planted slice, accent × noise, speakers' spread 0.35"
    gate = "found, named exactly and confirmed in at least 0.9 at 1.6, 600 × 10"
    return Table(title, gate, header, tuple(rows), tuple(failures))


def _quiet(_step: str, _done: int, _total: int) -> None:
    pass
