"""Small evaluations in every state a page has to cope with, made through the product's own ingest.

Everything is seeded, so a page shows the same numbers in every run.
"""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Mapping
from itertools import product
from pathlib import Path

from data.ingest import ingest
from data.ingest_options import IngestOptions

WORDS = "the river ran past seven old houses and nobody there had ever asked where it went".split()
HARD = {"North": 0.12, "South": 0.14, "East": 0.45, "West": 0.15, "babble": 2.0, "phone": 1.3}
SPEAKERS = 12
Groups = tuple[str, ...]


def make_evaluation(
    home: Path, name: str, speakers: Mapping[str, Groups], conditions: Mapping[str, Groups], **options: object
) -> None:
    """An evaluation with every combination of the groups; at most one attribute of the speakers.

    The system errs three times as often for speakers of the group East, and more for everybody in babble.
    """
    source = home / f"{name}.csv"
    home.mkdir(parents=True, exist_ok=True)
    drawn = random.Random(7)
    attributes = {**speakers, **conditions}
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["utterance_id", "speaker_id", *attributes, "reference", "hyp_Alpha", "hyp_Beta"])
        for own in product(*speakers.values()):
            for speaker, (n, there) in product(
                range(SPEAKERS), enumerate(product(*conditions.values(), "12"))
            ):
                groups = (*own, *there[:-1])
                reference = drawn.sample(WORDS, 12)
                rate = math.prod(HARD.get(value, 1.0) for value in groups) * (1.0 if own else 0.2)
                heard = [" ".join(_heard(drawn, reference, min(0.9, rate * more))) for more in (1.0, 0.9)]
                who = f"{''.join(own)}{speaker}"
                writer.writerow([f"{who}-{n}", who, *groups, " ".join(reference), *heard])
    roles = {**dict.fromkeys(speakers, "speaker"), **dict.fromkeys(conditions, "condition")}
    ingest(IngestOptions(name, (source,), roles=roles, **options), home)  # type: ignore[arg-type]


def _heard(drawn: random.Random, reference: list[str], rate: float) -> list[str]:
    return [word if drawn.random() > rate else "mumble" for word in reference]
