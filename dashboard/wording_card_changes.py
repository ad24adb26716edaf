"""What changed since the last card, in words: the causes, the rate of all, and groups with another verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.card.changes import Cause, Changes, Move
from dashboard.wording import group_names, interval_text, percent, ratio_text
from dashboard.wording_verdicts import verdict_in_sentence

CAUSE_LABELS = {
    "question": "What was asked",
    "system": "The system",
    "data": "The data",
    "labels": "The labels",
    "normaliser": "The normaliser, or how words are compared",
    "tool": "The program",
    "plan": "The plan",
    "settings": "The settings",
    "said": "What people put on record",
}
CHANGES_INTRO = "A card that is taken away stays on record. What is different now is held against it, with what can be the cause."
NO_CARD = "No card of {system} has been taken away from this folder of evaluations yet, so there is nothing to hold this one against."
HELD_AGAINST, OTHER_CARD = "Held against", "Hold it against another card.json"
NOTHING = "Nothing is different: the same evidence gives this card."
CAUSES, MOVES = "What can have caused it", "Groups with another verdict"
WHAT_COLUMNS = ("What", "Then", "Now")
MOVE_COLUMNS = ("Group", "Then", "Now")
CAME, WENT = "Groups that only this card has", "Groups that only the earlier card has"
MOST_LISTED = 40
_LONGEST = 120
_PARTS = {
    "normalizer": "normaliser",
    "signed_off": "sign-off",
    "file": "file",
    "n_speakers": "speakers",
    "n_utterances": "utterances",
    "n_words": "words",
    "label_sources": "who gave the labels",
    "searches": "searches for slices",
    "subgroups": "subgroups looked at",
    "normalisers": "looks under other normalisers",
    "withdrawn": "findings withdrawn",
}


def taken_label(build: str, at: str) -> str:
    """A card on record in the list of them."""
    return f"build {build}, taken {at[:10]} {at[11:16]}"


def changes_sentence(found: Changes) -> str:
    """The whole in one or two sentences: causes by name, the rate of all, how many verdicts are others now."""
    if found.is_nothing:
        return NOTHING
    named = [CAUSE_LABELS[cause.kind] for cause in found.causes]
    return " ".join(
        filter(None, (_causes_sentence(named), _overall(found), _moves_sentence(found), _together(found)))
    )


def _causes_sentence(named: list[str]) -> str:
    if not named:
        return "Nothing that this card was made of is different, and yet its groups are."
    first, *rest = named
    listed = ", ".join([first, *(f"{one[:1].lower()}{one[1:]}" for one in rest)])
    return f"Different since then: {listed[:1].lower()}{listed[1:]}."


def _overall(found: Changes) -> str:
    was, now = found.before.overall, found.after.overall
    if not found.comparable:
        return (
            "The rates are of another measure now (or of another question), so they are not held against each other; verdicts are listed because "
            "they are what a reader acts on."
        )
    if was.rate == now.rate:
        return f"The rate of all recordings is the same, {percent(now.rate)}."
    span = "" if now.low is None or now.high is None else f" ({interval_text(now.low, now.high)})"
    return f"The rate of all recordings was {percent(was.rate)} and is {percent(now.rate)}{span}."


def _moves_sentence(found: Changes) -> str:
    moved = len(found.moves)
    parts = [f"{moved:,} of {found.n_compared:,} groups {'has' if moved == 1 else 'have'} another verdict"]
    if found.came:
        parts.append(f"{len(found.came):,} came")
    if found.went:
        parts.append(f"{len(found.went):,} went")
    return f"{'; '.join(parts)}."


def _together(found: Changes) -> str:
    causes = [cause for cause in found.causes if cause.kind != "said"]
    if len(causes) < 2:
        return ""
    return "Several things changed together, so nobody can tell from the two cards what each of them did."


def cause_lines(cause: Cause) -> list[tuple[str, str, str]]:
    """Each thing that is different, as it was and as it is."""
    return [(_part(what), _value(was), _value(now)) for what, was, now in cause.parts]


def _part(what: str) -> str:
    return _PARTS.get(what, what.replace("_", " "))


def _value(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def move_line(one: Move, margin_then: float, margin_now: float) -> tuple[str, str, str]:
    """A group with another verdict: who, what was said then and now."""
    return (
        group_names(one.group),
        _said(one.before.versus.ratio, one.before.versus.verdict, margin_then),
        _said(one.after.versus.ratio, one.after.versus.verdict, margin_now),
    )


def _said(ratio: float | None, verdict: str, margin: float) -> str:
    words = verdict_in_sentence(verdict, margin)
    return words if ratio is None else f"{ratio_text(ratio)}: {words}"


def move_lines(found: Changes) -> list[tuple[str, str, str]]:
    """The first of the groups with another verdict."""
    then, now = (float(one.settings["margin_ratio"]) for one in (found.before, found.after))
    return [move_line(one, then, now) for one in found.moves[:MOST_LISTED]]


def more_moves(found: Changes) -> str:
    """How many groups with another verdict are not listed; "" where all are."""
    rest = len(found.moves) - MOST_LISTED
    return f"… and {rest:,} more" if rest > 0 else ""


def change_lines(found: Changes) -> list[str]:
    """Everything that is different, for a terminal."""
    lines = [f"Since the card of build {found.before.build}: {changes_sentence(found)}"]
    for cause in found.causes:
        lines.append(f"  {CAUSE_LABELS[cause.kind]}")
        lines += [f"    {what}: {was} → {now}" for what, was, now in cause_lines(cause)]
    lines += [f"  {who}: was {was}; is {now}" for who, was, now in move_lines(found)]
    if more_moves(found):
        lines.append(f"  {more_moves(found)}")
    for groups, words in ((found.came, CAME), (found.went, WENT)):
        if groups:
            lines.append(f"  {words}: {listed_groups(groups)}")
    return lines


def listed_groups(groups: tuple[tuple[tuple[str, ...], Mapping[str, str | None]], ...]) -> str:
    """Groups that came or went, the first of them."""
    named = [group_names(group) for _, group in groups[:MOST_LISTED]]
    rest = len(groups) - len(named)
    return "; ".join([*named, *([f"… and {rest:,} more"] if rest else [])])
