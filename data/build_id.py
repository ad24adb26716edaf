"""What a build is called: a hash of everything that makes a difference to its numbers.

Owns the id. It depends on the bytes of the inputs, the options, the scoring (normaliser,
aligner, lists) and the version of the schema; never on names of files, their order, the time or the
version of the product.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from data.ingest_options import IngestOptions
from data.schema import SCHEMA_VERSION
from data.scoring_choice import Scoring

_DIGITS = 12


def build_id(
    source_hashes: Sequence[str],
    system_hashes: Mapping[str, str],
    options: IngestOptions,
    scoring: Scoring,
    attribute_hashes: Sequence[str] = (),
) -> str:
    """The first twelve hexadecimal digits of the hash; system hashes are in the order of the systems."""
    return _digits(
        sources=sorted(source_hashes),
        systems=list(system_hashes.items()),
        attribute_files=sorted(attribute_hashes),
        options=options.to_json(),
        about=dict(options.about),
        scoring=scoring.identity,
    )


def id_from_meta(
    meta: Mapping[str, Any], scoring: Scoring, more_systems: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The id that an ingest gives to a build that says of itself what `meta` does, with the hashes of more systems."""

    def hashes(kind: str | None) -> list[str]:
        return sorted(one["sha256"] for one in meta["inputs"] if one["system"] == kind)

    return _digits(
        sources=hashes(None),
        systems=[
            *((one["system"], one["sha256"]) for one in meta["inputs"] if one["system"]),
            *more_systems.items(),
        ],
        attribute_files=hashes(""),
        options=meta["options"],
        about=meta["about"],
        scoring=scoring.identity,
    )


def _digits(**parts: Any) -> str:
    canonical = {"schema": SCHEMA_VERSION, **parts}
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_DIGITS]
