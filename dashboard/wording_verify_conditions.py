"""What a reader of a verification has to know beside the numbers: build, plan, settings, log, sentences, record.

One line each, and none where there is nothing to know.
"""

from __future__ import annotations

import importlib.metadata

from analysis.card.evidence import SCHEMAS
from analysis.card.judged_with import setting_text
from dashboard.answers.verify import Verification
from dashboard.wording_card import plain_text
from dashboard.wording_verify_plan import given_plan_sentence, plan_sentence


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
