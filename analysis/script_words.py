"""Words of any script: what `unicode-marks` does to a text, and which scripts are compared by character.

Owns the rules for letters with marks, for characters that cannot be seen, and for
scripts written without spaces. Called by `normalize.py`; an ingest asks
`is_scored_by_character` which unit a rate counts. It knows no language: two spellings
of a word are two words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

WITHOUT_SPACES: Mapping[str, tuple[tuple[int, int], ...]] = MappingProxyType(
    {
        "Thai": ((0x0E01, 0x0E3A), (0x0E40, 0x0E5B)),
        "Lao": ((0x0E80, 0x0EFF),),
        "Khmer": ((0x1780, 0x17FF),),
        "Burmese": ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)),
        "Japanese kana": (
            (0x3041, 0x3096),
            (0x309D, 0x309F),
            (0x30A1, 0x30FA),
            (0x30FC, 0x30FF),
            (0x31F0, 0x31FF),
        ),
        "Chinese characters": (
            (0x2E80, 0x2FDF),
            (0x3005, 0x3007),
            (0x3021, 0x3029),
            (0x3038, 0x303B),
            (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF),
            (0xF900, 0xFAFF),
            (0x20000, 0x323AF),
        ),
    }
)
"""Each script that is written without spaces between words, and where its characters stand in Unicode."""


def words_of_any_script(text: str) -> str:
    """Words and, of scripts without spaces, characters; white space between them may be of any kind.

    A character is a letter with the marks that belong to it, so the Thai word น้ำ, one
    consonant with a tone and a vowel sign, is one.
    """
    if text.isascii():
        return text.lower().translate(_ASCII_DELETED)
    for written, meant in _CHILLU if "\u200d" in text else ():
        text = text.replace(written, meant)
    folded = unicodedata.normalize("NFKC", text.translate(_BEFORE_FOLDING)).casefold()
    kept = unicodedata.normalize("NFKC", folded).translate(_AFTER_FOLDING)
    whole = _SARA_AM.sub(_joined_sara_am, unicodedata.normalize("NFC", kept))
    return _CHARACTER.sub(r" \g<0> ", whole)


def is_scored_by_character(text: str) -> bool:
    """Whether most letters of a text belong to scripts without spaces, so that its “words” are characters.

    A text without letters is not. Half-width kana count as soon as they are unified (NFKC).
    """
    letters = [letter for letter in unicodedata.normalize("NFKC", text) if letter.isalpha()]
    n_without_spaces = sum(_ANY_LETTER.fullmatch(letter) is not None for letter in letters)
    return 2 * n_without_spaces > len(letters)


def without_parting_spaces(texts: pa.StringArray) -> pa.StringArray:
    """The texts without the spaces beside characters of scripts without spaces, where `words_of_any_script` put them."""
    beyond = pc.invert(pc.string_is_ascii(texts))
    joined = [_PARTING_SPACE.sub("", text) for text in texts.filter(beyond).to_pylist()]
    return pc.replace_with_mask(texts, beyond, pa.array(joined, pa.string()))


# Old encodings write these letters of Malayalam as consonant, virama and joiner; both spell one letter.
_CHILLU = tuple(
    (consonant + "\u0d4d\u200d", letter)
    for consonant, letter in zip(
        "\u0d23\u0d28\u0d30\u0d32\u0d33\u0d15", "\u0d7a\u0d7b\u0d7c\u0d7d\u0d7e\u0d7f", strict=True
    )
)
# In Tibetan and Ethiopic a sign stands where others leave a space.
_WORD_SEPARATORS = frozenset("\u0f0b\u0f0c\u1361")
_FRACTION_SLASH = "\u2044"
# Letters by category, but a stretched line (Arabic) or an apostrophe on paper.
_SIGNS_AMONG_LETTERS = frozenset("\u0640\u02bb\u02bc")
# Marks by category that choose a glyph and never a word.
_SELECTORS = frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


class _Translation(dict[int, str | None]):
    """A table for `str.translate` that looks up each character once."""


class _BeforeFolding(_Translation):
    # Unifying would turn a loose accent, as in “don´t”, into a space with a mark on it.
    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        if character in _WORD_SEPARATORS:
            kept: str | None = " "
        elif unicodedata.decomposition(character).startswith("<fraction>"):
            kept = f" {character}"
        else:
            is_unseen = category == "Cf" or character in _SELECTORS
            kept = None if is_unseen or category == "Sk" or category[0] == "P" else character
        self[code] = kept
        return kept


class _AfterFolding(_Translation):
    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        if category == "Nd":
            kept: str | None = str(unicodedata.decimal(character))
        elif character == _FRACTION_SLASH:
            kept = " "
        else:
            is_control = category in {"Cc", "Cf"} and not character.isspace()
            is_sign = category[0] in "PS" or category == "Me" or character in _SIGNS_AMONG_LETTERS
            kept = None if is_control or is_sign else character
        self[code] = kept
        return kept


_BEFORE_FOLDING = _BeforeFolding()
_AFTER_FOLDING = _AfterFolding()
_ASCII_DELETED = {code: _AFTER_FOLDING[code] for code in range(128)}

# NFKC takes the Thai and Lao vowel am apart into a mark and a letter; it is written and counted as one.
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|\u0ecd([\u0ec8-\u0ecb]?)\u0eb2")
_AM_BEHIND_A_LETTER = "\u0e33\u0eb3"


def _joined_sara_am(found: re.Match[str]) -> str:
    thai, lao = found.groups()
    return thai + "\u0e33" if thai is not None else lao + "\u0eb3"


def _character_class(ranges: Iterable[tuple[int, int]]) -> str:
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]"


@cache
def _marks() -> str:
    ranges = [
        *WITHOUT_SPACES["Thai"],
        *WITHOUT_SPACES["Lao"],
        *WITHOUT_SPACES["Khmer"],
        *WITHOUT_SPACES["Burmese"],
    ]
    ranges += [(0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x302A, 0x302F), (0x3099, 0x309A)]
    characters = (chr(code) for first, last in ranges for code in range(first, last + 1))
    return "".join(one for one in characters if unicodedata.category(one)[0] == "M") + _AM_BEHIND_A_LETTER


_ANY_LETTER = re.compile(_character_class(one for ranges in WITHOUT_SPACES.values() for one in ranges))
_ONE = f"{_ANY_LETTER.pattern}[{_marks()}]*"
# Khmer and Burmese write a consonant under another with a sign between them: together they are one character.
_CHARACTER = re.compile(f"{_ONE}(?:(?<=[\u17d2\u1039]){_ONE})*")
_BESIDE = _ANY_LETTER.pattern[:-1] + _marks() + "]"
_PARTING_SPACE = re.compile(f"(?<={_BESIDE}) | (?={_BESIDE})")
