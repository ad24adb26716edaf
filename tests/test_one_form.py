"""What has one spelling has it everywhere: in code, documents and files that are kept."""

from __future__ import annotations

import re

from tests.test_house import ROOT


def test_a_confidence_level_is_written_in_one_form() -> None:
    """95 % interval, with a space, in code, documents and files that are kept."""
    kinds = ("*.py", "*.md", "*.html", "*.txt")
    rooms = [ROOT / name for name in ("analysis", "dashboard", "data", "docs", "tests/exports/golden")]
    texts = [path for room in rooms for kind in kinds for path in room.rglob(kind)]
    texts += [ROOT / "README.md", ROOT / "CHANGELOG.md"]
    assert len(texts) > 100
    other = re.compile(r"\b(?:80|90|95|99)%[ -](?:interval|confidence|bound|limit|level|one\b)")
    assert [path.name for path in texts if other.search(path.read_text(encoding="utf-8"))] == []
