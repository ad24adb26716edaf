"""What a connection to a build writes when memory is short: nowhere near another's, and gone with whoever wrote it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import connecting
from data.connecting import connect, remove_spilled
from data.errors import InputError

ROWS = 400_000


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where connections write, in a test's own folder and with little memory."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(connecting._limits, "memory", "20MB")
    monkeypatch.setattr(connecting._limits, "threads", 1)
    connecting._swept_for.cache_clear()
    yield tmp_path / f"fairhearing-{os.getuid()}"
    connecting._swept_for.cache_clear()


def database(folder: Path, name: str) -> Path:
    path = folder / f"{name}.duckdb"
    duckdb.connect(str(path)).close()
    return path


def spilled(connection: Any, name: str) -> None:
    """More rows than there is memory for, each of which tells whose it is."""
    connection.execute(
        f"CREATE TEMP TABLE t AS SELECT i, md5(concat(i, '{name}')) AS m FROM range({ROWS}) AS r(i)"
    )


def test_two_connections_that_spill_at_once_read_their_own_rows(folders: Path, tmp_path: Path) -> None:
    paths = {name: database(tmp_path, name) for name in ("one", "other")}
    written, wrong = threading.Barrier(len(paths)), {}

    def work(name: str) -> None:
        connection = connect(paths[name])
        spilled(connection, name)
        written.wait(60)
        assert len(list(folders.iterdir())) == len(paths)
        [(n,)] = connection.execute(f"SELECT count(*) FROM t WHERE m <> md5(concat(i, '{name}'))").fetchall()
        written.wait(60)
        wrong[name] = n
        connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == {"one": 0, "other": 0}
    assert list(folders.iterdir()) == []


def test_what_was_spilled_goes_with_the_last_cursor(folders: Path, tmp_path: Path) -> None:
    connection = connect(database(tmp_path, "one"))
    cursor = connection.cursor()
    spilled(cursor, "one")
    del connection
    gc.collect()
    assert len(list(folders.iterdir())) == 1
    cursor.close()
    assert list(folders.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next(folders: Path, tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, running, other = (folders / name for name in (f"{ended.pid}-a", f"{os.getppid()}-a", "notes"))
    for folder in (left, running, other):
        folder.mkdir(parents=True)
        (folder / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"rows")
    connect(database(tmp_path, "one"))
    assert sorted(folders.iterdir()) == sorted([running, other])


def test_a_parent_removes_what_its_process_left(folders: Path) -> None:
    (folders / "4000001-a").mkdir(parents=True)
    (folders / "4000002-a").mkdir()
    remove_spilled(4000001)
    assert [folder.name for folder in folders.iterdir()] == ["4000002-a"]


def test_a_database_that_was_cut_short_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = database(tmp_path, "cut")
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises(
        InputError, match=r"cannot be opened as an evaluation.* cut short.* make it again"
    ) as caught:
        connect(path)
    assert str(caught.value).count(str(path)) == 1


@pytest.mark.parametrize(
    ("found", "advice"),
    [
        ('IO Error: Cannot open file "x": Permission denied', "let whoever runs this read"),
        (
            'IO Error: Could not set lock on file "x": Conflicting lock is held',
            "try again when that has ended",
        ),
    ],
)
def test_a_database_that_may_not_be_read_or_is_written_is_not_said_to_be_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str, advice: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise duckdb.IOException(found)

    monkeypatch.setattr(duckdb, "connect", refuse)
    with pytest.raises(InputError, match=advice) as caught:
        connect(tmp_path / "x")
    assert "cut short" not in str(caught.value)
    assert "remove it" not in str(caught.value)
