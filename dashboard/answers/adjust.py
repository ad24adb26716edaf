"""Is it the accent, or the device? A gap as measured, with conditions mixed equally, and modelled.

Puts three estimates of the same gap side by side, and how strongly the attribute goes
together with each condition. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.attributes import Attribute
from analysis.metrics import DEFAULT_METRIC, metric
from analysis.rate_model import CannotFit, ModelledGap, ModelRows, RateModel, fit_rate_model, modelled_gap
from analysis.selection import EVERYTHING, Selection
from analysis.selection_check import check
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import FloatArray, IntArray
from analysis.standardise import StandardisedGap, StratifiedCounts, standardised_gaps
from dashboard.answers.choices import QuestionError, chosen_attribute, chosen_attributes, chosen_system
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from data.queries import PairCounts, pair_counts
from data.store import Build


@dataclass(frozen=True)
class AdjustQuestion:
    """What is asked; a frozen value, so that it can be a cache key."""

    attribute: str
    held_equal: tuple[str, ...]
    system: str | None = None
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    settings: Settings = DEFAULTS


@dataclass(frozen=True)
class AdjustedRow:
    """One group's gap to its complement, three ways."""

    group: str
    raw: dict[str, float | None]
    """ratio, low and high as measured, with whatever mix of conditions was recorded."""
    counts: dict[str, Any]
    """n_speakers, n_utterances, n_words and status of the group, as in the table of rates."""
    standardised: StandardisedGap
    modelled: ModelledGap | None
    """None where the model cannot be fitted; `AdjustAnswer.model_reason` says why."""


@dataclass(frozen=True)
class Association:
    """How strongly the attribute goes together with another one."""

    attribute: str
    cramers_v: float
    """0: recorded in the same mix whatever the group. 1: one determines the other. By utterances."""
    largest_share: float
    """Largest share of one group's utterances that fall in a single value of the other attribute."""
    group: str
    value: str


@dataclass(frozen=True)
class AdjustAnswer:
    """Three gaps for every group, and what the conditions have to do with it."""

    question: AdjustQuestion
    system: str
    rows: tuple[AdjustedRow, ...]
    associations: tuple[Association, ...]
    speaker_spread: float | None
    model_reason: str | None


def adjust_for(build: Build, question: AdjustQuestion) -> AdjustAnswer:
    """Compare every group with everybody else, holding other attributes equal in two ways.

    Raises `QuestionError` where nothing is held equal, or the attribute itself is.
    """
    if not question.held_equal or question.attribute in question.held_equal:
        known = ", ".join(a.name for a in build.info.attributes if a.name != question.attribute) or "none"
        raise QuestionError(f"Name at least one other attribute to hold equal with --for. There is: {known}.")
    attribute = chosen_attribute(build, question.attribute)
    others = chosen_attributes(build, question.held_equal)
    check(question.where, build.info.attributes)
    system = chosen_system(build, question.system)
    pairs = pair_counts(build.cursor(), [attribute, *others], system, question.where)
    chosen = metric(question.metric)
    errors, words = chosen.errors(pairs.columns), chosen.size(pairs.columns)
    rows = _Stated.of(pairs, errors, words)
    if not len(rows.words):
        raise QuestionError(
            "Nobody is selected of whom all these attributes are stated, so there is nothing to compare."
        )
    if len(np.unique(rows.codes[:, 0])) < 2:
        raise QuestionError(
            f"Only one group of {question.attribute} is selected, so there is nobody to compare it with. "
            "Select more groups."
        )
    model, reason = _model(rows)
    raw = _raw(build, question)
    gaps = standardised_gaps(_stratified(rows, len(attribute.levels), float(words.sum())))
    table = tuple(
        AdjustedRow(group, _gap(raw[group]), _counts(raw[group]), gaps[i], _modelled(model, i))
        for i, group in enumerate(attribute.levels)
    )
    associations = tuple(_association(attribute, other, pairs, 1 + i) for i, other in enumerate(others))
    spread = model.speaker_spread if model else None
    return AdjustAnswer(question, build.info.systems[system], table, associations, spread, reason)


@dataclass(frozen=True)
class _Stated:
    """Rows by speaker and cell in which every attribute is stated."""

    codes: IntArray
    speaker: IntArray
    errors: FloatArray
    words: FloatArray

    @staticmethod
    def of(pairs: PairCounts, errors: FloatArray, words: FloatArray) -> _Stated:
        codes = pairs.codes[pairs.group]
        stated = (codes >= 0).all(axis=1) & ((words > 0) | (errors > 0))
        return _Stated(codes[stated], pairs.speaker[stated], errors[stated], words[stated])


def _stratified(rows: _Stated, n_groups: int, all_words: float) -> StratifiedCounts:
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


def _model(rows: _Stated) -> tuple[RateModel | None, str | None]:
    cells, cell = np.unique(rows.codes, axis=0, return_inverse=True)
    try:
        return fit_rate_model(ModelRows(cell.reshape(-1), rows.speaker, rows.errors, rows.words, cells)), None
    except CannotFit as problem:
        return None, str(problem)


def _modelled(model: RateModel | None, group: int) -> ModelledGap | None:
    """The group's modelled gap; None without a model, or where nobody of the group or nobody else was recorded."""
    if model is None or group >= len(model.group_words):
        return None
    if not 0 < model.group_words[group] < model.group_words.sum():
        return None
    return modelled_gap(model, group)


def _raw(build: Build, question: AdjustQuestion) -> dict[str, dict[str, Any]]:
    """The rows of the table of rates, by group."""
    asked = RatesQuestion(
        system=question.system,
        by=(question.attribute,),
        metric=question.metric,
        where=question.where,
        against="complement",
        settings=question.settings,
    )
    table = rates(build, asked).table
    found = {}
    for position in range(len(table)):
        row = rate_row(table, position)
        group = row["group"][question.attribute]
        # A group may itself be called "None"; not stated is no group.
        if group is not None:
            found[group] = row
    return found


def _gap(row: dict[str, Any]) -> dict[str, float | None]:
    return {key: row["versus"][key] for key in ("ratio", "low", "high")}


def _counts(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("n_speakers", "n_utterances", "n_words", "status")}


def _association(attribute: Attribute, other: Attribute, pairs: PairCounts, column: int) -> Association:
    """Cramér's V between the two, weighted by utterances. Source: Cramér (1946), chapter 21."""
    codes = pairs.codes[pairs.group][:, [0, column]]
    stated = (codes >= 0).all(axis=1)
    table = np.zeros((len(attribute.levels), len(other.levels)))
    np.add.at(table, (codes[stated, 0], codes[stated, 1]), pairs.columns["n_utterances"][stated])
    total = table.sum()
    if total == 0:
        return Association(other.name, 0.0, 0.0, "", "")
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / total
    with np.errstate(all="ignore"):
        chi = np.nansum((table - expected) ** 2 / expected)
        shares = np.nan_to_num(table / table.sum(axis=1, keepdims=True))
    smaller = min(int((table.sum(axis=0) > 0).sum()), int((table.sum(axis=1) > 0).sum())) - 1
    place = np.unravel_index(int(np.argmax(shares)), shares.shape)
    return Association(
        other.name,
        float(np.sqrt(chi / (total * smaller))) if smaller > 0 else 0.0,
        float(shares[place]),
        attribute.levels[int(place[0])],
        other.levels[int(place[1])],
    )


def held_equal_by_default(attributes: Sequence[Attribute], attribute: str) -> tuple[str, ...]:
    """Every condition of recording but the attribute itself, three at most."""
    names = [a.name for a in attributes if a.role == "condition" and a.name != attribute]
    return tuple(names[:3])
