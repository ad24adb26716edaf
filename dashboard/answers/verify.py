"""Are the numbers of a card those of the data? Every one is worked out again, by the route that made it.

Owns what is taken from the card (for what it was asked, by which settings, and what people wrote), what is taken from
the data (all else), and what has to be left unchecked. It believes no number, verdict, sentence or declared margin of
the card; the audience's rounding and suppression are applied again. Settings and plans other than those at hand are named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from analysis.card.canonical import canonical
from analysis.card.content import compose
from analysis.card.evidence import SCHEMA
from dashboard.answers.audience import PUBLIC
from dashboard.answers.card import CardQuestion, evidence_of_data, with_said
from dashboard.answers.card_said import Said
from dashboard.answers.verify_differences import Compared, Difference, compare
from dashboard.answers.verify_plan import OtherPlan, Planned, with_plan
from dashboard.answers.verify_reading import HandedIn, read_card
from dashboard.answers.verify_said import (
    OnRecord,
    findings_of_card,
    looked_at_of_card,
    missing_findings,
    texts_of_card,
)
from data.errors import InputError
from data.store import Build

Source = Literal["evaluation", "evidence", "source"]
_FROM_TEXTS = ("doctor", "normalisers")
"""Parts of the evidence that cannot be worked out from counts."""
_LATER = ("about_systems", "looked_at", "decision", "signed_off", "keywords", *_FROM_TEXTS)
"""Parts of the evidence that cards of the first version did not have."""
_OF_KEYWORDS = "keyword-miss-rate"
_NO_KEYWORDS = "which keywords were looked for, which an evidence file does not hold"
_ALWAYS = (
    "that the transcripts came from the named system",
    "that the labels are true",
    "that the people recorded are like those who will use the system",
    "what people wrote: notes, claims, reasons, decision and sign-off",
)


@dataclass(frozen=True)
class OtherSetting:
    """A setting with which the card was judged, and which is another one here."""

    name: str
    card: Any
    here: Any


@dataclass(frozen=True)
class Verification:
    """What was found."""

    card: HandedIn
    numbers: Compared
    not_checked: tuple[str, ...]
    text: str = "unprotected"
    """unprotected, "signed by" with a fingerprint, or broken signature."""
    other_settings: tuple[OtherSetting, ...] = ()
    """Empty where the card was judged as one made here would be."""
    other_plan: OtherPlan | None = None
    """None where the card was made under the plan that holds here."""

    @property
    def holds(self) -> bool:
        """Whether every number is that of the data and no signature is broken."""
        return not self.numbers.differences and self.text != "broken signature"


def verify(document: bytes, build: Build, on_record: OnRecord, source: Source = "evaluation") -> Verification:
    """Work a card out again from a build and hold the two against each other.

    on_record: what the folder of evaluations, or an evidence file, holds beside the build. Raises `InputError` for a
    document that is no card, and what `rates` raises.
    """
    card = read_card(document)
    if card.system not in build.info.systems:
        there = Difference("evidence.system", card.system, list(build.info.systems))
        return Verification(card, Compared(1, (there,)), _ALWAYS)
    planned = with_plan(card, build, on_record)
    found = _held_against(card, planned, on_record, source)
    if found.holds or planned.other is None or planned.other.card is not None:
        return found
    # A plan that was taken out of a card is the smaller fault: the rest fits the plan that holds here.
    with_it = _held_against(card, Planned(build), on_record, source)
    return min(found, with_it, key=lambda one: len(one.numbers.differences))


def _held_against(card: HandedIn, planned: Planned, on_record: OnRecord, source: Source) -> Verification:
    """A card held against a build by the plan that was chosen for it."""
    build, notes, skipped = planned.build, [*planned.notes], [*planned.skipped]
    other = _other_settings(card, build)
    notes += _settings_note(other)
    build = build.judged_under(card.settings, build.info.record)
    if source == "source":
        skipped += [f"evidence.inputs[{place}].name" for place in range(len(card.evidence["inputs"]))]
        notes.append("how the files the build was read from are called")
    said, more, unseen = _said(card, build, on_record)
    made = _worked_out(card, build, said)
    skipped += ["evidence.generator", *unseen]
    if not build.has_numbers:
        skipped += [f"evidence.{name}" for name in _FROM_TEXTS]
        notes.append("what the doctor found and what other normalisers would say, which takes the texts")
        skipped.append("evidence.keywords")
        notes += [_NO_KEYWORDS] if _had_keywords(build) or card.evidence.get("keywords") else []
    if card.audience == PUBLIC and card.evidence.get("findings_withheld") is not None:
        skipped.append("evidence.findings_withheld")
        notes.append("how many findings are withheld from the public")
    if card.plain["schema"] != SCHEMA:
        skipped += ["schema", "template", "missing", *(f"evidence.{name}" for name in _LATER)]
        notes.append("what cards of an earlier version did not hold")
    found = compare(dict(card.plain), made, frozenset(skipped))
    absent = (*missing_findings(card, on_record), *_missing_keywords(card, build))
    if absent:
        found = Compared(found.checked + len(absent), (*found.differences, *absent))
    notes += [*more, *_other_version(card, made)]
    return Verification(card, found, (*_ALWAYS, *notes), other_settings=other, other_plan=planned.other)


def _worked_out(card: HandedIn, build: Build, said: Said) -> dict[str, Any]:
    """The whole card as plain data, from the data."""
    audience = PUBLIC if card.audience == PUBLIC else "internal"
    question = CardQuestion(
        card.system,
        card.metric,
        None,
        card.level,
        audience=audience,
        template=card.template,
        with_context=build.has_numbers,
        # Findings of the doctor that lie beside the build are no more than a file anybody may have edited.
        examined_afresh=True,
        with_crossings=card.plain["schema"] == SCHEMA,
    )
    of_data, texts = evidence_of_data(build, question), texts_of_card(card)
    try:
        evidence = replace(with_said(build, question, of_data, said), **texts)
        if not build.has_numbers:
            evidence = replace(evidence, **{name: _plain(card, name) for name in _FROM_TEXTS})
        made = compose(evidence, card.template).to_json()
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, OverflowError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"This card cannot be read: {error!r}.") from None
    result: dict[str, Any] = canonical(made)
    return result


def _plain(card: HandedIn, name: str) -> Any:
    """A part of the card's evidence that takes the texts of the recordings, as the card has it."""
    found = card.evidence.get(name)
    return tuple(found) if isinstance(found, list) else found


def _had_keywords(build: Build) -> bool:
    """Whether an evidence file, which never holds the list, counts keywords."""
    info = build.info
    return not build.has_numbers and info.has_text and _OF_KEYWORDS not in info.undefined_metrics


def _missing_keywords(card: HandedIn, build: Build) -> tuple[Difference, ...]:
    """The list of keywords where an evidence file counts them and a card of this version has none."""
    hidden = card.plain["schema"] == SCHEMA and _had_keywords(build) and card.evidence.get("keywords") is None
    return (Difference("evidence.keywords", None, "a list"),) if hidden else ()


def _other_settings(card: HandedIn, build: Build) -> tuple[OtherSetting, ...]:
    """In what the card was made otherwise than a card made here would be."""
    held, here = build.info.plan, build.info.settings
    if held is not None:
        here = held.plan.settings_over(here)
    theirs = card.settings.to_json()
    return tuple(
        OtherSetting(name, theirs[name], mine)
        for name, mine in here.to_json().items()
        if theirs[name] != mine
    )


def _settings_note(other: Sequence[OtherSetting]) -> list[str]:
    """People have to know whether other settings were agreed on."""
    named = ", ".join(f"{one.name} {one.card} (here {one.here})" for one in other)
    return [f"that the card's own settings were agreed on: {named}"] if named else []


def _said(card: HandedIn, build: Build, on_record: OnRecord) -> tuple[Said, list[str], list[str]]:
    """What people said, as the card has it, with numbers from what is on record; notes, and paths nobody can check."""
    findings, notes, skipped = findings_of_card(card, build, on_record)
    looked, more, unseen = looked_at_of_card(card, on_record)
    return Said(findings, None, None, looked), [*notes, *more], [*skipped, *unseen]


def _other_version(card: HandedIn, made: Mapping[str, Any]) -> list[str]:
    own, now = card.evidence.get("generator"), made["evidence"]["generator"]
    version = own.get("version") if isinstance(own, dict) else None
    if version == now["version"]:
        return []
    return [
        f"what version {str(version)[:40]} of the program did: version {now['version']} worked the numbers out again"
    ]
