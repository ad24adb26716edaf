"""The balanced grid: which utterance is who, what, where, and its audio as a pure function of its number.

Owns the order of utterances and the seeds. Numbers run over the accents first, so that every prefix of
192 utterances is a balanced part of the whole. It does not recognise, write files or know the results.
"""

from __future__ import annotations

import functools
import hashlib
import random
from dataclasses import dataclass

import numpy as np

from generator import channel, sentences, voices
from generator.voices import SAMPLE_RATE_HZ, Speaker

SEED = "fair hearing 1"
"""The seed of the published evaluation. Difficulty was tuned on other seeds."""
PAUSE_SAMPLES = 4_800
"""Silence before and after the sentence (0.3 s), where only the noise is heard."""
BABBLE_POOL = 24

CONDITIONS = tuple((noise, device) for noise in channel.NOISES for device in channel.DEVICES)
PER_NUMBER = len(voices.ACCENTS) * len(CONDITIONS)
UTTERANCES = PER_NUMBER * voices.SPEAKERS_PER_ACCENT


@dataclass(frozen=True)
class Utterance:
    """One cell of the grid before anything is heard."""

    number: int
    speaker: Speaker
    domain: str
    reference: str
    noise: str
    snr_db: int
    device: str

    @property
    def utterance_id(self) -> str:
        """The name it has in the published table."""
        return f"u{self.number + 1:05d}"


def utterance(number: int, seed: str = SEED) -> Utterance:
    """The utterance with this number, 0 to ``UTTERANCES`` - 1."""
    speaker_number, rest = divmod(number, PER_NUMBER)
    accent_index, condition = divmod(rest, len(CONDITIONS))
    noise, device = CONDITIONS[condition]
    domain, reference = _sentence(speaker_number, condition, seed)
    return Utterance(
        number=number,
        speaker=voices.speaker(accent_index, speaker_number),
        domain=domain,
        reference=reference,
        noise=noise,
        snr_db=_snr_db(speaker_number, condition),
        device=device,
    )


def audio(planned: Utterance, seed: str = SEED) -> tuple[np.ndarray, float]:
    """What the recogniser hears, and how long the speech itself lasts in seconds."""
    speech = voices.say(planned.reference, planned.speaker, random.Random(f"{seed}|rules|{planned.number}"))
    speech = speech / channel.rms(speech) * channel.SPEECH_RMS
    padded = np.pad(speech, PAUSE_SAMPLES)
    # The same noise for the same sentence in every accent: accents differ by accent alone.
    speaker_number, rest = divmod(planned.number, PER_NUMBER)
    rng = _numpy_rng(f"{seed}|channel|{speaker_number}|{rest % len(CONDITIONS)}")
    heard = channel.record(padded, planned.noise, planned.snr_db, planned.device, _talkers(seed), rng)
    return heard, len(speech) / SAMPLE_RATE_HZ


def sketch() -> list[int]:
    """Three utterances of each speaker, the same conditions in every accent: a quick look when tuning."""
    return [
        number * PER_NUMBER
        + accent_index * len(CONDITIONS)
        + (5 * (number + turn) + number // 10) % len(CONDITIONS)
        for turn in range(3)
        for number in range(voices.SPEAKERS_PER_ACCENT)
        for accent_index in range(len(voices.ACCENTS))
    ]


def _sentence(speaker_number: int, condition: int, seed: str) -> tuple[str, str]:
    """The same for every accent. Domains are balanced over conditions and speakers."""
    domain = sentences.DOMAINS[(speaker_number - condition) % len(sentences.DOMAINS)]
    return domain, sentences.sentence(domain, random.Random(f"{seed}|text|{speaker_number}|{condition}"))


def _snr_db(speaker_number: int, condition: int) -> int:
    noise_index, device_index = divmod(condition, len(channel.DEVICES))
    if channel.NOISES[noise_index] == "clean":
        return channel.CLEAN_SNR_DB
    return channel.NOISY_SNRS_DB[(speaker_number + noise_index + device_index) % len(channel.NOISY_SNRS_DB)]


@functools.lru_cache(maxsize=1)
def _talkers(seed: str) -> tuple[np.ndarray, ...]:
    """The voices that babble is mixed from: sentences that are not in the evaluation."""
    rng = random.Random(f"{seed}|babble")
    talkers = []
    for place in range(BABBLE_POOL):
        who = voices.speaker(place % len(voices.ACCENTS), rng.randrange(voices.SPEAKERS_PER_ACCENT))
        text = ", ".join(sentences.sentence(rng.choice(sentences.DOMAINS), rng) for _ in range(2))
        # Rules join words over a comma, so each talker reads with the voice alone.
        talkers.append(voices.say(text, _unaccented(who), rng))
    return tuple(talkers)


def _unaccented(who: Speaker) -> Speaker:
    return Speaker(
        who.speaker_id, who.accent, who.espeak_voice, who.voice_variant, who.pitch, who.pace_wpm, 0.0
    )


def _numpy_rng(name: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
