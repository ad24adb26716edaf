"""What a verification found, in words: the same on the Card page and on a terminal."""

from __future__ import annotations

import importlib.metadata
import json
from typing import Any

from analysis.card.evidence import SCHEMAS
from analysis.card.judged_with import setting_text
from dashboard.answers.signing import ANOTHER_KEY, BROKEN
from dashboard.answers.verify import Verification
from dashboard.answers.verify_differences import Difference
from dashboard.answers.verify_plan import not_as_given
from dashboard.answers.verify_sentences import is_sentence
from dashboard.answers.verify_standing import Elsewhere, Reservation
from dashboard.exports.card_beside import NOTHING_BESIDE, FilesBeside
from dashboard.wording_card import plain_text
from dashboard.wording_verify_plan import given_plan_sentence, plan_sentence

MOST_DIFFERENCES = 20
_LONGEST_VALUE = 120
_LONGEST_PATH = 160
_OTHER_NORMALISERS = "the section on other normalisers, which takes the texts"
_WHOLE = {
    "evaluation": "The card holds: every number and every sentence is what the data give",
    "evidence": (
        "The card holds as far as counts can tell: every number and every sentence is what the evidence file gives, "
        f"but for {_OTHER_NORMALISERS}"
    ),
    "source": "The card holds: every number and every sentence is what the source files give",
}
_AS_TAKEN = "The card holds: every number is what the data give, and its sentences are those that were taken away from here"
_OPEN_PARTS: dict[Reservation, str] = {
    "plan": "the plan",
    "settings": "the settings",
    "tried": "how much was tried",
    "sentences": "the sentences",
    "form": "what an earlier form of cards left out",
    "record": "whether this is the card that was handed out",
}
_ELSEWHERE: dict[Elsewhere, str] = {
    "tried": "how much was tried before",
    "nothing tried": "that nothing was tried before",
    "plan set": "when its plan was set",
    "findings": "which findings were put on record with which numbers",
}

_PART_OF: dict[Elsewhere, Reservation] = {"tried": "tried", "nothing tried": "tried", "plan set": "plan"}
"""What is not named twice in one line."""


def verdict_sentence(found: Verification, beside: FilesBeside = NOTHING_BESIDE) -> str:
    """The one line that says what a verification came to, of the card and of the files beside it."""
    elsewhere = _elsewhere(found)
    if found.holds and beside.others:
        return _others_beside(found, beside)
    if found.result == "holds":
        whole = _AS_TAKEN if found.other_program else _WHOLE[found.source]
        return f"{whole}; {elsewhere}." if elsewhere else f"{whole}."
    if found.result == "partly checked":
        return f"Every number holds, but the card was not checked whole. {_not_whole(found)}"
    told = [_differing(found)] if found.numbers.differences else []
    if found.given is not None and not_as_given(found.card, found.given):
        told.append(f"it was not made by the plan in {found.given.name}")
    if found.text == BROKEN:
        told.append("its signature is broken")
    if found.text.startswith(ANOTHER_KEY):
        told.append(f"it is {found.text}")
    return f"The card does not hold: {' and '.join(told)}."


def _not_whole(found: Verification) -> str:
    """What of a card was not checked."""
    parts = [_OPEN_PARTS[one] for one in found.reservations]
    parts += [_ELSEWHERE[one] for one in _own_words(found) if _PART_OF.get(one) not in found.reservations]
    parts += [_OTHER_NORMALISERS] if found.source == "evidence" else []
    return f"Not checked: {', '.join(parts)}."


def _others_beside(found: Verification, beside: FilesBeside) -> str:
    """That people may read something else than the JSON that was checked."""
    *most, last = beside.others
    named = f"{', '.join(most)} and {last} beside it are" if most else f"{last} beside it is"
    start = f"The card’s JSON holds, but {named} not what it gives."
    return start if found.result == "holds" else f"{start} {_not_whole(found)}"


def _own_words(found: Verification) -> list[Elsewhere]:
    """What only the card says; nothing where this very card is on record here."""
    return [] if found.taken else [one for one in _ELSEWHERE if one in found.elsewhere]


def _elsewhere(found: Verification) -> str:
    """Half a sentence for what only the card says; "" where there is none of it."""
    if not (own := _own_words(found)):
        return ""
    *most, last = (_ELSEWHERE[one] for one in own)
    named = f"{', '.join(most)} and {last}" if most else last
    if "nothing tried" in own:
        return f"not checked, since it is the card's own word: {named}"
    return f"not checked, since only the log of another folder tells it: {named}"


def _differing(found: Verification) -> str:
    words = sum(is_sentence(one.path) for one in found.numbers.differences)
    rest = len(found.numbers.differences) - words
    parts = [_places(rest, "number or fact", "numbers or facts")] if rest else ["no number differs, but"]
    parts += [_places(words, "sentence", "sentences")] if words else []
    joined = " and ".join(parts) if rest else " ".join(parts)
    return f"{joined} in it {'is' if rest + words == 1 else 'are'} not what the data give"


def _places(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def numbers_sentence(found: Verification) -> str:
    """How many numbers were worked out again, and how many are equal."""
    numbers = found.numbers
    said = f"Numbers: {numbers.equal:,} of {numbers.checked:,} recomputed and equal."
    if not numbers.differences:
        return said
    places = _places(len(numbers.differences), "place", "places")
    return f"{said} In {places} the card is not what the data give."


def condition_lines(found: Verification) -> list[str]:
    """What a reader has to know beside the numbers: plan, settings, sentences, log and record, one line each."""
    return [
        line
        for line in (
            _build_sentence(found),
            given_plan_sentence(found),
            plan_sentence(found),
            other_settings_sentence(found),
            _tried_sentence(found),
            _sentences_sentence(found),
            _form_sentence(found),
            record_sentence(found),
        )
        if line
    ]


def _build_sentence(found: Verification) -> str:
    """Which build a card was held against, where it is not the one that was asked for, or not the card's own."""
    named = str(found.card.evidence.get("build"))[:40]
    if found.instead_of is not None:
        return (
            f"Build: the card is of build {named}, which is kept here and was used. The build that is asked for otherwise, "
            f"{found.instead_of}, may give other numbers."
        )
    if any(one.path == "evidence.build" for one in found.numbers.differences):
        return (
            f"Build: the card names build {named}, which is not at hand, so it was held against other data."
        )
    return ""


def _tried_sentence(found: Verification) -> str:
    if "tried" not in found.reservations:
        return ""
    if {"tried", "nothing tried"} & set(found.elsewhere):
        return (
            "How much was tried: not checked (the log that the card sums up is not the one that is at hand)."
        )
    return (
        "How much was tried: not checked (the log at hand goes on where the card ends, and this card is none of those that "
        "were taken away before the evidence file was written)."
    )


def _sentences_sentence(found: Verification) -> str:
    if found.version is None:
        return ""
    here = importlib.metadata.version("fairhearing")
    by = f"version {found.version[:40]}" if found.version else "a version it does not name"
    return (
        f"Sentences: not compared (the card says it was written by {by}; this is version {here}). Numbers and verdicts "
        "were, also those within sentences. To compare the words, use the version that wrote them."
    )


def _form_sentence(found: Verification) -> str:
    if found.card.plain["schema"] == SCHEMAS[-1]:
        return ""
    return (
        f"Form: the card has an earlier one ({found.card.plain['schema']}). What that did not hold, and how it worded "
        "claims, was not checked."
    )


def record_sentence(found: Verification) -> str:
    """Whether this very card was taken away from this folder; "" where that cannot be known."""
    if found.taken is not None:
        return f"Record: this card was taken away from here, just as it is, on {found.taken.replace('T', ' ').removesuffix('Z')} UTC."
    if "record" not in found.reservations:
        return ""
    if found.source == "evidence":
        return (
            "Record: none of the cards that were taken away before the evidence file was written reads as this one does. Its "
            "notes, decision, sign-off or how much was tried may have been changed since, or it is newer than the file."
        )
    return (
        "Record: the card names this folder’s log, but none that was taken away from here reads as it does. Its notes, "
        "decision, sign-off or how much was tried may have been changed since."
    )


def other_settings_sentence(found: Verification) -> str:
    """With which settings the card was judged that are others here; "" where none is."""
    margin = found.card.settings.margin_ratio
    people = "voices" if found.card.evidence.get("notice") else "speakers"
    told = [
        plain_text(setting_text(one.name, one.card, "here", one.here, people), margin)
        for one in found.other_settings
    ]
    return f"Other settings: the card was judged with {'; '.join(told)}." if told else ""


def beside_sentence(beside: FilesBeside) -> str:
    """Whether the files beside the card are those it gives."""
    if not beside.others:
        return f"Files beside it: {', '.join(beside.equal)}: byte for byte what the card gives."
    also = f" {', '.join(beside.equal)}: as the card gives them." if beside.equal else ""
    return f"Files beside it: {', '.join(beside.others)}: NOT what the card gives. Do not rely on them.{also}"


def text_sentence(found: Verification) -> str:
    """Whether text and sign-off are protected."""
    if found.text == "unprotected":
        return "Text and sign-off: unprotected (no signature was checked)."
    return f"Text and sign-off: {found.text}."


def not_checked_sentence(found: Verification) -> str:
    """What nobody can tell from the numbers."""
    return f"Not checked: {'; '.join(found.not_checked)}."


def difference_lines(found: Verification) -> list[str]:
    """Where the card differs, the first of them, and how many more there are."""
    shown = found.numbers.differences[:MOST_DIFFERENCES]
    rest = len(found.numbers.differences) - len(shown)
    lines = ["{}: the card says {}, the data give {}".format(*difference_cells(one)) for one in shown]
    return [*lines, f"… and {rest:,} more"] if rest else lines


def difference_cells(one: Difference) -> tuple[str, str, str]:
    """One difference as the cells of a table."""
    path = one.path if len(one.path) <= _LONGEST_PATH else f"{one.path[: _LONGEST_PATH - 1]}…"
    return path, value(one.card), value(one.recomputed)


def value(found: Any) -> str:
    """A value as it stands in the card; long ones are cut."""
    if found is None:
        return "nothing"
    text = json.dumps(found, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
