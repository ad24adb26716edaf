"""Which attributes a search for slices may combine, and the rows it reads from a build.

Owns the choice of attributes and the step from groups to conditions. It searches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.attributes import Attribute
from analysis.metrics import DEFAULT_METRIC
from analysis.selection import EVERYTHING, AllOf, OneOf, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.slices import MAX_DEPTH, SliceQuestion
from analysis.slices_effects import Baseline
from analysis.slices_rows import Items, SliceColumn, SliceRows
from dashboard.answers.choices import (
    QuestionError,
    chosen_attributes,
    chosen_metric,
    chosen_recordings,
    chosen_system,
)
from data.queries_slices import recording_counts
from data.store import Build, EvaluationInfo

FEWEST_SPEAKERS = 10
DEFAULT_DEPTH, DEFAULT_MIN_SPEAKERS = 3, 20
MINIMA = (FEWEST_SPEAKERS, DEFAULT_MIN_SPEAKERS, 30, 50, 100)
"""Fewest speakers that the page offers, rising."""


@dataclass(frozen=True)
class SlicesQuestion:
    """What is searched for; a frozen value, so that it can be a cache key together with the build."""

    system: str | None = None
    question: SliceQuestion = "worst"
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    attributes: tuple[str, ...] = ()
    """None: all that were declared and not guessed by software."""
    depth: int = DEFAULT_DEPTH
    min_speakers: int = DEFAULT_MIN_SPEAKERS
    baseline: Baseline = "multiplicative"
    """How effects of single conditions go together; only for combinations."""
    confirm: bool = True
    """Search half of the speakers and test on the others; else search all and test nothing."""
    seed: int = 0
    """Which halves."""
    settings: Settings = DEFAULTS


def searched_attributes(info: EvaluationInfo, question: SlicesQuestion) -> tuple[Attribute, ...]:
    """The attributes whose groups are combined, in the evaluation's order; raises `QuestionError`."""
    named = chosen_attributes_of(info, question.attributes) if question.attributes else None
    found = named or tuple(a for a in info.attributes if left_out_because(a) is None)
    if not found:
        raise QuestionError(
            "This evaluation has no attributes that were declared, so there are no slices. Name some with --attributes."
        )
    return found


def chosen_attributes_of(info: EvaluationInfo, names: Sequence[str]) -> tuple[Attribute, ...]:
    """Attributes by name in the evaluation's order."""
    return tuple(a for a in info.attributes if a.name in names)


def left_out_because(attribute: Attribute) -> str | None:
    """Why an attribute is searched only when it is named; None where it always is."""
    if attribute.derived:
        return "worked out from the references"
    return "guessed by software" if attribute.label_source == "inferred" else None


def check_question(build: Build, question: SlicesQuestion) -> None:
    """Raises `QuestionError` for what cannot be searched, saying what can."""
    if not 1 <= question.depth <= MAX_DEPTH:
        raise QuestionError(f"--depth is {question.depth}; a slice has 1 to {MAX_DEPTH} conditions.")
    if question.question == "combination" and question.depth < 2:
        raise QuestionError("A combination has two conditions at least: use --depth 2 or more.")
    if question.min_speakers < FEWEST_SPEAKERS:
        raise QuestionError(
            f"--min-speakers is {question.min_speakers}; with fewer than {FEWEST_SPEAKERS} speakers a few people "
            "decide what is found. The default is 20."
        )
    if question.seed < 0:
        raise QuestionError(f"--seed is {question.seed}; it must not be negative.")
    chosen_attributes(build, question.attributes)


def slice_rows(build: Build, question: SlicesQuestion) -> SliceRows:
    """Counts by speaker and all searched groups; raises `QuestionError`, `SelectionError` or `UnknownMetric`."""
    chosen = chosen_metric(build, question.metric)
    if not chosen.is_ratio:
        raise QuestionError(
            f"{chosen.label} is no plain ratio of sums, so slices cannot be searched by it. Use wer or mer."
        )
    attributes = searched_attributes(build.info, question)
    system, where = chosen_system(build, question.system), chosen_recordings(build, question.where)
    found = recording_counts(build.cursor(), attributes, system, where, chosen)
    columns: list[SliceColumn] = []
    codes: list[Any] = []
    for attribute, code in zip(attributes, found.codes, strict=True):
        if attribute.multi:
            for label, name in enumerate(attribute.levels):
                has = np.array([label in one for one in attribute.label_sets] + [False])
                columns.append(SliceColumn(attribute.name, attribute.role, (name,)))
                codes.append(np.where(has[code], 0, -1))
        else:
            columns.append(SliceColumn(attribute.name, attribute.role, attribute.levels))
            codes.append(code)
    return SliceRows.of(
        columns,
        codes,
        found.speaker,
        chosen.errors(found.columns),
        chosen.size(found.columns),
        found.columns["n_utterances"],
    )


def conditions(rows: SliceRows, items: Items) -> tuple[tuple[str, str], ...]:
    """The conditions of a slice as (attribute, group)."""
    return tuple(
        (rows.columns[column].attribute, rows.columns[column].levels[level]) for column, level in items
    )


def selection_of(where: Sequence[tuple[str, str]]) -> Selection:
    """The recordings that meet all conditions."""
    parts = tuple(OneOf(attribute, (value,)) for attribute, value in where)
    if not parts:
        return EVERYTHING
    return parts[0] if len(parts) == 1 else AllOf(parts)


def refuse_too_little(rows: SliceRows, question: SlicesQuestion) -> None:
    """Raise `QuestionError` where there cannot be a slice with somebody beside it, or nothing to find."""
    needed = 2 * question.min_speakers
    if not rows.n_speakers:
        raise QuestionError(
            "Nobody was recorded among what is selected, so there is nothing to search. Select other recordings."
        )
    if rows.n_speakers < needed:
        raise QuestionError(
            f"{rows.n_speakers} {'speaker is' if rows.n_speakers == 1 else 'speakers are'} selected, too few for a slice "
            f"and somebody to compare it with: {needed} are needed. Select more of them, or ask for smaller slices."
        )
    if not rows.overall_rate > 0:
        raise QuestionError("There is no error among what is selected, so there is nothing to search for.")
