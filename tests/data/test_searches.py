"""The log of searches: only ever added to, kept by the name of the evaluation, gone with it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from data.searches import logged_searches, record_search
from data.workspace import FILE_NAME, forget_evaluation, writing


def record(home: Path, evaluation: str = "one", confirmed: int | None = 2) -> None:
    record_search(home, evaluation, "build1", {"seed": 3, "system": "A \ud800"}, 120, 10, confirmed)


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert logged_searches(tmp_path / "nowhere", "one") == []
    assert not (tmp_path / "nowhere").exists()


def test_a_workspace_from_before_searches_has_none(tmp_path: Path) -> None:
    with writing(tmp_path):
        pass
    assert logged_searches(tmp_path, "one") == []


def test_every_search_is_kept_in_order(tmp_path: Path) -> None:
    record(tmp_path)
    record(tmp_path, confirmed=None)
    record(tmp_path, "other")
    first, second = logged_searches(tmp_path, "one")
    assert (first.build, first.asked["seed"], first.tested, first.found, first.confirmed) == (
        "build1",
        3,
        120,
        10,
        2,
    )
    assert second.confirmed is None
    assert first.at <= second.at


def test_nobody_changes_what_was_recorded(tmp_path: Path) -> None:
    record(tmp_path)
    with pytest.raises(sqlite3.DatabaseError, match="only added to"), writing(tmp_path) as connection:
        connection.execute("UPDATE search_log SET tested = 1")


def test_an_evaluation_that_is_removed_takes_its_searches_along(tmp_path: Path) -> None:
    record(tmp_path)
    record(tmp_path, "other")
    forget_evaluation(tmp_path, "one")
    assert logged_searches(tmp_path, "one") == []
    assert len(logged_searches(tmp_path, "other")) == 1


def test_a_folder_that_cannot_be_written_stops_no_search(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    record(tmp_path / "file")
    assert logged_searches(tmp_path, "one") == []


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(ValueError, match="cannot be opened"):
        logged_searches(tmp_path, "one")
