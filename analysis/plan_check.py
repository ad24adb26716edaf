"""A plan held against an evaluation: what does not fit, and which intended groups nobody was recorded in.

Owns the difference between a slip (an attribute the evaluation lacks, a name one letter off)
and a fact worth declaring (a group without recordings). It reads no recordings: the
attributes, metrics and normaliser of a build are handed in.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.attributes import Attribute
from analysis.plan import Groups, Plan
from analysis.plan_reading import PlanFault, unknown_name

_SAME_WORD = 0.85
"""Likeness of two names from which a group without recordings is taken for a slip of the pen."""


@dataclass(frozen=True)
class PlanCheck:
    """What was found; a plan without faults can be set."""

    faults: tuple[PlanFault, ...]
    notes: tuple[PlanFault, ...]
    """What its owner should know and may leave so, such as another normaliser."""
    without_data: Groups
    """Intended groups that nobody was recorded in, by attribute."""
    not_declared: Groups
    """Groups that were recorded and are not among those intended, by attribute with a declared population."""


def check_plan(
    plan: Plan, attributes: Sequence[Attribute], normalizer: str, undefined_metrics: Mapping[str, str]
) -> PlanCheck:
    """Every fault and note of a plan for one evaluation.

    normalizer: id of the build's. undefined_metrics: metrics its counts do not give, with reasons.
    """
    known = {attribute.name: attribute for attribute in attributes}
    faults = _unknown_attributes(plan, known)
    faults += _slips(plan, known)
    faults += _comparator_faults(plan, known)
    return PlanCheck(
        faults=tuple(faults),
        notes=tuple(_notes(plan, normalizer, undefined_metrics)),
        without_data=groups_without_data(plan, attributes),
        not_declared=_others(plan, known),
    )


def groups_without_data(plan: Plan, attributes: Sequence[Attribute]) -> Groups:
    """Intended groups that nobody was recorded in, by attribute in the plan's order."""
    levels = {attribute.name: attribute.levels for attribute in attributes}
    found = (
        (name, tuple(group for group in groups if group not in levels[name]))
        for name, groups in plan.populations
        if name in levels
    )
    return tuple((name, groups) for name, groups in found if groups)


def _others(plan: Plan, known: Mapping[str, Attribute]) -> Groups:
    found = (
        (name, tuple(level for level in known[name].levels if level not in groups))
        for name, groups in plan.populations
        if name in known
    )
    return tuple((name, groups) for name, groups in found if groups)


def _unknown_attributes(plan: Plan, known: Mapping[str, Attribute]) -> list[PlanFault]:
    places = [(f"groupings {i}", name) for i, names in enumerate(plan.groupings, 1) for name in names]
    places += [("populations", name) for name, _ in plan.populations]
    places += [("shares", name) for name, _ in plan.shares]
    return [_no_attribute(place, name, known) for place, name in places if name not in known]


def _no_attribute(place: str, name: str, known: Mapping[str, Attribute]) -> PlanFault:
    return PlanFault(
        place, f"the evaluation has no attribute '{name}'.", unknown_name("attributes", name, list(known))
    )


def _slips(plan: Plan, known: Mapping[str, Attribute]) -> list[PlanFault]:
    """Groups that are written almost as a recorded one, and shares of groups that are nowhere."""
    faults = []
    for name, groups in plan.populations:
        unused = [level for level in known[name].levels if level not in groups] if name in known else []
        for group in groups:
            near = None if name in known and group in known[name].levels else _almost(group, unused)
            if near:
                what = f"nobody was recorded as '{group}', but '{near}' is a group."
                faults.append(PlanFault(f"populations.{name}", what, "Write it so, or declare both."))
    for name, shares in plan.shares:
        declared = [*plan.population_of.get(name, ()), *(known[name].levels if name in known else ())]
        for group, _ in shares if name in known else ():
            if group not in declared:
                what = f"'{group}' is neither recorded nor an intended group."
                advice = f"{unknown_name('groups', group, declared)} Or add it to the populations."
                faults.append(PlanFault(f"shares.{name}", what, advice))
    return faults


def _almost(name: str, known: Sequence[str]) -> str | None:
    by_folded = {one.casefold().strip(): one for one in known}
    near = difflib.get_close_matches(name.casefold().strip(), by_folded, 1, _SAME_WORD)
    return by_folded[near[0]] if near else None


def _comparator_faults(plan: Plan, known: Mapping[str, Attribute]) -> list[PlanFault]:
    if plan.comparator == "peers":
        found = [
            PlanFault("comparator", f"peers of {' × '.join(names)}: it has no attribute of speakers.", _PEERS)
            for names in plan.groupings
            if all(name in known and known[name].role != "speaker" for name in names)
        ]
        return found[:1]
    name, separator, value = plan.comparator.partition("=")
    if not separator:
        return []
    if name not in known:
        return [_no_attribute("comparator", name, known)]
    if value not in known[name].levels:
        advice = unknown_name("groups", value, known[name].levels)
        return [PlanFault("comparator", f"'{value}' is not a recorded group of {name}.", advice)]
    if not any(name in names for names in plan.groupings):
        return [PlanFault("comparator", f"no grouping has {name}.", "Add one, or leave the comparator out.")]
    return []


_PEERS = "Write default: it compares with peers where it can and with the complement elsewhere."


def _notes(plan: Plan, normalizer: str, undefined_metrics: Mapping[str, str]) -> list[PlanFault]:
    notes = []
    if plan.normalizer not in (None, normalizer):
        what = f"the build was made with '{normalizer}', the plan says '{plan.normalizer}'."
        advice = "Until they agree every verdict is exploratory: ingest again with --normalizer, or change the plan."
        notes.append(PlanFault("normalizer", what, advice))
    if plan.metric in undefined_metrics:
        what = f"this evaluation does not give {plan.metric}. {undefined_metrics[plan.metric]}"
        notes.append(PlanFault("metric", what, "Choose another, or every verdict is exploratory."))
    return notes
