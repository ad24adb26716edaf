"""How far long work has come, on standard error: a bar on a terminal, JSON lines for programs, else nothing.

Standard output stays free for the answer. For programs a refusal is such a line too, with
its faults as data.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import pairwise

Progress = Callable[[str, int, int], None]

MOST_FAULTS_FOR_PROGRAMS = 5_000
_BAR_WIDTH = 30
_SECONDS_BETWEEN = 0.1


def add_progress_option(parser: argparse.ArgumentParser) -> None:
    """--progress json."""
    parser.add_argument(
        "--progress", choices=("json",), help="report progress on standard error as one JSON object a line"
    )


def progress_reporter(mode: str | None) -> Progress:
    """The function to call with a step, the units done and the units in all."""
    if mode == "json":
        return _write_json
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


def _write_json(step: str, done: int, total: int) -> None:
    print(json.dumps({"step": step, "done": done, "total": total}), file=sys.stderr, flush=True)


class _Bar:
    """One line that is written over and over."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if 0 < done < total and now - self._last < _SECONDS_BETWEEN:
            return
        self._last = now
        share = done / total if total else 1.0
        filled = round(share * _BAR_WIDTH)
        bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
        ending = "\r\x1b[K" if done >= total else ""
        print(f"\r{step:<8} {bar} {done:,}/{total:,}{ending}", end="", file=sys.stderr, flush=True)
