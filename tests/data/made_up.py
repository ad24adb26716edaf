"""A small made-up evaluation, and what the fixtures of this folder are typed with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from data.ingest import Ingested

ROOT = Path(__file__).resolve().parents[2]
HEADER = "utterance_id,speaker_id,accent,noise,snr_db,reference,hypothesis\n"
ROWS = (
    "u1,s1,Scottish,clean,30,the cat sat,the cat sat\n"
    "u2,s1,Scottish,street,12.5,the cat sat,a cat\n"
    "u3,s2,Indian,clean,30,Hello there!,hello there you\n"
    "u4,s2,Indian,street,7,,oh\n"
    "u5,s3,,clean,,good morning,\n"
)
SMALL = HEADER + ROWS

Make = Callable[..., Ingested]
