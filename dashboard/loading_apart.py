"""An answer worked out in a process of its own, so that those who click meanwhile keep processor and memory.

Used by `loading_kept.py` alone, for questions that read every text. The process runs this module, which knows no page
and no Streamlit; it gives way to the server's, and all of its memory goes back to the system when it ends. It answers one
question, keeps nothing, and ends as soon as nobody listens any more.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from dashboard.wording_controls import stopped_apart
from data.connecting import remove_spilled, share_memory
from data.errors import InputError
from data.store import open_build

_STEPS_BEHIND = 5
_SECONDS_BETWEEN_LOOKS = 0.2
T = TypeVar("T")


class NoAnswerError(InputError):
    """The process ended without an answer, as where the system took its memory; the sentence is for the reader."""


def of_build(answer: Callable[..., T], path: Path, *arguments: Any, **named: Any) -> T:
    """What a function of `answers` says of the build at a path."""
    return answer(open_build(path), *arguments, **named)


def answered_apart(work: Callable[[], T], while_waiting: Callable[[], None] = lambda: None) -> T:
    """What a function answers; what it raises is raised here, and what `while_waiting` raises ends the process.

    work: a function at the top of a module, which the process imports, or a partial one of it. Raises `NoAnswerError`.
    """
    # `multiprocessing` would run what Streamlit puts in the place of the main program: the front door with its pages.
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=answer, start_new_session=True
        )
        try:
            # What has ended reads nothing; how it ended is asked below. The pipe stays open: who listens holds it.
            with suppress(BrokenPipeError):
                _say(work, process.stdin)
            code = _ended(process, while_waiting)
        finally:
            process.kill()
            process.wait()
            remove_spilled(process.pid)
            with suppress(BrokenPipeError):
                _close(process.stdin)
        answer.seek(0)
        said = answer.read()
    if code != 0 or not said:
        raise NoAnswerError(stopped_apart(code))
    found, problem = pickle.loads(said)  # noqa: S301 - bytes of a process of this program
    if problem is not None:
        raise problem
    answered: T = found
    return answered


def _say(what: object, to: IO[bytes] | None) -> None:
    if to is not None:
        pickle.dump(what, to, pickle.HIGHEST_PROTOCOL)
        to.flush()


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        pipe.close()


def _ended(process: subprocess.Popen[bytes], while_waiting: Callable[[], None]) -> int:
    """How it ended: 0 with an answer; below 0 by a signal."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(_SECONDS_BETWEEN_LOOKS)
        while_waiting()


def _end_with(listener: int) -> None:
    """End this process when nobody holds the other end of the pipe any more, however that came about."""
    os.read(listener, 1)
    os._exit(1)


def main() -> None:
    """Read one question, answer it."""
    # What anything prints on the way goes where it can be read, and not among the bytes of the answer.
    answer_to = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.nice(_STEPS_BEHIND)
    share_memory()
    work = pickle.load(sys.stdin.buffer)  # noqa: S301 - bytes of the process that started this one
    threading.Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()
    try:
        found, problem = work(), None
    except Exception as raised:  # noqa: BLE001 - whoever asked gets it
        found, problem = None, raised
    _say((found, problem), answer_to)


if __name__ == "__main__":
    main()
