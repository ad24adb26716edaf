"""Are the numbers of a card those of the data? Every one is worked out again, by the route that made it.

Owns what is taken from the card (for what it was asked, by which settings, and what people wrote), what is taken from
the data (all else), and what has to be left unchecked. It believes no number, verdict, sentence or declared margin of
the card; the audience's rounding and suppression are applied again. What could not be checked is a reservation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.card.canonical import canonical
from analysis.card.content import compose
from analysis.card.evidence import VERSION
from dashboard.answers.audience import PUBLIC
from dashboard.answers.card import CardQuestion, evidence_of_data, with_said
from dashboard.answers.card_said import Said
from dashboard.answers.verify_differences import Compared, Difference, compare
from dashboard.answers.verify_doctor import is_known, other_doctor
from dashboard.answers.verify_plan import GivenPlan, OtherPlan, Planned, not_as_given, with_plan
from dashboard.answers.verify_reading import HandedIn, read_card
from dashboard.answers.verify_said import (
    OnRecord,
    findings_of_card,
    other_questions,
    texts_of_card,
)
from dashboard.answers.verify_sentences import other_version, version_notes, without_sentences
from dashboard.answers.verify_settings import OtherSetting, other_settings, settings_note
from dashboard.answers.verify_standing import (
    Elsewhere,
    Reservation,
    Result,
    Source,
    plan_is_open,
    result_of,
)
from dashboard.answers.verify_tried import (
    elsewhere_of,
    is_another,
    is_open,
    looked_at_of_card,
    missing_findings,
    unknown_findings,
)
from dashboard.answers.verify_versions import left_to_earlier_versions, version_of
from data.errors import InputError
from data.store import Build

_FROM_TEXTS = ("doctor", "normalisers")
"""Parts of the evidence that cannot be worked out from counts."""
_OF_KEYWORDS = "keyword-miss-rate"
_TAKES_TEXTS = "{what}what other normalisers would say, which takes the texts"
_NO_KEYWORDS = "which keywords were looked for, which an evidence file does not hold"
_ALWAYS = (
    "that the transcripts came from the named system",
    "that the labels are true",
    "that the people recorded are like those who will use the system",
    "what people wrote: notes, claims, reasons, decision and sign-off",
    "what was looked at in other folders",
)


@dataclass(frozen=True)
class Verification:
    """What was found."""

    card: HandedIn
    numbers: Compared
    not_checked: tuple[str, ...]
    text: str = "unprotected"
    """unprotected, "signed by" with a fingerprint, signed by another key than that, or broken signature."""
    other_settings: tuple[OtherSetting, ...] = ()
    """Empty where the card was judged as one made here would be."""
    other_plan: OtherPlan | None = None
    """None where the card was made under the plan that holds here."""
    source: Source = "evaluation"
    reservations: tuple[Reservation, ...] = ()
    """What of the card nothing here can tell; empty where all that can be checked was."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """What of the card only the log of another folder tells; empty where the log at hand is the card's."""
    given: GivenPlan | None = None
    """The plan that was handed in beside the card; None: none was."""
    version: str | None = None
    """The version of this program that wrote the card, where that is another one; "": the card names none."""
    instead_of: str | None = None
    """The build that was asked for, where the card's own, which is kept too, was taken; None: no other was asked for."""
    taken: str | None = None
    """When this card was taken away from this folder; UTC, ISO 8601. None: that is not on record here."""

    @property
    def other_program(self) -> bool:
        """Whether another version of the program or of the form wrote the card, whose words and layout are its own."""
        return self.version is not None or version_of(self.card) != VERSION

    @property
    def holds(self) -> bool:
        """Whether every number is that of the data and no signature is broken."""
        return self.result != "does not hold"

    @property
    def result(self) -> Result:
        """Holds, holds as far as was checked, or does not hold."""
        return result_of(self.numbers, self.text, self.reservations)


def verify(
    document: bytes,
    build: Build,
    on_record: OnRecord,
    source: Source = "evaluation",
    given: GivenPlan | None = None,
) -> Verification:
    """Work a card out again from a build and hold the two against each other.

    on_record: what the folder of evaluations, or an evidence file, holds beside the build. given: the plan that the card
    has to name. Raises `InputError` for a document that is no card, and what `rates` raises.
    """
    card = read_card(document)
    if card.system not in build.info.systems:
        there = Difference("evidence.system", card.system, list(build.info.systems))
        differing = Compared(1, (there,)).with_more(not_as_given(card, given))
        return Verification(card, differing, _ALWAYS, source=source, given=given)
    found = _held_against(card, with_plan(card, build, on_record, given), on_record, source)
    known = {one.path for one in found.numbers.differences}
    other = tuple(one for one in not_as_given(card, given) if one.path not in known)
    return replace(found, numbers=found.numbers.with_more(other), given=given)


def _held_against(card: HandedIn, planned: Planned, on_record: OnRecord, source: Source) -> Verification:
    """A card held against a build by the plan that was chosen for it."""
    other = other_settings(card, planned.build)
    build = planned.build.judged_under(card.settings, planned.build.info.record)
    said, more, unseen = _said(card, build, on_record)
    made = _worked_out(card, build, said)
    notes, skipped = _untold(card, build, on_record, source)
    earlier, left = left_to_earlier_versions(card)
    version = other_version(card, made)
    if version is not None:
        skipped += ["evidence.generator.version", "evidence.doctor"]
        notes += version_notes(card, made, version)
    as_worded = version is None and not earlier
    found = _compared(card, made, [*planned.skipped, *unseen, *skipped, *left], as_worded=as_worded)
    open_parts: dict[Reservation, bool] = {
        "plan": plan_is_open(planned),
        "settings": bool(other),
        "tried": is_open(card, unseen, on_record, source),
        "sentences": version is not None,
        "form": bool(earlier),
        "record": is_another(card, on_record),
    }
    return Verification(
        card,
        found.with_more(_not_as_on_record(card, build, on_record, as_worded=as_worded)),
        (*_ALWAYS, *planned.notes, *settings_note(other), *notes, *earlier, *more),
        other_settings=other,
        other_plan=planned.other,
        source=source,
        reservations=tuple(name for name, is_so in open_parts.items() if is_so),
        elsewhere=(*elsewhere_of(card, unseen), *(("plan set",) if planned.moment_unseen else ())),
        version=version,
    )


def _untold(card: HandedIn, build: Build, on_record: OnRecord, source: Source) -> tuple[list[str], list[str]]:
    """Notes on what neither source files, an evidence file nor the public's form of a card tell, and its paths."""
    notes, skipped = [], []
    if source == "source":
        skipped += [f"evidence.inputs[{place}].name" for place in range(len(card.evidence["inputs"]))]
        notes.append("how the files the build was read from are called")
    if not build.has_numbers:
        skipped += [f"evidence.{name}" for name in (*_FROM_TEXTS, "keywords")]
        known = is_known(card, on_record)
        notes.append(_TAKES_TEXTS.format(what="" if known else "what the doctor found and "))
        notes += [_NO_KEYWORDS] if _had_keywords(build) or card.evidence.get("keywords") else []
    if card.audience == PUBLIC and card.evidence.get("findings_withheld") is not None:
        skipped.append("evidence.findings_withheld")
        notes.append("how many findings are withheld from the public")
    return notes, skipped


def _not_as_on_record(
    card: HandedIn, build: Build, on_record: OnRecord, *, as_worded: bool
) -> tuple[Difference, ...]:
    """What the card leaves out or has too much, by what lies beside the data."""
    return (
        *(other_doctor(card, on_record) if as_worded else ()),
        *missing_findings(card, on_record),
        *unknown_findings(card, on_record),
        *other_questions(card, on_record),
        *_missing_keywords(card, build),
    )


def _compared(
    card: HandedIn, made: Mapping[str, Any], skipped: Sequence[str], *, as_worded: bool
) -> Compared:
    """Card and data leaf by leaf; without the program's own words where another version wrote the card."""
    one, two = dict(card.plain), dict(made)
    if not as_worded:
        one, two = without_sentences(one), without_sentences(two)
    return compare(one, two, frozenset(skipped))


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
        version=version_of(card),
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
    hidden = version_of(card) > 1 and _had_keywords(build) and card.evidence.get("keywords") is None
    return (Difference("evidence.keywords", None, "a list"),) if hidden else ()


def _said(card: HandedIn, build: Build, on_record: OnRecord) -> tuple[Said, list[str], list[str]]:
    """What people said, as the card has it, with numbers from what is on record; notes, and paths nobody can check."""
    findings, notes, skipped = findings_of_card(card, build, on_record)
    looked, more, unseen = looked_at_of_card(card, on_record)
    return Said(findings, None, None, looked), [*notes, *more], [*skipped, *unseen]
