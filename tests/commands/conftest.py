"""A small file that commands are run on."""

from __future__ import annotations

from pathlib import Path

import pytest

GOOD = "id,speaker,accent,ref,hyp_A,hyp_B\nu1,s1,us,a b,a b,a\nu2,s2,uk,a b,a b,b\n"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FAIRHEARING_DEBUG", raising=False)
    (tmp_path / "in.csv").write_text(GOOD)
    return tmp_path / "in.csv"
