"""What a verification found, in words: the same on the Card page and on a terminal."""

from __future__ import annotations

import json
from typing import Any

from analysis.card.judged_with import setting_text
from dashboard.answers.verify import Verification
from dashboard.answers.verify_differences import Difference
from dashboard.wording_card import plain_text

MOST_DIFFERENCES = 20
_LONGEST_VALUE = 120


def numbers_sentence(found: Verification) -> str:
    """How many numbers were worked out again, and how many are equal."""
    numbers = found.numbers
    if not numbers.differences:
        return f"Numbers: {numbers.equal:,} of {numbers.checked:,} recomputed and equal."
    return (
        f"Numbers: {numbers.equal:,} of {numbers.checked:,} recomputed and equal. In {len(numbers.differences):,} "
        f"{'place' if len(numbers.differences) == 1 else 'places'} the card is not what the data give."
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


def other_plan_sentence(found: Verification) -> str:
    """Under which plan the card was made where another one holds here; "" where none does."""
    other = found.other_plan
    if other is None:
        return ""
    set_here = f"set on {(other.set_here or '')[:10]}"
    if other.card is None:
        return f"Plan: the card was made without a plan and is judged so; here one holds (sha256 {_short(other.here)}, {set_here})."
    if other.here is None:
        return (
            f"Plan: the card was made under a plan (sha256 {_short(other.card)}) that has been removed here since, "
            "and is judged by it."
        )
    holds = f"than the one that holds here (sha256 {_short(other.here)}, {set_here})"
    said = f"Plan: the card was made under another plan (sha256 {_short(other.card)}) {holds}"
    if other.on_record:
        return f"{said}, and is judged by its own, which was set here too."
    if found.numbers.differences:
        return f"{said}. Its plan was never set here."
    return f"{said}, and is judged by its own, which was never set here."


def _short(sha256: str | None) -> str:
    return f"{(sha256 or '')[:12]}…"


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
    lines = [
        f"{one.path}: the card says {value(one.card)}, the data give {value(one.recomputed)}" for one in shown
    ]
    return [*lines, f"… and {rest:,} more"] if rest else lines


def difference_cells(one: Difference) -> tuple[str, str, str]:
    """One difference as the cells of a table."""
    return one.path, value(one.card), value(one.recomputed)


def value(found: Any) -> str:
    """A value as it stands in the card; long ones are cut."""
    if found is None:
        return "nothing"
    text = json.dumps(found, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
