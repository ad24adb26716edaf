"""Whether a question is one the plan declared, and which rows of its family a filter leaves on screen.

Owns the rule: same attributes, metric, comparator and normaliser, and a filter that says nothing
but which groups of these attributes to show. Such a filter hides rows; every number of the
rows that stay is that of the whole family. Anything else is another question, so exploratory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.intervals import METHODS, GroupStatistics
from analysis.judgement import UNDECIDED
from analysis.plan import BY_ROLES, Plan
from analysis.rates import NOBODY, RateTable
from analysis.roles import NOT_STATED_CODE, Comparator, comparator_from_text
from analysis.selection import (
    AllOf,
    AnyOf,
    Between,
    Everything,
    Not,
    NotStated,
    OneOf,
    ReferenceContains,
    ReferenceMatches,
    Selection,
)
from analysis.speaker_counts import BoolArray, FloatArray, IntArray
from analysis.verdict_reasons import NOT_SELECTED

NO_PLAN = "no plan"
OTHER_GROUPING = "the plan does not name this grouping"
OTHER_METRIC = "the plan names another metric"
OTHER_COMPARATOR = "the plan names another comparator"
OTHER_NORMALIZER = "the plan names another normaliser"
OTHER_FILTER = "the filter does more than choose groups of this grouping"


@dataclass(frozen=True)
class Family:
    """Whether the rows of a table are a declared family."""

    planned: bool = False
    why_not: str = NO_PLAN
    """Why they are exploratory; "" where they are planned."""
    kept: tuple[bool, ...] | None = None
    """Rows of the full product that the filter leaves; None: all of them."""


_Statistics = TypeVar("_Statistics", GroupStatistics, ContrastStatistics)

PLANNED_WHOLE = Family(planned=True, why_not="")
NOTHING_DECLARED = Family()


def planned_comparator(plan: Plan | None, attributes: Sequence[Attribute]) -> str | None:
    """What the plan says a grouping is compared with, as written; None where the roles decide."""
    names = frozenset(attribute.name for attribute in attributes)
    if plan is None or names not in plan.families or plan.comparator == BY_ROLES:
        return None
    if "=" in plan.comparator:
        return plan.comparator if plan.comparator.partition("=")[0] in names else None
    if plan.comparator == "peers" and all(attribute.role != "speaker" for attribute in attributes):
        return None
    return plan.comparator


def family_of(
    plan: Plan | None,
    attributes: Sequence[Attribute],
    metric: str,
    comparator: Comparator,
    normalizer: str,
    where: Selection,
    codes: IntArray,
) -> Family:
    """Decide for one question. codes: the full product of the groups, one column per attribute."""
    if plan is None:
        return NOTHING_DECLARED
    declared = comparator_from_text(planned_comparator(plan, attributes), attributes)
    rules = (
        (frozenset(a.name for a in attributes) in plan.families, OTHER_GROUPING),
        (metric == plan.metric, OTHER_METRIC),
        (comparator == declared, OTHER_COMPARATOR),
        (plan.normalizer in (None, normalizer), OTHER_NORMALIZER),
    )
    for holds, why_not in rules:
        if not holds:
            return Family(why_not=why_not)
    if isinstance(where, Everything):
        return PLANNED_WHOLE
    kept = rows_chosen(where, attributes, codes)
    if kept is None:
        return Family(why_not=OTHER_FILTER)
    return replace(PLANNED_WHOLE, kept=tuple(kept.tolist()))


def rows_chosen(where: Selection, attributes: Sequence[Attribute], codes: IntArray) -> BoolArray | None:
    """Which groups a selection holds; None where it does more than choose among these groups.

    Where recordings may have several labels, a group is not chosen by its recordings, so that is None too.
    """
    match where:
        case Everything():
            return np.ones(len(codes), bool)
        case Between() | ReferenceContains() | ReferenceMatches():
            return None
        case OneOf(name) | NotStated(name):
            column = next((i for i, a in enumerate(attributes) if a.name == name and not a.label_sets), None)
            if column is None:
                return None
            missing: BoolArray = np.asarray(codes[:, column] == NOT_STATED_CODE, bool)
            if isinstance(where, NotStated):
                return missing
            levels = attributes[column].levels
            wanted = [levels.index(value) for value in where.values if value in levels]
            chosen = np.isin(codes[:, column], wanted)
            return chosen | missing if where.or_not_stated else chosen
        case Not(part):
            inner = rows_chosen(part, attributes, codes)
            return None if inner is None else ~inner
        case AllOf(parts) | AnyOf(parts):
            found = [rows_chosen(part, attributes, codes) for part in parts]
            known = [rows for rows in found if rows is not None]
            if len(known) < len(found):
                return None
            combine = np.logical_and if isinstance(where, AllOf) else np.logical_or
            return np.asarray(combine.reduce(known), bool)


def with_rows_hidden(table: RateTable, kept: BoolArray) -> RateTable:
    """The same table with the other rows emptied; what the rows that stay say does not change.

    The full product stays, since pictures place rows by their codes.
    """
    judged = table.judgement
    arrays: dict[str, Any] = {
        name: _undefined_outside(getattr(judged, name), kept)
        for name in (
            *("ratio", "low", "high", "difference", "difference_low", "difference_high"),
            *("p", "p_adjusted", "detectable_ratio", "speakers_needed"),
        )
    }
    hidden_reason = np.where(kept, judged.reason, NOT_SELECTED)
    verdict = np.where(kept, judged.verdict, UNDECIDED)
    return replace(
        table,
        totals={name: np.where(kept, values, 0) for name, values in table.totals.items()},
        statistics=_emptied(table.statistics, kept),
        contrast=_emptied(table.contrast, kept),
        intervals=replace(
            table.intervals,
            low=_undefined_outside(table.intervals.low, kept),
            high=_undefined_outside(table.intervals.high, kept),
            method=np.where(kept, table.intervals.method, METHODS.index("none")),
        ),
        status=np.where(kept, table.status, NOBODY),
        status_reason=np.where(kept, table.status_reason, NOT_SELECTED),
        mix=table.mix.without(~kept) if table.mix else None,
        judgement=replace(judged, **arrays, verdict=verdict, reason=hidden_reason),
        shrunken=_undefined_outside(table.shrunken, kept),
    )


def _undefined_outside(values: FloatArray, kept: BoolArray) -> FloatArray:
    return np.where(kept, values, np.nan)


def _emptied(statistics: _Statistics, kept: BoolArray) -> _Statistics:
    undefined = {"speaker_mean", "variance_log", "design_effect", "variance", "difference_variance"}
    return replace(
        statistics,
        **{
            name: np.where(kept, values, np.nan if name in undefined else 0).astype(values.dtype)
            for name, values in vars(statistics).items()
        },
    )
