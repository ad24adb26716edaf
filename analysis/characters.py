"""Characters of normalised texts: how many a reference has, and how many errors a hypothesis has in them.

Owns what a character is where spaces are counted as jiwer counts them. Words are `align.py`.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from analysis.script_words import without_parting_spaces

Numbers: TypeAlias = npt.NDArray[np.int32]


def character_counts(
    references: pa.StringArray, hypotheses: pa.StringArray, *, parted: bool = False
) -> tuple[Numbers, Numbers]:
    """Characters of each reference, and the fewest characters to replace, delete or insert to get the hypothesis.

    Characters are Unicode code points, and the one space between two words is one, as in
    jiwer's `cer`. `parted` says that the normaliser put spaces between characters of
    scripts without spaces; those are nobody's and are not counted.
    """
    if parted:
        references, hypotheses = without_parting_spaces(references), without_parting_spaces(hypotheses)
    n_characters = pc.utf8_length(references).to_numpy(zero_copy_only=False).astype(np.int32)
    errors = np.zeros(len(references), np.int32)
    unequal = np.flatnonzero(pc.not_equal(references, hypotheses).to_numpy(zero_copy_only=False))
    if len(unequal):
        spoken, heard = (texts.take(pa.array(unequal)).to_pylist() for texts in (references, hypotheses))
        errors[unequal] = cpdist(spoken, heard, scorer=Levenshtein.distance, dtype=np.int32)
    return n_characters, errors
