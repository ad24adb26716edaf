"""A made-up evaluation on disk, and the rates of it worked out again with pandas and plain loops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build

WORDS = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike".split()


def made_up_frame(
    seed: int, n_speakers: int = 40, per_speaker: int = 8, missing: float = 0.05
) -> pd.DataFrame:
    """Rows with text, some of it wrong, some labels missing, some outputs empty."""
    random = np.random.default_rng(seed)
    rows = []
    for speaker in range(n_speakers):
        accent = random.choice(["North", "South", "East"])
        wrong = random.uniform(0.05, 0.5)
        for k in range(per_speaker):
            reference = list(random.choice(WORDS, random.integers(1, 9)))
            hypothesis = [
                w if random.random() > wrong else str(random.choice(["oops", ""])) for w in reference
            ]
            hypothesis += ["extra"] * int(random.random() < 0.1)
            rows.append(
                {
                    "utterance_id": f"u{speaker}-{k}",
                    "speaker_id": f"s{speaker}",
                    "accent": "" if random.random() < missing else accent,
                    "noise": random.choice(["quiet", "babble"]),
                    "device": random.choice(["headset", "phone", "car"]),
                    "reference": " ".join(reference),
                    "hypothesis": "" if random.random() < 0.03 else " ".join(w for w in hypothesis if w),
                }
            )
    return pd.DataFrame(rows)


def made_up_build(home: Path, frame: pd.DataFrame, **options: object) -> Build:
    """The frame as an evaluation, through the product's own ingest."""
    source = home / "made-up.csv"
    home.mkdir(parents=True, exist_ok=True)
    frame.to_csv(source, index=False)
    known = {"accent": "speaker", "noise": "condition", "device": "condition"}
    roles = {name: role for name, role in known.items() if name in frame.columns}
    made = ingest(IngestOptions(name="made-up", sources=(source,), roles=roles, **options), home)  # type: ignore[arg-type]
    return open_build(made.path)


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with errors and words of each utterance, by a textbook edit distance."""
    counts = [
        _distance(r.split(), h.split()) for r, h in zip(frame["reference"], frame["hypothesis"], strict=True)
    ]
    return frame.assign(errors=counts, n_words=[len(r.split()) for r in frame["reference"]])


def brute_rate(rows: pd.DataFrame) -> tuple[float, float, float]:
    """Pooled rate and its 95 % interval, leaving out one speaker at a time in a plain loop."""
    errors, words = rows["errors"].sum(), rows["n_words"].sum()
    by_speaker = rows.groupby("speaker_id")[["errors", "n_words"]].sum()
    logs = [np.log((errors - e) / (words - n)) for e, n in by_speaker.to_numpy()]
    k = len(logs)
    variance = (k - 1) / k * np.sum((np.array(logs) - np.mean(logs)) ** 2)
    effective = words**2 / (by_speaker["n_words"] ** 2).sum()
    half = stats.t.ppf(0.975, max(1.0, effective - 1)) * np.sqrt(variance)
    rate = errors / words
    return rate, rate * np.exp(-half), rate * np.exp(half)


def brute_ratio(group: pd.DataFrame, other: pd.DataFrame) -> tuple[float, float, float]:
    """Ratio of two sides and its 95 % interval, leaving each speaker out of both sides in a plain loop."""

    def log_rate(rows: pd.DataFrame) -> float:
        return float(np.log(rows["errors"].sum() / rows["n_words"].sum()))

    def own_variance(rows: pd.DataFrame) -> tuple[float, float]:
        by_speaker = rows.groupby("speaker_id")[["errors", "n_words"]].sum()
        total = by_speaker.sum()
        logs = [np.log((total["errors"] - e) / (total["n_words"] - n)) for e, n in by_speaker.to_numpy()]
        k = len(logs)
        variance = (k - 1) / k * float(np.sum((np.array(logs) - np.mean(logs)) ** 2))
        return variance, total["n_words"] ** 2 / (by_speaker["n_words"] ** 2).sum()

    speakers = sorted(set(group["speaker_id"]) | set(other["speaker_id"]))
    thetas = [
        log_rate(group[group["speaker_id"] != s]) - log_rate(other[other["speaker_id"] != s])
        for s in speakers
    ]
    k = len(speakers)
    variance = (k - 1) / k * float(np.sum((np.array(thetas) - np.mean(thetas)) ** 2))
    (v1, k1), (v2, k2) = own_variance(group), own_variance(other)
    degrees = (v1 + v2) ** 2 / (v1**2 / (k1 - 1) + v2**2 / (k2 - 1))
    half = stats.t.ppf(0.975, degrees) * np.sqrt(variance)
    theta = log_rate(group) - log_rate(other)
    return float(np.exp(theta)), float(np.exp(theta - half)), float(np.exp(theta + half))


def _distance(reference: list[str], hypothesis: list[str]) -> int:
    row = list(range(len(hypothesis) + 1))
    for i, word in enumerate(reference, 1):
        above, row = row, [i]
        for j, heard in enumerate(hypothesis, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (word != heard)))
    return row[-1]
