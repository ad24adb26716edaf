"""How far do all groups of a table lie apart, and how far would they by chance alone?

Owns the step from a table of rates to `analysis/gaps.py`: which groups are compared, and where
their speakers' counts come from. Stored statistics do where every speaker is in one group;
otherwise the recordings are read. It draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.gaps import GapMeasures, gap_measures
from analysis.group_product import places_in_product
from analysis.memberships import memberships
from analysis.rates import SHOWN
from analysis.roles import NOT_STATED_CODE
from analysis.speaker_counts import BoolArray, SpeakerCounts
from dashboard.answers.choices import chosen_metric, chosen_recordings, chosen_system
from dashboard.answers.rates import RatesAnswer
from data.queries import pair_counts
from data.store import Build

MOST_GROUPS = 64
"""Groups that are measured together at most; a range over hundreds of cells says little but that there are many."""
TOO_FEW = "fewer than two groups have enough speakers and errors"
TOO_MANY = f"there are more than {MOST_GROUPS} groups"
FILTERED = "a filter shows only some of the groups that are judged together"
NOT_PUBLISHED = "not given to the public, because it rests on groups that may be withheld"


@dataclass(frozen=True)
class Gaps:
    """The measures of one table."""

    measures: GapMeasures | None
    """None where there are none, and then `reason` says why."""
    reason: str | None


def gaps(build: Build, answer: RatesAnswer) -> Gaps | None:
    """Range, ratio, spread and test over the groups of an answer with enough speakers; None without a grouping."""
    table = answer.table
    if not table.attributes:
        return None
    if answer.question.audience != "internal":
        return Gaps(None, NOT_PUBLISHED)
    kept = answer.family.kept
    if kept is not None and not all(kept):
        return Gaps(None, FILTERED)
    enough = enough_speakers(answer)
    if enough.sum() > MOST_GROUPS:
        return Gaps(None, TOO_MANY)
    if enough.sum() < 2:
        return Gaps(None, TOO_FEW)
    # Every speaker is in one group exactly where the groups have as many speakers together as there are.
    nested = int(table.statistics.n_speakers.sum()) == int(answer.whole.statistics.n_speakers[0])
    counts = None if nested else counts_by_group(build, answer)
    overall = float(answer.whole.statistics.rate[0])
    found = gap_measures(counts, table.statistics, enough, overall, table.settings.alpha)
    return Gaps(found, None) if found.range is not None else Gaps(None, TOO_FEW)


def enough_speakers(answer: RatesAnswer) -> BoolArray:
    """Groups that are stated and have enough speakers to be judged."""
    table = answer.table
    return np.asarray((table.status == SHOWN) & (table.codes != NOT_STATED_CODE).all(axis=1), np.bool_)


def counts_by_group(build: Build, answer: RatesAnswer) -> SpeakerCounts:
    """Sums by row of the table and speaker, read from the recordings."""
    question, attributes = answer.question, answer.table.attributes
    chosen = chosen_metric(build, question.metric)
    where = chosen_recordings(build, question.where)
    system = chosen_system(build, answer.system)
    pairs = pair_counts(build.cursor(), attributes, system, where, metric=chosen)
    members = memberships(attributes, pairs.codes)
    counts = members.counts(chosen.by_speaker(pairs.group, pairs.speaker, pairs.columns, len(pairs.codes)))
    return counts.merged(places_in_product(attributes, members.codes), len(answer.table))


def gaps_document(answer: RatesAnswer, found: Gaps | None) -> dict[str, Any] | None:
    """The measures as plain data, keys a contract; None without a grouping."""
    if found is None:
        return None
    keys = ("range", "range_expected", "ratio", "ratio_expected", "spread", "excess_errors")
    measures, table = found.measures, answer.table
    if measures is None:
        empty: dict[str, Any] = dict.fromkeys(("lowest", "highest", *keys, "omnibus"))
        return {**empty, "groups": 0, "reason": found.reason}
    test = measures.omnibus
    ends = {"lowest": measures.lowest, "highest": measures.highest}
    return {
        **{name: None if place is None else table.group(place) for name, place in ends.items()},
        **{name: getattr(measures, name) for name in keys},
        "omnibus": None
        if test is None
        else {
            "kind": test.kind,
            "statistic": test.statistic,
            "df": [test.df_between, test.df_within],
            "p": test.p,
        },
        "groups": len(measures.groups),
        "reason": None,
    }
