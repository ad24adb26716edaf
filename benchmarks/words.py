"""What it costs to find the words behind a subgroup's excess, on made-up texts of any size.

Prints time and peak memory of the answer for one accent against all others, of the usual
sample of speakers and of everybody. `python -m benchmarks.words 100000 1000000`.
"""

from __future__ import annotations

import multiprocessing
import re
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.made_up_evaluation import made_up_rows
from benchmarks.scoring import made

NAME = "words"


def write_evaluation(home: Path, n_utterances: int) -> Path:
    """An evaluation with texts, through the product's own ingest."""
    from data.ingest import ingest
    from data.ingest_options import IngestOptions

    rows, texts = made_up_rows(n_utterances), made(n_utterances, 0.6, 7)
    columns = {name: pa.array([f"{name} {code}" for code in rows[name]]) for name in ("accent", "noise")}
    table = pa.table(
        {
            "utterance_id": pa.array([f"u{i}" for i in range(n_utterances)]),
            "speaker_id": pa.array([f"s{code}" for code in rows["speaker"]]),
            **columns,
            "reference": texts.reference,
            "hypothesis": texts.hypothesis,
        }
    )
    source = home / "made-up.parquet"
    pq.write_table(table, source)
    roles = {"accent": "speaker", "noise": "condition"}
    return ingest(IngestOptions(NAME, (source,), roles=roles, show_text=True), home).path


def most_memory() -> int:
    """Most memory this process ever held, in KiB; `getrusage` would count that of the process it came from."""
    return int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[0])


def measure(path: Path, most_utterances: int) -> None:
    """One answer in a process of its own, so that its peak memory is its own."""
    from analysis.selection import OneOf
    from dashboard.answers.words import WordsQuestion, words
    from data.store import open_build

    build = open_build(path)
    before = most_memory()
    start, processor = time.perf_counter(), time.process_time()
    found = words(build, WordsQuestion(OneOf("accent", ("accent 3",)), most_utterances=most_utterances)).words
    assert found is not None
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    peak = most_memory()
    print(
        f"{'all' if not most_utterances else f'at most {most_utterances:,}':>16} a side: "
        f"{found.own.n_utterances:,} against {found.other.n_utterances:,} utterances aligned, "
        f"{int(found.table.n_seen.sum()):,} items seen, {int(found.table.n_tested.sum()):,} looked at: "
        f"{seconds:.1f} s ({processor:.1f} s of processor), {peak / 2**20:.2f} GiB at most ({before / 2**20:.2f} before)",
        flush=True,
    )


def main() -> int:
    """Each size in turn."""
    from dashboard.answers.words import MOST_UTTERANCES

    sizes = [int(size) for size in sys.argv[1:]] or [100_000]
    for size in sizes:
        print(f"\n{size:,} utterances", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            path = write_evaluation(Path(folder), size)
            for most in (20_000, MOST_UTTERANCES, 0):
                one = multiprocessing.get_context("spawn").Process(target=measure, args=(path, most))
                one.start()
                one.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
