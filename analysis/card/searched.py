"""What a card says of a finding that a search came up with: how many were searched, and what other speakers said.

Owns its sentences, and which keys they can be made of. A slice that was chosen for standing out looks worse among
those it was found on than it is, so the numbers of the others stand here whenever there are any.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Any

from analysis.card.sections import Count, PValue, Ratio, RatioSpan, Text

PUBLIC_KEYS = (
    "question", "baseline", "depth", "searched", "tested", "listed", "result", "in_both_halves", "seed",
)  # fmt: skip
"""What the public may know of a search: no number of the group, nobody else's name."""

_Kind = tuple[type, ...]
_WHOLE: _Kind = (int,)
_TEXT: _Kind = (str,)
_MAYBE_WHOLE, _MAYBE_TEXT = (int, NoneType), (str, NoneType)
_KINDS: dict[str, _Kind] = {
    "question": _MAYBE_TEXT, "baseline": _MAYBE_TEXT, "attributes": (list,), "depth": _MAYBE_WHOLE, "min_speakers": _MAYBE_WHOLE,
    "searched": _WHOLE, "tested": _WHOLE, "listed": _WHOLE, "result": _TEXT, "in_both_halves": (bool, NoneType),
    "seed": _MAYBE_WHOLE, "stratified_by": _MAYBE_TEXT, "discovery_speakers": _MAYBE_WHOLE,
    "confirmation_speakers": _MAYBE_WHOLE, "sha256": _MAYBE_TEXT, "found": (dict,), "confirm": (dict, NoneType),
    "explained_by": _MAYBE_TEXT,
}  # fmt: skip
"""What a search may hold, and of which kind."""
_NEEDED = ("searched", "tested", "listed", "result")
_OF_CONFIRM = ("ratio", "low", "high", "p_holm")
LARGEST = 2**63
"""No count and no seed of a search reaches it."""


def misfit_of(search: Mapping[str, Any]) -> str | None:
    """The first key of a search by which no sentence can be made of it: missing, unknown or of another kind; else None."""
    for key in (*_NEEDED, *search):
        if key not in _KINDS or key not in search or not _fits(search[key], _KINDS[key]):
            return str(key)
    if (search.get("discovery_speakers") is None) != (search.get("confirmation_speakers") is None):
        return "confirmation_speakers"
    confirm = search.get("confirm") or {}
    if confirm.get("ratio") is not None and not all(key in confirm for key in _OF_CONFIRM):
        return "confirm"
    of_numbers = (*confirm.values(), *(search.get("found") or {}).values())
    if not all(_fits(value, (int, float, NoneType)) for value in of_numbers):
        return "confirm"
    return None if all(isinstance(name, str) for name in search.get("attributes") or ()) else "attributes"


def _fits(value: object, kind: _Kind) -> bool:
    if isinstance(value, bool) and bool not in kind:
        return False
    return isinstance(value, kind) and not (isinstance(value, int | float) and not -LARGEST < value < LARGEST)


def for_the_public(search: Mapping[str, Any]) -> dict[str, Any]:
    """The same without numbers of single groups."""
    return {key: search.get(key) for key in PUBLIC_KEYS}


def searched_text(search: Mapping[str, Any], people: str) -> Text:
    """One finding's way into the list."""
    text: Text = (
        "a search of ",
        Count(int(search["searched"])),
        " slices, of which ",
        Count(int(search["tested"])),
        " could be tested; not declared in advance. ",
    )
    if search.get("seed") is None:
        return (*text, f"Found among all {people}, so that nobody is left who could confirm it.")
    return (*text, *_found_on(search, people), *_outcome(search, people))


def _found_on(search: Mapping[str, Any], people: str) -> Text:
    seed: Text = (" (seed ", Count(int(search["seed"])), ")")
    if search.get("discovery_speakers") is None:
        return (f"Sought among half of the {people}, put to the test on the others", *seed)
    return (
        "Sought among ",
        Count(int(search["discovery_speakers"])),
        f" {people}, put to the test on ",
        Count(int(search["confirmation_speakers"])),
        " others",
        *seed,
    )


def _outcome(search: Mapping[str, Any], people: str) -> Text:
    if search["result"] == "put aside":
        return ("; it was put aside, because something else explains it, and was not put to the test.",)
    confirmed = search["result"] == "confirmed"
    text: Text = (", who confirm it" if confirmed else ", who do not confirm it",)
    if search.get("in_both_halves"):
        text = (*text, "; each half lists it by itself")
    confirm = search.get("confirm")
    if not confirm or confirm.get("ratio") is None:
        return (*text, ".")
    return (
        *text,
        ": ",
        Ratio(confirm["ratio"]),
        " (",
        RatioSpan(confirm["low"], confirm["high"]),
        ") among them, p ",
        PValue(confirm["p_holm"]),
        " one-sided (Holm, ",
        Count(int(search["listed"])),
        f" put to the test). The numbers of this build are of all {people}, those it was found on included.",
    )
