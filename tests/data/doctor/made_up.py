"""A made-up evaluation in which the doctor finds nothing, to be spoiled one fault at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from data.doctor import DoctorFault, examine
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build

Spoil = Callable[[pd.DataFrame], pd.DataFrame]

OPTIONS = {
    "roles": {"accent": "speaker", "gender": "speaker", "device": "condition", "noise": "condition"},
    "label_sources": {"accent": "self", "gender": "self"},
    "show_text": True,
}
_LETTERS = list("bcdfghjklmnprstvwz")
_VOWELS = list("aeiou")


def vocabulary(size: int = 400) -> list[str]:
    """Words of two or three syllables, all different."""
    random = np.random.default_rng(99)
    words: dict[str, None] = {}
    while len(words) < size:
        n = int(random.integers(2, 4))
        words["".join(str(random.choice(_LETTERS)) + str(random.choice(_VOWELS)) for _ in range(n))] = None
    return list(words)


WORDS = vocabulary()


def misheard(words: list[str], rate: float, random: np.random.Generator) -> str:
    """Some words replaced, by chance."""
    return " ".join(str(random.choice(WORDS)) if random.random() < rate else word for word in words)


def sound_frame(n_speakers: int = 60, per_speaker: int = 8) -> pd.DataFrame:
    """Balanced recordings of known people, with two systems that make mistakes of their own."""
    random = np.random.default_rng(5)
    rows = []
    for speaker in range(n_speakers):
        for k in range(per_speaker):
            words = [str(word) for word in random.choice(WORDS, int(random.integers(6, 10)))]
            rows.append(
                {
                    "utterance_id": f"u{speaker * per_speaker + k + 1}",
                    "speaker_id": f"s{speaker + 1:03}",
                    "accent": ("northern", "southern", "western")[speaker % 3],
                    "gender": ("woman", "man")[speaker // 3 % 2],
                    "device": ("headset", "telephone")[k % 2],
                    "noise": ("quiet", "street")[k // 2 % 2],
                    "reference": " ".join(words),
                    "hypothesis_A": misheard(words, 0.15, random),
                    "hypothesis_B": misheard(words, 0.25, random),
                }
            )
    return pd.DataFrame(rows)


def made_up_build(home: Path, frame: pd.DataFrame, **options: object) -> Build:
    """The frame as an evaluation, through the product's own ingest."""
    home.mkdir(parents=True, exist_ok=True)
    source = home / "made-up.csv"
    frame.to_csv(source, index=False)
    made = ingest(IngestOptions(name="made-up", sources=(source,), **(OPTIONS | options)), home)  # type: ignore[arg-type]
    return open_build(made.path)


def findings(home: Path, frame: pd.DataFrame, **options: object) -> tuple[DoctorFault, ...]:
    """All that the doctor says about the frame."""
    return examine(made_up_build(home, frame, **options))
