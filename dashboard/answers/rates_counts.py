"""Where the sums behind a table of rates come from: a stored grouping, or the recordings themselves.

Owns the choice between the two, which gives the same numbers, and the mix of conditions that groups are compared in.
Called by `rates.py`, which says what the sums mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.intervals import GroupStatistics
from analysis.metrics import DEFAULT_METRIC, Metric
from analysis.mix_of_conditions import conditions_to_mix, in_the_same_mix, no_mix
from analysis.rates import GroupedCounts, grouped_counts, whole_statistics
from analysis.roles import NOT_STATED_CODE, Comparator, default_comparator
from analysis.selection import Everything, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import IntArray
from dashboard.answers.choices import chosen_recordings, known_totals
from dashboard.answers.families import Judged
from data.marginals import read_marginal
from data.queries import pair_counts
from data.queries_rescored import rescored_pair_counts
from data.store import Build

COMPARED_WITH_NOBODY = default_comparator(())


@dataclass(frozen=True)
class Summed:
    """The sums a table of rates is made of."""

    groups: GroupedCounts
    whole: GroupedCounts
    """Everything selected as a single group, which has nobody to be compared with."""
    stored: bool
    """Whether the build's stored sums were taken; the numbers are the same either way."""


def summed(
    build: Build,
    system: int,
    attributes: tuple[Attribute, ...],
    chosen: Metric,
    judged: Judged,
    scores: pa.Table | None = None,
) -> Summed:
    """Sums of the groups that are judged together; `scores`: counted otherwise, in place of the stored ones."""
    subset = None if scores is not None else _stored_subset(build, attributes, chosen, judged, system)
    found = None if subset is None else _from_store(build, system, attributes, subset)
    if found is not None and _mixed_as_stored(found[0], judged.settings):
        return Summed(*_as_known(build, found), stored=True)
    within = chosen_recordings(build, judged.family.within)
    found = _from_recordings(build, system, attributes, chosen, judged, within, scores)
    return Summed(*_as_known(build, found), stored=False)


def summed_whole(
    build: Build,
    system: int,
    chosen: Metric,
    judged: Judged,
    where: Selection,
    scores: pa.Table | None = None,
) -> GroupedCounts:
    """A selection as a single group, of whichever rows are judged together."""
    # It has no attributes among which a named group could be found.
    alone = replace(judged, comparator=COMPARED_WITH_NOBODY)
    return _as_known(build, _from_recordings(build, system, (), chosen, alone, where, scores))[1]


def _as_known(
    build: Build, found: tuple[GroupedCounts, GroupedCounts]
) -> tuple[GroupedCounts, GroupedCounts]:
    groups, whole = (replace(one, totals=known_totals(build, one.totals)) for one in found)
    return groups, whole


def _stored_subset(
    build: Build, attributes: Sequence[Attribute], chosen: Metric, judged: Judged, system: int
) -> int | None:
    """Number of the stored grouping that answers this; None where the recordings must be read."""
    usual = isinstance(judged.family.within, Everything) and chosen.id == DEFAULT_METRIC
    if not usual or judged.comparator != default_comparator(attributes):
        return None
    stored = {frozenset(names): number for number, names in enumerate(build.info.marginal_subsets)}
    names = frozenset(attribute.name for attribute in attributes)
    found = stored.get(names) if frozenset() in stored else None
    if found is None or not _conditions(build, attributes, judged.comparator, chosen):
        return found
    mix = build.info.marginal_mixes.get(f"{system}:{found}")
    # Another limit than the one it was stored with may decide otherwise.
    same = mix is not None and mix["used"] == (
        mix["difference"] > judged.settings.mix_limit and bool(mix["strata"])
    )
    return found if same else None


def _mixed_as_stored(grouped: GroupedCounts, settings: Settings) -> bool:
    """Whether the same groups decide on the mix of conditions as when it was stored, by the default minimum."""
    if grouped.mix is None or settings.min_speakers == DEFAULTS.min_speakers:
        return True
    stated = (grouped.codes != NOT_STATED_CODE).all(axis=1)
    n_speakers = grouped.statistics.n_speakers[stated]
    now, stored = n_speakers >= settings.min_speakers, n_speakers >= DEFAULTS.min_speakers
    return bool(np.array_equal(now, stored))


def _conditions(
    build: Build, attributes: Sequence[Attribute], comparator: Comparator, chosen: Metric
) -> tuple[Attribute, ...]:
    """Conditions over which groups of speakers may have to be compared in their own mix."""
    return conditions_to_mix(attributes, build.info.attributes, comparator, is_ratio=chosen.is_ratio)


def _from_store(
    build: Build, system: int, attributes: Sequence[Attribute], subset: int
) -> tuple[GroupedCounts, GroupedCounts]:
    cursor, stored = build.cursor(), build.info.marginal_subsets
    positions = [stored[subset].index(attribute.name) for attribute in attributes]
    mix = build.info.marginal_mixes.get(f"{system}:{subset}")
    grouped = read_marginal(cursor, subset, len(attributes), system, positions, mix)
    whole = read_marginal(cursor, stored.index(()), 0, system, [])
    return grouped, _nobody_beside(whole.totals, whole.statistics)


def _from_recordings(
    build: Build,
    system: int,
    attributes: tuple[Attribute, ...],
    chosen: Metric,
    judged: Judged,
    where: Selection,
    scores: pa.Table | None = None,
) -> tuple[GroupedCounts, GroupedCounts]:
    """Groups and everything selected; a page asks for the same ones in several of its questions."""

    def added() -> tuple[GroupedCounts, GroupedCounts]:
        return _added(build, system, attributes, chosen, judged, where, scores)

    if scores is not None:
        return added()
    names = tuple(attribute.name for attribute in attributes)
    question = ("groups", system, names, chosen.id, judged.comparator, judged.settings, where)
    return build.remembered(question, added)


def _added(
    build: Build,
    system: int,
    attributes: Sequence[Attribute],
    chosen: Metric,
    judged: Judged,
    where: Selection,
    scores: pa.Table | None,
) -> tuple[GroupedCounts, GroupedCounts]:
    conditions = _conditions(build, attributes, judged.comparator, chosen)
    by = [*attributes, *conditions]
    if scores is None:
        finer = pair_counts(build.cursor(), by, system, where, metric=chosen)
    else:
        finer = rescored_pair_counts(build.cursor(), by, system, where, scores, chosen)
    levels = [len(attribute.stored_levels) for attribute in attributes]
    pairs = finer.rolled_up(range(len(attributes)), levels) if conditions else finer
    counts = chosen.by_speaker(pairs.group, pairs.speaker, pairs.columns, len(pairs.codes))
    grouped = grouped_counts(attributes, pairs.codes, pairs.totals(), counts, judged.comparator)
    if conditions:
        cells = chosen.by_speaker(finer.group, finer.speaker, finer.columns, len(finer.codes))
        limit = judged.settings.mix_limit if judged.comparator.where_mixes_differ else None
        mix, contrast = in_the_same_mix(
            cells,
            finer.codes,
            conditions,
            grouped.statistics,
            grouped.contrast,
            limit,
            settings=judged.settings,
        )
        grouped = replace(grouped, mix=mix, contrast=contrast)
    else:
        known, is_ratio, n_groups = build.info.attributes, chosen.is_ratio, len(grouped.codes)
        none = no_mix(attributes, known, judged.comparator, is_ratio=is_ratio, n_groups=n_groups)
        grouped = replace(grouped, mix=none)
    # Groups may share recordings, so everything selected is summed from what was counted once.
    totals = {name: np.array([values.sum()], np.int64) for name, values in pairs.totals().items()}
    return grouped, _nobody_beside(totals, whole_statistics(counts))


def _nobody_beside(totals: Mapping[str, IntArray], whole: GroupStatistics) -> GroupedCounts:
    """Everything selected as a single group, which has nobody to be compared with."""
    undefined, zero = np.full(1, np.nan), np.zeros(1)
    nobody = ContrastStatistics(
        zero, zero, np.zeros(1, np.int64), zero, zero, undefined, undefined, undefined
    )
    return GroupedCounts(np.zeros((1, 0), np.int64), totals, whole, nobody)
