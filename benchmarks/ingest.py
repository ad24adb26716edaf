"""What a whole ingest costs: time by stage from 10,000 to 1,000,000 utterances, memory, and the ratio to its peers.

Each size is made here from a seed, two systems and eight attributes, and ingested by a
process of its own, as a user would, with everything a build has. The memory is that of all
its processes together, looked at 20 times a second. The peers are the package
whisper-normalizer and jiwer, given the same texts, as many as `--peer-pairs` says, before
and after the largest ingest; their time is scaled to all pairs. Run it with `python -m
benchmarks.ingest`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from whisper_normalizer.english import EnglishTextNormalizer

from benchmarks.made_up_evaluation import SHAPES, made_up_rows
from benchmarks.normalising import AND_AND_NUMBERS, CONTRACTED, DIGITS, FREQUENT, OTHERS, SYLLABLES

SIZES = (10_000, 100_000, 1_000_000)
TARGET_RATIO = 8.0
TARGET_MB = 2_048
N_WORDS = 14
RARE_WORDS = 20_000
STAGES = {
    "reading": ("data.ingest.load_recordings",),
    "checking": ("data.ingest.check_recordings",),
    "attributes": ("data.ingest.attribute_columns", "data.ingest.with_content_attributes"),
    "normalising and aligning": ("data.ingest.score_texts",),
    "writing": ("data.build._write_utterances", "data.build._write_scores"),
    "marginals": ("data.marginals.write_marginals",),
}
"""The functions whose time is that of a stage."""
_SECONDS_BETWEEN = 0.05


def made(path: Path, n: int, seed: int = 7) -> None:
    """A CSV of n utterances: id, speaker, eight attributes, a reference and the hypotheses of two systems."""
    rows = made_up_rows(n, seed)
    rng = np.random.default_rng(seed)
    columns = {
        "utterance_id": pa.array([f"utterance-{place:07}" for place in range(n)]),
        "speaker_id": pa.array([f"speaker {place}" for place in rows["speaker"]]),
        **{name: pa.array([f"{name} {place}" for place in rows[name]]) for name in SHAPES},
        "region": pa.array([f"region {place}" for place in rows["speaker"] % 9]),
        "snr_db": pa.array(np.round(rng.normal(15, 6, n), 1)),
    }
    words, shares = _vocabulary(rng)
    spoken = rng.choice(len(words), (n, N_WORDS), p=shares)
    difficulty = (rows["errors"] / rows["n_words"]).to_numpy()[:, None]
    columns["reference"] = _texts(words, spoken)
    for system in ("A", "B"):
        heard = np.where(
            rng.random(spoken.shape) < 0.7 * difficulty, rng.choice(len(words), spoken.shape), spoken
        )
        columns[f"hypothesis_{system}"] = _texts(words, heard, rng.random(spoken.shape) >= 0.3 * difficulty)
    pyarrow.csv.write_csv(pa.table(columns), path)


def _vocabulary(rng: np.random.Generator) -> tuple[pa.Array, np.ndarray[Any, np.dtype[np.float64]]]:
    """Words and how frequent they are: rare ones as rare as in speech (Zipf), some with a comma."""
    syllables = np.array(SYLLABLES.split())
    rare = ["".join(rng.choice(syllables, rng.integers(2, 5))) for _ in range(RARE_WORDS)]
    special = AND_AND_NUMBERS | DIGITS | CONTRACTED | OTHERS
    ranked = 1 / (np.arange(len(FREQUENT) + RARE_WORDS) + 3)
    shares = np.concatenate([list(special.values()), ranked / ranked.sum() * (1 - sum(special.values()))])
    words = [*special, *FREQUENT, *rare]
    return pa.array([*words, *(f"{word}," for word in words)]), np.concatenate([0.95 * shares, 0.05 * shares])


def _texts(words: pa.Array, ids: Any, kept: Any = None) -> pa.Array:
    """One text for each row of ids, without the words that are not kept."""
    kept = np.ones(ids.shape, bool) if kept is None else kept
    bounds = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(bounds), words.take(pa.array(ids[kept]))), " ")


def measured(path: Path, home: Path) -> dict[str, float]:
    """Seconds by stage of one ingest in this process, and `whole`."""
    import importlib

    from data.ingest import ingest
    from data.ingest_options import IngestOptions

    seconds = dict.fromkeys(STAGES, 0.0)

    def timed(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            begin = time.perf_counter()
            try:
                return work(*args, **options)
            finally:
                seconds[stage] += time.perf_counter() - begin

        return call

    for stage, functions in STAGES.items():
        for function in functions:
            room, _, name = function.rpartition(".")
            module = importlib.import_module(room)
            setattr(module, name, timed(stage, getattr(module, name)))
    begin = time.perf_counter()
    ingest(IngestOptions("measured", (path,), normalizer="whisper-english"), home)
    return {**seconds, "whole": time.perf_counter() - begin}


def run(path: Path, home: Path) -> tuple[dict[str, float], float]:
    """The times of an ingest in a process of its own, and the most memory of it and its processes, in MB."""
    command = [sys.executable, "-m", "benchmarks.ingest", "--measure", str(path), str(home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], resident_mb(process.pid))
            time.sleep(_SECONDS_BETWEEN)

    watcher = threading.Thread(target=watch)
    watcher.start()
    answer = process.communicate()[0]
    watcher.join()
    if process.returncode:
        raise SystemExit(f"The ingest of {path} failed.")
    times: dict[str, float] = json.loads(answer.splitlines()[-1])
    return times, peak[0]


def resident_mb(pid: int) -> float:
    """Memory of a process and all below it; what they share is counted in each."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6 + sum(resident_mb(int(one)) for one in below)


def peers_seconds(path: Path, n_pairs: int) -> float:
    """Seconds a pair for the peers: both sides normalised text by text, then the whole list given to jiwer."""
    table = pyarrow.csv.read_csv(path).slice(0, n_pairs // 2)
    references = table["reference"].to_pylist()
    systems = [table[f"hypothesis_{system}"].to_pylist() for system in ("A", "B")]
    normalize = EnglishTextNormalizer()
    begin = time.perf_counter()
    spoken = [normalize(text) for text in references]
    for texts in systems:
        jiwer.process_words(spoken, [normalize(text) for text in texts])
    return (time.perf_counter() - begin) / (2 * len(references))


def report(sizes: tuple[int, ...], n_peer_pairs: int) -> None:
    """Print the table: a column a size, and below it the ratio at the largest."""
    columns: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for n in sizes:
            path = Path(folder) / f"{n}.csv"
            made(path, n)
            before = peers_seconds(path, n_peer_pairs) if n == sizes[-1] else 0.0
            times, peak = run(path, Path(folder) / f"home-{n}")
            after = peers_seconds(path, n_peer_pairs) if n == sizes[-1] else 0.0
            columns.append({**times, "µs an utterance": times["whole"] / n * 1e6, "peak memory, MB": peak})
            path.unlink()
    print(f"two systems, eight attributes, whisper-english, {os.cpu_count()} cores; seconds")
    print(f"{'utterances':26}" + "".join(f"{n:>12,}" for n in sizes))
    for name in columns[0]:
        print(f"{name:26}" + "".join(f"{column[name]:12,.1f}" for column in columns))
    whole, n = columns[-1]["whole"], sizes[-1]
    peers = statistics.fmean([before, after]) * 2 * n
    print(
        f"\npeers on {2 * n:,} pairs{'' if n_peer_pairs >= 2 * n else f', scaled from {n_peer_pairs:,}'}: {peers:,.0f} s"
    )
    print(
        f"peers / whole ingest{peers / whole:12.1f}×{_verdict(peers / whole >= TARGET_RATIO, f'≥ {TARGET_RATIO:.0f}×')}"
    )
    peak = columns[-1]["peak memory, MB"]
    print(f"peak memory{peak:18,.0f} MB{_verdict(peak < TARGET_MB, f'< {TARGET_MB:,} MB')}")


def _verdict(is_met: bool, target: str) -> str:
    return f"  target {target}: {'met' if is_met else 'not met'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--peer-pairs", type=int, default=20_000, metavar="N")
    parser.add_argument("--measure", nargs=2, metavar=("FILE", "HOME"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measured(*map(Path, chosen.measure))))
    elif min(chosen.sizes) < 1_000:
        parser.error("--sizes are 1,000 or more.")
    else:
        report(tuple(sorted(chosen.sizes)), chosen.peer_pairs)


if __name__ == "__main__":
    main()
