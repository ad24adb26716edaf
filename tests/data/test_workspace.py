"""The workspace: findings are kept whole, by several processes, and withdrawn without being lost."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import InputError
from data.findings import (
    LONGEST_NOTE,
    FindingEvent,
    add_to_history,
    keep_finding,
    stored_findings,
)
from data.workspace import FILE_NAME, now
from tests.data.test_findings import a_finding


def test_what_is_kept_is_what_was_given(tmp_path: Path) -> None:
    finding = a_finding("'; DROP TABLE finding; -- <b>")
    keep_finding(tmp_path, finding)
    assert stored_findings(tmp_path, "one") == [finding]
    assert stored_findings(tmp_path, "one", "A") == [finding]
    assert stored_findings(tmp_path, "one", "B") == []
    assert stored_findings(tmp_path, "two") == []


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert stored_findings(tmp_path / "nowhere", "one") == []
    assert not (tmp_path / "nowhere").exists()


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    wanted = [a_finding(str(number)) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda finding: keep_finding(tmp_path, finding), wanted))
    assert {one.id for one in stored_findings(tmp_path, "one")} == {one.id for one in wanted}


def test_a_withdrawn_finding_is_kept_with_its_reason(tmp_path: Path) -> None:
    finding = a_finding()
    keep_finding(tmp_path, finding)
    add_to_history(tmp_path, finding, FindingEvent(now(), "", "state", "withdrawn", "a mistake"))
    [kept] = stored_findings(tmp_path, "one")
    assert replace(kept, history=()) == replace(finding, state="withdrawn", reason="a mistake")
    assert [(one.what, one.value, one.reason) for one in kept.history] == [
        ("state", "withdrawn", "a mistake")
    ]


def test_a_note_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at most"):
        keep_finding(tmp_path, a_finding("x" * (LONGEST_NOTE + 1)))


def test_a_file_that_is_no_workspace_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("not a database, and long enough to be looked at " * 40)
    with pytest.raises(InputError, match=FILE_NAME):
        stored_findings(tmp_path, "one")


def test_a_damaged_workspace_is_put_back_or_moved_away(tmp_path: Path) -> None:
    keep_finding(tmp_path, a_finding())
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000)
    with pytest.raises(InputError, match=r"malformed\. Put it back from a copy, or move it away") as caught:
        keep_finding(tmp_path, a_finding())
    assert "folder" not in str(caught.value)


def test_a_workspace_that_another_process_writes_to_is_to_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.workspace._WAIT_SECONDS", 0.0)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InputError, match=r"locked\. .*Another process is writing to it; try again\.$"):
            keep_finding(tmp_path, a_finding())
