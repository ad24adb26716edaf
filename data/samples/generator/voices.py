"""The speakers and their voices: who reads, how strongly accented, and the call to the synthesiser.

Owns the twelve accents, the grid of speakers and espeak-ng. It does not choose sentences, add noise or
recognise anything. Every accent has the same sixty combinations of voice, pitch and pace, so that accents
differ by accent alone.
"""

from __future__ import annotations

import functools
import random
import subprocess
from dataclasses import dataclass

import numpy as np
from scipy.signal import resample_poly

from generator import accents
from generator.accents import AccentRules

SAMPLE_RATE_HZ = 16_000
ESPEAK_WAV_HEADER_BYTES = 44
SPEAKERS_PER_ACCENT = 60
BASE_VOICE = "en-us"

LOWER = "lower"
HIGHER = "higher"
VARIANTS = (
    ("m1", LOWER), ("f1", HIGHER), ("m2", LOWER), ("f2", HIGHER), ("m3", LOWER),
    ("f3", HIGHER), ("m5", LOWER), ("f5", HIGHER), ("m7", LOWER), ("f2", HIGHER),
)  # fmt: skip
PITCH_AND_PACE = ((50, 150), (40, 135), (60, 165), (40, 165), (60, 135), (50, 160))
"""espeak-ng's pitch setting (0–99) and words per minute."""


@dataclass(frozen=True)
class Strengths:
    """How strongly an accent is applied over its speakers, from the weakest to the strongest."""

    weakest: float
    strongest: float
    strong_share: float | None = None
    """This share of the speakers has the strongest accent and all others the weakest; None spreads them evenly."""

    def at(self, quantile: float) -> float:
        """The strength of the speaker at this place among the accent's speakers."""
        if self.strong_share is not None:
            return self.strongest if quantile > 1 - self.strong_share else self.weakest
        return round(self.weakest + (self.strongest - self.weakest) * quantile, 3)


@dataclass(frozen=True)
class Accent:
    """One accent of the evaluation. The label says what it is made of: a voice, or rules."""

    label: str
    rules: AccentRules | None
    """None means the base voice as it is."""
    strengths: Strengths
    own_voices: tuple[str, ...] = ()
    """espeak-ng voices of this accent, used unchanged for a quarter of its speakers."""


ACCENTS = (
    Accent("General American voice", None, Strengths(0, 0)),
    Accent("New York voice", accents.NEW_YORK, Strengths(0.1, 0.6), ("en-us-nyc",)),
    Accent("Southern British voice", accents.SOUTHERN_BRITISH, Strengths(0.2, 0.8), ("en-gb", "en-gb-x-rp")),
    Accent("Scottish voice", accents.SCOTTISH, Strengths(0.2, 0.6), ("en-gb-scotland",)),
    Accent("Lancashire voice", accents.LANCASHIRE, Strengths(0.5, 1.0), ("en-gb-x-gbclan",)),
    Accent("Caribbean-English rules", accents.CARIBBEAN, Strengths(0.1, 0.6)),
    Accent("Hindi-L1 rules", accents.HINDI, Strengths(0.2, 0.9)),
    Accent("German-L1 rules", accents.GERMAN, Strengths(0.2, 0.8)),
    Accent("Spanish-L1 rules", accents.SPANISH, Strengths(0.2, 1.0, strong_share=0.3)),
    Accent("Mandarin-L1 rules", accents.MANDARIN, Strengths(0.3, 1.0)),
    Accent("Portuguese-L1 rules", accents.PORTUGUESE, Strengths(0.3, 0.7)),
    Accent("Arabic-L1 rules", accents.ARABIC, Strengths(0.2, 0.6)),
)


@dataclass(frozen=True)
class Speaker:
    """One synthetic speaker: all settings of the voice, none of them drawn at random."""

    speaker_id: str
    accent: Accent
    espeak_voice: str
    voice_variant: str
    pitch: int
    pace_wpm: int
    accent_strength: float
    """Probability that a rule applies; 0 where the voice is used unchanged."""


def speaker(accent_index: int, number: int) -> Speaker:
    """The speaker with this number (0 to 59) of an accent."""
    accent = ACCENTS[accent_index]
    variant, voice_variant = VARIANTS[number % len(VARIANTS)]
    pitch, pace_wpm = PITCH_AND_PACE[number // len(VARIANTS)]
    # 37 shares no factor with 60: every strength is used once, spread over all voices and paces.
    quantile = (number * 37 % SPEAKERS_PER_ACCENT + 0.5) / SPEAKERS_PER_ACCENT
    voice, strength = BASE_VOICE, accent.strengths.at(quantile)
    if accent.own_voices and (number + number // len(VARIANTS)) % 4 == 3:
        voice, strength = accent.own_voices[number % len(accent.own_voices)], 0.0
    return Speaker(
        speaker_id=f"s{accent_index * SPEAKERS_PER_ACCENT + number + 1:03d}",
        accent=accent,
        espeak_voice=f"{voice}+{variant}",
        voice_variant=voice_variant,
        pitch=pitch,
        pace_wpm=pace_wpm,
        accent_strength=strength,
    )


def say(text: str, who: Speaker, rng: random.Random) -> np.ndarray:
    """The sentence as this speaker reads it: float samples at 16 kHz. ``rng`` decides which rules apply."""
    spoken = text
    if who.accent.rules is not None and who.accent_strength > 0:
        spoken = accents.with_accent(_phonemes(text), who.accent.rules, who.accent_strength, rng)
    wav = _espeak("-v", who.espeak_voice, "-s", str(who.pace_wpm), "-p", str(who.pitch), "--stdout", spoken)
    whole_samples = (len(wav) - ESPEAK_WAV_HEADER_BYTES) // 2
    samples = np.frombuffer(wav, "<i2", count=whole_samples, offset=ESPEAK_WAV_HEADER_BYTES) / 32_768
    return resample_poly(samples, 320, 441)  # espeak-ng speaks at 22,050 Hz


@functools.lru_cache(maxsize=4096)
def _phonemes(text: str) -> str:
    return " ".join(_espeak("-q", "-v", BASE_VOICE, "-x", "--sep=_", text).decode().split())


def _espeak(*arguments: str) -> bytes:
    return subprocess.run(["espeak-ng", *arguments], capture_output=True, check=True).stdout
