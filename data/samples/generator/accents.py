"""Accents as rules: English phonemes rewritten the way a first language or a region is described to do.

Owns the rules and their application to a phoneme string in espeak-ng's notation. It does not choose
speakers, call a synthesiser or know about audio. The rules are textbook sketches (TH-stopping, final
devoicing, broken clusters, ...) on a formant synthesiser: they say nothing about people.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

VOWELS = frozenset(
    "@ @2 @5 @L 3 3: a a2 aa a# A: A@ E E2 e e: eI I I2 I# i i: O O2 O: O@ o o: o@ oU 0 V U U@ u u: aI aU OI "
    "i@ i@3 e@ U@ aI@ aI3 i2 e# 0# 02 IR VR @-".split()
)
UNVOICED = {"b": "p", "d": "t", "g": "k", "v": "f", "z": "s", "D": "T", "dZ": "tS", "Z": "S"}
STRESS_MARKS = "',"
NASALS = frozenset("n m N".split())
DROPPED_FINALS = frozenset("t d k s z".split())

TENSE_I = {"I": "i", "I2": "i", "I#": "i", "i:": "i"}
TENSE_U = {"U": "u", "u:": "u"}


@dataclass(frozen=True)
class AccentRules:
    """What may change in a word. Every change happens with probability = the speaker's accent strength."""

    replace: Mapping[str, str]
    """Phoneme to phoneme; an empty string drops it, ``|`` parts two phonemes."""
    devoice_final: bool = False
    drop_final: bool = False
    """Drop t d k s z at the end of a word after a consonant or a nasal."""
    vocalise_l: bool = False
    vowel_before_s_cluster: bool = False
    vowel_after_final: str = ""
    """Vowel put after a final consonant; empty means none."""
    takes_final_vowel: frozenset[str] = field(default_factory=frozenset)
    """The final consonants that take it; empty means all."""
    vowel_in_cluster: str = ""
    """Vowel put between two consonants; empty means none."""


NEW_YORK = AccentRules(
    replace={
        "3": "@", "O@": "O:", "A@": "A:", "e@": "e:", "T": "t", "D": "d", "0": "O:", "U@": "U", "a": "e@", "aa": "e@",
    }
)  # fmt: skip
SOUTHERN_BRITISH = AccentRules(
    replace={
        "3": "@", "aa": "A:", "O@": "O:", "A@": "A:", "3:": "@", "e@": "e:", "i@3": "i@", "U@": "O:", "oU": "@|U",
        "t#": "t", "@L": "U",
    }
)  # fmt: skip
SCOTTISH = AccentRules(
    replace={
        "r": "R", "U": "u", "u:": "u", "U@": "u|R", "O@": "O|R", "A@": "a|R", "3:": "V|R", "3": "@|R", "eI": "e:",
        "oU": "o:", "a": "aa", "A:": "aa", "t#": "?", "I": "E", "e@": "e:|R",
    }
)  # fmt: skip
LANCASHIRE = AccentRules(
    replace={
        "V": "U", "aa": "a", "eI": "e:", "oU": "o:", "3": "@", "A@": "A:", "O@": "O:", "3:": "@", "t#": "?",
        "N": "n|g", "h": "",
    }
)  # fmt: skip
CARIBBEAN = AccentRules(
    replace={
        "T": "t", "D": "d", "V": "O", "N": "n", "3": "aa", "3:": "O", "eI": "e:", "oU": "o:", "a": "aa", "A:": "aa",
        "0": "aa", "t#": "t", "A@": "aa", "O@": "o:", "e@": "e:",
    },
    drop_final=True,
)  # fmt: skip
HINDI = AccentRules(
    replace={
        "t#": "t", "T": "t[", "D": "d[", "w": "v", "V": "@", "eI": "e:", "oU": "o:", "0": "A:", "r": "R",
        "3": "@|R", "3:": "@|R", "Z": "dZ", "a": "E", "O:": "A:", "@L": "@l",
    }
)  # fmt: skip
GERMAN = AccentRules(
    replace={
        "T": "s", "D": "z", "w": "v", "a": "E", "aa": "E", "V": "a", "oU": "o:", "eI": "e:", "3:": "V", "3": "a#",
        "r": "R", "@L": "@l",
    },
    devoice_final=True,
)  # fmt: skip
SPANISH = AccentRules(
    replace={
        **TENSE_I, **TENSE_U, "v": "b", "z": "s", "D": "d", "T": "t", "S": "tS", "Z": "S", "dZ": "j", "h": "x",
        "V": "aa", "a": "aa", "A:": "aa", "0": "O", "O:": "O", "eI": "e", "oU": "O", "r": "R", "3": "E|R",
        "3:": "E|R", "@": "E", "@2": "E", "t#": "t", "N": "n", "@L": "El",
    },
    vowel_before_s_cluster=True,
    drop_final=True,
)  # fmt: skip
MANDARIN = AccentRules(
    replace={
        "T": "s", "D": "d", "v": "w", "z": "s", "I": "i:", "I2": "i:", "I#": "i:", "V": "aa", "a": "E", "U": "u:",
        "t#": "t", "@L": "oU", "eI": "E", "Z": "r",
    },
    drop_final=True,
    vocalise_l=True,
    devoice_final=True,
)  # fmt: skip
PORTUGUESE = AccentRules(
    replace={
        **TENSE_I, **TENSE_U, "T": "f", "D": "d", "a": "E", "V": "aa", "r": "h", "3": "e|h", "3:": "e|h", "N": "n",
        "t#": "t", "0": "O", "O:": "O", "oU": "o:", "@L": "aU",
    },
    vocalise_l=True,
    vowel_after_final="i",
    takes_final_vowel=frozenset("p b t d k g".split()),
)  # fmt: skip
ARABIC = AccentRules(
    replace={
        "p": "b", "v": "f", "tS": "S", "N": "n|g", "I": "i", "I2": "i", "I#": "i", "E": "I", "r": "R", "3": "E|R",
        "3:": "E|R", "V": "aa", "a": "aa", "0": "O", "O:": "o:", "oU": "o:", "eI": "e:", "t#": "t", "Z": "dZ",
        "@L": "@l",
    },
    vowel_in_cluster="i",
)  # fmt: skip


def with_accent(phonemes: str, rules: AccentRules, strength: float, rng: random.Random) -> str:
    """Rewrite ``word_word`` phonemes (parted by ``_`` in a word, spaces between words) as espeak-ng input."""
    words = (_split(word) for word in phonemes.split())
    changed = ("|".join(_changed_word(word, rules, strength, rng)) for word in words)
    return f"[[{' '.join(changed)}]]"


def _split(word: str) -> list[tuple[str, str]]:
    """A word's phonemes as (stress marks, bare phoneme)."""
    parts = [part for part in word.split("_") if part.lstrip(STRESS_MARKS)]
    bare = [part.lstrip(STRESS_MARKS) for part in parts]
    return [(part[: len(part) - len(phoneme)], phoneme) for part, phoneme in zip(parts, bare, strict=True)]


def _changed_word(
    word: list[tuple[str, str]], rules: AccentRules, strength: float, rng: random.Random
) -> Iterator[str]:
    bare = [phoneme for _, phoneme in word]
    for at, (stress, phoneme) in enumerate(word):
        before = bare[at - 1] if at > 0 else None
        after = bare[at + 1] if at + 1 < len(bare) else None
        if _is_dropped(phoneme, before, after, rules) and rng.random() < strength:
            continue
        spoken = _replacement(phoneme, after, rules, strength, rng)
        opens_s_cluster = before is None and phoneme == "s" and _is_consonant(after)
        if rules.vowel_before_s_cluster and opens_s_cluster and rng.random() < strength:
            yield "E"
        if spoken:
            yield stress + spoken
            extra = _extra_vowel(phoneme, after, rules)
            if extra and rng.random() < strength * 0.75:
                yield extra


def _is_consonant(phoneme: str | None) -> bool:
    return phoneme is not None and phoneme not in VOWELS


def _is_dropped(phoneme: str, before: str | None, after: str | None, rules: AccentRules) -> bool:
    return rules.drop_final and after is None and phoneme in DROPPED_FINALS and _is_consonant(before)


def _replacement(
    phoneme: str, after: str | None, rules: AccentRules, strength: float, rng: random.Random
) -> str:
    """What is said in place of a phoneme: at most one rule applies, the most specific first."""
    if rules.vocalise_l and phoneme == "l" and (after is None or _is_consonant(after)):
        return "U" if rng.random() < strength else phoneme
    if rules.devoice_final and after is None and phoneme in UNVOICED:
        replaced = rules.replace.get(phoneme, phoneme)
        return UNVOICED.get(replaced, replaced) if rng.random() < strength else phoneme
    if phoneme in rules.replace:
        return rules.replace[phoneme] if rng.random() < strength else phoneme
    return phoneme


def _extra_vowel(phoneme: str, after: str | None, rules: AccentRules) -> str:
    if phoneme in VOWELS or phoneme in NASALS:
        return ""
    if after is None:
        takes = not rules.takes_final_vowel or phoneme in rules.takes_final_vowel
        return rules.vowel_after_final if takes else ""
    breaks = _is_consonant(after) and after not in ("j", "w")
    return rules.vowel_in_cluster if breaks else ""
