"""A build that cannot be written: one sentence, everything as it was before, and nothing left behind."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from data.errors import InputError
from data.home import builds, current_build, evaluation_names, find_build, remove_build, sweep_all
from data.ingest import Ingested
from data.lock import locked
from data.publishing import make_current, prepare_home, write_whole
from data.sidecar import Sidecar
from tests.data.made_up import SMALL, Make

BUILD = "0123456789ab"
SIDECAR = Sidecar("2026-01-01T00:00:00Z")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}


def raising(error: BaseException) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(b"half a build")
        path.with_name(f"{path.name}.wal").write_bytes(b"")
        path.with_name(f"{path.name}.tmp").mkdir()
        raise error

    return write


FAILURES: dict[str, tuple[BaseException, type[BaseException], str]] = {
    "disk full": (OSError(errno.ENOSPC, "No space left on device"), InputError, "the disk is full"),
    "quota used up": (OSError(errno.EDQUOT, "Disk quota exceeded"), InputError, "the disk is full"),
    "disk full, as the database says it": (
        duckdb.IOException('IO Error: Could not write file "x": No space left on device'),
        InputError,
        "the disk is full",
    ),
    "read-only": (OSError(errno.EROFS, "Read-only file system"), InputError, "cannot be written: Read-only"),
    "a disk that fails": (
        duckdb.IOException("IO Error: Could not read from file"),
        InputError,
        "cannot be written: IO Error",
    ),
    "Ctrl-C": (KeyboardInterrupt(), KeyboardInterrupt, "^$"),
    "Ctrl-C in a query": (RuntimeError("Query interrupted"), KeyboardInterrupt, "^$"),
    "a mistake of ours": (RuntimeError("never thought of"), RuntimeError, "never thought of"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_leaves_what_was_there(make: Make, home: Path, case: str) -> None:
    error, expected, sentence = FAILURES[case]
    first = make()
    before = files(home / "small")
    with pytest.raises(expected, match=sentence) as failure:
        write_whole(home / "small", BUILD, SIDECAR, raising(error))
    assert "\n" not in str(failure.value)
    assert files(home / "small") == before
    assert current_build(home / "small") == first.build


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_of_the_first_build_leaves_no_folder(home: Path, case: str) -> None:
    error, expected, _ = FAILURES[case]
    with pytest.raises(expected):
        write_whole(home / "new", BUILD, SIDECAR, raising(error))
    assert not (home / "new").exists()


@pytest.mark.parametrize("step", ["sync", "replace_text", "point_to"])
def test_a_failure_of_the_publishing_leaves_what_was_there(
    make: Make, home: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    make()
    before = files(home / "small")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(f"data.home.{step}", fail)
    with pytest.raises(InputError, match="the disk is full"):
        write_whole(home / "small", BUILD, SIDECAR, lambda path: path.write_text("whole"))  # type: ignore[arg-type, return-value]
    assert files(home / "small") == before


def test_another_process_that_does_not_end_is_named(
    make: Make, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    monkeypatch.setattr("data.lock.LOCK_WAIT_S", 0.1)
    before = files(home / "small")
    with (
        locked(home / "small"),
        pytest.raises(InputError, match=r"Another process \(process \d+\) is writing small"),
    ):
        make(normalizer="none")
    assert files(home / "small") == before


def test_a_home_that_cannot_be_written_is_refused_before_anything_is_read(
    make: Make, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.publishing.os.access", lambda *_: False)
    monkeypatch.setattr("data.ingest.load_file", lambda *_: pytest.fail("the files were read first"))
    with pytest.raises(InputError, match=r"cannot be written: it may not be changed.* --home DIR"):
        make()
    assert not home.exists()


@pytest.mark.parametrize("below", ["", "more/below"])
def test_a_home_that_is_a_file_is_refused(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=f"{tmp_path / 'file'} is a file, and evaluations live in a folder"):
        prepare_home(tmp_path / "file" / below)


def test_leftovers_of_killed_ingests_are_swept_at_the_next_start(
    make: Make, home: Path, tmp_path: Path
) -> None:
    make()
    before = files(home / "small")
    for name in (f".writing-{BUILD}-1.duckdb", f".writing-{BUILD}-1.duckdb.wal", f"{BUILD}.json"):
        (home / "small" / name).touch()
    (home / "small" / f".writing-{BUILD}-1.duckdb.tmp").mkdir()
    (home / "small" / "notes.json").touch()
    (home / "never-made").mkdir()
    (home / "never-made" / "lock").touch()
    prepare_home(home)
    assert files(home / "small") == {**before, "notes.json": b""}
    assert not (home / "never-made").exists()


def test_an_ingest_that_is_under_way_is_not_swept(make: Make, home: Path) -> None:
    make()
    with locked(home / "small"):
        (home / "small" / ".writing-1.duckdb").touch()
        sweep_all(home)
        assert (home / "small" / ".writing-1.duckdb").exists()
    sweep_all(home)
    assert not (home / "small" / ".writing-1.duckdb").exists()


def test_a_build_that_another_process_made_meanwhile_is_taken(make: Make, home: Path) -> None:
    first, second = make(), make(normalizer="none")
    path = write_whole(home / "small", first.build, SIDECAR, lambda _: pytest.fail("it was written again"))
    assert (path, current_build(home / "small")) == (first.path, first.build)
    assert make_current(home / "small", BUILD, SIDECAR) is None
    assert make_current(home / "small", second.build, SIDECAR) == second.path


def test_a_build_that_is_ingested_again_keeps_the_date_of_its_first_ingest(make: Make, home: Path) -> None:
    first = make()
    replace(Sidecar.read(first.path), created=SIDECAR.created).write(first.path)
    again = make(note="handed in once more")
    kept = Sidecar.read(again.path)
    assert (again.build, again.is_new, kept.created) == (first.build, False, SIDECAR.created)
    assert kept.note == "handed in once more"


def made(make: Make) -> tuple[Ingested, Ingested]:
    return make(), make(SMALL + "\n")


def test_one_build_of_several_is_removed(make: Make, home: Path) -> None:
    first, second = made(make)
    assert remove_build(home / "small", first.build) == second.build
    assert [path.stem for path in builds(home / "small")] == [second.build]
    with pytest.raises(InputError, match=f"{second.build} is the only build of small"):
        remove_build(home / "small", second.build)


def test_the_newest_other_build_takes_the_place_of_the_current_one(make: Make, home: Path) -> None:
    first, second = made(make)
    assert remove_build(home / "small", second.build) == first.build
    assert find_build(home, "small") == first.path


def test_an_evaluations_folder_is_a_path_to_its_current_build(make: Make, home: Path) -> None:
    first, second = made(make)
    assert find_build(home, str(home / "small")) == second.path
    assert find_build(home, str(first.path)) == first.path
    assert evaluation_names(home) == ["small"]
