"""What happens between mouth and recogniser: background noise and the recording device.

Owns the four noises and the four devices. It works on samples at 16 kHz, draws only from the generator it
is given, and knows nothing of speakers, sentences or recognisers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

from generator.voices import SAMPLE_RATE_HZ

SPEECH_RMS = 0.08
"""Level every sentence is brought to before noise is added: the signal of ``snr_db``."""
NOISES = ("clean", "street", "machine room", "babble")
DEVICES = ("headset", "cheap phone", "far-field", "telephone")
CLEAN_SNR_DB = 30
NOISY_SNRS_DB = (20, 13, 7)
BABBLE_TALKERS = 6

Samples = np.ndarray
Rng = np.random.Generator


def rms(samples: Samples) -> float:
    """Root mean square, never zero."""
    return float(np.sqrt(np.mean(samples**2)) + 1e-12)


def record(
    speech: Samples, noise: str, snr_db: int, device: str, talkers: Sequence[Samples], rng: Rng
) -> Samples:
    """Speech as the device records it, in [-1, 1]. ``talkers`` are the voices babble is mixed from."""
    background = _noise(noise, len(speech), talkers, rng) * SPEECH_RMS * 10 ** (-snr_db / 20)
    if device == "far-field":
        # A room reflects the voice; the noise of a room is everywhere already.
        return np.clip(_far_field(speech, rng) + background, -1, 1)
    return np.clip(DEVICE_OF[device](speech + background), -1, 1)


def _noise(noise: str, length: int, talkers: Sequence[Samples], rng: Rng) -> Samples:
    if noise == "babble":
        return _babble(length, talkers, rng)
    return NOISE_OF[noise](length, rng)


def _level(samples: Samples) -> Samples:
    return samples / rms(samples)


def _band(samples: Samples, low_hz: float, high_hz: float, order: int = 2) -> Samples:
    high_pass = butter(order, low_hz, "high", fs=SAMPLE_RATE_HZ, output="sos")
    low_pass = butter(order, high_hz, "low", fs=SAMPLE_RATE_HZ, output="sos")
    return sosfilt(low_pass, sosfilt(high_pass, samples))


def _pink(length: int, rng: Rng) -> Samples:
    frequency_hz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE_HZ)
    spectrum = rng.normal(size=len(frequency_hz)) + 1j * rng.normal(size=len(frequency_hz))
    return _level(np.fft.irfft(spectrum / np.sqrt(np.maximum(frequency_hz, 20)), length))


def _street(length: int, rng: Rng) -> Samples:
    """Passing traffic: a swelling rumble over pink noise, at times a horn."""
    seconds = np.arange(length) / SAMPLE_RATE_HZ
    swell = 1 + 0.6 * np.sin(2 * np.pi * rng.uniform(0.1, 0.4) * seconds + rng.uniform(0, 2 * np.pi))
    street = _pink(length, rng) + 1.2 * swell * _level(_band(rng.normal(size=length), 30, 250))
    if rng.random() < 0.35:
        start = int(rng.integers(0, max(1, length - 8_000)))
        horn_length = min(8_000, length - start)
        pitch_hz = rng.uniform(350, 480)
        tone = sum(np.sin(2 * np.pi * pitch_hz * k * seconds[:horn_length]) / k for k in (1, 2, 3))
        street[start : start + horn_length] += tone * np.hanning(horn_length)
    return _level(street)


def _machine_room(length: int, rng: Rng) -> Samples:
    """Mains hum with its overtones, a throbbing band of noise, and metal clanks at a steady beat."""
    seconds = np.arange(length) / SAMPLE_RATE_HZ
    mains_hz = rng.choice([50.0, 60.0])
    hum = np.zeros(length)
    for k in range(1, 25):
        hum += (
            np.sin(2 * np.pi * mains_hz * k * seconds + rng.uniform(0, 2 * np.pi))
            * rng.uniform(0.3, 1)
            / k**0.6
        )
    throb = 1 + 0.5 * np.sin(2 * np.pi * rng.uniform(3, 9) * seconds)
    room = _level(hum) + 0.7 * _level(_band(rng.normal(size=length), 400, 4_000)) * throb
    beat = int(SAMPLE_RATE_HZ / rng.uniform(1.5, 4))
    for start in range(int(rng.integers(0, beat)), length, beat):
        clank = np.arange(min(1_600, length - start))
        ring_hz = rng.uniform(900, 2_500)
        room[start : start + len(clank)] += (
            3 * np.exp(-clank / 250) * np.sin(2 * np.pi * ring_hz * seconds[: len(clank)])
        )
    return _level(room)


def _babble(length: int, talkers: Sequence[Samples], rng: Rng) -> Samples:
    mixed = np.zeros(length)
    for _ in range(BABBLE_TALKERS):
        talker = talkers[int(rng.integers(len(talkers)))]
        looped = np.tile(talker, length // len(talker) + 2)
        start = int(rng.integers(0, len(talker)))
        mixed += _level(looped[start : start + length]) * rng.uniform(0.5, 1)
    return _level(mixed)


def _headset(samples: Samples) -> Samples:
    return _band(samples, 80, 7_600)


def _cheap_phone(samples: Samples) -> Samples:
    """A narrow band, soft clipping and eight-bit samples."""
    clipped = np.tanh(_band(samples, 200, 5_000) * 7) / 7
    return np.round(clipped * 192) / 192


def _telephone(samples: Samples) -> Samples:
    """300–3,400 Hz at 8 kHz through eight-bit mu-law."""
    narrow = np.clip(2 * resample_poly(_band(samples, 300, 3_400, order=4), 1, 2), -1, 1)
    mu = 255
    coded = np.sign(narrow) * np.log1p(mu * np.abs(narrow)) / np.log1p(mu)
    coded = np.round((coded + 1) / 2 * mu) / mu * 2 - 1
    decoded = np.sign(coded) * ((1 + mu) ** np.abs(coded) - 1) / mu
    return resample_poly(decoded / 2, 2, 1)


def _far_field(speech: Samples, rng: Rng) -> Samples:
    """The voice across a room: a decaying response 4 ms behind the direct sound."""
    decay_s = rng.uniform(0.3, 0.5)
    direct_to_reverb_db = rng.uniform(3, 7)
    seconds = np.arange(int(decay_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    response = rng.normal(size=len(seconds)) * np.exp(-6.9 * seconds / decay_s)
    response[seconds < 0.004] = 0
    response *= 10 ** (-direct_to_reverb_db / 20) / np.sqrt((response**2).sum())
    response[0] = 1
    heard = _band(fftconvolve(speech, response)[: len(speech)], 100, 5_500)
    return _level(heard) * rms(speech)


NOISE_OF: dict[str, Callable[[int, Rng], Samples]] = {
    "clean": _pink,
    "street": _street,
    "machine room": _machine_room,
}
DEVICE_OF: dict[str, Callable[[Samples], Samples]] = {
    "headset": _headset,
    "cheap phone": _cheap_phone,
    "telephone": _telephone,
}
