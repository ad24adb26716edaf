"""What the three gaps of `adjust.py` are worked out from: whose gap, the counts by speaker and condition, the raw gap.

All three compare a group with the same others: everybody outside it of whom what is held equal is stated. Two
questions have one form here: every group of an attribute against everybody else, or one subgroup against the others,
which is an attribute of two groups. Chooses recordings and adds up; it estimates nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.attributes import Attribute
from analysis.memberships import shared_members
from analysis.metrics import DEFAULT_METRIC, Metric
from analysis.rates import grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator
from analysis.selection import EVERYTHING, Selection
from analysis.selection_words import attributes_named
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray
from dashboard.answers.choices import (
    QuestionError,
    chosen_attribute,
    chosen_attributes,
    chosen_metric,
    chosen_recordings,
    chosen_system,
    known_totals,
)
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import SUBGROUP
from dashboard.answers.subgroup_comparators import comparison_pool
from data.pair_counts import PairCounts
from data.queries import Query, counts_query, membership_counts, membership_query, pair_counts
from data.store import Build

THE_SUBGROUP = "subgroup"
"""Name of the attribute of two groups that a subgroup makes."""


@dataclass(frozen=True)
class AdjustQuestion:
    """What is asked; a frozen value, so that it can be a cache key."""

    attribute: str | None
    """Whose groups are compared; None: the subgroup that `where` describes, against the others."""
    held_equal: tuple[str, ...]
    system: str | None = None
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    """Only these recordings; without an attribute, the subgroup."""
    settings: Settings = DEFAULTS
    against: str | None = None
    """Of a subgroup: peers, who share its conditions, or complement; None is the rule of `subgroup.py`."""
    closer: str | None = None
    """The group whose gap is shown within each condition; None: the subgroup, or no group."""


def attributes_spoken_of(question: AdjustQuestion) -> tuple[str, ...]:
    """Whose labels an answer rests on: those that make the groups, and what is held equal."""
    groups = (question.attribute,) if question.attribute else attributes_named(question.where)
    return tuple(dict.fromkeys((*groups, *question.held_equal)))


@dataclass(frozen=True)
class Chosen:
    """A question in terms of a build."""

    attribute: Attribute
    others: tuple[Attribute, ...]
    system: int
    metric: Metric
    shown: tuple[int, ...]
    """Groups that have a row: all, or of a subgroup and the rest the subgroup alone."""
    pool: Selection
    """Recordings on either side."""


def chosen(build: Build, question: AdjustQuestion) -> Chosen:
    """Whose gap is asked for, with what held equal; raises `QuestionError` where that makes no sense."""
    pool = question.where
    if question.attribute is None:
        pool = _pool_of_subgroup(build, question)
        attribute = Attribute(THE_SUBGROUP, "content", "category", ("the rest", THE_SUBGROUP), False)
    else:
        attribute = chosen_attribute(build, question.attribute)
    if not question.held_equal or question.attribute in question.held_equal:
        taken = attributes_spoken_of(replace(question, held_equal=()))
        known = ", ".join(a.name for a in build.info.attributes if a.name not in taken) or "none"
        raise QuestionError(f"Name at least one other attribute to hold equal with --for. There is: {known}.")
    others = chosen_attributes(build, question.held_equal)
    if several := shared_members([attribute, *others]):
        raise QuestionError(
            f"A recording may have several labels of {several[0]}: its groups share recordings, and a gap with others "
            "held equal needs groups that share none. Leave it out; rates compares each of its groups with everybody "
            "outside it."
        )
    metric = chosen_metric(build, question.metric)
    if not metric.is_ratio:
        raise QuestionError(
            f"{metric.label} is no plain ratio of sums, so it cannot be standardised or modelled. Use wer or mer."
        )
    if question.attribute is not None and question.closer not in (None, *attribute.levels):
        raise QuestionError(
            f"There is no group '{question.closer}' of {attribute.name}. Known: {', '.join(attribute.levels)}."
        )
    shown = tuple(range(len(attribute.levels))) if question.attribute else (SUBGROUP,)
    return Chosen(attribute, others, chosen_system(build, question.system), metric, shown, pool)


def _pool_of_subgroup(build: Build, question: AdjustQuestion) -> Selection:
    if question.where == EVERYTHING:
        raise QuestionError(
            "Name an attribute with --attribute, or describe a subgroup with --where: everybody selected leaves nobody "
            "to compare with."
        )
    return comparison_pool(question.where, build.info.attributes, question.against)[1]


def counts_by_condition(build: Build, question: AdjustQuestion, asked: Chosen) -> PairCounts:
    """Sums by group, conditions and speaker; codes: the group first, then what is held equal, -1 not stated."""
    where = chosen_recordings(build, question.where)
    if question.attribute is not None:
        return pair_counts(
            build.cursor(), [asked.attribute, *asked.others], asked.system, where, metric=asked.metric
        )
    pool = chosen_recordings(build, asked.pool)
    return membership_counts(build.cursor(), asked.system, where, pool, asked.metric, asked.others)


def adjust_query(build: Build, question: AdjustQuestion) -> Query:
    """The SQL behind all three gaps: sums by group, conditions and speaker."""
    asked = chosen(build, question)
    where = chosen_recordings(build, question.where)
    if question.attribute is not None:
        return counts_query([asked.attribute, *asked.others], asked.system, where, metric=asked.metric)
    pool = chosen_recordings(build, asked.pool)
    return membership_query(asked.system, where, pool, asked.metric, asked.others)


@dataclass(frozen=True)
class Stated:
    """Rows by speaker and cell in which everything held equal is stated: the recordings of all three gaps."""

    pairs: PairCounts
    """The group may be not stated (-1): such recordings are among the others of every group."""
    codes: IntArray
    """By row, as those of `pairs`; the group not stated is one more group, after all others."""
    speaker: IntArray
    errors: FloatArray
    words: FloatArray

    @staticmethod
    def of(pairs: PairCounts, asked: Chosen) -> Stated:
        """Leave out rows in which something held equal is not stated, and rows with nothing in them."""
        errors, words = asked.metric.errors(pairs.columns), asked.metric.size(pairs.columns)
        codes = pairs.codes[pairs.group]
        kept = stated_rows(pairs) & ((words > 0) | (errors > 0))
        codes[:, 0] = np.where(codes[:, 0] < 0, len(asked.attribute.levels), codes[:, 0])
        return Stated(
            _only(pairs, stated_rows(pairs)), codes[kept], pairs.speaker[kept], errors[kept], words[kept]
        )


def stated_rows(pairs: PairCounts) -> BoolArray:
    """Rows in which everything held equal is stated."""
    stated = np.asarray((pairs.codes[:, 1:] >= 0).all(axis=1), np.bool_)
    return np.asarray(stated[pairs.group], np.bool_)


def _only(pairs: PairCounts, rows: BoolArray) -> PairCounts:
    columns = {name: values[rows] for name, values in pairs.columns.items()}
    return PairCounts(pairs.codes, pairs.group[rows], pairs.speaker[rows], columns)


@dataclass(frozen=True)
class LeftOut:
    """Recordings that none of the gaps rests on, because something held equal is not stated of them."""

    n_speakers: int
    """Speakers of whom no other recording is left."""
    n_utterances: int
    n_words: int
    by_attribute: tuple[tuple[str, int], ...]
    """Recordings in which each attribute is not stated, those with none left out; one may lack several."""

    @staticmethod
    def of(pairs: PairCounts, asked: Chosen) -> LeftOut:
        """Count what is not stated."""
        stated, utterances = stated_rows(pairs), pairs.columns["n_utterances"]
        codes = pairs.codes[pairs.group]
        missing = {
            one.name: int(utterances[codes[:, place] < 0].sum()) for place, one in enumerate(asked.others, 1)
        }
        return LeftOut(
            len(np.setdiff1d(pairs.speaker, pairs.speaker[stated])),
            int(utterances[~stated].sum()),
            int(pairs.columns["n_words"][~stated].sum()),
            tuple((name, count) for name, count in missing.items() if count),
        )


def raw_rows(build: Build, question: AdjustQuestion, asked: Chosen, stated: Stated) -> list[dict[str, Any]]:
    """Rows of a table of rates, one per group, each compared with the others as they were recorded."""
    pairs = stated.pairs.rolled_up([0], [len(asked.attribute.levels)])
    counts = asked.metric.by_speaker(pairs.group, pairs.speaker, pairs.columns, len(pairs.codes))
    attributes, comparator = (asked.attribute,), Comparator("complement")
    grouped = grouped_counts(attributes, pairs.codes, pairs.totals(), counts, comparator)
    grouped = replace(grouped, totals=known_totals(build, grouped.totals))
    whole = whole_statistics(counts)
    table = rate_table(asked.metric, attributes, grouped, comparator, whole, settings=question.settings)
    return [rate_row(table, position) for position in range(len(asked.attribute.levels))]


def refuse_nobody(question: AdjustQuestion, pairs: PairCounts, rows: Stated) -> None:
    """Raise `QuestionError` where there is nobody, or nobody to compare with; `pairs` is all that was counted."""
    of_subgroup = pairs.codes[pairs.group, 0] == SUBGROUP
    if not (of_subgroup.any() if question.attribute is None else len(pairs.speaker)):
        raise QuestionError(
            "Nobody was recorded among what is selected, so there is nothing to compare. Select other recordings."
        )
    if not len(rows.words):
        raise QuestionError(
            "Nobody is selected of whom what is held equal is stated, so there is nothing to compare."
        )
    if len(np.unique(rows.codes[:, 0])) > 1:
        return
    if question.attribute is None:
        raise QuestionError(
            "All recordings that state what is held equal are on one side, so the subgroup has nobody to be compared with. "
            "Choose another subgroup, or hold other attributes equal."
        )
    raise QuestionError(
        f"Only one group of {question.attribute} is selected, so there is nobody to compare it with. "
        "Select more groups."
    )


def held_equal_by_default(
    attributes: Sequence[Attribute], attribute: str | None, where: Selection = EVERYTHING
) -> tuple[str, ...]:
    """Every condition that has one label per recording, but the attribute itself or what the subgroup names."""
    named = (attribute,) if attribute else attributes_named(where)
    return tuple(
        one.name for one in attributes if one.role == "condition" and one.name not in named and not one.multi
    )
