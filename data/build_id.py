"""What a build is called: a hash of everything that makes a difference to its numbers.

Owns the id. It depends on the bytes of the inputs, the options, and the versions of
normaliser, aligner and schema; never on names of files, their order, the time or the
version of the product.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.align import ALIGNER
from analysis.normalize import normalizer
from data.build import SCHEMA_VERSION
from data.ingest_options import IngestOptions

_DIGITS = 12


def build_id(
    source_hashes: Sequence[str],
    system_hashes: Mapping[str, str],
    options: IngestOptions,
    attribute_hashes: Sequence[str] = (),
) -> str:
    """The first twelve hexadecimal digits of the hash; system hashes are in the order of the systems."""
    chosen = normalizer(options.normalizer)
    canonical: dict[str, Any] = {
        "schema": SCHEMA_VERSION,
        "sources": sorted(source_hashes),
        "systems": list(system_hashes.items()),
        "attribute_files": sorted(attribute_hashes),
        "options": options.to_json(),
        "about": dict(options.about),
        "normalizer": [chosen.id, chosen.version, chosen.sha256],
        "aligner": [ALIGNER.id, ALIGNER.version],
    }
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_DIGITS]
