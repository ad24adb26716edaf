"""Does the published table come out again? Utterances spread over the grid are made anew and compared.

    python -m generator.check --count 100

Owns the comparison alone and writes nothing but the recogniser's models into the work folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from generator import design, generate, publish, recognise


def differences(count: int, work: Path, processes: int) -> list[str]:
    """One line for each value that came out otherwise."""
    table = pd.read_parquet(publish.TABLE).drop(columns="audio")
    published = dict(zip(table["utterance_id"], table.to_dict("records"), strict=True))
    # A step without a factor in common with the grid meets every accent and condition.
    numbers = [index * 1_009 % design.UTTERANCES for index in range(count)]
    return [
        f"{row['utterance_id']} {name}: {value!r}, now {row[name]!r}"
        for row in generate.rows(numbers, work, design.SEED, processes)
        for name, value in published[row["utterance_id"]].items()
        if value != row[name]
    ]


def main() -> None:
    """Print what differs; exit 1 if anything does."""
    parser = argparse.ArgumentParser(description="Make published utterances again and compare.")
    parser.add_argument("--work", type=Path, default=generate.DEFAULT_WORK)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    recognise.prepare(arguments.work)
    found = differences(arguments.count, arguments.work, arguments.processes)
    print("\n".join(found) or f"{arguments.count} utterances came out as published.")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
