"""The log of what was looked at: once per build and thing, never shortened, summed up as of any moment."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from data.looked_at import NORMALIZER, SUBGROUP, Tried, record_look, tried
from data.searches import record_search
from data.workspace import FILE_NAME


def test_nothing_recorded_is_nothing_tried_and_makes_no_file(tmp_path: Path) -> None:
    found = tried(tmp_path / "nowhere", "one").summary()
    assert (found.log, found.subgroups, found.searches) == (None, 0, 0)
    assert not (tmp_path / "nowhere").exists()


def test_a_look_counts_once_per_build(tmp_path: Path) -> None:
    for build in ("a", "a", "b"):
        record_look(tmp_path, "one", build, SUBGROUP, "recordings with accent North")
    record_look(tmp_path, "one", "a", NORMALIZER, "none")
    record_look(tmp_path, "other", "a", NORMALIZER, "basic")
    found = tried(tmp_path, "one").summary()
    assert (found.subgroups, found.normalisers) == (2, 1)
    assert found.log is not None


def test_searches_are_summed(tmp_path: Path) -> None:
    record_search(tmp_path, "one", "a", {}, 40, 3, 1)
    record_search(tmp_path, "one", "a", {}, 60, 2, None)
    found = tried(tmp_path, "one").summary()
    assert (found.searches, found.tested, found.found, found.confirmed) == (2, 100, 5, 1)


def test_an_earlier_summary_is_found_again_in_a_longer_log(tmp_path: Path) -> None:
    record_look(tmp_path, "one", "a", SUBGROUP, "first")
    record_search(tmp_path, "one", "a", {}, 40, 3, 1)
    earlier = tried(tmp_path, "one").summary()
    record_look(tmp_path, "one", "a", SUBGROUP, "second")
    record_search(tmp_path, "one", "a", {}, 7, 0, 0)
    assert tried(tmp_path, "one").summary(earlier) == earlier
    fewer = replace(earlier, subgroups=0)
    assert tried(tmp_path, "one").summary(fewer) != fewer


def test_the_summary_that_a_sha256_stands_for_is_found_again(tmp_path: Path) -> None:
    assert tried(tmp_path, "one").summary_of("0" * 64) is None
    record_search(tmp_path, "one", "a", {}, 40, 3, 1)
    record_look(tmp_path, "one", "a", SUBGROUP, "first")
    whole = tried(tmp_path, "one")
    assert whole.summary_of(whole.summary().sha256) == whole.summary()
    later = Tried(
        whole.log, {**whole.entries, "looks": [*whole.entries["looks"], ["9999", "b", SUBGROUP, "x"]]}
    )
    assert later.summary_of(whole.summary().sha256) == whole.summary()
    assert later.summary_of("0" * 64) is None


def test_two_folders_have_logs_of_their_own(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        record_look(tmp_path / folder, "one", "a", SUBGROUP, "first")
    logs = {tried(tmp_path / folder, "one").summary().log for folder in ("one", "two")}
    assert len(logs) == 2


def test_an_entry_cannot_be_rewritten(tmp_path: Path) -> None:
    record_look(tmp_path, "one", "a", SUBGROUP, "first")
    with (
        sqlite3.connect(tmp_path / FILE_NAME) as connection,
        pytest.raises(sqlite3.DatabaseError, match="added to"),
    ):
        connection.execute("UPDATE look_log SET what = 'nothing'")
