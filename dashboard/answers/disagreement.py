"""How often do two people disagree about what was said, for each group?

Shown beside an error rate, because a system cannot be held to more than transcribers
agree on. It is a rate like any other: differences for every word of the first
transcription, with an interval by speaker. Asks `data/` and `analysis/`; draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.group_product import full_product
from analysis.hidden_rows import filtered, with_rows_hidden
from analysis.metrics import DEFAULT_METRIC, metric
from analysis.rates import RateTable
from analysis.roles import comparator_from_text, default_comparator
from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import PUBLIC
from dashboard.answers.choices import QuestionError, chosen_attributes, chosen_recordings
from dashboard.answers.pair_rates import rates_of_pairs
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.rows import rate_row
from data.queries_disagreement import disagreement_counts
from data.store import Build

DISAGREEMENT_KEYS = ("rate", "low", "high", "n_speakers", "n_utterances", "n_words")


@dataclass(frozen=True)
class DisagreementAnswer:
    """Rates of disagreement by group; `word error` of the second transcription against the first."""

    table: RateTable
    whole: RateTable
    """Everything selected as one row."""
    n_utterances: int
    """Recordings of the selection that two people transcribed."""


def has_second_references(build: Build) -> bool:
    """Whether the evaluation knows of recordings that two people transcribed."""
    return int(build.info.counts.get("transcribed_twice", 0)) > 0


def disagreement(
    build: Build,
    by: tuple[str, ...] = (),
    where: Selection = EVERYTHING,
    against: str | None = None,
    level: float = DEFAULTS.level,
    settings: Settings = DEFAULTS,
) -> DisagreementAnswer:
    """Disagreement of two transcribers by group; raises `QuestionError` where nobody transcribed twice.

    As in a table of rates, a filter on the grouping's own attributes only hides rows.
    """
    if not has_second_references(build):
        raise QuestionError("This evaluation has no second transcription: no column reference_2.")
    attributes = chosen_attributes(build, by)
    comparator = comparator_from_text(against, attributes)
    selected, chosen = chosen_recordings(build, where), metric(DEFAULT_METRIC)
    shown = filtered(where, attributes, full_product(attributes))
    pairs = disagreement_counts(build.cursor(), attributes, chosen_recordings(build, shown.within))
    table = rates_of_pairs(pairs, chosen, attributes, comparator, level, settings)
    table = table if shown.kept is None else with_rows_hidden(table, shown.kept)
    pairs = disagreement_counts(build.cursor(), (), selected)
    whole = rates_of_pairs(pairs, chosen, (), default_comparator(()), level, settings)
    return DisagreementAnswer(table, whole, int(whole.totals["n_utterances"][0]))


def disagreement_beside(build: Build, question: RatesQuestion) -> DisagreementAnswer | None:
    """Disagreement over the recordings and groups of a table of rates, row by row; None where nobody transcribed twice, and for the public."""
    if not has_second_references(build) or question.audience == PUBLIC:
        return None
    return disagreement(build, question.by, question.where, level=question.level, settings=question.settings)


def disagreement_row(table: RateTable, position: int) -> dict[str, Any]:
    """What stands beside a rate: how often two people differ, and over how much; `rate` is None where nobody did it twice."""
    row = rate_row(table, position)
    return {key: row[key] for key in DISAGREEMENT_KEYS}
