"""Evaluations of any size for timing: counts only, drawn from a seed, written as real builds.

Owns the made-up data. Its numbers mean nothing; its shape (speakers, attributes, skew) is
that of a large evaluation. Nothing of the product reads this module.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analysis.attributes import Attribute, Role
from data.marginals import write_marginals
from data.schema import SCHEMA_VERSION

SCHEMA = Path(__file__).resolve().parents[1] / "data" / "schema.sql"
SHAPES: dict[str, tuple[int, Role]] = {
    "accent": (16, "speaker"),
    "noise": (6, "condition"),
    "device": (8, "condition"),
    "gender": (3, "speaker"),
    "age": (6, "speaker"),
    "domain": (10, "content"),
}
UTTERANCES_PER_SPEAKER = 50


def made_up_rows(n_utterances: int, seed: int = 7) -> pd.DataFrame:
    """One row per utterance: speaker, attribute codes, words and errors."""
    random = np.random.default_rng(seed)
    n_speakers = max(20, n_utterances // UTTERANCES_PER_SPEAKER)
    speaker = np.sort(random.integers(0, n_speakers, n_utterances))
    columns: dict[str, Any] = {"speaker": speaker}
    difficulty = random.lognormal(0, 0.3, n_speakers)[speaker]
    for name, (size, role) in SHAPES.items():
        share = np.linspace(1.6, 0.4, size) / np.linspace(1.6, 0.4, size).sum()
        per_speaker = random.choice(size, n_speakers, p=share)[speaker]
        columns[name] = per_speaker if role == "speaker" else random.choice(size, n_utterances, p=share)
        difficulty = difficulty * random.uniform(0.85, 1.2, size)[columns[name]]
    columns["n_words"] = random.integers(8, 21, n_utterances)
    columns["errors"] = random.binomial(columns["n_words"], np.clip(0.1 * difficulty, 0.01, 0.9))
    return pd.DataFrame(columns)


def write_made_up_build(path: Path, rows: pd.DataFrame) -> None:
    """A build of one system with empty texts, complete with its stored marginals."""
    attributes = [
        Attribute(name, role, "category", tuple(f"{name} {i}" for i in range(size)), False)
        for name, (size, role) in SHAPES.items()
    ]
    path.unlink(missing_ok=True)
    connection = duckdb.connect(str(path))
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    _write_rows(connection, rows, attributes)
    for key, value in _meta(rows, attributes).items():
        connection.execute("INSERT INTO meta VALUES (?, ?)", [key, json.dumps(value)])
    write_marginals(connection)
    connection.execute("CHECKPOINT")
    connection.close()


def _write_rows(
    connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame, attributes: list[Attribute]
) -> None:
    connection.register("made_up", rows.assign(row_id=np.arange(len(rows))))
    for attribute in attributes:
        levels = ", ".join(f"'{level}'" for level in attribute.levels)
        connection.execute(f'ALTER TABLE utterance ADD COLUMN "{attribute.name}" ENUM({levels})')
    labels = ", ".join(f"'{a.name} ' || {a.name}" for a in attributes)
    connection.execute("INSERT INTO speaker SELECT DISTINCT speaker, 's' || speaker FROM made_up")
    connection.execute(
        f"INSERT INTO utterance SELECT row_id, 'u' || row_id, speaker, '', NULL, NULL, {labels} FROM made_up"
    )
    connection.execute(
        "INSERT INTO score BY NAME SELECT row_id, 0 AS system, '' AS hypothesis, n_words, "
        "n_words AS n_hypothesis_words, n_words - errors AS hits, errors AS substitutions, "
        "0 AS deletions, 0 AS insertions FROM made_up"
    )
    connection.unregister("made_up")


def _meta(rows: pd.DataFrame, attributes: list[Attribute]) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "name": "made-up",
        "build": f"{len(rows):012d}",
        "systems": ["made-up system"],
        "attributes": [attribute.to_json() for attribute in attributes],
        "normalizer": {"id": "none", "version": "1", "sha256": "", "description": "none"},
        "aligner": {"id": "none", "version": "1", "tie_rule": ""},
        "counts": {
            "utterances": len(rows),
            "speakers": int(rows["speaker"].nunique()),
            "words": 0,
            "scored": {},
        },
        "about": {},
        "inputs": [],
        "options": {},
        "not_attributes": {},
        "cluster_unit": "speaker",
        "show_text": False,
        "show_audio": False,
    }
