"""A small table of rates without a database: groups, speakers and errors written down by hand."""

from __future__ import annotations

from itertools import product

import numpy as np

from analysis.attributes import Attribute
from analysis.metrics import COUNTS, METRICS
from analysis.rates import RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import default_comparator
from analysis.selection import EVERYTHING
from analysis.speaker_counts import SpeakerCounts
from dashboard.answers.grid import Axis, Grid, GridQuestion
from dashboard.answers.rates import RatesAnswer, RatesQuestion

ACCENT = Attribute(
    "accent", "speaker", "category", ("North", "South", "<i>East</i>", "West"), has_missing=False
)
NOISE = Attribute("noise", "condition", "category", ("clean", "babble"), has_missing=False)
RATES = dict(zip(ACCENT.levels, (0.2, 0.2, 0.6, 0.33), strict=True))
FEW, NOBODY = ("South", "babble"), ("North", "babble")
"""The groups with three speakers, and with none."""


def made_up_table(attributes: tuple[Attribute, ...] = (ACCENT, NOISE)) -> RateTable:
    """Twenty speakers of a hundred words in each group, but few in one and nobody in another."""
    drawn = np.random.default_rng(3)
    codes, group, speaker, errors = [], [], [], []
    for values in product(*(range(len(a.levels)) for a in attributes)):
        names = tuple(a.levels[v] for a, v in zip(attributes, values, strict=True))
        if names == NOBODY:
            continue
        rate = RATES[names[0]]
        for _ in range(3 if names == FEW else 20):
            group.append(len(codes))
            speaker.append(len(speaker))
            errors.append(drawn.binomial(100, rate * drawn.uniform(0.7, 1.3)))
        codes.append(values)
    own, words = np.array(errors, np.float64), np.full(len(errors), 100.0)
    counts = SpeakerCounts.of(np.array(group), np.array(speaker), own, words, len(codes))
    errors_by_group = np.bincount(group, own, len(codes)).astype(np.int64)
    words_by_group = np.bincount(group, words, len(codes)).astype(np.int64)
    totals = {name: np.zeros(len(codes), np.int64) for name in COUNTS}
    totals |= {
        "substitutions": errors_by_group,
        "n_words": words_by_group,
        "n_utterances": words_by_group // 100,
    }
    comparator = default_comparator(attributes)
    grouped = grouped_counts(attributes, np.array(codes, np.int64), totals, counts, comparator)
    return rate_table(METRICS["wer"], attributes, grouped, comparator, whole_statistics(counts))


def made_up_grid() -> Grid:
    """The table as rows and columns."""
    table = made_up_table()
    place = np.arange(len(table)).reshape(1, len(ACCENT.levels), len(NOISE.levels))
    question = GridQuestion("accent", "noise", None, "Alpha", where=EVERYTHING)
    answer = RatesAnswer(RatesQuestion("Alpha", ("accent", "noise")), "Alpha", table, table, stored=False)
    return Grid(
        question,
        answer,
        Axis(ACCENT, ACCENT.levels),
        Axis(NOISE, NOISE.levels),
        Axis(None, (None,)),
        place,
        table,
    )
