"""Small made-up evaluations for the rooms of `data/`, and the real ones where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from data.columns import ColumnMapping
from data.ingest import Ingested, ingest
from data.ingest_options import IngestOptions
from tests.data.made_up import ROOT, SMALL, Make


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def make(tmp_path: Path, home: Path) -> Make:
    """Ingests text (or bytes) under the name "small"; keywords are fields of `IngestOptions`."""

    def make_evaluation(
        content: str | bytes = SMALL, file: str = "small.csv", maps: tuple[str, ...] = (), **options: Any
    ) -> Ingested:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        name = options.pop("name", "small")
        return ingest(IngestOptions(name, (path,), mapping=ColumnMapping.parse(maps), **options), home)

    return make_evaluation


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of public evaluations; skips where it is absent."""
    folder = Path(os.environ.get("FAIRHEARING_REAL_DATA") or ROOT.parent / "shared" / "real-data")
    if not folder.is_dir():
        pytest.skip(f"no real evaluations at {folder}; set FAIRHEARING_REAL_DATA to their folder")
    return folder
