"""Whether a selection fits the attributes of an evaluation, and what to say when it does not.

Owns the sentences about unknown attributes and values, with near names. A value
that no recording has is a slip where it chooses recordings and harmless where it
leaves them out, so it is allowed inside NOT.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from analysis.attributes import Attribute
from analysis.selection import (
    AllOf,
    AnyOf,
    Between,
    Everything,
    Not,
    NotStated,
    OneOf,
    ReferenceContains,
    ReferenceMatches,
    Selection,
    SelectionError,
)

_LISTED = 12
_WORDS_FOR_MISSING = {"not stated", "null", "none", "missing", ""}


def check(selection: Selection, attributes: Sequence[Attribute], texts_refused: str = "") -> None:
    """Raise `SelectionError` for a selection that this evaluation cannot answer.

    texts_refused: why recordings cannot be chosen by their references; "" where they can.
    """
    _check(selection, {attribute.name: attribute for attribute in attributes}, leaves_out=False)
    if texts_refused and asks_for_texts(selection):
        raise SelectionError(texts_refused)


def asks_for_texts(selection: Selection) -> bool:
    """Whether any part of it is about what was said."""
    match selection:
        case ReferenceContains() | ReferenceMatches():
            return True
        case Not(part):
            return asks_for_texts(part)
        case AllOf(parts) | AnyOf(parts):
            return any(map(asks_for_texts, parts))
        case _:
            return False


def check_condition(condition: OneOf | Between, attribute: Attribute, *, leaves_out: bool) -> None:
    """One condition against its attribute; `leaves_out` inside an odd number of NOTs."""
    if isinstance(condition, Between):
        check_is_number(attribute)
    elif not leaves_out:
        for value in condition.values:
            if value not in attribute.levels:
                raise SelectionError(unknown_value(value, attribute))


def check_is_number(attribute: Attribute) -> None:
    if attribute.kind != "number":
        raise SelectionError(
            f"'{shown(attribute.name)}' is a category, and only a number has a range. "
            f"Choose among its values: {_listed(attribute.levels)}."
        )


def unknown_attribute(name: str, attributes: Iterable[Attribute]) -> str:
    known = [attribute.name for attribute in attributes]
    if not known:
        return f"There is no attribute '{shown(name)}': this evaluation has none."
    return f"There is no attribute '{shown(name)}'{_meant(name, known)} Known: {_listed(known)}."


def unknown_value(value: str, attribute: Attribute) -> str:
    start = f"No recording has {shown(attribute.name)} '{shown(value)}'{_meant(value, attribute.levels)}"
    known = f"Known: {_listed(attribute.levels)}." if attribute.levels else "It has no values."
    advice = ""
    if attribute.has_missing and value.strip().lower() in _WORDS_FOR_MISSING:
        advice = f" For recordings without a value write {shown(attribute.name)} is null."
    elif attribute.kind == "number":
        advice = f" For its numbers write no quotation marks, such as {shown(attribute.name)} < 10."
    return f"{start} {known}{advice}"


def unknown_saved(name: str, known: Sequence[str]) -> str:
    """What is said of @name where there is none of that name."""
    if not known:
        return f"There is no saved subgroup @{shown(name)}: none is saved for this evaluation."
    return f"There is no saved subgroup @{shown(name)}{_meant(name, known)} Known: {_listed(known)}."


def shown(text: str) -> str:
    """Text from outside as it may stand in a message: short, and without control characters."""
    cut = text if len(text) <= 60 else text[:57] + "…"
    return "".join(character if character.isprintable() else f"[U+{ord(character):04X}]" for character in cut)


def _check(selection: Selection, known: dict[str, Attribute], leaves_out: bool) -> None:
    match selection:
        case OneOf(name) | Between(name) | NotStated(name):
            if name not in known:
                raise SelectionError(unknown_attribute(name, known.values()))
            if not isinstance(selection, NotStated):
                check_condition(selection, known[name], leaves_out=leaves_out)
        case Not(part):
            _check(part, known, not leaves_out)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                _check(part, known, leaves_out)
        case Everything() | ReferenceContains() | ReferenceMatches():
            pass


def _meant(name: str, known: Sequence[str]) -> str:
    """The end of the first sentence: what was probably meant, and which letter only looks right."""
    import difflib

    folded = {candidate.casefold(): candidate for candidate in reversed(known)}
    near = [
        folded[match] for match in difflib.get_close_matches(name[:100].casefold(), folded, n=3, cutoff=0.6)
    ]
    if not near:
        return "."
    question = f"; did you mean {' or '.join(repr(shown(candidate)) for candidate in near)}?"
    odd = next((character for character in name if not character.isascii() and near[0].isascii()), None)
    if odd is None:
        return question
    return f"{question} One of its letters is {unicodedata.name(odd, f'U+{ord(odd):04X}')}."


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _LISTED
    return ", ".join(map(shown, names[:_LISTED])) + (f" and {rest} more" if rest > 0 else "")
