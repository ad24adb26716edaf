"""What the 768-cell table costs: rates, intervals by speaker, comparisons and verdicts, beside plain rates.

Prints processor milliseconds for the product from a build's stored results and from its
recordings, and for pandas and Fairlearn, which give rates without any interval. All take
turns within each round, each repeating for a fifth of a second, and must find the same rates
before any time is printed; the product's first call of a round, after the others have used the
processor's caches, has a row of its own. Run it
with `make bench`, or `python -m benchmarks.heatmap` with BENCH_PYTHON naming the peers' Python.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from analysis.selection import OneOf
from analysis.selection_sql import to_sql
from benchmarks.made_up_evaluation import SHAPES, made_up_rows, write_made_up_build
from dashboard.answers.rates import RatesQuestion, rates
from data.store import open_build

BY = ("accent", "noise", "device")
PEERS = {"fairlearn MetricFrame": 500.0, "pandas, text": 10.0, "pandas, categories": None}
ROUND_MS = 200.0
FIRST = "the same, first call after other work"
STORED, RECORDED = "product, stored, with intervals", "product, any selection, with intervals"
PLAIN = "DuckDB, any selection, rates alone"
RECORDED_TARGET_MS = {1_000_000: 600.0, 10_000_000: 10_000.0}
Timed = Callable[[], tuple[float, float]]


class Peer:
    """A running process of the peers' environment."""

    def __init__(self, python: str, arrays: Path) -> None:
        script = Path(__file__).with_name("heatmap_peers.py")
        self._process = subprocess.Popen(
            [python, str(script), str(arrays)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._read()

    def time(self, name: str) -> tuple[float, float]:
        """Processor milliseconds and the sum of all rates."""
        assert self._process.stdin is not None
        self._process.stdin.write(name + "\n")
        self._process.stdin.flush()
        milliseconds, checksum = self._read().split()
        return float(milliseconds), float(checksum)

    def close(self) -> None:
        """Let the process end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("The peers' process ended; is its environment whole? `make bench` makes it.")
        return line


def product(build_path: Path, question: RatesQuestion) -> Timed:
    """A timed run of the product's own answer."""
    build = open_build(build_path)

    def run() -> tuple[float, float]:
        start = time.process_time()
        answer = rates(build, question)
        spent = 1000 * (time.process_time() - start)
        return spent, float(np.nansum(answer.table.statistics.rate))

    return run


def plain_query(build_path: Path, selected: OneOf) -> Timed:
    """A timed run of the shortest query that gives the same rates, without intervals or comparisons."""
    build = open_build(build_path)
    names = ", ".join(f'u."{name}"' for name in BY)
    predicate, values = to_sql(selected)
    sql = (
        "SELECT sum(s.substitutions + s.deletions + s.insertions) / sum(s.n_words) AS rate\n"
        f"FROM (SELECT * FROM utterance WHERE {predicate}) AS u JOIN score AS s ON s.row_id = u.row_id\n"
        f"WHERE s.system = 0 GROUP BY {names}"
    )

    def run() -> tuple[float, float]:
        start = time.process_time()
        found = build.cursor().execute(sql, values).fetchnumpy()["rate"]
        return 1000 * (time.process_time() - start), float(np.nansum(found))

    return run


def turn(run: Timed) -> tuple[list[float], float]:
    """Milliseconds of each call until the turn is over, at least one, and the sum of all rates."""
    spent, checksum = [], 0.0
    while sum(spent) < ROUND_MS:
        milliseconds, checksum = run()
        spent.append(milliseconds)
    return spent, checksum


def measure(n_utterances: int, rounds: int, folder: Path, peer_python: str | None) -> dict[str, float]:
    """Median processor milliseconds by name, product and peers in turn."""
    rows = made_up_rows(n_utterances)
    path, arrays = folder / f"{n_utterances}.duckdb", folder / f"{n_utterances}.npz"
    start = time.process_time()
    write_made_up_build(path, rows)
    built = time.process_time() - start
    np.savez(arrays, **{name: rows[name].to_numpy() for name in (*BY, "errors", "n_words")})
    everyone = OneOf("gender", tuple(f"gender {i}" for i in range(SHAPES["gender"][0])))
    contenders: dict[str, Timed] = {
        STORED: product(path, RatesQuestion(by=BY)),
        RECORDED: product(path, RatesQuestion(by=BY, where=everyone)),
        PLAIN: plain_query(path, everyone),
    }
    peer = Peer(peer_python, arrays) if peer_python else None
    if peer:
        contenders |= {name: (lambda name=name: peer.time(name)) for name in PEERS}
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        turns = {name: turn(run) for name, run in contenders.items()}
        checks = [checksum for _, checksum in turns.values()]
        assert np.allclose(checks, checks[0], rtol=1e-9), f"the rates differ: {checks}"
        # The first round fills caches on every side and is not counted.
        if number:
            for name, (spent, _) in turns.items():
                found[name].append(statistics.median(spent))
            found.setdefault(FIRST, []).append(turns[STORED][0][0])
    if peer:
        peer.close()
    print(f"{n_utterances:>10,} utterances: build with stored results {built:.1f} s", file=sys.stderr)
    return {name: statistics.median(times) for name, times in found.items()}


def report(results: dict[int, dict[str, float]]) -> None:
    """Print the table, the ratios with their targets, and how the cost grows."""
    sizes = list(results)
    names = list(results[sizes[0]])
    print(f"\n{'processor ms, 768 cells':42}" + "".join(f"{size:>14,}" for size in sizes))
    for name in names:
        print(f"{name:42}" + "".join(f"{results[size][name]:14.2f}" for size in sizes))
    largest = results[sizes[-1]]
    print(f"{RECORDED} / {PLAIN} at {sizes[-1]:,}: {largest[RECORDED] / largest[PLAIN]:.1f}×")
    for size, target in RECORDED_TARGET_MS.items():
        if size in results:
            verdict = "met" if results[size][RECORDED] <= target else "not met"
            print(f"{RECORDED} at {size:,}: target ≤ {target:,.0f} ms: {verdict}")
    for name, target in PEERS.items():
        if name not in largest:
            continue
        ratio = largest[name] / largest[STORED]
        verdict = (
            "" if target is None else f"   target ≥ {target:g}×: {'met' if ratio >= target else 'not met'}"
        )
        print(f"{name} / {STORED} at {sizes[-1]:,}: {ratio:,.0f}×{verdict}")
    growth = largest[STORED] / results[sizes[0]][STORED]
    print(f"{STORED}: {growth:.2f}× from {sizes[0]:,} to {sizes[-1]:,} utterances")


def main() -> None:
    """Read the options, measure each size, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--utterances", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    peer_python = os.environ.get("BENCH_PYTHON")
    if not peer_python:
        print("BENCH_PYTHON is not set: the product is timed without its peers.", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        results = {
            size: measure(size, arguments.rounds, Path(folder), peer_python) for size in arguments.utterances
        }
    report(results)


if __name__ == "__main__":
    main()
