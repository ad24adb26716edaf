"""What tests have worked out in a process of its own. It imports no page, as nothing does that is asked for there."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from pathlib import Path

from data.errors import InputError
from data.store import Build


def where_and_how(number: int) -> tuple[int, int, int]:
    """The process, how patient it is, and the answer."""
    return os.getpid(), os.getpriority(os.PRIO_PROCESS, 0), 2 * number


def of_a_build(build: Build, number: int) -> tuple[int, str, int]:
    """The process, the build it opened, and the answer."""
    return os.getpid(), build.info.build, 2 * number


def modules_with(imported: tuple[str, ...]) -> set[str]:
    """All modules that are there once some are imported."""
    for name in imported:
        importlib.import_module(name)
    return set(sys.modules)


def print_a_lot() -> str:
    """More than a pipe holds, on the way to the answer."""
    print("said on the way" * 10_000)
    return "answered"


def refuse() -> None:
    """What cannot be answered."""
    raise InputError("Not that one.")


def end(code: int) -> None:
    """No answer."""
    os._exit(code)


def be_killed() -> None:
    """As the system kills what takes its memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def work_for_ever(note: Path) -> None:
    """Note which process it is, and never answer."""
    written = note.with_suffix(".writing")
    written.write_text(str(os.getpid()))
    written.rename(note)
    while True:
        time.sleep(1)
