"""A table of rates as it may be published: small groups withheld, every number rounded.

Owns what a withheld row looks like and which number is of which kind, so that a page, a file
and a card of the public audience cannot differ. Which groups are withheld is decided in
`suppression.py`, how far each kind is rounded in `published_digits.py`; verdicts are those of the exact numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np

from analysis.comparisons import ContrastStatistics
from analysis.intervals import METHODS, GroupStatistics
from analysis.judgement import UNDECIDED, Judgement
from analysis.mix_of_conditions import ConditionMix
from analysis.published_digits import ROUNDINGS, Digits, Rounding, significant
from analysis.rates import NOBODY, SUPPRESSED, RateTable
from analysis.roles import strata
from analysis.speaker_counts import BoolArray, FloatArray
from analysis.suppression import rounded_speakers
from analysis.verdict_reasons import COMPARATOR_WITHHELD, NOT_SELECTED, WITHHELD

_MEANS_OF_RECORDINGS = ("utterance_rates", "rated_utterances")
_KINDS_OF_ERRORS = ("substitutions", "deletions", "insertions")
_Statistics = TypeVar("_Statistics", GroupStatistics, ContrastStatistics)


@dataclass(frozen=True)
class _PublishedGroups(GroupStatistics):
    """Groups whose rate is the rounded number itself: errors over words would bring digits back that nobody wrote."""

    told_rate: FloatArray

    @property
    def rate(self) -> FloatArray:
        return self.told_rate


@dataclass(frozen=True)
class _PublishedContrast(ContrastStatistics):
    """The same of what they are compared with."""

    told_rate: FloatArray

    @property
    def rate(self) -> FloatArray:
        return self.told_rate


def published(
    table: RateTable,
    hidden: BoolArray,
    *,
    filtered: bool = False,
    whole_hidden: bool = False,
    digits: Digits = "printed",
) -> RateTable:
    """The table for readers outside: speakers rounded down to fives, all else to what is printed of it.

    `hidden`: rows that are withheld, as `suppression.py` finds them, those among them that a filter does not show.
    `filtered`: whether the rows are judged over a selection; `whole_hidden`: whether all of that is withheld too, so
    that nothing may be compared with the rest of it.
    """
    by = ROUNDINGS[digits]
    # Rows that a filter does not show still are what the others are compared with.
    untold = hidden | whole_hidden | _compared_with_a_withheld_group(table, hidden, filtered)
    hidden = hidden & (table.status_reason != NOT_SELECTED)
    nothing = hidden | (table.status == NOBODY)
    totals = {
        name: _without(significant(values), nothing).astype(np.int64)
        for name, values in _exact_totals(table, by).items()
        if name not in _MEANS_OF_RECORDINGS
    }
    low, high = (_without(by.fraction(v), hidden) for v in (table.intervals.low, table.intervals.high))
    method = np.where(hidden, METHODS.index("none"), table.intervals.method)
    return replace(
        table,
        totals=totals,
        statistics=_PublishedGroups(**_rounded_statistics(table.statistics, hidden, by)),
        contrast=_PublishedContrast(**_rounded_statistics(table.contrast, untold, by)),
        intervals=replace(table.intervals, low=low, high=high, method=method),
        status=np.where(hidden, SUPPRESSED, table.status),
        status_reason=np.where(hidden, WITHHELD, table.status_reason),
        judgement=_published_judgement(table, hidden, untold, by),
        shrunken=_without(by.fraction(table.shrunken), hidden),
        design_effect=float(significant(np.array([table.design_effect]))[0]),
        mix=_published_mix(table.mix, untold) if table.mix else None,
    )


def published_counts(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Totals of an evaluation as they may be published: speakers down to fives, all else to three digits."""

    def one(name: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return published_counts(value)
        return value // 5 * 5 if name == "speakers" else int(significant(np.array([value]))[0])

    return {name: one(name, value) for name, value in counts.items()}


def _published_mix(mix: ConditionMix, untold: BoolArray) -> ConditionMix:
    """How far two mixes lie apart is told of no group; how much of a group is compared, to three digits."""
    return replace(mix, difference=np.nan, share_present=_without(significant(mix.share_present), untold))


def _exact_totals(table: RateTable, by: Rounding) -> Mapping[str, np.ndarray]:
    """The totals with the sum of all errors, which rounded kinds of errors would not add up to."""
    kinds = [table.totals[kind] for kind in _KINDS_OF_ERRORS if kind in table.totals]
    if not by.exact_sums or "errors" in table.totals or len(kinds) < len(_KINDS_OF_ERRORS):
        return table.totals
    return {**table.totals, "errors": np.sum(kinds, axis=0)}


def _published_judgement(table: RateTable, hidden: BoolArray, untold: BoolArray, by: Rounding) -> Judgement:
    """Comparisons of the published rows; none where they would give a withheld group away."""
    judged = table.judgement
    kinds = {
        "difference": by.fraction,
        "p": by.p,
        "detectable_ratio": by.detectable,
        "speakers_needed": by.needed,
    }
    kinds |= {
        name: kinds[name.partition("_")[0]] for name in ("difference_low", "difference_high", "p_adjusted")
    }
    rounded: dict[str, Any] = {
        field.name: _without(kinds.get(field.name, by.ratio)(values), untold)
        for field in fields(judged)
        if isinstance(values := getattr(judged, field.name), np.ndarray) and values.dtype == np.float64
    }
    told = table.status_reason != NOT_SELECTED
    reason = np.select([hidden, untold & told], [WITHHELD, COMPARATOR_WITHHELD], judged.reason)
    return replace(judged, **rounded, verdict=np.where(untold, UNDECIDED, judged.verdict), reason=reason)


def _compared_with_a_withheld_group(table: RateTable, hidden: BoolArray, filtered: bool) -> BoolArray:
    """Rows whose ratio gives the rate of what is withheld.

    A ratio to a reference group gives that group's rate: no row then has one. Peers of a whole evaluation are a group
    of a coarser grouping, published wherever the row is; those of a selection are published if all their groups are.
    """
    if table.comparator.kind == "reference":
        column = [a.name for a in table.attributes].index(str(table.comparator.attribute))
        is_reference = table.codes[:, column] == table.attributes[column].levels.index(
            str(table.comparator.value)
        )
        return np.full(len(table), bool((hidden & is_reference).any()))
    shares_conditions = any(attribute.role != "speaker" for attribute in table.attributes)
    if not filtered or table.comparator.kind != "peers" or not shares_conditions:
        return np.zeros(len(table), bool)
    number, n_pools = strata(table.attributes, table.codes, table.comparator)
    return np.asarray(np.bincount(number, hidden, n_pools)[number] > 0, bool)


def _rounded_statistics(statistics: _Statistics, hidden: BoolArray, by: Rounding) -> dict[str, Any]:
    """Counts rounded, and errors such that errors over words is the rounded rate; by the names of their fields."""
    words = _without(significant(statistics.denominator), hidden)
    rate = by.fraction(statistics.rate)
    changed: dict[str, Any] = {"told_rate": np.where(hidden | ~(words > 0), np.nan, rate)}
    for field in fields(statistics):
        values = getattr(statistics, field.name)
        if field.name in changed:
            continue
        if field.name == "n_speakers":
            changed[field.name] = np.where(hidden, 0, rounded_speakers(values))
        elif field.name == "effective_speakers":
            # Where all speak as much it is the number of speakers.
            changed[field.name] = np.where(hidden, 0.0, np.floor(np.nan_to_num(values) / 5) * 5)
        elif field.name == "denominator":
            changed[field.name] = np.where(hidden, 0.0, words)
        elif field.name == "numerator":
            changed[field.name] = np.where(hidden | ~np.isfinite(rate), 0.0, rate * np.nan_to_num(words))
        elif field.name.startswith("largest"):
            # What one speaker said or got wrong is nobody else's business.
            changed[field.name] = np.zeros(len(values))
        else:
            rounded = by.fraction if field.name == "speaker_mean" else significant
            changed[field.name] = _without(rounded(values), hidden)
    return changed


def _without(values: FloatArray, hidden: BoolArray) -> FloatArray:
    """NaN for withheld rows of fractions, 0 for those of counts."""
    return np.where(hidden, 0 if values.dtype.kind == "i" else np.nan, values)
