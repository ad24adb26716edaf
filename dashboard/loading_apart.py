"""An answer worked out in a process of its own, so that those who click meanwhile keep processor and memory.

Used by `loading_kept.py` alone, for questions that read every text. The process gives way to the
server's, and all of its memory goes back to the system when it ends. It answers one question and keeps nothing.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_STEPS_BEHIND = 5
_SECONDS_BETWEEN_LOOKS = 0.2
# A process that is forked from one with threads may wait for ever for a lock that one of them held.
_PROCESSES = multiprocessing.get_context("spawn")


class NoAnswerError(RuntimeError):
    """The process ended without an answer, as where the system took its memory."""


def answered_apart(
    module: str, name: str, arguments: tuple[Any, ...], while_waiting: Callable[[], None] = lambda: None
) -> Any:
    """What the function behind a kept one answers; what it raises is raised here, and what `while_waiting` raises ends the process."""
    here, there = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_answer, args=(there, module, name, arguments), daemon=True)
    process.start()
    there.close()
    try:
        while not here.poll(_SECONDS_BETWEEN_LOOKS):
            while_waiting()
        found, problem = here.recv()
    except EOFError:
        raise NoAnswerError(f"The process that worked out {module}.{name} ended without an answer.") from None
    finally:
        process.terminate()
        process.join()
        here.close()
    if problem is not None:
        raise problem
    return found


def _answer(answer_to: Connection, module: str, name: str, arguments: tuple[Any, ...]) -> None:
    from data.connecting import share_memory

    os.nice(_STEPS_BEHIND)
    share_memory()
    try:
        # The name is that of the function that keeps; here nothing is kept.
        found, problem = getattr(importlib.import_module(module), name).__wrapped__(*arguments), None
    except Exception as raised:  # noqa: BLE001 - whoever asked gets it
        found, problem = None, raised
    answer_to.send((found, problem))
