"""How often do two people disagree about what was said, for each group?

Shown beside an error rate, because a system cannot be held to more than transcribers
agree on. It is a rate like any other: differences for every word of the first
transcription, with an interval by speaker. Asks `data/` and `analysis/`; draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.metrics import DEFAULT_METRIC, metric
from analysis.rates import RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import comparator_from_text
from analysis.selection import EVERYTHING, Selection
from analysis.selection_check import check
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import SpeakerCounts
from dashboard.answers.choices import QuestionError, chosen_attribute
from data.queries_disagreement import disagreement_counts
from data.store import Build


@dataclass(frozen=True)
class DisagreementAnswer:
    """Rates of disagreement by group; `word error` of the second transcription against the first."""

    table: RateTable
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
    """Disagreement of two transcribers by group; raises `QuestionError` where nobody transcribed twice."""
    if not has_second_references(build):
        raise QuestionError("This evaluation has no second transcription: no column reference_2.")
    attributes = tuple(chosen_attribute(build, name) for name in by)
    if len(set(by)) < len(by):
        raise QuestionError(f"An attribute is named twice in the grouping: {', '.join(by)}.")
    chosen = metric(DEFAULT_METRIC)
    comparator = comparator_from_text(against, attributes)
    check(where, build.info.attributes)
    pairs = disagreement_counts(build.cursor(), attributes, where)
    errors, size = chosen.errors(pairs.columns), chosen.size(pairs.columns)
    counts = SpeakerCounts.of(pairs.group, pairs.speaker, errors, size, len(pairs.codes))
    totals = pairs.totals()
    grouped = grouped_counts(attributes, pairs.codes, totals, counts, comparator)
    table = rate_table(chosen, attributes, grouped, comparator, whole_statistics(counts), level, settings)
    return DisagreementAnswer(table, int(totals["n_utterances"].sum()))
