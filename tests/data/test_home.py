"""The folder of an evaluation: whatever happens while a build is written, the older one stays."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.home import builds, current_build, locked, remove_evaluation
from data.store import find_evaluation, open_build
from tests.data.made_up import ROOT, SMALL, Make

# Dies in the middle of writing a build, as after a power cut.
DYING = """
import os, signal, sys
from pathlib import Path
import data.marginals
from data.ingest import ingest
from data.ingest_options import IngestOptions
data.marginals.write_marginals = lambda connection: os.kill(os.getpid(), signal.SIGKILL)
ingest(IngestOptions("small", (Path(sys.argv[1]),)), Path(sys.argv[2]))
"""


def test_a_killed_ingest_leaves_the_older_build(make: Make, home: Path, tmp_path: Path) -> None:
    first = make()
    (tmp_path / "new.csv").write_text(SMALL + "u6,s3,,clean,,a,a\n")
    command = [sys.executable, "-c", DYING, str(tmp_path / "new.csv"), str(home)]
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert any(path.name.startswith(".writing-") for path in (home / "small").iterdir())
    assert find_evaluation(home, "small").build == first.build

    make(SMALL + "u7,s3,,clean,,a,a\n")
    assert not any(path.name.startswith(".writing-") for path in (home / "small").iterdir())


def test_a_failing_write_leaves_nothing(make: Make, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make()

    def fail(_connection: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("data.marginals.write_marginals", fail)
    before = sorted(path.name for path in (home / "small").iterdir())
    with pytest.raises(RuntimeError):
        make(normalizer="none")
    assert sorted(path.name for path in (home / "small").iterdir()) == before
    assert current_build(home / "small") == first.build


def test_the_last_three_builds_are_kept(make: Make, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.marginals.write_marginals", lambda _connection: None)
    made = [make(SMALL + "\n" * count).build for count in range(5)]
    assert {path.stem for path in builds(home / "small")} == {*made[2:]}
    assert current_build(home / "small") == made[-1]


def test_the_build_before_is_kept_whatever_a_killed_ingest_left(make: Make, home: Path) -> None:
    first = make()
    for number in range(4):
        # Whole builds that never became the current one.
        (home / "small" / f"{number:012x}.duckdb").write_bytes(b"")
    second = make(normalizer="none")
    assert current_build(home / "small") == second.build
    assert {first.build, second.build} < {path.stem for path in builds(home / "small")}
    assert len(builds(home / "small")) == 3


def test_an_old_build_becomes_the_current_one_again(make: Make, home: Path) -> None:
    first, second = make(), make(normalizer="none")
    assert current_build(home / "small") == second.build
    assert make().is_new is False
    assert current_build(home / "small") == first.build


def test_a_build_that_is_open_can_be_replaced_and_removed(make: Make, home: Path) -> None:
    build = open_build(make().path)
    make(normalizer="none")
    remove_evaluation(home / "small")
    assert build.cursor().execute("SELECT count(*) FROM utterance").fetchall() == [(5,)]
    assert not (home / "small").exists()


def hold(folder: Path, ready: object, seconds: float) -> None:
    with locked(folder):
        ready.set()  # type: ignore[attr-defined]
        time.sleep(seconds)


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=hold, args=(tmp_path / "x", ready, 0.5))
    holder.start()
    assert ready.wait(30)
    start = time.monotonic()
    with locked(tmp_path / "x"):
        assert time.monotonic() - start > 0.2
    holder.join()


def test_a_killed_writer_lets_go_of_the_lock(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=hold, args=(tmp_path / "x", ready, 600))
    holder.start()
    assert ready.wait(30)
    assert holder.pid is not None
    os.kill(holder.pid, signal.SIGKILL)
    with locked(tmp_path / "x"):
        holder.join()
