"""How far long work has come, on standard error: a bar on a terminal, JSON lines for programs, else nothing.

Standard output stays free for the answer. For programs a refusal is such a line too, with
its faults as data.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import pairwise

from dashboard.wording_time import clock_time

Progress = Callable[[str, int, int], None]

MOST_FAULTS_FOR_PROGRAMS = 5_000
_BAR_WIDTH = 30
_SECONDS_BETWEEN = 0.1


def add_progress_option(parser: argparse.ArgumentParser) -> None:
    """--progress json."""
    parser.add_argument(
        "--progress", choices=("json",), help="report progress on standard error as one JSON object a line"
    )


def let_be_stopped() -> None:
    """Hear an interruption again: a shell that starts a process in the background makes it deaf to them."""
    on_main_thread = threading.current_thread() is threading.main_thread()
    if on_main_thread and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def progress_reporter(mode: str | None) -> Progress:
    """The function to call with a step, the units done and the units in all."""
    if mode == "json":
        return _Lines()
    return _Bar() if sys.stderr.isatty() else _say_nothing


def is_for_programs(arguments: Sequence[str]) -> bool:
    """Whether a command line asks for progress as JSON; it may be one that could not be parsed."""
    return "--progress=json" in arguments or ("--progress", "json") in pairwise(arguments)


def write_refusal(error: Exception, sentence: str) -> None:
    """One line with the sentence and every fault: `error`, `faults` (file, row, field, what, advice), `n_faults`."""
    faults = getattr(error, "faults", ())
    plain = [asdict(fault) for fault in faults[:MOST_FAULTS_FOR_PROGRAMS]]
    print(
        json.dumps({"error": sentence, "faults": plain, "n_faults": len(faults)}), file=sys.stderr, flush=True
    )


def _say_nothing(_step: str, _done: int, _total: int) -> None:
    pass


class Pace:
    """How fast a step goes, from when it was first heard of."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._step = ""
        self._begun = 0.0
        self._before = 0

    def of(self, step: str, done: int, total: int) -> tuple[float, float] | None:
        """Units a second and the seconds that remain at that rate; None while nothing can be said."""
        now = self._clock()
        if step != self._step:
            self._step, self._begun, self._before = step, now, done
        elapsed = now - self._begun
        if elapsed <= 0 or done <= self._before or total <= 1:
            return None
        rate = (done - self._before) / elapsed
        return rate, max(total - done, 0) / rate


class _Lines:
    """One JSON object a line: `step`, `done`, `total`, and `rate_per_s` and `remaining_s`, null while unknown."""

    def __init__(self) -> None:
        self._pace = Pace()

    def __call__(self, step: str, done: int, total: int) -> None:
        rate, remaining = self._pace.of(step, done, total) or (None, None)
        said = {
            "step": step,
            "done": done,
            "total": total,
            "rate_per_s": None if rate is None else round(rate, 1),
            "remaining_s": None if remaining is None else round(remaining, 1),
        }
        print(json.dumps(said), file=sys.stderr, flush=True)


class _Bar:
    """One line that is written over and over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = 0.0
        self._pace = Pace(clock)

    def __call__(self, step: str, done: int, total: int) -> None:
        pace = self._pace.of(step, done, total)
        now = self._clock()
        if 0 < done < total and now - self._last < _SECONDS_BETWEEN:
            return
        self._last = now
        share = done / total if total else 1.0
        filled = round(share * _BAR_WIDTH)
        bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
        how_fast = "" if pace is None else f"  {pace[0]:,.0f} a second, {clock_time(pace[1])} left"
        ending = "\r\x1b[K" if done >= total else ""
        line = f"\r{step:<8} {bar} {done:,}/{total:,}{how_fast}\x1b[K{ending}"
        print(line, end="", file=sys.stderr, flush=True)
