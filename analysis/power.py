"""How many speakers it takes to show a ratio, and what ratio so many speakers can show.

Planning numbers: they assume speakers' rates spread log-normally and words of one speaker
more alike than chance. Source: the variance of a log rate ratio under a random speaker effect.
"""

from __future__ import annotations

import math

from scipy import special

from analysis.settings import DEFAULTS

WITHIN_SPEAKER_DISPERSION = 1.5
"""Variance of a speaker's errors over that of independent words; measured on read and spontaneous speech."""


def speakers_for_ratio(
    ratio: float,
    rate: float,
    words_per_speaker: float,
    speaker_spread: float,
    dispersion: float = WITHIN_SPEAKER_DISPERSION,
    words_variation: float = 0.0,
    alpha: float = DEFAULTS.alpha,
    power: float = DEFAULTS.power,
) -> int:
    """Speakers each of two groups needs for a ratio to be shown.

    ratio: above or below 1, not 1. rate: fraction. speaker_spread: standard deviation of
    log rates between speakers. words_variation: coefficient of variation of words per speaker.
    Raises `ValueError` for a ratio of 1 or numbers that are not positive.
    """
    if ratio <= 0 or ratio == 1 or rate <= 0 or words_per_speaker <= 0:
        raise ValueError("Give a ratio other than 1, and a rate and words per speaker above 0.")
    reach = float(special.ndtri(1 - alpha / 2) + special.ndtri(power))
    between = (1 + words_variation**2) * math.expm1(speaker_spread**2)
    within = dispersion / (rate * words_per_speaker)
    return math.ceil(reach**2 * 2 * (between + within) / math.log(ratio) ** 2 - 1e-9)
