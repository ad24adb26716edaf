"""A small file to try the Data page with: made-up speakers and made-up systems, the file of the tutorial."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator

FILE_NAME = "results.csv"
COLUMNS = (
    *("utterance_id", "speaker_id", "accent", "noise", "device", "reference"),
    *("hypothesis_current", "hypothesis_candidate"),
)
_SENTENCES = (
    "turn on the heating in the kitchen",
    "please play some quiet music tonight",
    "remind me to call the doctor on monday",
    "what is the weather going to be tomorrow",
)
_ACCENTS = (("Island", 0.30), ("North", 0.15), ("South", 0.15))
"""Each with the share of words the current system misses in quiet."""


def export_example_csv() -> bytes:
    """The file, the same at every call: 480 recordings of 60 made-up speakers, two systems."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows((COLUMNS, *example_rows()))
    return text.getvalue().encode()


def example_rows() -> Iterator[tuple[str, ...]]:
    """One row per recording, in the order of `COLUMNS`."""
    drawn = random.Random(1)  # noqa: S311 - an example, not a secret
    for accent, error in _ACCENTS:
        for person in range(20):
            for noise in ("quiet", "street"):
                for device in ("headset", "phone"):
                    for number in (1, 2):
                        said = drawn.choice(_SENTENCES)
                        missed = error * (1.5 if noise == "street" else 1.0)
                        current, candidate = (_heard(said, share, drawn) for share in (missed, missed * 0.7))
                        speaker = f"{accent}-{person}"
                        recording = f"{speaker}-{noise}-{device}-{number}"
                        yield recording, speaker, accent, noise, device, said, current, candidate


def _heard(said: str, missed: float, drawn: random.Random) -> str:
    return " ".join(word if drawn.random() > missed else "uh" for word in said.split())
