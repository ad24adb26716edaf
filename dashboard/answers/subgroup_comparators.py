"""Whom a subgroup is compared with: all others, others in the same conditions, or a group that is named.

Owns the rule and the recordings that both sides lie in. It asks for no number.
"""

from __future__ import annotations

from analysis.attributes import Attribute
from analysis.memberships import shared_members
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
from analysis.selection_check import check
from dashboard.answers.choices import QuestionError


def comparison_pool(
    where: Selection, attributes: tuple[Attribute, ...], against: str | None
) -> tuple[str, Selection]:
    """The kind of comparison and the pool: everything, the same conditions with any speaker, or both groups named.

    `against` is peers, complement or ATTRIBUTE=VALUE; None is peers where the subgroup names speakers and conditions,
    else the complement. Raises `QuestionError` or `SelectionError`, saying what can be had.
    """
    others = declared_others(where, attributes, against)
    if others is not None:
        return str(against), AnyOf((where, others))
    if against not in (None, "peers", "complement"):
        raise QuestionError(
            f"'{against}' is not a comparison of a subgroup. Use peers, complement, or ATTRIBUTE=VALUE."
        )
    if against == "complement":
        return "complement", Everything()
    conditions = _without_speakers(where, attributes)
    if conditions is None or not names_role(where, attributes, speaker=True):
        if against == "peers":
            raise QuestionError(
                "Peers are other speakers in the same conditions, so the subgroup must name both speakers and "
                "conditions, joined by AND. Compare it with its complement instead."
            )
        return "complement", Everything()
    return "peers", conditions


def names_role(where: Selection, attributes: tuple[Attribute, ...], speaker: bool) -> bool:
    """Whether a selection has a condition on an attribute of the speaker (or, if not `speaker`, on any other)."""
    role = {attribute.name: attribute.role for attribute in attributes}
    match where:
        case OneOf(attribute=name) | Between(attribute=name) | NotStated(attribute=name):
            return (role.get(name) == "speaker") == speaker
        case Not(part):
            return names_role(part, attributes, speaker)
        case AllOf(parts) | AnyOf(parts):
            return any(names_role(part, attributes, speaker) for part in parts)
        case ReferenceContains() | ReferenceMatches():
            # What was said is about the recording and not about who said it.
            return not speaker
    return False


def _without_speakers(where: Selection, attributes: tuple[Attribute, ...]) -> Selection | None:
    """The conditions of a conjunction that do not concern speakers; None where there are none to share."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    shared = tuple(part for part in parts if not names_role(part, attributes, speaker=True))
    if not shared or shared == (Everything(),):
        return None
    return shared[0] if len(shared) == 1 else AllOf(shared)


def speakers_alone(where: Selection, attributes: tuple[Attribute, ...]) -> Selection | None:
    """What a conjunction of speakers and conditions says of speakers; None where it names not both."""
    if not isinstance(where, AllOf) or _without_speakers(where, attributes) is None:
        return None
    kept = tuple(part for part in where.parts if names_role(part, attributes, speaker=True))
    return (kept[0] if len(kept) == 1 else AllOf(kept)) if kept else None


def declared_others(
    where: Selection, attributes: tuple[Attribute, ...], against: str | None
) -> Selection | None:
    """The group named by ATTRIBUTE=VALUE, all else as in the subgroup; None where none is named."""
    if against is None or "=" not in against:
        return None
    name, value = (part.strip() for part in against.split("=", 1))
    declared = OneOf(name, (value,))
    check(declared, attributes)
    if name in shared_members(attributes):
        raise QuestionError(
            f"A recording may have several labels of {name}, so '{value}' may share recordings with the subgroup. "
            "Use peers or complement, which leave the subgroup's own recordings out."
        )
    return _with_group(where, declared)


def _with_group(where: Selection, declared: OneOf) -> Selection:
    """The subgroup with another group of one attribute, all else equal."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    others = tuple(part for part in parts if _named(part) != {declared.attribute})
    if len(others) == len(parts) or any(declared.attribute in _named(part) for part in others):
        raise QuestionError(
            f"To compare with {declared.attribute}={declared.values[0]}, the subgroup must name "
            f"{declared.attribute} in a condition of its own, joined to others by AND."
        )
    return AllOf((*others, declared)) if others else declared


def _named(where: Selection) -> set[str]:
    match where:
        case OneOf(attribute=name) | Between(attribute=name) | NotStated(attribute=name):
            return {name}
        case Not(part):
            return _named(part)
        case AllOf(parts) | AnyOf(parts):
            return set().union(*map(_named, parts))
    return set()
