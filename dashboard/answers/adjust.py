"""Is it the accent, or the device? A gap as measured, with conditions mixed equally, and modelled.

Puts three estimates of the same gap side by side, how the groups' recordings are spread over
the conditions, and one group's gap within each condition. Draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.gap_by_condition import GapByCondition, SideCounts, gap_by_condition
from analysis.rate_model import CannotFit, ModelledGap, ModelRows, RateModel, fit_rate_model, modelled_gap
from analysis.speaker_counts import IntArray
from analysis.spread import Spread, spread_over
from analysis.standardise import StandardisedGap, StratifiedCounts, standardised_gaps
from dashboard.answers.adjust_counts import (
    AdjustQuestion,
    Chosen,
    LeftOut,
    Stated,
    chosen,
    counts_by_condition,
    held_equal_by_default,
    raw_rows,
    refuse_nobody,
)
from dashboard.answers.families import settled
from dashboard.answers.subgroup import SUBGROUP
from data.pair_counts import PairCounts
from data.store import Build

__all__ = ["AdjustQuestion", "adjust_for", "held_equal_by_default"]


@dataclass(frozen=True)
class AdjustedRow:
    """One group's gap to everybody else, three ways."""

    group: str
    raw: dict[str, float | None]
    """ratio, low and high as measured, with whatever mix of conditions was recorded."""
    counts: dict[str, Any]
    """n_speakers, n_utterances, n_words and status of the group, as in the table of rates."""
    standardised: StandardisedGap
    modelled: ModelledGap | None
    """None where the model cannot be fitted (`AdjustAnswer.model_reason` says why) or rests on one speaker."""


@dataclass(frozen=True)
class Association:
    """How strongly the groups go together with one condition."""

    attribute: str
    cramers_v: float
    """0: recorded in the same mix whatever the group. 1: one determines the other. By utterances."""
    largest_share: float
    """Largest share of one group's utterances that fall in a single value of the other attribute."""
    group: str
    value: str


@dataclass(frozen=True)
class ConditionSpread:
    """How every group's recordings are spread over the values of one condition."""

    attribute: str
    values: tuple[str, ...]
    spread: Spread


@dataclass(frozen=True)
class ConditionGaps:
    """One group's gap within each value of one condition."""

    attribute: str
    values: tuple[str, ...]
    gaps: GapByCondition
    n_utterances: IntArray
    """Of the group, by value."""


@dataclass(frozen=True)
class AdjustAnswer:
    """Three gaps for every group, and what the conditions have to do with it."""

    question: AdjustQuestion
    asked: Chosen
    system: str
    rows: tuple[AdjustedRow, ...]
    """Every group; of a subgroup one row."""
    groups: tuple[str, ...]
    """Rows of every spread: all groups; of a subgroup the rest and the subgroup."""
    associations: tuple[Association, ...]
    spreads: tuple[ConditionSpread, ...]
    closer: str | None
    """The group that `by_condition` is about; None where none was asked for."""
    by_condition: tuple[ConditionGaps, ...]
    speaker_spread: float | None
    model_reason: str | None
    left_out: LeftOut
    """What no gap rests on, because something held equal is not stated."""
    left_out_of_model: int
    """Words of groups and conditions in which nobody erred, which a model cannot take in; 0 without a model."""


def adjust_for(build: Build, question: AdjustQuestion) -> AdjustAnswer:
    """Compare groups, or a subgroup, with everybody else, holding other attributes equal in two ways.

    Raises `QuestionError` where nothing is held equal, or the attribute itself is, or nobody is on one side.
    """
    question = settled(build, question)
    asked = chosen(build, question)
    pairs = counts_by_condition(build, question, asked)
    stated = Stated.of(pairs, asked)
    refuse_nobody(question, pairs, stated)
    model, reason = _model(stated)
    raw = raw_rows(build, question, asked, stated)
    levels, all_words = asked.attribute.levels, float(asked.metric.size(pairs.columns).sum())
    gaps = standardised_gaps(_stratified(stated, len(levels) + 1, all_words))
    rows = tuple(
        AdjustedRow(levels[i], _gap(raw[i]), _counts(raw[i]), gaps[i], _modelled(model, i))
        for i in asked.shown
    )
    spreads = tuple(_spread(asked, pairs, column) for column in range(1, 1 + len(asked.others)))
    closer = _closer(question, asked)
    return AdjustAnswer(
        question,
        asked,
        build.info.systems[asked.system],
        rows,
        levels,
        tuple(_association(levels, one) for one in spreads),
        spreads,
        None if closer is None else levels[closer],
        () if closer is None else _gaps_by_condition(asked, pairs, closer),
        model.speaker_spread if model else None,
        reason,
        LeftOut.of(pairs, asked),
        int(stated.words.sum() - model.group_words.sum()) if model else 0,
    )


def _closer(question: AdjustQuestion, asked: Chosen) -> int | None:
    if question.attribute is None:
        return SUBGROUP
    return None if question.closer is None else asked.attribute.levels.index(question.closer)


def _stratified(rows: Stated, n_groups: int, all_words: float) -> StratifiedCounts:
    strata, stratum = np.unique(rows.codes[:, 1:], axis=0, return_inverse=True)
    return StratifiedCounts(
        rows.codes[:, 0],
        stratum.reshape(-1),
        rows.speaker,
        rows.errors,
        rows.words,
        n_groups,
        len(strata),
        all_words,
    )


def _model(rows: Stated) -> tuple[RateModel | None, str | None]:
    cells, cell = np.unique(rows.codes, axis=0, return_inverse=True)
    try:
        return fit_rate_model(ModelRows(cell.reshape(-1), rows.speaker, rows.errors, rows.words, cells)), None
    except CannotFit as problem:
        return None, str(problem)


def _modelled(model: RateModel | None, group: int) -> ModelledGap | None:
    """The group's modelled gap; None without a model, or where one side has nobody, or the group one speaker alone."""
    if model is None or group >= len(model.group_words) or model.group_speakers[group] < 2:
        return None
    if not 0 < model.group_words[group] < model.group_words.sum():
        return None
    return modelled_gap(model, group)


def _gap(row: dict[str, Any]) -> dict[str, float | None]:
    return {key: row["versus"][key] for key in ("ratio", "low", "high")}


def _counts(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("n_speakers", "n_utterances", "n_words", "status")}


def _spread(asked: Chosen, pairs: PairCounts, column: int) -> ConditionSpread:
    other = asked.others[column - 1]
    codes = pairs.codes[pairs.group]
    utterances = pairs.columns["n_utterances"]
    spread = spread_over(
        codes[:, 0], codes[:, column], utterances, len(asked.attribute.levels), len(other.levels)
    )
    return ConditionSpread(other.name, other.levels, spread)


def _association(levels: tuple[str, ...], one: ConditionSpread) -> Association:
    stated = one.spread.counts[:, :-1]
    totals = stated.sum(axis=1, keepdims=True)
    shares = stated / np.maximum(totals, 1)
    if not totals.sum():
        return Association(one.attribute, 0.0, 0.0, "", "")
    group, value = np.unravel_index(int(np.argmax(shares)), shares.shape)
    return Association(
        one.attribute,
        one.spread.cramers_v,
        float(shares[group, value]),
        levels[int(group)],
        one.values[int(value)],
    )


def _gaps_by_condition(asked: Chosen, pairs: PairCounts, group: int) -> tuple[ConditionGaps, ...]:
    codes = pairs.codes[pairs.group]
    errors, words = asked.metric.errors(pairs.columns), asked.metric.size(pairs.columns)
    found = []
    for column, other in enumerate(asked.others, 1):
        stated = codes[:, column] >= 0
        counts = SideCounts(
            codes[stated, 0] == group,
            codes[stated, column],
            pairs.speaker[stated],
            np.asarray(errors[stated], np.float64),
            np.asarray(words[stated], np.float64),
            len(other.levels),
        )
        own = stated & (codes[:, 0] == group)
        utterances = np.bincount(codes[own, column], pairs.columns["n_utterances"][own], len(other.levels))
        gaps = gap_by_condition(counts)
        found.append(ConditionGaps(other.name, other.levels, gaps, utterances.astype(np.int64)))
    return tuple(found)
