"""What an owner may state about systems and data: the names of the facts, and what is wrong with others.

Owns the names that a card looks for. A fact under any other name would be kept and never printed, so it is
refused with the nearest name. Asked before files are read; older builds keep what they were made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from data.errors import InputError, near_names, quoted_list

OF_DATA = (
    "title",
    "goal",
    "purpose",
    "language",
    "speech_style",
    "licence",
    "recruitment",
    "protocol",
    "date",
    "test_set_in_training_data",
    "synthetic_voices",
    "notice",
    "systems",
    "card",
)
OF_SYSTEMS = ("name", "version", "region", "configuration", "date")
ANSWERS: Mapping[str, tuple[object, ...]] = {
    "test_set_in_training_data": ("yes", "no", "unknown"),
    "synthetic_voices": (True, False),
}
"""Facts with fixed answers."""
_KNOWN = (*OF_DATA, *(f"system_{key}" for key in OF_SYSTEMS))


def check_about(where: str, about: Mapping[str, Any]) -> None:
    """Raise `InputError` with everything that is wrong with the facts; `where` says whose they are."""
    wrong = [
        f"{where}: {what}" for what in (*_wrong_forms(about), *_wrong_names(about), *_wrong_answers(about))
    ]
    if wrong:
        raise InputError("\n".join(wrong))


def _wrong_forms(about: Mapping[str, Any]) -> Iterator[str]:
    systems = about.get("systems", {})
    if not (isinstance(systems, dict) and all(isinstance(facts, dict) for facts in systems.values())):
        yield '"systems" must hold an object for each system, such as {"A": {"version": "2"}}.'
        systems = {}
    own = {key: fact for key, fact in about.items() if key not in ("systems", "card")}
    for key, fact in (*own.items(), *(pair for facts in systems.values() for pair in facts.items())):
        if isinstance(fact, dict | list):
            yield f'"{key}" must be a text, not a list or an object.'
    if not isinstance(about.get("card", {}), dict):
        yield '"card" must be an object: a text for each section of the card.'


def _wrong_names(about: Mapping[str, Any]) -> Iterator[str]:
    for key in about:
        if key not in _KNOWN:
            yield f'"{key}" is no fact that a card prints. {near_names(key, OF_DATA)}'
    systems = about.get("systems")
    for system, facts in systems.items() if isinstance(systems, dict) else ():
        for key in facts if isinstance(facts, dict) else ():
            if key not in OF_SYSTEMS:
                yield f'"{key}" of system "{system}" is no fact that a card prints. {near_names(key, OF_SYSTEMS)}'


def _wrong_answers(about: Mapping[str, Any]) -> Iterator[str]:
    for key, answers in ANSWERS.items():
        fact = about.get(key, answers[0])
        # In Python 1 == True, and a card would print the number.
        if not any(fact is answer or (fact == answer and isinstance(fact, str)) for answer in answers):
            known = (
                " or ".join(str(one).lower() for one in answers)
                if key == "synthetic_voices"
                else quoted_list(map(str, answers))
            )
            yield f'"{key}" is {fact!r}; expected {known}.'
