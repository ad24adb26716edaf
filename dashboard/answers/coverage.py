"""Which combinations of groups were tested, how finely, and whom to record next?

Owns the question and its answer, which the Trust page and `fairhearing coverage` show. What is counted comes from `data/queries.py`, the plan from `analysis/coverage.py`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np

from analysis.attributes import Attribute
from analysis.coverage import (
    Collection,
    CoverageOrder,
    Session,
    all_levels,
    coverage_of,
    next_sessions,
    smallest_missing,
    speaker_variance,
    still_too_few,
)
from analysis.hidden_rows import filtered
from analysis.memberships import memberships
from analysis.metrics import DEFAULT_METRIC
from analysis.rates import RateTable
from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray
from dashboard.answers.choices import QuestionError, chosen_attribute, chosen_recordings, chosen_system
from dashboard.answers.families import settled
from dashboard.answers.layouts import default_layout
from dashboard.answers.rates import RatesQuestion, rates
from data.queries import pair_counts
from data.store import Build

MOST_TOGETHER = 3
"""Combinations of more attributes than this are not counted: almost all of them are missing everywhere."""
MOST_CELLS = 20_000


@dataclass(frozen=True)
class CoverageQuestion:
    """What is asked. A frozen value, so that it can be a cache key together with the build."""

    system: str | None = None
    by: tuple[str, ...] = ()
    """Attributes; none means those of the heatmap that opens first."""
    where: Selection = EVERYTHING
    metric: str = DEFAULT_METRIC
    settings: Settings = DEFAULTS


@dataclass(frozen=True)
class Coverage:
    """What was tested, and what would be worth recording."""

    question: CoverageQuestion
    system: str
    attributes: tuple[Attribute, ...]
    orders: tuple[CoverageOrder, ...]
    """Combinations of one attribute, of two, of three."""
    missing: tuple[dict[str, str], ...]
    """Combinations with too few speakers that hold no smaller one."""
    cells: RateTable
    """Rates of the combinations of all attributes; those not stated are rows too."""
    sessions: tuple[Session, ...]
    """What to record next; empty where all is fine enough. Groups that the plan means and nobody recorded are in it."""
    still_too_few: int
    """Combinations that would have fewer speakers than the minimum when all of `sessions` was recorded."""
    speaker_variance: float | None
    """None where no group has enough speakers to tell; `sessions` then have no widths."""


def coverage(build: Build, question: CoverageQuestion) -> Coverage:
    """Coverage of a grouping; raises `QuestionError` or `SelectionError`, each saying what to do."""
    question = settled(build, question)
    # Nobody is recorded for what was worked out from a recording, so it is covered only where it is asked for.
    given = [one for one in build.info.attributes if not one.derived]
    names = question.by or (default_layout(given) if given else ())
    if not names:
        raise QuestionError("This evaluation has no attributes, so there are no combinations to cover.")
    attributes = tuple(chosen_attribute(build, name) for name in names)
    where = chosen_recordings(build, question.where)
    n_cells = int(np.prod([len(one.levels) for one in attributes], dtype=np.float64))
    if n_cells > MOST_CELLS:
        raise QuestionError(
            f"{', '.join(names)} make {n_cells:,} combinations, more than {MOST_CELLS:,}. Name fewer attributes."
        )
    system = chosen_system(build, question.system)
    table = rates(
        build,
        RatesQuestion(
            build.info.systems[system], names, question.metric, question.where, settings=question.settings
        ),
    ).table
    # Whom the system is meant for is missing too where nobody of them was recorded at all.
    intended = (build.info.plan.plan.population_of if build.info.plan else None) or {}
    asked = _asked_for(question.where, attributes, intended)
    # Who was recorded in what is the same for every metric.
    orders = build.remembered(
        ("coverage", system, names, question.where, question.settings, tuple(sorted(intended.items()))),
        lambda: _orders(build, attributes, system, where, question.settings, intended, asked),
    )
    variance = _speaker_variance(build, question, names, table)
    collection = _collection(attributes, table, variance, intended, asked)
    minimum = question.settings.min_speakers
    sessions = tuple(next_sessions(collection, minimum=minimum))
    return Coverage(
        question,
        build.info.systems[system],
        attributes,
        orders,
        smallest_missing(orders),
        table,
        sessions,
        still_too_few(collection, sessions, minimum),
        variance,
    )


def _orders(
    build: Build,
    attributes: tuple[Attribute, ...],
    system: int,
    where: Selection,
    settings: Settings,
    intended: dict[str, tuple[str, ...]],
    asked: BoolArray,
) -> tuple[CoverageOrder, ...]:
    """Combinations of one attribute, of two, of three, by how many speakers were recorded in each."""
    pairs = pair_counts(build.cursor(), attributes, system, where)
    members = memberships(attributes, pairs.codes)
    row, group = members.of_rows(pairs.group)
    codes, speaker = members.codes[group], pairs.speaker[row]
    return tuple(
        coverage_of(attributes, codes, speaker, t, settings, intended, asked)
        for t in range(1, min(MOST_TOGETHER, len(attributes)) + 1)
    )


def _speaker_variance(
    build: Build, question: CoverageQuestion, names: tuple[str, ...], table: RateTable
) -> float | None:
    """Taken from the finest combinations that have enough speakers: coarser ones mix conditions, which widens it."""
    variance = speaker_variance(table.statistics, question.settings)
    while variance is None and len(names) > 1:
        names = names[:-1]
        asked = RatesQuestion(
            question.system, names, question.metric, question.where, settings=question.settings
        )
        variance = speaker_variance(rates(build, asked).table.statistics, question.settings)
    return variance


def _asked_for(
    where: Selection, attributes: tuple[Attribute, ...], intended: dict[str, tuple[str, ...]]
) -> BoolArray:
    """Combinations that a filter shows, one axis per attribute: those it hides are neither missing nor to be recorded.

    Raises `QuestionError` where it shows none.
    """
    named = tuple(replace(one, levels=all_levels(one, intended)) for one in attributes)
    shape = [len(one.levels) for one in named]
    codes = np.indices(shape).reshape(len(shape), -1).T
    kept = filtered(where, named, codes).kept
    if kept is not None and not kept.any():
        names = " and ".join(one.name for one in attributes)
        raise QuestionError(f"The filter shows no combination of {names}. Choose some of their groups.")
    return np.ones(shape, bool) if kept is None else kept.reshape(shape)


def _collection(
    attributes: tuple[Attribute, ...],
    table: RateTable,
    variance: float | None,
    intended: dict[str, tuple[str, ...]],
    asked: BoolArray,
) -> Collection:
    """The combinations as profiles of people by what they can all be recorded in, those nobody recorded included.

    Of combinations that are not asked for nobody has to be recorded.
    """
    people = [i for i, one in enumerate(attributes) if one.role == "speaker"]
    others = [i for i, one in enumerate(attributes) if one.role != "speaker"]
    levels = [all_levels(one, intended) for one in attributes]
    speakers = np.zeros([len(one) for one in levels])
    codes = np.asarray(table.codes)
    stated = (codes >= 0).all(axis=1)
    speakers[tuple(codes[stated].T)] = table.statistics.n_speakers[stated]
    speakers[~asked] = np.inf
    profiles, conditions = (
        tuple(
            dict(zip([attributes[i].name for i in places], groups, strict=True))
            for groups in itertools.product(*(levels[i] for i in places))
        )
        for places in (people, others)
    )
    arranged = speakers.transpose([*people, *others]).reshape(len(profiles), len(conditions))
    return Collection(profiles, conditions, arranged, np.ones_like(arranged), variance)
