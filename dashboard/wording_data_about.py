"""What the Data page calls the facts that an owner states about system and data.

Owns labels only. The keys are those of `--about`, and the card prints what stands under them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ABOUT_HEAD = "About the system and the data"
ABOUT = "About the system and the data, for the card"
ABOUT_DATA = "The data"
ABOUT_SYSTEM = "The system"
ABOUT_NOTHING = "Nothing was said about the system or the data, so its card leaves these facts open."
ABOUT_CHANGES = (
    "What is said here is part of the build, because a card prints it. Other words make a new build with the same recordings "
    "and the same numbers, which becomes the current one."
)
NOT_STATED_YET = "Nothing is changed yet."
TRAINING_QUESTION = "Was the test set in the training data of the system?"
SYNTHETIC = "A program made the voices: nothing here is evidence about people"
DATA_FIELDS = {
    "goal": "Goal: for whom the system is to work how well",
    "purpose": "Purpose of the evaluation",
    "language": "Language",
    "speech_style": "Style of speech: read, spontaneous, commands …",
    "licence": "Licence",
    "date": "Date",
    "recruitment": "How speakers were found",
    "protocol": "How recordings were made",
}
LONG_FIELDS = ("recruitment", "protocol")
TRAINING = "test_set_in_training_data"
TRAINING_ANSWERS = {"": "not stated", "no": "no", "yes": "yes", "unknown": "not known"}
SYSTEM_FIELDS = {
    "name": "Recogniser",
    "version": "Version",
    "region": "Region",
    "configuration": "Configuration",
    "date": "Date of transcription",
}


def about_lines(about: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was said as label and text; facts without a label of ours last, under their own key."""
    said = {key: value for key, value in about.items() if value not in (None, "", False, {}, [])}
    systems = said.pop("systems", {})
    order = ["title", *DATA_FIELDS, TRAINING]
    lines = [
        (_SHORT.get(key, DATA_FIELDS.get(key, key)), _said(key, said.pop(key)))
        for key in order
        if key in said
    ]
    if said.pop("synthetic_voices", None) is True:
        lines.append(("Voices", "made by a program"))
    of_systems = systems.items() if isinstance(systems, Mapping) else ()
    lines += [(system, _facts(facts)) for system, facts in of_systems]
    return [*lines, *((key.replace("_", " ").capitalize(), str(value)) for key, value in said.items())]


def _said(key: str, value: object) -> str:
    return TRAINING_ANSWERS.get(str(value), str(value)) if key == TRAINING else str(value)


_SHORT = {
    "title": "Title",
    "goal": "Goal",
    "speech_style": "Style of speech",
    TRAINING: "Test set in the training data",
}


def _facts(facts: object) -> str:
    if not isinstance(facts, Mapping):
        return str(facts)
    known = [key for key in (*SYSTEM_FIELDS, *facts) if facts.get(key)]
    return "; ".join(f"{SYSTEM_FIELDS.get(key, key).lower()}: {facts[key]}" for key in dict.fromkeys(known))
