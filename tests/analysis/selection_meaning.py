"""Selections over awkward names and texts, and what they mean: recordings in pandas, condition by condition."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import assume
from hypothesis import strategies as st

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
)

LEVELS = {
    "accent": ("Scottish", "Indian", "5", "not stated"),
    "device": ("headset", "it's, or not", 'say "hi"'),
    "in": ("--", ";", "a\nb", "' OR 1=1 --"),
    'odd "name": Ä': ("", " ", "%", "🎉", "é"),
    "everything": ("x", "X"),
}
EDGES = {"snr_db": (5.0, 10.0), "length (s)": (0.5,)}
ATTRIBUTES = [Attribute(name, "speaker", "category", levels, True) for name, levels in LEVELS.items()] + [
    Attribute(name, "condition", "number", ("low", "middle", "high"), True, bin_edges=edges)
    for name, edges in EDGES.items()
]
ALL_LEVELS = {attribute.name: attribute.levels for attribute in ATTRIBUTES}
NUMBERS = st.sampled_from([-5.0, 0.0, 0.5, 5.0, 7.25, 10.0, 1e22]) | st.floats(
    allow_nan=False, allow_infinity=False
)

SENTENCES = (
    "the colour of Colour", "don't", "DON’T go", "a well-known Caf\u00e9", "cafe\u0301 au lait", "colours", "_colour_",
    "the\tcolour", "'colour'", "", "42 is the answer", "привет мир", "x|y", "thank  you", "thank, you", "t", "ﬁn",
)  # fmt: skip
WORDS = (
    "colour",
    "COLOUR",
    "don't",
    "don",
    "t",
    "caf\u00e9",
    "cafe",
    "the colour",
    "МИР",
    "42",
    "thank you",
    "known",
)
PATTERNS = (
    "colou?r",
    "^the",
    "r$",
    r"\bt\b",
    "[aeiou]{2}",
    "(?i)THE",
    "o.r",
    r"x\|y",
    "don.t|42",
    "[^a-z ]",
    r"\d+ (?:is|was)",
    "мир",
)


@st.composite
def ranges(draw: st.DrawFn) -> Between:
    low, high = draw(st.none() | NUMBERS), draw(st.none() | NUMBERS)
    assume(low is not None or high is not None)
    if low is not None and high is not None and low > high:
        low, high = high, low
    flags = (True, True) if low == high else (draw(st.booleans()), draw(st.booleans()))
    return Between(draw(st.sampled_from(list(EDGES))), low, high, *flags)


@st.composite
def choices(draw: st.DrawFn) -> OneOf:
    name = draw(st.sampled_from(list(ALL_LEVELS)))
    values = draw(st.lists(st.sampled_from(ALL_LEVELS[name]), max_size=3))
    return OneOf(name, tuple(values), not values or draw(st.booleans()))


TEXTS = st.sampled_from(WORDS).map(ReferenceContains) | st.sampled_from(PATTERNS).map(ReferenceMatches)
CONDITIONS = (
    TEXTS | choices() | ranges() | st.sampled_from(list(ALL_LEVELS)).map(NotStated) | st.just(Everything())
)
SELECTIONS = st.recursive(
    CONDITIONS,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=1, max_size=4).map(lambda parts: AllOf(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=4).map(lambda parts: AnyOf(tuple(parts)))
    ),
    max_leaves=12,
)


def recordings() -> pd.DataFrame:
    """300 recordings; every attribute lacks a value somewhere."""
    chance = np.random.default_rng(1)
    columns: dict[str, Any] = {"row_id": range(300)}
    for name, levels in ALL_LEVELS.items():
        columns[name] = [(*levels, None)[place] for place in chance.integers(0, len(levels) + 1, 300)]
    for name in EDGES:
        numbers = chance.choice([-5.0, 0.0, 0.5, 5.0, 7.25, 10.0, 1e22, np.nan], 300)
        columns[f"{name} (number)"] = numbers
    columns["reference"] = chance.choice(np.array(SENTENCES), 300)
    return pd.DataFrame({name: pd.Series(values) for name, values in columns.items()})


def has_words(text: str, words: str) -> bool:
    """Whether the words stand in the text with no sign of a word at either end: sign by sign, without a pattern."""
    text, words = " ".join(unicodedata.normalize("NFC", text).lower().split()), words.lower()

    def belongs(place: int, step: int) -> bool:
        """Whether the sign at a place belongs to the word beside it: an apostrophe only between two others."""
        if not 0 <= place < len(text):
            return False
        if text[place] in "'’":
            return 0 <= place + step < len(text) and is_sign(text[place + step])
        return is_sign(text[place])

    def is_sign(letter: str) -> bool:
        return letter == "_" or unicodedata.category(letter)[0] in "LMN"

    return any(
        text.startswith(words, start) and not belongs(start - 1, -1) and not belongs(start + len(words), 1)
        for start in range(len(text))
    )


FRAME = recordings()


def mask(selection: Selection) -> pd.Series[bool]:
    """The slow and obvious meaning: a condition holds or does not, NOT is everyone else."""
    match selection:
        case OneOf(name, values, or_not_stated):
            return (
                FRAME[name]
                .map(lambda value: value in values or (or_not_stated and pd.isna(value)))
                .astype(bool)
            )
        case Between(name, low, high, low_included, high_included):
            number = FRAME[f"{name} (number)"]
            above = number.notna() if low is None else (number >= low if low_included else number > low)
            return above & (
                number.notna() if high is None else (number <= high if high_included else number < high)
            )
        case NotStated(name):
            return FRAME[name].isna()
        case ReferenceContains(words):
            return FRAME.reference.map(lambda text: has_words(text, words))
        case ReferenceMatches(pattern):
            same = re.compile(pattern.replace("$", r"\Z"), re.ASCII)
            return FRAME.reference.map(lambda text: same.search(text) is not None)
        case Not(part):
            return ~mask(part)
        case AllOf(parts):
            return pd.concat([mask(part) for part in parts], axis=1).all(axis=1)
        case AnyOf(parts):
            return pd.concat([mask(part) for part in parts], axis=1).any(axis=1)
        case Everything():
            return pd.Series(True, index=FRAME.index)
