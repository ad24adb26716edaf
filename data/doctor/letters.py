"""Letters: which script a text is in, which scripts are written without spaces, how many marks a text has.

Owns the patterns of scripts. It judges no normaliser and no evaluation: `script_damage.py` and
`scripts.py` do.
"""

from __future__ import annotations

import unicodedata

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.queries_doctor import Ints

_SCRIPTS = {
    "Latin": r"\p{Latin}", "Greek": r"\p{Greek}", "Cyrillic": r"\p{Cyrillic}", "Armenian": r"\p{Armenian}", "Hebrew": r"\p{Hebrew}",
    "Arabic": r"\p{Arabic}", "Ethiopic": r"\p{Ethiopic}", "Devanagari": r"\p{Devanagari}", "Bengali": r"\p{Bengali}",
    "Gurmukhi": r"\p{Gurmukhi}", "Gujarati": r"\p{Gujarati}", "Oriya": r"\p{Oriya}", "Tamil": r"\p{Tamil}", "Telugu": r"\p{Telugu}",
    "Kannada": r"\p{Kannada}", "Malayalam": r"\p{Malayalam}", "Sinhala": r"\p{Sinhala}", "Georgian": r"\p{Georgian}",
    "Hangul": r"\p{Hangul}", "Thai": r"\p{Thai}", "Lao": r"\p{Lao}", "Khmer": r"\p{Khmer}", "Myanmar": r"\p{Myanmar}",
    "Chinese or Japanese": r"[\p{Han}\p{Hiragana}\p{Katakana}]",
}  # fmt: skip
SCRIPT_NAMES = list(_SCRIPTS)
WITHOUT_SPACES = ("Chinese or Japanese", "Thai", "Lao", "Khmer", "Myanmar")


def script_of(texts: pa.Array) -> Ints:
    """The script that most letters of each text are in, as a position in `SCRIPT_NAMES`; -1 where there is no letter."""
    result = np.where(
        pc.match_substring_regex(texts, r"\p{Latin}").to_numpy(zero_copy_only=False), 0, -1
    ).astype(np.int64)
    beyond = np.flatnonzero(~pc.string_is_ascii(texts).to_numpy(zero_copy_only=False))
    if len(beyond):
        chosen = texts.take(pa.array(beyond))
        letters = np.stack(
            [pc.count_substring_regex(chosen, pattern).to_numpy() for pattern in _SCRIPTS.values()]
        )
        result[beyond] = np.where(letters.max(axis=0) > 0, letters.argmax(axis=0), -1)
    return result


def marks_of(text: str) -> dict[bool, int]:
    """Combining marks of a text, after composed letters are taken apart: on Latin letters (True) and on others."""
    found = {True: 0, False: 0}
    is_latin = False
    for character in unicodedata.normalize("NFKD", text):
        if unicodedata.category(character) in ("Mn", "Mc"):
            found[is_latin] += 1
        elif character.isalpha():
            is_latin = character.isascii() or unicodedata.name(character, "").startswith("LATIN")
    return found
