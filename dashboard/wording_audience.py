"""Whose eyes a number is for, in words: the two audiences, what is withheld and why, what is not published.

Owns these labels for pages, commands and cards. It decides nothing (`answers/audience.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.settings import Settings

_LONGEST_PART = 60
"""Letters of a system's name in the name of a file."""

AUDIENCE_LABELS = {"internal": "Internal", "public": "Public"}
AUDIENCE_HELP = (
    "Internal: exact numbers, texts and sound. Public: small groups are withheld with those that would give them away, "
    "and numbers are rounded; texts, sound, words and speakers are not shown."
)
WITHHELD_LABEL = "Withheld"
WITHHELD_MARK = "■"
WITHHELD_IN_CELL = "withheld"
WITHHELD_LEGEND = f"{WITHHELD_MARK} withheld from the public"
PUBLIC_NOTE = (
    "For the public: small groups are withheld with those that would give them away; speakers are rounded down to fives, "
    "all else to three digits."
)
ALL_WITHHELD = "Every group of this selection is withheld from the public."
FEWER_ATTRIBUTES = "Groups of fewer attributes are larger: choose None for the columns or the panels. The internal audience sees every number."
COUNTS_WITHHELD = "counts withheld"
INTERNAL_FOOT, PUBLIC_FOOT = (
    "for internal use: exact numbers",
    "for the public: small groups withheld, numbers rounded",
)
NOT_PART = "Texts, sound, words and speakers are not part of what is published. Choose the internal audience to see them."
PAGE_NOT_PUBLISHED = "This page is not part of what is published."
PAGE_NOT_PUBLISHED_WHY = (
    "Its numbers are exact and rest on groups and speakers that are withheld from the public. Choose the internal audience "
    "in the sidebar to see it, and keep it inside. These pages are for the public:"
)


def withheld_sentence(settings: Settings, synthetic: bool) -> str:
    """Why a group has no number."""
    people = "voices" if synthetic else "speakers"
    return (
        f"Withheld from the public: fewer than {settings.public_min_speakers} {people}, or its number would give "
        "another group away."
    )


def file_part(audience: str) -> str:
    """What tells the file of one audience from that of the other by its name."""
    return "-public" if audience == "public" else ""


def file_stem(evaluation: str, build: str, system: str, systems: Sequence[str], audience: str) -> str:
    """What the names of files about one system begin with: evaluation, system, build, audience."""
    parts = [_in_file_name(one) for one in systems]
    part = _in_file_name(system)
    if parts.count(part) > 1 or not part:
        # Names that differ only in signs a file name may not hold are told apart by their place.
        part = f"{part or 'system'}-{list(systems).index(system) + 1}"
    return f"{evaluation}-{part}-{build[:8]}{file_part(audience)}"


def _in_file_name(system: str) -> str:
    return re.sub(r"[^\w.-]+", "-", system)[:_LONGEST_PART].strip("-_.")


def audience_foot(audience: str) -> str:
    """What stands under a picture, in a copied text and in a document."""
    return PUBLIC_FOOT if audience == "public" else INTERNAL_FOOT


def withheld_count(count: int, settings: Settings | None = None, synthetic: bool = False) -> str:
    """How many groups are withheld, without a word on what they would have shown; with settings, by which rule."""
    if settings is None:
        return f"{count:,} withheld"
    people = "voices" if synthetic else "speakers"
    return f"{count:,} withheld: fewer than {settings.public_min_speakers} {people}, or it would give such a group away"
