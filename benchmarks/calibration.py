"""Whether the product's intervals and verdicts are right as often as they say, on speakers of a known truth.

Draws evaluations from a seed (`simulated_speakers.py`), hands them to the product's own
functions and counts how often the truth is covered (`interval_coverage.py`), how often a
difference is claimed where there is none (`false_verdicts.py`, `unequal_mixes.py`) and whether
tests and plans keep what they promise (`power_and_size.py`) and what searches for slices confirm
(`slices_calibration.py`). Prints one table per
question and whether its gate holds; the exit code is 1 where one does not. Run it with
`python benchmarks/calibration.py`; `--write` also writes `benchmarks/calibration.md`.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.false_verdicts import families_table, margin_table, peers_table
from benchmarks.interval_coverage import contrasts_table, rates_table
from benchmarks.power_and_size import flips_table, floors_table, lists_table, power_table
from benchmarks.slices_calibration import null_table, planted_table
from benchmarks.unequal_mixes import unequal_table

RUNS = 10_000
SEED = 20
PAGE = Path(__file__).with_suffix(".md")
TABLES = {
    "rates": (rates_table, 1.0),
    "contrasts": (contrasts_table, 1.0),
    "peers": (peers_table, 0.1),
    "mixes": (unequal_table, 0.1),
    "families": (families_table, 0.2),
    "margin": (margin_table, 0.4),
    "lists": (lists_table, 0.1),
    "floors": (floors_table, 1.0),
    "systems": (flips_table, 0.4),
    "power": (power_table, 0.2),
    "slices-null": (null_table, 0.1),
    "slices-planted": (planted_table, 0.1),
}
"""Each question with the share of the runs it takes; the slow ones take fewer."""


def main() -> int:
    arguments = _arguments()
    sections, failed = [], False
    for name in arguments.only or TABLES:
        make, share = TABLES[name]
        runs, started = max(20, int(arguments.runs * share)), time.perf_counter()
        table = make(SEED, runs)
        failed = failed or bool(table.failures)
        sections.append(f"{table.to_markdown()}\n{runs:,} runs a row.\n")
        print(sections[-1], f"({time.perf_counter() - started:.0f} s)\n", sep="\n", flush=True)
    if arguments.write:
        PAGE.write_text("\n".join([_heading(arguments.runs), *sections]), encoding="utf-8")
    return int(failed)


def _heading(runs: int) -> str:
    return (
        "# Calibration\n\n"
        f"Written by `python benchmarks/calibration.py --runs {runs} --write`, seed {SEED}. Speakers' own rates\n"
        "are log-normal, and so is how much they say (30 utterances of 12 words on average, log-spread 0.8);\n"
        "utterances of one speaker differ beyond chance. Wrong words per word spoken: 0.15 unless said.\n"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Check intervals and verdicts against a known truth.")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"simulated evaluations (default {RUNS:,})")
    parser.add_argument("--only", nargs="+", choices=TABLES, help="only these tables")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name} beside this file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
