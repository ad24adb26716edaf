"""Whether groups of speakers were recorded in different conditions, and whom to compare them with then.

Owns the rule that decides when speakers are compared with others in the same mix of conditions,
and over which attributes. The comparison itself is `same_mix.py`. Called for groupings by
attributes of speakers alone; groupings that name conditions have their peers in `roles.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.counting_sort import distinct_places
from analysis.intervals import GroupStatistics
from analysis.roles import NOT_STATED_CODE, Comparator, is_about_speakers_alone
from analysis.same_mix import MIN_SPEAKERS_PER_STRATUM, mix_differences, same_mix_contrasts
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts

MOST_STRATA = 64
"""Strata that a comparison is made over at most; finer ones hold too few others to have a rate of their own."""
LEAST_SHARE = 0.9
"""Share of every group's words that must lie in strata where others were recorded."""
MOST_GROUPS = 64
"""Groups that are compared so at most; longer lists are compared as they were recorded."""

NOT_A_RATIO = "the metric is no plain ratio of sums"
SEVERAL_LABELS = "a recording may have several labels"
TOO_MANY_GROUPS = f"there are more than {MOST_GROUPS} groups"
NOTHING_SHARED = "too little of a group lies where others were recorded"


@dataclass(frozen=True)
class ConditionMix:
    """How the groups' mixes of conditions differ, and what was done about it."""

    strata: tuple[str, ...]
    """Attributes whose values make the strata, "not stated" being one of them; empty where none could be used."""
    left_out: tuple[str, ...]
    """Conditions that would have made too many strata, or in which too little was recorded of others."""
    difference: float
    """Largest difference of a group's mix of these strata from the others', 0 to 1 (total variation)."""
    used: bool
    """Whether the groups are compared with others in their own mix; else with everybody else as recorded."""
    share_present: FloatArray
    """By group: share of its words in strata where others were recorded too; NaN where the mix is not used."""
    why_not: str = ""
    """Why groups are compared as they were recorded though their mixes may differ; "" where they agree or are used."""

    def to_json(self) -> dict[str, Any]:
        """Plain data for a build's own record; `from_json` reads it back."""
        share = [None if np.isnan(one) else float(one) for one in self.share_present]
        return {**asdict(self), "share_present": share if self.used else None}

    @staticmethod
    def from_json(plain: Mapping[str, Any], n_groups: int) -> ConditionMix:
        """Read back what `to_json` wrote, for so many groups."""
        stored = plain["share_present"]
        share = np.full(n_groups, np.nan) if stored is None else np.array(stored, np.float64)
        names = {name: tuple(plain[name]) for name in ("strata", "left_out")}
        return ConditionMix(**{**plain, **names, "share_present": share})

    def over(self, place: IntArray, size: int) -> ConditionMix:
        """The same with groups placed in a longer list; NaN elsewhere."""
        share = np.full(size, np.nan)
        share[place] = self.share_present
        return replace(self, share_present=share)

    def without(self, hidden: BoolArray) -> ConditionMix:
        """The same, saying nothing of some groups."""
        return replace(self, share_present=np.where(hidden, np.nan, self.share_present))


def conditions_to_mix(
    grouping: Sequence[Attribute], known: Sequence[Attribute], comparator: Comparator, *, is_ratio: bool
) -> tuple[Attribute, ...]:
    """Conditions of recording a comparison may be made over, in their order; none where it is made otherwise.

    None for a metric that is no plain ratio, nor where recordings have several labels: there the others'
    rates in a stratum do not add up to an expected number of errors.
    """
    wanted = comparator.kind == "peers" and is_about_speakers_alone(grouping)
    if not wanted or not is_ratio or any(attribute.multi for attribute in grouping):
        return ()
    return possible_conditions(known)


def possible_conditions(known: Sequence[Attribute]) -> tuple[Attribute, ...]:
    """The conditions of recording that can make strata: given with the recordings, with two values or more."""
    conditions = (a for a in known if a.role == "condition" and not (a.multi or a.derived))
    return tuple(attribute for attribute in conditions if 1 < _n_values(attribute) <= MOST_STRATA)


def no_mix(
    grouping: Sequence[Attribute],
    known: Sequence[Attribute],
    comparator: Comparator,
    *,
    is_ratio: bool,
    n_groups: int,
) -> ConditionMix | None:
    """Why groups of speakers are compared as they were recorded, where `conditions_to_mix` gives nothing; None: no cause."""
    if comparator.kind != "peers" or not is_about_speakers_alone(grouping) or not possible_conditions(known):
        return None
    why = SEVERAL_LABELS if is_ratio else NOT_A_RATIO
    return ConditionMix((), (), 0.0, False, np.full(n_groups, np.nan), why)


def settled_comparator(
    grouping: Sequence[Attribute], comparator: Comparator, mix: ConditionMix | None
) -> Comparator:
    """What a grouping of speakers is compared with once its mixes are known; any other comparator as it is."""
    if comparator.kind != "peers" or not is_about_speakers_alone(grouping):
        return comparator
    return Comparator("peers" if mix is not None and mix.used else "complement")


def in_the_same_mix(
    counts: SpeakerCounts,
    codes: IntArray,
    conditions: Sequence[Attribute],
    statistics: GroupStatistics,
    as_recorded: ContrastStatistics,
    limit: float | None,
    asked: BoolArray | None = None,
    settings: Settings = DEFAULTS,
) -> tuple[ConditionMix, ContrastStatistics]:
    """Decide on the mix, and compare every group in it; `as_recorded` where the mix is not used.

    counts: of a plain ratio, by cell and speaker; codes: cells × (columns of the grouping, then one per condition).
    `limit` is the difference above which the mixes count as different; None uses the mix whatever it is. The rule looks
    at the groups `asked` about (None: all that are stated) with as many speakers as a test needs.
    """
    n_group_columns = codes.shape[1] - len(conditions)
    groups, group_of_cell = np.unique(_last(codes[:, :n_group_columns]), axis=0, return_inverse=True)
    group_of_cell = group_of_cell.reshape(-1).astype(np.int64)
    judged = (groups < _NOT_STATED_LAST).all(axis=1) if asked is None else asked
    judged = judged & (statistics.n_speakers >= settings.min_speakers)
    if len(groups) > MOST_GROUPS:
        names = tuple(attribute.name for attribute in conditions)
        unknown = np.full(len(groups), np.nan)
        return ConditionMix((), names, 0.0, False, unknown, TOO_MANY_GROUPS), as_recorded
    chosen, stratum = _chosen_strata(counts, group_of_cell, judged, codes[:, n_group_columns:], conditions)
    names = tuple(conditions[place].name for place in chosen)
    left_out = tuple(attribute.name for attribute in conditions if attribute.name not in names)
    differences = mix_differences(_words(counts, group_of_cell, stratum, len(groups)))[judged]
    difference = float(np.nan_to_num(differences).max(initial=0.0))
    used = bool(chosen) and (limit is None or difference > limit)
    unknown = np.full(len(groups), np.nan)
    if not used:
        why = "" if chosen else NOTHING_SHARED
        return ConditionMix(names, left_out, difference, False, unknown, why), as_recorded
    found = same_mix_contrasts(counts, group_of_cell, stratum, statistics)
    return ConditionMix(names, left_out, difference, True, found.share_present), found.contrast


_NOT_STATED_LAST = np.iinfo(np.int32).max


def _last(codes: IntArray) -> IntArray:
    """Codes that sort as the groups of a table do, "not stated" last."""
    return np.where(codes == NOT_STATED_CODE, _NOT_STATED_LAST, codes)


def _n_values(attribute: Attribute) -> int:
    return len(attribute.levels) + int(attribute.has_missing)


def _chosen_strata(
    counts: SpeakerCounts,
    group_of_cell: IntArray,
    judged: BoolArray,
    condition_codes: IntArray,
    conditions: Sequence[Attribute],
) -> tuple[list[int], IntArray]:
    """Conditions in their order, each kept where strata stay few and every judged group finds others in nearly all."""
    chosen: list[int] = []
    stratum, size = np.zeros(len(condition_codes), np.int64), 1
    for place, attribute in enumerate(conditions):
        n_values = _n_values(attribute)
        if size * n_values > MOST_STRATA:
            continue
        code = condition_codes[:, place]
        finer = stratum * n_values + np.where(code == NOT_STATED_CODE, n_values - 1, code)
        share = _shares_with_others(counts, group_of_cell, finer, len(judged))
        if (share[judged] >= LEAST_SHARE).all():
            chosen, stratum, size = [*chosen, place], finer, size * n_values
    return chosen, stratum


def _words(
    counts: SpeakerCounts, group_of_cell: IntArray, stratum_of_cell: IntArray, n_groups: int
) -> FloatArray:
    """Words by group and stratum."""
    n_strata = int(stratum_of_cell.max(initial=0)) + 1
    key = (group_of_cell * n_strata + stratum_of_cell)[counts.group]
    words = np.bincount(key, counts.denominator, n_groups * n_strata).astype(np.float64)
    return words.reshape(n_groups, n_strata)


def _shares_with_others(
    counts: SpeakerCounts, group_of_cell: IntArray, stratum_of_cell: IntArray, n_groups: int
) -> FloatArray:
    """Share of each group's words in strata where enough other speakers were recorded; 0 without words."""
    said = counts.denominator > 0
    group, stratum = group_of_cell[counts.group][said], stratum_of_cell[counts.group][said]
    n_strata = int(stratum_of_cell.max(initial=0)) + 1
    people, dense = distinct_places(counts.speaker[said] * n_strata + stratum)
    # Who said something of a stratum in one group alone is no other for that group.
    a_group_of = np.zeros(len(people), np.int64)
    a_group_of[dense] = group
    here_only = np.ones(len(people), bool)
    here_only[dense[a_group_of[dense] != group]] = False
    key = (a_group_of * n_strata + people % n_strata)[here_only]
    gone = np.bincount(key, minlength=n_groups * n_strata).reshape(n_groups, n_strata)
    others = np.bincount(people % n_strata, minlength=n_strata) - gone
    by_stratum = _words(counts, group_of_cell, stratum_of_cell, n_groups)
    with np.errstate(invalid="ignore"):
        share = np.where(others >= MIN_SPEAKERS_PER_STRATUM, by_stratum, 0.0).sum(axis=1) / by_stratum.sum(
            axis=1
        )
    return np.asarray(np.nan_to_num(share), np.float64)
