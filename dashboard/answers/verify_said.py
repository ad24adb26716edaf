"""What people said in a card, held against what is on record: findings with their questions and numbers.

Owns which of it can be checked. A finding is asked again of the data; its numbers of then come from the
folder of evaluations or an evidence file, and where neither has them that is said. Words are not checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis.card.decision import DECISION_FACTS, DECISIONS, SIGN_OFF_FACTS
from analysis.card.searched import misfit_of
from analysis.selection import Everything, from_json, to_json
from dashboard.answers.audience import PUBLIC
from dashboard.answers.choices import chosen_recordings
from dashboard.answers.verify_differences import Difference
from dashboard.answers.verify_reading import HandedIn
from data.card_log import CardKind, taken_kinds
from data.errors import InputError
from data.findings import STATES, StoredFinding, stored_findings
from data.looked_at import Tried, tried
from data.store import Build

_TEXTS = ("id", "note", "author", "added", "selection", "recorded_build")
_MORE_TEXTS = ("claim", "state_reason")
_DECIDED = {"choice", "build", *(key for key, _ in DECISION_FACTS)}
_SIGNED = {"build", *(key for key, _ in SIGN_OFF_FACTS)}


@dataclass(frozen=True)
class OnRecord:
    """What is known beside a build."""

    tried: Tried | None = None
    """None: nothing is known of what was looked at."""
    numbers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The row of each finding as it was read when it was put on record, by id."""
    builds: Mapping[str, str] = field(default_factory=dict)
    """The build each finding was read from, by id."""
    standing: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """System and metric of findings that were never withdrawn, by id, in the order they were added."""
    asked: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The question of each finding, by id; not known of evidence files of earlier versions."""
    doctor: Mapping[str, str] = field(default_factory=dict)
    """Of an evidence file: what tells the doctor's findings from any others, by audience and system. Else empty."""
    cards: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Of an evidence file: digests of the cards that were taken away where it was written, by kind. Else empty."""
    taken: tuple[CardKind, ...] = ()
    """Kinds of which a card was taken away from this folder of evaluations; empty for an evidence file."""

    @staticmethod
    def of(home: Path, evaluation: str) -> OnRecord:
        """What the folder of evaluations holds."""
        kept = sorted(stored_findings(home, evaluation), key=lambda one: one.added)
        never = [
            one
            for one in kept
            if not any(said.value == "withdrawn" for said in one.history if said.what == "state")
        ]
        return OnRecord(
            tried(home, evaluation),
            {one.id: one.numbers for one in kept},
            {one.id: one.build for one in kept},
            {one.id: (one.system, one.metric) for one in never if one.state != "withdrawn"},
            {one.id: _question_of(one) for one in kept},
            taken=taken_kinds(home, evaluation),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain data for an evidence file."""
        return {
            "tried": self.tried.to_json() if self.tried else None,
            "numbers": {key: dict(value) for key, value in self.numbers.items()},
            "builds": dict(self.builds),
            "standing": {key: list(value) for key, value in self.standing.items()},
            "asked": {key: dict(value) for key, value in self.asked.items()},
            "doctor": dict(self.doctor),
            "cards": {key: list(value) for key, value in self.cards.items()},
        }

    @staticmethod
    def from_json(plain: Mapping[str, Any]) -> OnRecord:
        """Read back what `to_json` wrote."""
        standing = {key: (str(value[0]), str(value[1])) for key, value in plain["standing"].items()}
        known = Tried(**plain["tried"]) if plain["tried"] else None
        return OnRecord(
            known,
            plain["numbers"],
            plain["builds"],
            standing,
            plain.get("asked", {}),
            plain.get("doctor", {}),
            plain.get("cards", {}),
        )


def _question_of(finding: StoredFinding) -> dict[str, Any]:
    """What a finding asks, under the names that a card has for it."""
    return {
        "by": list(finding.by),
        "group": dict(finding.group),
        "where": dict(finding.selection),
        "against": finding.against,
    }


def other_questions(card: HandedIn, on_record: OnRecord) -> tuple[Difference, ...]:
    """Findings that ask something else in the card than on record, though their id is the same."""
    return tuple(
        Difference(f"evidence.findings[{place}].{name}", plain.get(name), value)
        for place, plain in enumerate(card.findings)
        for name, value in on_record.asked.get(str(plain.get("id")), {}).items()
        # Cards of the first version had no `where`.
        if plain.get(name) != value and not (name == "where" and plain.get(name) is None)
    )


def findings_of_card(
    card: HandedIn, build: Build, on_record: OnRecord
) -> tuple[tuple[StoredFinding, ...], list[str], list[str]]:
    """The card's findings to be asked again; what cannot be checked of them, and the paths of that."""
    found, notes, skipped = [], [], []
    for place, plain in enumerate(card.findings):
        number, path = place + 1, f"evidence.findings[{place}]"
        finding = _finding(card, build, plain, number)
        known = on_record.numbers.get(finding.id)
        if known is not None:
            finding = _with(finding, known, on_record.builds.get(finding.id, finding.build))
        elif card.audience != PUBLIC:
            skipped.append(f"{path}.recorded")
            notes.append(
                f"the numbers of finding {number} when it was put on record, which are not on record here"
            )
        if known is None:
            notes.append(f"whether finding {number} came from a search")
        if known is None and finding.numbers.get("search") is not None:
            skipped.append(f"{path}.search")
            notes.append(f"the search that finding {number} came from, which is not on record here")
        why = _why_not_asked(build, plain)
        if why:
            skipped += [f"{path}.{key}" for key in ("row", "reason", "selection", "recorded")]
            notes.append(f"the numbers of finding {number}: {why}")
        found.append(finding)
    return tuple(found), notes, skipped


def _why_not_asked(build: Build, plain: Mapping[str, Any]) -> str:
    """Why a finding cannot be asked of this build though it might of the card's own; "" where it can."""
    if plain.get("where") is None:
        return "its recordings were not written down by an earlier version"
    if build.has_numbers:
        return ""
    try:
        chosen_recordings(build, from_json(plain["where"]))
    except ValueError as problem:
        return str(problem).rstrip(".")
    return ""


def _with(finding: StoredFinding, numbers: Mapping[str, Any], build: str) -> StoredFinding:
    return replace(finding, numbers=numbers, build=build)


def _finding(card: HandedIn, build: Build, plain: Mapping[str, Any], number: int) -> StoredFinding:
    """One finding of the card; raises `InputError` where it is none."""
    by, group, against, where = (plain.get(key) for key in ("by", "group", "against", "where"))
    fits = (
        all(isinstance(plain.get(key), str) for key in _TEXTS)
        and all(isinstance(plain.get(key, ""), str) for key in _MORE_TEXTS)
        and isinstance(by, list)
        and all(isinstance(name, str) for name in by)
        and isinstance(group, dict)
        and all(value is None or isinstance(value, str) for value in group.values())
        and (against is None or isinstance(against, str))
        and (where is None or isinstance(where, dict))
        and isinstance(plain.get("search"), dict | None)
        and isinstance(plain.get("recorded"), dict)
        and plain.get("state", "open") in STATES
    )
    if not fits:
        raise InputError(f"Finding {number} of this card cannot be read.")
    search = plain.get("search")
    if search is not None and (misfit := misfit_of(search)) is not None:
        raise InputError(
            f"The search that finding {number} of this card came from cannot be read: “{misfit[:40]}” is missing, "
            "unknown or not of its kind. Use the card.json that was published."
        )
    return StoredFinding(
        id=plain["id"],
        evaluation=build.info.name,
        build=plain["recorded_build"],
        system=card.system,
        metric=card.metric,
        selection=to_json(Everything()) if where is None else where,
        by=tuple(by or ()),
        group=group or {},
        against=against,
        numbers={**plain["recorded"], "search": plain.get("search")},
        note=plain["note"],
        author=plain["author"],
        added=plain["added"],
        state=plain.get("state", "open"),
        reason=plain.get("state_reason", ""),
        claim=plain.get("claim", ""),
    )


def texts_of_card(card: HandedIn) -> dict[str, Any]:
    """Decision and sign-off as the card has them; raises `InputError` where they are no texts."""
    found: dict[str, Any] = {}
    for key in ("decision", "signed_off"):
        plain = card.evidence.get(key)
        texts = isinstance(plain, dict) and all(isinstance(value, str) for value in plain.values())
        if plain is not None and not texts:
            raise InputError(f"What this card says under “{key}” cannot be read.")
        found[key] = plain
    for key, known in (("decision", _DECIDED), ("signed_off", _SIGNED)):
        more = sorted(set(found[key] or ()) - known)
        if more:
            raise InputError(f"What this card says under “{key}” has “{more[0][:40]}”, which no card prints.")
    decision = found["decision"]
    if decision is not None and decision.get("choice") not in DECISIONS:
        raise InputError(f"The decision of this card is none of {', '.join(DECISIONS)}.")
    return found
