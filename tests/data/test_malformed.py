"""What cannot be used is refused by the command with the documented words and exit code 2, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.commands.main import main
from tests.data.broken_contents import BROKEN_CONTENTS, BROKEN_HYPOTHESES
from tests.data.broken_counts import BROKEN_ATTRIBUTES, BROKEN_COUNTS
from tests.data.broken_files import BROKEN_FILES
from tests.data.broken_formats import BROKEN_FOLDERS, BROKEN_TEXTS
from tests.data.broken_packed import BROKEN_PACKED
from tests.data.broken_values import BROKEN_VALUES

CASES = BROKEN_PACKED | BROKEN_VALUES | BROKEN_TEXTS | BROKEN_FOLDERS | BROKEN_COUNTS | BROKEN_ATTRIBUTES


@pytest.mark.parametrize("case", CASES)
def test_a_malformed_input_is_refused_with_its_words_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    files, arguments, expected = CASES[case]
    monkeypatch.chdir(tmp_path)
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)
    before = sorted(tmp_path.rglob("*"))
    assert main(["ingest", *arguments, "--name", "x", "--home", "home"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line for line in said.err.splitlines() if not line.endswith("Nothing was written.")] == expected
    assert sorted(tmp_path.rglob("*")) == before


def test_there_are_enough_ways_to_be_wrong() -> None:
    assert len(CASES) + len(BROKEN_FILES) + len(BROKEN_CONTENTS) + len(BROKEN_HYPOTHESES) >= 60
