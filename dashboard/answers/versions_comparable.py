"""May numbers of two builds be held against each other? Compared, compared with a badge, or refused.

Owns the rule for wherever two builds meet. Rates under different normalisers or aligners are
different measures, so they are refused; other recordings are said beside the numbers. It reads
what builds say of themselves and computes no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from dashboard.answers.choices import QuestionError
from data.store import Build, EvaluationInfo

Standing = Literal["comparable", "badge", "refused"]
_NORMALIZER = ("id", "version", "sha256")
_ALIGNER = ("id", "version")


@dataclass(frozen=True)
class Comparability:
    """Whether two builds can be compared, and what has to be said beside it."""

    standing: Standing
    reasons: tuple[str, ...] = ()
    """Whole sentences; empty where nothing has to be said."""


def comparability(one: EvaluationInfo, other: EvaluationInfo) -> Comparability:
    """Decide for two builds from what they say of themselves."""
    if one.path == other.path:
        return Comparability("comparable")
    refusals = [*_unlike("normaliser", one, other, one.normalizer, other.normalizer, _NORMALIZER)]
    refusals += _unlike("aligner", one, other, one.aligner, other.aligner, _ALIGNER)
    if one.has_text != other.has_text:
        refusals.append(
            f"{_name(one if one.has_text else other)} was counted from texts, "
            f"{_name(other if one.has_text else one)} holds counts alone, which cannot be laid against them."
        )
    elif not one.has_text:
        refusals.append(
            "Both hold counts alone, so nothing says that they are of the same recordings. Load the counts of both "
            "systems from one file."
        )
    if one.cluster_unit != other.cluster_unit:
        refusals.append(
            f"Recordings were drawn by {one.cluster_unit} in {_name(one)} and by {other.cluster_unit} in "
            f"{_name(other)}."
        )
    if refusals:
        return Comparability("refused", tuple(refusals))
    badges = [f"Numbers of two builds: {_name(one)} and {_name(other)}."]
    if _references(one) != _references(other):
        badges.append(
            "Their references come from other files, so only utterances with the same id and reference count."
        )
    return Comparability("badge", tuple(badges))


def refuse_incomparable(one: EvaluationInfo, other: EvaluationInfo) -> Comparability:
    """The same; raises `QuestionError` where the builds cannot be compared."""
    found = comparability(one, other)
    if found.standing == "refused":
        raise QuestionError(f"{_name(one)} and {_name(other)} cannot be compared. {' '.join(found.reasons)}")
    return found


def _unlike(
    what: str, one: EvaluationInfo, other: EvaluationInfo, mine: Any, theirs: Any, keys: tuple[str, ...]
) -> list[str]:
    if all(mine.get(key) == theirs.get(key) for key in keys):
        return []
    named = [f"{used['id']} {used['version']}" for used in (mine, theirs)]
    told = f"{named[0]} in {_name(one)} and {named[1]} in {_name(other)}"
    advice = f"Load one of them again with the other's {what}; `fairhearing add-system` keeps it the same."
    return [
        f"Texts went through another {what}: {told}, so their error rates are different measures. {advice}"
    ]


def _references(info: EvaluationInfo) -> frozenset[str]:
    """Hashes of the files the references were read from."""
    return frozenset(str(one["sha256"]) for one in info.inputs if one.get("system") is None)


def _name(info: EvaluationInfo) -> str:
    return f"{info.name}@{info.build[:8]}"


def systems_of_two_builds(one: Build, other: Build, names: str | None) -> tuple[str, str]:
    """A system of each build from "A,B"; None where each has only one. A name may itself hold commas."""
    firsts, seconds = one.info.systems, other.info.systems
    if names is None:
        if len(firsts) == len(seconds) == 1:
            return firsts[0], seconds[0]
    else:
        for first in firsts:
            second = names[len(first) + 1 :].strip()
            if names.startswith(f"{first},") and second in seconds:
                return first, second
    raise QuestionError(
        f"Name two systems with A,B: A one of {', '.join(firsts)} ({_name(one.info)}), "
        f"B one of {', '.join(seconds)} ({_name(other.info)})."
    )
