"""Guesses what an attribute is about: the speaker, the condition of recording, or the content.

Owns the words by which attributes are known in the field, and the test whether a
value sticks to the speaker. A role given with `--role` is never guessed.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from analysis.attributes import Role

_WORDS: dict[Role, frozenset[str]] = {
    "speaker": frozenset(
        "accent accents dialect gender sex age agegroup ethnicity race l1 native nationality nativeness "
        "mothertongue voice education impairment disability".split()
    ),
    "condition": frozenset(
        "noise noisy snr device devices mic mics microphone room channel codec bitrate distance reverb rt60 "
        "environment background recorder handset".split()
    ),
    "content": frozenset(
        "domain topic length words chars characters rate speed wpm duration pause pauses silence task prompt "
        "genre intent style".split()
    ),
}
_FEWEST_SPEAKERS = 5


def role_from_name(name: str) -> Role | None:
    """The role that the words of a name tell; None when they tell none."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = re.findall(r"[a-z]+\d*", spaced.casefold())
    if "language" in words and {"first", "native", "home", "mother"} & {*words}:
        return "speaker"
    if "tongue" in words:
        return "speaker"
    return next((role for role, known in _WORDS.items() if known & {*words}), None)


def sticks_to_speaker(codes: npt.NDArray[np.int32], speakers: npt.NDArray[np.int32]) -> bool:
    """Whether a value hardly ever differs within a speaker, far more often than chance would have it.

    `codes` are groups (-1: not stated, ignored), `speakers` the rising code of each row's speaker.
    """
    stated = codes >= 0
    codes, speakers = codes[stated], speakers[stated]
    if len(codes) == 0:
        return False
    starts = np.flatnonzero(np.r_[True, speakers[1:] != speakers[:-1]])
    sizes = np.diff(np.r_[starts, len(codes)])
    several = sizes >= 2
    if several.sum() < _FEWEST_SPEAKERS:
        return False
    constant = np.minimum.reduceat(codes, starts) == np.maximum.reduceat(codes, starts)
    shares = np.bincount(codes) / len(codes)
    distinct_sizes, times = np.unique(sizes[several], return_counts=True)
    by_chance = np.average([(shares**size).sum() for size in distinct_sizes], weights=times)
    observed = constant[several].mean()
    return bool(observed >= 0.95 and by_chance <= 0.5 * observed)
