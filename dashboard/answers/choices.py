"""Which system, attribute or metric a question means, and what an evaluation cannot answer.

Owns the one way names are turned into parts of a build, and the error that says what can be
asked instead. Every answer uses it; it works out no number.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

import numpy as np

from analysis.attributes import Attribute
from analysis.character_metrics import metrics_in
from analysis.memberships import stored_selection
from analysis.metrics import Metric, metric
from analysis.selection import AllOf, AnyOf, Between, Not, Selection
from analysis.selection_check import check
from analysis.speaker_counts import IntArray
from data.store import Build


class QuestionError(ValueError):
    """A question about an evaluation that cannot be asked; the message says what can."""


def chosen_system(build: Build, name: str | None) -> int:
    """Position of a system; raises `QuestionError` naming the systems where it is unclear which."""
    systems = list(build.info.systems)
    if name is None:
        if len(systems) == 1:
            return 0
        raise QuestionError(f"This evaluation has {len(systems)} systems; name one: {', '.join(systems)}.")
    if name not in systems:
        raise QuestionError(_unknown("system", name, systems))
    return systems.index(name)


def two_systems(build: Build, names: str | None) -> tuple[str, str]:
    """Two systems from "A,B"; None means the only two. A name may itself hold commas."""
    systems = list(build.info.systems)
    if names is None:
        if len(systems) == 2:
            return systems[0], systems[1]
        if len(systems) == 1:
            raise QuestionError(
                f"This evaluation has one system, {systems[0]}, and a comparison needs two. Add one with "
                "`fairhearing add-system`, or name the build that the first is in with --first-in."
            )
        raise QuestionError(
            f"This evaluation has {len(systems)} systems; name two with --systems A,B: {', '.join(systems)}."
        )
    for first in systems:
        if names.startswith(f"{first},") and names[len(first) + 1 :].strip() in systems:
            return first, names[len(first) + 1 :].strip()
    raise QuestionError(_not_two_systems(names, systems))


def _not_two_systems(names: str, systems: list[str]) -> str:
    """What is wrong with a pair of names, of which one may be known."""
    n_named = names.count(",") + 1
    if n_named > 2 and not any("," in one for one in systems):
        return f"'{names}' names {n_named} systems; write two as A,B. Known: {', '.join(systems)}."
    known = next((one for one in systems if names.startswith(f"{one},")), None)
    if known is not None:
        return _unknown("system", names[len(known) + 1 :].strip(), systems)
    known = next((one for one in systems if names.endswith((f",{one}", f", {one}"))), None)
    if known is not None:
        return _unknown("system", names[: -len(known)].rstrip(" ,"), systems)
    first, comma, second = (part.strip() for part in names.partition(","))
    if not comma:
        return f"'{names}' is one name; write two systems as A,B. Known: {', '.join(systems)}."
    near = [f"'{one}'" for name in (first, second) for one in _near(name, systems)]
    hint = f"; did you mean {' and '.join(near)}?" if near else "."
    return f"There are no systems '{first}' and '{second}'{hint} Known: {', '.join(systems)}."


def chosen_attribute(build: Build, name: str) -> Attribute:
    """An attribute by name; raises `QuestionError` with near names."""
    known = {attribute.name: attribute for attribute in build.info.attributes}
    if name not in known:
        raise QuestionError(_unknown("attribute", name, list(known)))
    return known[name]


def chosen_attributes(build: Build, names: Sequence[str]) -> tuple[Attribute, ...]:
    """Several attributes by name; raises `QuestionError` where one is named twice."""
    if len(set(names)) < len(names):
        raise QuestionError(f"An attribute is named twice: {', '.join(names)}.")
    return tuple(chosen_attribute(build, name) for name in names)


def chosen_metric(build: Build, metric_id: str) -> Metric:
    """A metric by id; raises `UnknownMetric`, or `QuestionError` where the evaluation's counts do not give it."""
    chosen = metric(metric_id)
    reason = build.info.undefined_metrics.get(metric_id)
    if reason:
        raise QuestionError(f"{chosen.label} is not known for this evaluation. {reason}")
    return metrics_in(build.info.unit)[metric_id]


def chosen_recordings(build: Build, where: Selection) -> Selection:
    """The selection as queries read it; raises `SelectionError` where it does not fit the evaluation."""
    check(where, build.info.attributes, build.info.texts_refused)
    if not build.has_numbers and _asks_for_numbers(where):
        raise QuestionError(
            "This is an evidence file, which holds the groups of a number and not the number of each recording, so "
            "recordings cannot be chosen by a range."
        )
    return stored_selection(where, build.info.attributes)


def _asks_for_numbers(where: Selection) -> bool:
    match where:
        case Between():
            return True
        case Not(part):
            return _asks_for_numbers(part)
        case AllOf(parts) | AnyOf(parts):
            return any(map(_asks_for_numbers, parts))
    return False


def known_totals(build: Build, totals: Mapping[str, IntArray]) -> Mapping[str, IntArray]:
    """The counts without those that an evaluation of counts alone does not give.

    Where errors are not told apart, "errors" stands for substitutions, deletions and insertions.
    """
    undefined = build.info.undefined_metrics
    known = dict(totals)
    if "deletion-rate" in undefined:
        kinds = [known.pop(kind) for kind in ("substitutions", "deletions", "insertions")]
        known["errors"] = np.sum(kinds, axis=0)
    if "empty-output-rate" in undefined:
        known.pop("empty_outputs")
    if "sentence-error-rate" in undefined:
        known.pop("rated_utterances")
        known.pop("utterance_rates")
    return known


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    near = _near(name, known)
    hint = f"; did you mean '{near[0]}'?" if near else "."
    return f"There is no {what} '{name}'{hint} Known: {', '.join(known)}."


def _near(name: str, known: Sequence[str]) -> list[str]:
    """The known name that this one may stand for; empty when there is none."""
    same = [one for one in known if one.casefold() == name.casefold()]
    return same or difflib.get_close_matches(name, known, 1)
