"""Speakers drawn from a known truth: what calibration measures the product's statistics against.

Speakers differ in how often they are misheard (log-normal) and in how much they say
(log-normal); utterances of one speaker differ beyond chance (gamma-Poisson). Owns the
drawing only; whatever is computed from it is the product's own (`calibration.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.attributes import Attribute
from analysis.speaker_counts import SpeakerCounts

Array = npt.NDArray[np.float64]
WORDS_PER_UTTERANCE = 12


@dataclass(frozen=True)
class Population:
    """Whom speakers are drawn from."""

    spread: float
    """Standard deviation of the log of speakers' own rates."""
    rate: float = 0.15
    utterances: float = 30.0
    """Mean number of recordings of a speaker."""
    talk_spread: float = 0.8
    """Standard deviation of the log of how many recordings a speaker has."""
    dispersion: float = 0.5
    """Variance of an utterance's own rate over the square of its speaker's."""

    def speaker_rates(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Own rates of speakers; their mean is the population's rate."""
        return self.rate * _log_normal(rng, self.spread, shape)

    def n_utterances(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Recordings of each speaker, at least one."""
        return np.maximum(1.0, np.rint(self.utterances * _log_normal(rng, self.talk_spread, shape)))

    def errors(self, rng: np.random.Generator, rates: Array, n_utterances: Array) -> Array:
        """Errors of each speaker over all of their recordings together."""
        if not self.dispersion:
            return _poisson(rng, rates * WORDS_PER_UTTERANCE * n_utterances)
        # A sum of independent gamma variables of one scale is a gamma variable.
        luck = rng.gamma(n_utterances / self.dispersion, self.dispersion)
        return _poisson(rng, rates * WORDS_PER_UTTERANCE * luck)


def _log_normal(rng: np.random.Generator, spread: float, shape: tuple[int, ...]) -> Array:
    """Log-normal of mean 1."""
    return np.asarray(np.exp(spread * rng.standard_normal(shape) - spread**2 / 2))


def _poisson(rng: np.random.Generator, mean: Array) -> Array:
    return rng.poisson(mean).astype(np.float64)


def one_group(rng: np.random.Generator, who: Population, runs: int, k: int) -> tuple[Array, Array]:
    """Errors and words of k speakers in every run, as (runs, k)."""
    n = who.n_utterances(rng, (runs, k))
    return who.errors(rng, who.speaker_rates(rng, (runs, k)), n), n * WORDS_PER_UTTERANCE


def by_run(errors: Array, words: Array, share_speakers_of: int = 1) -> SpeakerCounts:
    """Every run a group; `share_speakers_of` groups in a row are one evaluation of different speakers."""
    runs, k = errors.shape
    run, position = np.divmod(np.arange(runs * k), k)
    speaker = run % share_speakers_of * k + position
    return SpeakerCounts.of(run, speaker, errors.reshape(-1), words.reshape(-1), runs)


def utterances_of_one_group(rng: np.random.Generator, who: Population, k: int) -> tuple[Array, Array]:
    """Errors of every recording of k speakers, and the speaker each belongs to."""
    speaker = np.repeat(np.arange(k), who.n_utterances(rng, (k,)).astype(int))
    rates = who.speaker_rates(rng, (k,))[speaker]
    return who.errors(rng, rates, np.ones(len(speaker))), speaker.astype(np.float64)


def nested(
    rng: np.random.Generator, who: Population, runs: int, k: tuple[int, int], ratio: float
) -> SpeakerCounts:
    """Groups 2r and 2r+1 are run r's two sides, of different speakers; the first is `ratio` times worse."""
    worse = replace(who, rate=who.rate * ratio)
    return _as_counts([one_group(rng, worse, runs, k[0]), one_group(rng, who, runs, k[1])], [0, k[0]])


def crossed(
    rng: np.random.Generator, who: Population, runs: int, k: int, ratio: float, interaction: float = 0.1
) -> SpeakerCounts:
    """Groups 2r and 2r+1 are the same speakers in two conditions; some suffer more from the first than others."""
    rates = who.speaker_rates(rng, (runs, k))
    sides = []
    for effect in (ratio, 1.0):
        n = who.n_utterances(rng, (runs, k))
        in_condition = rates * effect * _log_normal(rng, interaction, (runs, k))
        sides.append((who.errors(rng, in_condition, n), n * WORDS_PER_UTTERANCE))
    return _as_counts(sides, [0, 0])


def _as_counts(sides: list[tuple[Array, Array]], first_speaker: list[int]) -> SpeakerCounts:
    parts = [by_run(errors, words) for errors, words in sides]
    return SpeakerCounts.of(
        np.concatenate([2 * part.group + side for side, part in enumerate(parts)]),
        np.concatenate([part.speaker + first for first, part in zip(first_speaker, parts, strict=True)]),
        np.concatenate([part.numerator for part in parts]),
        np.concatenate([part.denominator for part in parts]),
        2 * parts[0].n_groups,
    )


@dataclass(frozen=True)
class Grid:
    """An evaluation of accents in conditions without any effect of the accent."""

    attributes: tuple[Attribute, ...]
    codes: npt.NDArray[np.int64]
    counts: SpeakerCounts


NOISES = (1.0, 1.5, 2.2, 3.5)
DEVICES = (1.0, 1.2, 1.5, 2.0)


def accent_grid(
    rng: np.random.Generator, who: Population, accents: int, k: int, everywhere: bool, utterances: float = 4.0
) -> Grid:
    """Accents × 4 noises × 4 devices, k speakers a cell; noise and device multiply errors up to sevenfold.

    `everywhere` has each speaker in all sixteen conditions, else every cell has speakers of its own.
    """
    n_conditions = len(NOISES) * len(DEVICES)
    per_accent = k if everywhere else k * n_conditions
    accent = np.repeat(np.arange(accents), per_accent)
    speaker = np.arange(accents * per_accent)
    condition = np.tile(np.arange(n_conditions), accents * k)
    if everywhere:
        accent, speaker = np.repeat(accent, n_conditions), np.repeat(speaker, n_conditions)
    effect = np.outer(NOISES, DEVICES).reshape(-1)
    effect = effect / effect.mean()
    rates = who.speaker_rates(rng, (accents * per_accent,))[speaker]
    n = np.maximum(1.0, rng.poisson(utterances, len(speaker)))
    errors = who.errors(rng, rates * effect[condition] * _log_normal(rng, 0.1, rates.shape), n)
    group = accent * n_conditions + condition
    cells = np.indices((accents, len(NOISES), len(DEVICES))).reshape(3, -1).T
    counts = SpeakerCounts.of(group, speaker, errors, n * WORDS_PER_UTTERANCE, len(cells))
    return Grid(_grid_attributes(accents), cells.astype(np.int64), counts)


def _grid_attributes(accents: int) -> tuple[Attribute, ...]:
    def attribute(name: str, role: Any, size: int) -> Attribute:
        return Attribute(
            name, role, "category", tuple(f"{name} {i + 1}" for i in range(size)), has_missing=False
        )

    return (
        attribute("accent", "speaker", accents),
        attribute("noise", "condition", len(NOISES)),
        attribute("device", "condition", len(DEVICES)),
    )
