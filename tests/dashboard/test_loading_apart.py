"""Answers of a process of its own: the same as here, what it raises is raised, and who leaves ends it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from dashboard import loading_apart, loading_kept
from dashboard.build_key import BuildKey, key_of
from dashboard.commands.main import main
from dashboard.loading_apart import NoAnswerError, answered_apart
from dashboard.loading_kept import KEEPER, kept_apart
from data.errors import InputError
from data.home import builds
from data.store import open_build
from tests.dashboard import worked_apart

ROWS = "id,speaker,accent,ref,hyp_A\nu1,s1,us,a b,a b\nu2,s2,uk,a b,a c\nu3,s3,uk,d e,d\n"
N_UTTERANCES = 3
SECONDS_TO_END = 20
LEAVES = """
import os, sys
from functools import partial
from pathlib import Path
from dashboard.loading_apart import answered_apart
from tests.dashboard.worked_apart import work_for_ever
note = Path(sys.argv[1])
answered_apart(partial(work_for_ever, note), lambda: os._exit(0) if note.exists() else None)
"""


@pytest.fixture(autouse=True)
def _found_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process finds the modules of the tests wherever these are run from."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BuildKey:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    (tmp_path / "in.csv").write_text(ROWS)
    assert main(["ingest", str(tmp_path / "in.csv"), "--name", "x", "--format", "json"]) == 0
    return key_of(open_build(builds(tmp_path / "home" / "x")[0]).info)


def is_there(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    # One that has ended and that nobody has asked about is there by its number alone.
    return "State:\tZ" not in status


def test_the_answer_comes_from_another_process_that_gives_way() -> None:
    process, patience, answer = answered_apart(partial(worked_apart.where_and_how, 21))
    assert answer == 42
    assert process != os.getpid()
    assert patience > os.getpriority(os.PRIO_PROCESS, 0)


def test_what_it_wrote_when_memory_was_short_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    removed: list[int] = []
    monkeypatch.setattr(loading_apart, "remove_spilled", removed.append)
    process, _, _ = answered_apart(partial(worked_apart.where_and_how, 21))
    assert removed == [process]


def test_what_is_raised_there_is_raised_here() -> None:
    with pytest.raises(InputError, match="Not that one"):
        answered_apart(worked_apart.refuse)


def test_what_is_printed_there_is_no_part_of_the_answer() -> None:
    assert answered_apart(worked_apart.print_a_lot) == "answered"


def test_the_front_door_that_streamlit_puts_in_place_of_the_program_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, opened = tmp_path / "app.py", tmp_path / "opened"
    door.write_text(f"from pathlib import Path\nPath({str(opened)!r}).touch()\nraise SystemExit(1)\n")
    as_streamlit_does = ModuleType("__main__")
    as_streamlit_does.__file__ = str(door)
    monkeypatch.setitem(sys.modules, "__main__", as_streamlit_does)
    assert answered_apart(partial(worked_apart.where_and_how, 21))[2] == 42
    assert not opened.exists()


def test_nothing_that_is_asked_for_there_imports_streamlit() -> None:
    asked_for = tuple(f"dashboard.answers.{name}" for name in ("doctor", "sensitivity", "words"))
    assert not {"streamlit", "dashboard.loading"} & answered_apart(
        partial(worked_apart.modules_with, asked_for)
    )


@pytest.mark.parametrize("code", [0, 3])
def test_a_process_that_ends_without_an_answer_is_no_answer(code: int) -> None:
    with pytest.raises(NoAnswerError, match=rf"ended without an answer \(code {code}\)"):
        answered_apart(partial(worked_apart.end, code))


def test_who_asked_is_told_that_memory_ran_out_and_what_to_do() -> None:
    with pytest.raises(InputError, match=r"most likely because memory ran out.*select fewer recordings"):
        answered_apart(worked_apart.be_killed)


def test_who_leaves_ends_the_process(tmp_path: Path) -> None:
    note = tmp_path / "process"

    def leave() -> None:
        if note.exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answered_apart(partial(worked_apart.work_for_ever, note), leave)
    assert not is_there(int(note.read_text()))


def test_a_server_that_is_gone_leaves_no_process_behind(tmp_path: Path) -> None:
    note = tmp_path / "process"
    subprocess.run([sys.executable, "-c", LEAVES, str(note)], check=True, cwd=Path(__file__).parents[2])
    until = time.monotonic() + SECONDS_TO_END
    while is_there(int(note.read_text())) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_there(int(note.read_text()))


@pytest.mark.parametrize(("large_from", "is_apart"), [(N_UTTERANCES + 1, False), (N_UTTERANCES, True)])
def test_only_large_evaluations_are_worked_out_apart(
    key: BuildKey, monkeypatch: pytest.MonkeyPatch, large_from: int, is_apart: bool
) -> None:
    monkeypatch.setattr(loading_kept, "LARGE", large_from)
    KEEPER.forget()
    ask = kept_apart(worked_apart.of_a_build)
    first, again, other = ask(key, 21), ask(key, 21), ask(key, 4)
    assert (first[0] != os.getpid()) == is_apart
    assert first[1:] == (key.build, 42)
    assert again == first
    assert other[2] == 8
