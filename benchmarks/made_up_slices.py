"""Rows of any size for timing a search for slices: half the attributes of speakers, half of recordings, three slices planted.

Owns the made-up data, which means nothing. The product and its peers search the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.slices_rows import Items, SliceColumn, SliceRows

LEVELS = 6
PLANTED: tuple[Items, ...] = (((0, 2), (1, 3)), ((2, 1), (3, 4)), ((0, 4), (3, 0), (5, 5)))
"""Even columns are of speakers, odd ones of recordings."""
_EFFECTS = (0.1, 0.1, 0.15)


@dataclass(frozen=True)
class MadeUp:
    """One entry per utterance."""

    codes: npt.NDArray[np.int16]
    """Attributes × utterances."""
    speaker: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    errors: npt.NDArray[np.int64]

    def rows(self) -> SliceRows:
        """As the product reads it; part of what is timed."""
        columns = [
            SliceColumn(
                f"a{i}", "condition" if i % 2 else "speaker", tuple(f"v{level}" for level in range(LEVELS))
            )
            for i in range(len(self.codes))
        ]
        ones = np.ones(len(self.speaker))
        return SliceRows.of(columns, list(self.codes), self.speaker, self.errors, self.words, ones)

    def save(self, path: Path) -> None:
        """For the peers' own Python."""
        np.savez(path, codes=self.codes, words=self.words, errors=self.errors)


def made_up(n_utterances: int, n_attributes: int, n_speakers: int, seed: int = 7) -> MadeUp:
    """Speakers differ (log-spread 0.35), words 8 to 20, a tenth of them wrong where nothing is planted."""
    random = np.random.default_rng(seed)
    speaker = np.sort(random.integers(0, n_speakers, n_utterances))
    share = np.linspace(1.4, 0.6, LEVELS) / LEVELS
    codes = np.empty((n_attributes, n_utterances), np.int16)
    for i in range(n_attributes):
        if i % 2:
            codes[i] = random.choice(LEVELS, n_utterances, p=share)
        else:
            codes[i] = random.choice(LEVELS, n_speakers, p=share)[speaker]
    words = random.integers(8, 21, n_utterances)
    rate = 0.1 * random.lognormal(0, 0.35, n_speakers)[speaker]
    for items, effect in zip(PLANTED, _EFFECTS, strict=True):
        inside = np.all([codes[c] == level for c, level in items if c < n_attributes], axis=0)
        rate = rate + effect * inside
    return MadeUp(codes, speaker, words, random.binomial(words, np.clip(rate, 0, 0.95)))
