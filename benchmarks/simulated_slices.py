"""Evaluations with a known slice, or none: what the search for slices is calibrated on.

Speakers have an accent and two more attributes, their recordings a noise and a device. Owns the
drawing only; searching and confirming are the product's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from analysis.slices_rows import Items, SliceColumn, SliceRows
from benchmarks.simulated_speakers import WORDS_PER_UTTERANCE, Array, Population

SIZES = {"accent": 6, "noise": 4, "device": 3, "gender": 2, "age": 4}
PEOPLE = ("accent", "gender", "age")
COLUMNS = tuple(
    SliceColumn(
        name, "speaker" if name in PEOPLE else "condition", tuple(f"{name} {i + 1}" for i in range(size))
    )
    for name, size in SIZES.items()
)
PLANTED: Items = ((0, 2), (1, 3))
"""The third accent in the fourth noise."""


@dataclass(frozen=True)
class Design:
    """How an evaluation is drawn."""

    spread: float
    """Standard deviation of the log of speakers' own rates."""
    ratio: float = 1.0
    """How many times more errors the planted slice has; 1: there is none."""
    conditions: Literal["none", "multiply", "add"] = "none"
    """How noise and device make errors more frequent, up to fourfold."""
    dispersion: float = 0.0
    """Variance of an utterance's own rate over the square of its speaker's."""
    speakers: int = 600
    utterances: int = 10
    against_peers: bool = True
    """False: noise and device count as if they were about the speaker, so that a slice is held against all else."""

    @property
    def columns(self) -> tuple[SliceColumn, ...]:
        return COLUMNS if self.against_peers else tuple(replace(one, role="speaker") for one in COLUMNS)


def drawn(rng: np.random.Generator, design: Design) -> tuple[list[Array], Array, Array]:
    """Codes by attribute, speaker and errors of every utterance of 12 words."""
    speaker = np.repeat(np.arange(design.speakers), design.utterances)
    codes = []
    for name, size in SIZES.items():
        if name in PEOPLE:
            codes.append(rng.integers(0, size, design.speakers)[speaker])
        else:
            codes.append(rng.integers(0, size, len(speaker)))
    who = Population(design.spread, dispersion=design.dispersion)
    rate = who.speaker_rates(rng, (design.speakers,))[speaker]
    noise, device = np.array([1.0, 1.3, 1.6, 2.0])[codes[1]], np.array([1.0, 1.4, 2.0])[codes[2]]
    if design.conditions != "none":
        rate = rate * (noise * device if design.conditions == "multiply" else noise + device - 1)
    planted = np.all([codes[column] == level for column, level in PLANTED], axis=0)
    errors = who.errors(rng, np.where(planted, rate * design.ratio, rate), np.ones(len(speaker)))
    return codes, speaker, errors


def drawn_rows(rng: np.random.Generator, design: Design) -> SliceRows:
    """The same as the search reads it."""
    codes, speaker, errors = drawn(rng, design)
    ones = np.ones(len(speaker))
    return SliceRows.of(design.columns, codes, speaker, errors, WORDS_PER_UTTERANCE * ones, ones)
