"""What a search for slices costs, beside DivExplorer, pysubgroup and sliceline on the same rows.

Prints processor seconds, peak memory and the rank of each planted slice, then how the
product's cost grows with recordings, attributes and speakers. Every measurement is a process of
its own, the product's the best of several. Run it with `make bench`, or `python -m
benchmarks.slices` with BENCH_PYTHON naming the peers' Python.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.made_up_slices import PLANTED, made_up

PEERS = ("pysubgroup", "DivExplorer", "sliceline")
SUPPORT_SHARE = 0.002
BESIDE_PEERS = (100_000, 12, 2_000)
LARGE = (1_000_000, 12, 20_000)
GROWTH = (
    (10_000, 12, 200),
    (100_000, 12, 2_000),
    (1_000_000, 12, 20_000),
    (100_000, 6, 2_000),
    (100_000, 20, 2_000),
    (100_000, 12, 100),
    (1_000_000, 12, 100_000),
    (1_000_000, 20, 100_000),
)
TIMES_FASTER, MOST_MB, MOST_SECONDS = 50.0, 500.0, 5.0


def search_once(n_utterances: int, n_attributes: int, n_speakers: int, confirmed: bool) -> dict[str, Any]:
    """The product in this process: rows, search and, where asked for, the test on the other half."""
    from analysis.slices import SearchPlan, search
    from analysis.slices_confirm import confirm

    data, plan = made_up(n_utterances, n_attributes, n_speakers), SearchPlan()
    before = time.process_time()
    rows = data.rows()
    if confirmed:
        tested = confirm(rows, plan, 0, _quiet)
        ranked, n = [one.found.items for one in tested.tested if one.confirmed], tested.search.tested
    else:
        found = search(rows, plan, _quiet)
        ranked, n = [one.items for one in found.found], found.tested
    spent = time.process_time() - before
    ranks = [ranked.index(items) + 1 if items in ranked else None for items in PLANTED]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": spent, "peak_mb": peak, "returned": len(ranked), "ranks": ranks, "tested": n, "problem": None
    }  # fmt: skip


def product(shape: tuple[int, int, int], confirmed: bool, rounds: int) -> dict[str, Any]:
    """The fastest of several processes."""
    options = [*map(str, shape), *(["--confirmed"] if confirmed else [])]
    command = [sys.executable, "-m", "benchmarks.slices", "--one", *options]
    answers = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(rounds)
    ]
    return min(answers, key=lambda one: float(one["seconds"]))


def peer(python: str, name: str, arrays: Path, support: int, limit: float) -> dict[str, Any]:
    """A peer in its own process, ended when it takes longer than the limit."""
    script = Path(__file__).with_name("slices_peers.py")
    nothing = {"seconds": None, "peak_mb": None, "returned": 0, "ranks": [None] * len(PLANTED)}
    try:
        run = subprocess.run(
            [python, str(script), name, str(arrays), str(support)],
            check=False,
            capture_output=True,
            text=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return {**nothing, "problem": f"more than {limit:.0f} s"}
    if run.returncode:
        last = (run.stderr.strip().splitlines() or ["ended without a word"])[-1]
        return {**nothing, "problem": last[:80]}
    answer: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    return answer


def line(name: str, one: dict[str, Any]) -> str:
    """A measurement as a row."""
    if one["problem"]:
        return f"{name:<42} {one['problem']}"
    ranks = ", ".join("–" if rank is None else str(rank) for rank in one["ranks"])
    return f"{name:<42} {one['seconds']:8.2f} s {one['peak_mb']:8.0f} MB  {one['returned']:>6,} listed, planted at {ranks}"


def beside_peers(peer_python: str | None, rounds: int, limit: float) -> None:
    """The product and its peers on 100,000 recordings."""
    n, d, s = BESIDE_PEERS
    print(f"{n:,} recordings, {d} attributes, {s:,} speakers, depth 3")
    own = product(BESIDE_PEERS, confirmed=False, rounds=rounds)
    print(line("product, all speakers", own))
    print(
        line("product, found and confirmed", product(BESIDE_PEERS, confirmed=True, rounds=rounds)), flush=True
    )
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        arrays = Path(folder) / "rows.npz"
        made_up(n, d, s).save(arrays)
        for name in PEERS if peer_python else ():
            assert peer_python is not None
            found[name] = peer(peer_python, name, arrays, int(SUPPORT_SHARE * n), limit)
            print(line(name, found[name]), flush=True)
    _verdict(f"peak ≤ {MOST_MB:.0f} MB", own["peak_mb"] <= MOST_MB)
    able = {
        name: one["seconds"] for name, one in found.items() if one["seconds"] and None not in one["ranks"]
    }
    if able:
        fastest = min(able, key=lambda name: able[name])
        ratio = able[fastest] / own["seconds"]
        _verdict(
            f"{ratio:.0f}× faster than {fastest}, the fastest that names all planted slices; target "
            f"≥ {TIMES_FASTER:.0f}×",
            ratio >= TIMES_FASTER,
        )
    elif found:
        print("no peer named all planted slices")


def growth(rounds: int) -> None:
    """How the cost grows."""
    print("\nrecordings  attributes  speakers     tested   seconds   peak MB")
    for shape in GROWTH:
        one = product(shape, confirmed=False, rounds=rounds)
        n, d, s = shape
        print(
            f"{n:>10,} {d:>11} {s:>9,} {one['tested']:>10,} {one['seconds']:>9.2f} {one['peak_mb']:>9.0f}",
            flush=True,
        )
        if shape == LARGE:
            _verdict(f"{n:,} recordings in at most {MOST_SECONDS:.0f} s", one["seconds"] <= MOST_SECONDS)


def _verdict(what: str, holds: bool) -> None:
    print(f"{what}: {'met' if holds else 'not met'}", flush=True)


def _quiet(_step: str, _done: int, _total: int) -> None:
    pass


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds a peer may take")
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--one", type=int, nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--confirmed", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(search_once(*arguments.one, confirmed=arguments.confirmed)))
        return
    peer_python = os.environ.get("BENCH_PYTHON")
    if not peer_python:
        print("BENCH_PYTHON is not set: the product is timed without its peers.", file=sys.stderr)
    beside_peers(peer_python, arguments.rounds, arguments.limit)
    if not arguments.no_growth:
        growth(arguments.rounds)


if __name__ == "__main__":
    main()
