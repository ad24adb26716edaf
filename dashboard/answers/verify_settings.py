"""With which settings was a card judged that are others where it is verified?

Owns that list and the note on it. A card is judged by its own settings wherever it is verified, so that people have to
ask whether they were agreed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.answers.verify_reading import HandedIn
from data.store import Build


@dataclass(frozen=True)
class OtherSetting:
    """A setting with which the card was judged, and which is another one here."""

    name: str
    card: Any
    here: Any


def other_settings(card: HandedIn, build: Build) -> tuple[OtherSetting, ...]:
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


def settings_note(other: Sequence[OtherSetting]) -> list[str]:
    """What of the settings nobody here can tell."""
    named = ", ".join(f"{one.name} {one.card} (here {one.here})" for one in other)
    return [f"that the card's own settings were agreed on: {named}"] if named else []
