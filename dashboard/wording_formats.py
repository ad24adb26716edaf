"""What each format that can be read is called, by the name that `--from` takes.

The names are those of `data/formats/registry.py`, which `--help` must not load; a test compares the two.
"""

from __future__ import annotations

FORMATS = {
    "csv": "delimited text",
    "jsonl": "JSON lines",
    "parquet": "Parquet",
    "arrow": "Arrow",
    "nemo": "NeMo manifest",
    "kaldi": "Kaldi",
    "trn": "sclite trn",
    "pra": "sclite alignment",
    "stm": "STM",
    "seglst": "SegLST",
}
