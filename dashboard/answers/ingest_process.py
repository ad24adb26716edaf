"""Make an evaluation, or add a system to one, in a process of its own, and hear of it as it goes.

Runs `fairhearing ingest`, `add-system` or `sample` with `--progress json`, so that a page and a terminal make the same
build, and nothing of a large file stays in the server. Whoever stops listening stops the
process; what was there before stays as it was. It draws nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import IO, Any

from dashboard.answers.ingest_requests import Request
from data.errors import Fault

SECONDS_BETWEEN = 0.4
"""At least so often the listener hears something, and can stop."""
_SECONDS_TO_STOP = 3


@dataclass(frozen=True)
class Step:
    """How far it has come."""

    step: str
    done: int
    total: int
    remaining_s: float | None = None
    """None while nothing can be said."""
    rate_per_s: float | None = None
    """Units of `done` a second; None while nothing can be said."""


@dataclass(frozen=True)
class Made:
    """A build that is there now."""

    name: str
    build: str
    is_new: bool
    """False where this very build was there already."""


@dataclass(frozen=True)
class Refused:
    """Why there is no new build. Nothing was written."""

    sentence: str
    """"" where there are faults."""
    faults: tuple[Fault, ...] = ()
    n_faults: int = 0
    """All faults there are; more than `faults` where there are very many."""


def run_ingest(request: Request) -> Generator[Step | Made | Refused, None, None]:
    """Steps as they come, several a second, then the outcome. Closing the iterator stops the process."""
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.commands.main", *request.arguments()],
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            said = _Listener(process.stderr)
            yield from said.steps()
            code = process.wait()
            answer.seek(0)
            yield _outcome(code, answer.read(), said)
        finally:
            _stop(process)


class _Listener:
    """Reads what the process says in a thread, so that a page can be redrawn while nothing is said."""

    def __init__(self, stream: IO[str] | None) -> None:
        self.failure: dict[str, Any] | None = None
        self.last_words = ""
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: IO[str] | None) -> None:
        with contextlib.suppress(ValueError, OSError):
            for line in stream or ():
                self._lines.put(line)
        self._lines.put(None)

    def steps(self) -> Iterator[Step]:
        """Each step that is reported; the last one again where nothing new is."""
        latest = Step("reading", 0, 0)
        while True:
            with contextlib.suppress(queue.Empty):
                line = self._lines.get(timeout=SECONDS_BETWEEN)
                if line is None:
                    return
                latest = self._understood(line) or latest
            yield latest

    def _understood(self, line: str) -> Step | None:
        try:
            said = json.loads(line)
            if "error" in said:
                self.failure = said
                return None
            remaining, rate = said.get("remaining_s"), said.get("rate_per_s")
            return Step(
                str(said["step"]),
                int(said["done"]),
                int(said["total"]),
                None if remaining is None else float(remaining),
                None if rate is None else float(rate),
            )
        except (ValueError, KeyError, TypeError):
            self.last_words = line.strip() or self.last_words
            return None


def _outcome(code: int, answer: bytes, said: _Listener) -> Made | Refused:
    if code == 0:
        document = json.loads(answer)
        return Made(document["evaluation"], document["build"], document["is_new"])
    if said.failure is not None:
        faults = tuple(Fault(**fault) for fault in said.failure["faults"])
        return Refused("" if faults else said.failure["error"], faults, said.failure["n_faults"])
    if code < 0:
        reason = "perhaps because memory ran out" if code == -signal.SIGKILL else f"by signal {-code}"
        return Refused(f"The ingest was stopped from outside, {reason}. Nothing was written.")
    return Refused(f"The ingest ended without an answer. {said.last_words}".rstrip())


def _stop(process: subprocess.Popen[str]) -> None:
    """End the process and those it started; one that has ended is left alone."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            # Asked first, it takes its unfinished file with it.
            os.killpg(process.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_TO_STOP)
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            process.stderr.close()
