"""What a build says of itself: the table `meta`, as plain data.

Owns its keys. Reading them is `store.py`; whoever adds systems to a build changes some of them
(`add_system.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

from data.attribute_columns import AttributeColumns
from data.ingest_options import IngestOptions
from data.records import Recordings
from data.schema import SCHEMA_VERSION
from data.scoring import SystemScores
from data.scoring_choice import Scoring, unit_of
from data.source_files import InputFile
from data.sources import LoadedSources, ReadTable


def build_meta(
    build: str,
    options: IngestOptions,
    scoring: Scoring,
    recordings: Recordings,
    attributes: AttributeColumns,
    scores: Mapping[str, SystemScores],
) -> dict[str, Any]:
    """Everything but what was read (`described_files`) and what counts without texts cannot say."""
    n_words = np.zeros(len(recordings), np.int64)
    for one in scores.values():
        n_words[one.rows] = one.counts["n_words"]
    return {
        "schema_version": SCHEMA_VERSION,
        "build": build,
        "name": options.name,
        "systems": list(scores),
        "attributes": [column.attribute.to_json() for column in attributes.attributes],
        "not_attributes": dict(attributes.not_attributes),
        **scoring.to_meta(),
        "unit": unit_of(scoring, recordings.references),
        "options": options.to_json(),
        "about": dict(options.about),
        "show_text": options.show_text,
        "show_audio": options.show_audio,
        "counts": {
            "utterances": len(recordings),
            "speakers": int(pc.count_distinct(recordings.speaker_ids).as_py()),
            "words": int(n_words.sum()),
            "scored": {name: len(one.rows) for name, one in scores.items()},
        },
        "cluster_unit": options.cluster or "speaker",
    }


def described_files(
    sources: Iterable[InputFile],
    systems: Mapping[str, InputFile],
    attributes: Iterable[InputFile],
    loaded: LoadedSources,
) -> list[dict[str, Any]]:
    """What was read, for people who check it: `system` is null for references and "" for tables of attributes."""
    by_hash = sorted(zip(sources, loaded.sources, strict=True), key=lambda pair: pair[0].sha256)
    tables = sorted(zip(attributes, loaded.attributes, strict=True), key=lambda pair: pair[0].sha256)
    return [
        *(described_input(None, *pair) for pair in by_hash),
        *(described_input(name, file, loaded.systems[name]) for name, file in systems.items()),
        *(described_input("", *pair) for pair in tables),
    ]


def described_input(system: str | None, file: InputFile, read: ReadTable) -> dict[str, Any]:
    """One file as `meta` lists it."""
    return {
        "name": file.path.resolve().name,
        "system": system,
        "sha256": file.sha256,
        "bytes": file.n_bytes,
        "rows": len(read.table.rows),
        "format": read.table.format,
        "columns": dict(read.columns),
        "notices": list(read.table.notices),
    }
