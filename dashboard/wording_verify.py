"""What a verification found, in words: the same on the Card page and on a terminal."""

from __future__ import annotations

import json
from typing import Any

from dashboard.answers.signing import ANOTHER_KEY, BROKEN
from dashboard.answers.verify import Verification
from dashboard.answers.verify_differences import Difference
from dashboard.answers.verify_plan import not_as_given
from dashboard.answers.verify_sentences import is_sentence
from dashboard.answers.verify_standing import Elsewhere, Reservation
from dashboard.exports.card_beside import NOTHING_BESIDE, FilesBeside

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
    differences = found.numbers.differences
    words = [one for one in differences if is_sentence(one.path)]
    within = sum(_is_number(one.card) or _is_number(one.recomputed) for one in words)
    rest, n_worded = len(differences) - len(words), len(words) - within
    parts = [_places(rest, "number or fact", "numbers or facts")] if rest else []
    parts += [_places(within, "number within a sentence", "numbers within sentences")] if within else []
    parts += [_places(n_worded, "sentence", "sentences")] if n_worded else []
    joined = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    only = "" if rest or within else "no number differs, but "
    return f"{only}{joined} in it {'is' if len(differences) == 1 else 'are'} not what the data give"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


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
