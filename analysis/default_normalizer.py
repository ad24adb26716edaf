"""Which normaliser fits the letters of the references, where nobody chose one.

Owns that rule and the count it rests on. It knows scripts, not languages: a text in Latin
letters may be of any language.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

_CHUNK = 20_000


@dataclass(frozen=True)
class Letters:
    """How many letters texts have."""

    n_letters: int
    n_latin: int
    """Those of them that are Latin, with accents or without."""

    @property
    def normalizer_id(self) -> str:
        """`unicode-marks` where more than half of the letters are not Latin; `basic` otherwise, and without letters."""
        return "unicode-marks" if 2 * self.n_latin < self.n_letters else "basic"


def letters_of(texts: pa.Array) -> Letters:
    """Count the letters (Unicode category L*) of texts; nulls have none."""
    code_points = np.zeros(0x110000, np.int64)
    for start in range(0, len(texts), _CHUNK):
        joined = "".join(filter(None, texts.slice(start, _CHUNK).to_pylist()))
        characters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        code_points += np.bincount(characters, minlength=len(code_points))
    found = np.flatnonzero(code_points).tolist()
    letters = [code for code in found if unicodedata.category(chr(code))[0] == "L"]
    return Letters(
        int(sum(code_points[code] for code in letters)),
        int(sum(code_points[code] for code in letters if _is_latin(chr(code)))),
    )


@cache
def _is_latin(letter: str) -> bool:
    unified = unicodedata.normalize("NFKD", letter)[0]
    return unicodedata.name(unified, "").startswith("LATIN ")
