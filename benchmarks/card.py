"""What a card costs: its evidence, and each format, for an evaluation of 49 groups and a heatmap of 96 cells.

Prints wall-clock and processor seconds, bytes, and the peak memory of the process that makes all formats, one
after the other. Run it with `make bench`, or `python -m benchmarks.card [UTTERANCES]`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from analysis.card.content import Card, compose
from benchmarks.made_up_evaluation import made_up_rows, write_made_up_build
from dashboard.answers.card import CardQuestion, card_evidence
from dashboard.exports.card_bundle import FORMATS, card_files
from data.store import open_build

UTTERANCES, FEWEST = 100_000, 60_000
"""Fewer utterances would be counted again under other normalisers, and these have no texts."""
MOST_SECONDS, MOST_MB = 5.0, 600.0
T = TypeVar("T")


def main() -> int:
    """Make the evaluation here and the card in a process of its own, so that it does not pay for the data."""
    n_utterances = max(FEWEST, int(sys.argv[1]) if len(sys.argv) > 1 else UTTERANCES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up" / "0123456789ab.duckdb"
        path.parent.mkdir()
        write_made_up_build(path, made_up_rows(n_utterances))
        print(f"{n_utterances:,} utterances")
        return subprocess.run(
            [sys.executable, "-m", "benchmarks.card", "--build", str(path)], check=False
        ).returncode


def measure(path: Path) -> int:
    """Print what each step costs; 1 where all formats together take longer, or more memory, than they may."""
    build = open_build(path)
    evidence = _timed("evidence", lambda: card_evidence(build, CardQuestion()), lambda _: "")
    made: Card = _timed("content", lambda: compose(evidence), _groups)
    begun = time.process_time()
    for name, (_, write) in FORMATS.items():
        _timed(name, lambda write=write: write(made), lambda content: f"{len(content):,} bytes")  # type: ignore[misc]
    seconds = time.process_time() - begun
    _timed(
        "all, once more", lambda: card_files(made), lambda files: f"{sum(map(len, files.values())):,} bytes"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"all formats {seconds:.1f} s CPU (target {MOST_SECONDS:g}), peak {peak:,.0f} MB (target {MOST_MB:g})"
    )
    return int(seconds > MOST_SECONDS or peak > MOST_MB)


def _groups(card: Card) -> str:
    evidence = card.evidence
    cells = len(evidence.grid.rows) if evidence.grid else 0
    return f"{sum(len(one.rows) for one in evidence.groupings):,} groups in tables, {cells:,} in the heatmap"


def _timed(name: str, make: Callable[[], T], about: Callable[[T], str]) -> T:
    wall, spent = time.perf_counter(), time.process_time()
    made = make()
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    print(f"{name:<16}{wall:7.2f} s {spent:7.2f} s CPU   {about(made)}", flush=True)
    return made


if __name__ == "__main__":
    sys.exit(measure(Path(sys.argv[2])) if sys.argv[1:2] == ["--build"] else main())
