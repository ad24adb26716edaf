"""How often a search for slices confirms what is not there, and names and confirms what is.

Called by `calibration.py`, which prints the tables. What other tools report on evaluations drawn
in the same way stands beside (`slices_other_rules.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from analysis.slices import FALSE_DISCOVERY_RATE, SearchPlan, prepared, search
from analysis.slices_confirm import CONFIRMED_AT, confirm
from benchmarks.calibration_table import Table
from benchmarks.simulated_slices import PLANTED, Design, drawn, drawn_rows
from benchmarks.simulated_speakers import WORDS_PER_UTTERANCE
from benchmarks.slices_other_rules import LIBRARIES, RUNS, Reported, by_other_rules

NULLS = (
    (Design(0.0), SearchPlan()),
    (Design(0.2), SearchPlan()),
    (Design(0.35), SearchPlan()),
    (Design(0.35, speakers=200, utterances=30), SearchPlan()),
    (Design(0.35, dispersion=0.5), SearchPlan()),
    (Design(0.35, conditions="multiply"), SearchPlan("combination")),
    (Design(0.35, conditions="add"), SearchPlan("combination", "additive")),
)
PLANTS = (
    Design(0.35, 1.25),
    Design(0.35, 1.4),
    Design(0.35, 1.6),
    Design(0.35, 1.25, speakers=200, utterances=30),
    Design(0.35, 1.4, speakers=200, utterances=30),
    Design(0.35, 1.6, speakers=200, utterances=30),
    Design(0.35, 1.4, against_peers=False),
    Design(0.35, 1.4, speakers=200, utterances=30, against_peers=False),
    Design(0.35, 1.6, dispersion=0.5),
)
_OTHERS = (
    f"Beside it, on {RUNS} evaluations drawn in the same way, the libraries themselves: DivExplorer 0.2.6 (slices of at\n"
    "least 50 utterances whose t is above 2), SliceLine as sliceline 0.3.0 has it (score above 0 at alpha 0.95, the best\n"
    "twenty of as many utterances)."
)
NULL_NOTE = f"{_OTHERS} Neither knows speakers nor how many slices it looked at."
PLANTED_NOTE = (
    "“Against peers” is the product's rule: an accent in a noise is held against the other speakers in that noise, a quarter\n"
    "of the recordings here. “Against the complement” holds the same slice against all else, which is a larger\n"
    "comparator, shows more, and would call a noise's own errors an accent's. The rest of what is lost at 200 × 30 and at small ratios is\n"
    "lost to halves of 17 speakers an accent and to Holm over what was taken along (“shown by the other” is before Holm).\n"
    f"{_OTHERS} Named means among so many reported."
)
GATED = Design(0.35, 1.6)
MOST_FALSE, LEAST_FOUND = 0.05, 0.9


@dataclass(frozen=True)
class Shares:
    """Shares of the runs in which something happened."""

    lists: float
    """The list of all speakers at a false discovery rate of 0.05 names anything."""
    confirms: float
    """Anything is confirmed."""
    listed: float
    """That list names the planted slice."""
    taken: float
    """The planted slice is among those taken to the second half."""
    alone: float
    """It is, and the second half shows it at 0.025 if it were the only one."""
    named: float
    """The planted slice is confirmed under its own name."""
    others: float
    """Mean number of confirmed slices that share no recording with the planted one."""


def shares(rng: np.random.Generator, design: Design, plan: SearchPlan, runs: int) -> Shares:
    """Search and confirm in evaluations drawn anew."""
    total = np.zeros(7)
    for run in range(runs):
        rows = drawn_rows(rng, design)
        listed = [one.items for one in search(prepared(rows, plan), plan, _quiet).found]
        tested = confirm(rows, plan, run, _quiet).tested
        confirmed = [one.found.items for one in tested if one.confirmed]
        others = [items for items in confirmed if any(dict(PLANTED).get(c, v) != v for c, v in items)]
        own = next((one for one in tested if one.found.items == PLANTED), None)
        alone = own is not None and own.confirm.p <= CONFIRMED_AT
        total += [
            bool(listed), bool(confirmed), PLANTED in listed, own is not None, alone, PLANTED in confirmed,
            len(others),
        ]  # fmt: skip
    return Shares(*(total / runs))


def reported_elsewhere(rng: np.random.Generator, design: Design) -> tuple[Reported, ...] | None:
    """What each of the other tools reports; None where they are not at hand."""
    arrays: list[tuple[object, object]] = []
    for _ in range(RUNS):
        codes, _, errors = drawn(rng, design)
        arrays.append((codes, errors / WORDS_PER_UTTERANCE))
    found = by_other_rules(arrays, PLANTED)
    return None if found is None else tuple(found[name] for name in LIBRARIES)


def null_table(seed: int, runs: int) -> Table:
    """Nothing is there, or nothing but effects of single conditions."""
    rows, failures = [], []
    most_listed = FALSE_DISCOVERY_RATE + 2 * sqrt(FALSE_DISCOVERY_RATE * (1 - FALSE_DISCOVERY_RATE) / runs)
    for place, (design, plan) in enumerate(NULLS):
        found = shares(np.random.default_rng([seed, 50 + place]), design, plan, runs)
        elsewhere = ["another question"] * len(LIBRARIES)
        if plan.question == "worst":
            beside = reported_elsewhere(np.random.default_rng([seed, 70 + place]), design)
            elsewhere = [f"{one.slices:.1f}" for one in beside] if beside else ["not run"] * len(LIBRARIES)
        question = plan.question if plan.question == "worst" else f"{plan.question}, {plan.baseline}"
        effects = "none" if design.conditions == "none" else f"noise and device {design.conditions}"
        how = (question, _size(design), f"{design.spread}", f"{design.dispersion}", effects)
        rows.append((*how, f"{found.lists:.3f}", f"{found.confirms:.3f}", *elsewhere))
        if found.confirms > MOST_FALSE or found.lists > most_listed:
            failures.append(f"{' '.join(how)}: {found.lists:.3f}, {found.confirms:.3f}")
    header = (
        "question", "speakers", "spread", "dispersion", "true effects", "lists anything, q 0.05",
        "confirms anything", "DivExplorer reports, mean", "SliceLine reports, mean",
    )  # fmt: skip
    title = "Slices where there is none: 6 × 4 × 3 × 2 × 4 groups, depth 3"
    gate = f"confirms anything in at most {MOST_FALSE}, lists anything in at most {most_listed:.3f} (0.05 and 2 standard errors)"
    return Table(title, gate, header, tuple(rows), tuple(failures), NULL_NOTE)


def planted_table(seed: int, runs: int) -> Table:
    """One slice is there."""
    rows, failures = [], []
    for place, design in enumerate(PLANTS):
        found = shares(np.random.default_rng([seed, 60 + place]), design, SearchPlan(), runs)
        beside = reported_elsewhere(np.random.default_rng([seed, 80 + place]), design)
        how = (
            f"{design.ratio}", _size(design), f"{design.dispersion}",
            "peers" if design.against_peers else "complement",
        )  # fmt: skip
        numbers = [f"{n:.3f}" for n in (found.listed, found.taken, found.alone, found.named)]
        elsewhere = [f"{one.planted:.2f} of {one.slices:.1f}" for one in beside or ()]
        rows.append((*how, *numbers, f"{found.others:.2f}", *(elsewhere or ["not run"] * len(LIBRARIES))))
        if design == GATED and found.named < LEAST_FOUND:
            failures.append(f"ratio {design.ratio}, {_size(design)}: {found.named:.3f}")
    header = (
        "ratio", "speakers", "dispersion", "against", "listed, q 0.05", "found in one half",
        "and shown by the other", "and after Holm: confirmed", "confirmed elsewhere, mean",
        "DivExplorer names it, of reports", "SliceLine names it, of reports",
    )  # fmt: skip
    title = "A planted slice, accent × noise, speakers' spread 0.35"
    gate = f"found, named exactly and confirmed in at least {LEAST_FOUND} at 1.6, 600 × 10"
    return Table(title, gate, header, tuple(rows), tuple(failures), PLANTED_NOTE)


def _size(design: Design) -> str:
    return f"{design.speakers} × {design.utterances}"


def _quiet(_step: str, _done: int, _total: int) -> None:
    pass
