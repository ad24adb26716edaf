"""A table of rates as it may be published: small groups withheld, every number rounded.

Owns what a withheld row looks like and how far numbers are rounded, so that a page, a file
and a card of the public audience cannot differ. Which groups are withheld is decided in
`suppression.py`; verdicts are those of the exact numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from analysis.comparisons import ContrastStatistics
from analysis.intervals import METHODS, GroupStatistics
from analysis.judgement import UNDECIDED, Judgement
from analysis.mix_of_conditions import ConditionMix
from analysis.rates import NOBODY, SUPPRESSED, RateTable
from analysis.roles import strata
from analysis.speaker_counts import BoolArray, FloatArray
from analysis.suppression import rounded_speakers
from analysis.verdict_reasons import COMPARATOR_WITHHELD, NOT_SELECTED, WITHHELD

DIGITS = 3
_MEANS_OF_RECORDINGS = ("utterance_rates", "rated_utterances")
_Statistics = TypeVar("_Statistics", GroupStatistics, ContrastStatistics)


def published(
    table: RateTable, hidden: BoolArray, *, filtered: bool = False, whole_hidden: bool = False
) -> RateTable:
    """The table for readers outside: speakers rounded down to fives, all else to three significant digits.

    `hidden`: rows that are withheld, as `suppression.py` finds them, those among them that a filter does not show.
    `filtered`: whether the rows are judged over a selection; `whole_hidden`: whether all of that is withheld too, so
    that nothing may be compared with the rest of it.
    """
    # Rows that a filter does not show still are what the others are compared with.
    untold = hidden | whole_hidden | _compared_with_a_withheld_group(table, hidden, filtered)
    hidden = hidden & (table.status_reason != NOT_SELECTED)
    nothing = hidden | (table.status == NOBODY)
    totals = {
        name: _without(_significant(values), nothing).astype(np.int64)
        for name, values in table.totals.items()
        if name not in _MEANS_OF_RECORDINGS
    }
    low, high = (_without(_significant(v), hidden) for v in (table.intervals.low, table.intervals.high))
    method = np.where(hidden, METHODS.index("none"), table.intervals.method)
    return replace(
        table,
        totals=totals,
        statistics=_rounded_statistics(table.statistics, hidden),
        contrast=_rounded_statistics(table.contrast, untold),
        intervals=replace(table.intervals, low=low, high=high, method=method),
        status=np.where(hidden, SUPPRESSED, table.status),
        status_reason=np.where(hidden, WITHHELD, table.status_reason),
        judgement=_published_judgement(table, hidden, untold),
        shrunken=_without(_significant(table.shrunken), hidden),
        design_effect=float(_significant(np.array([table.design_effect]))[0]),
        mix=_published_mix(table.mix, untold) if table.mix else None,
    )


def published_counts(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Totals of an evaluation as they may be published: speakers down to fives, all else to three digits."""

    def one(name: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return published_counts(value)
        return value // 5 * 5 if name == "speakers" else int(_significant(np.array([value]))[0])

    return {name: one(name, value) for name, value in counts.items()}


def _published_mix(mix: ConditionMix, untold: BoolArray) -> ConditionMix:
    """How far two mixes lie apart is told of no group; how much of a group is compared, to three digits."""
    return replace(mix, difference=np.nan, share_present=_without(_significant(mix.share_present), untold))


def _published_judgement(table: RateTable, hidden: BoolArray, untold: BoolArray) -> Judgement:
    """Comparisons of the published rows; none where they would give a withheld group away."""
    judged = table.judgement
    rounded: dict[str, Any] = {
        field.name: _without(_significant(values), untold)
        for field in fields(judged)
        if isinstance(values := getattr(judged, field.name), np.ndarray) and values.dtype == np.float64
    }
    # It grows in step with the group, so that an exact one would tell how many speakers there are.
    rounded["speakers_needed"] = np.ceil(rounded["speakers_needed"] / 5) * 5
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


def _rounded_statistics(statistics: _Statistics, hidden: BoolArray) -> _Statistics:
    """Counts rounded, and errors such that errors over words is the rounded rate."""
    words = _without(_significant(statistics.denominator), hidden)
    rate = _significant(statistics.rate)
    changed: dict[str, np.ndarray] = {}
    for field in fields(statistics):
        values = getattr(statistics, field.name)
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
            changed[field.name] = _without(_significant(values), hidden)
    return replace(statistics, **changed)


def _without(values: FloatArray, hidden: BoolArray) -> FloatArray:
    """NaN for withheld rows of fractions, 0 for those of counts."""
    return np.where(hidden, 0 if values.dtype.kind == "i" else np.nan, values)


def _significant(values: np.ndarray) -> np.ndarray:
    """Rounded to three significant digits; whole numbers stay whole, NaN and infinity stay what they are."""
    exact = np.asarray(values, np.float64)
    with np.errstate(all="ignore"):
        power = DIGITS - 1 - np.floor(np.log10(np.abs(exact)))
        usable = np.isfinite(power)
        scale = 10.0 ** np.abs(np.where(usable, power, 0.0))
        rounded = np.where(power >= 0, np.rint(exact * scale) / scale, np.rint(exact / scale) * scale)
    result = np.where(usable, rounded, exact)
    return result.astype(values.dtype) if values.dtype.kind == "i" else result
