"""What DivExplorer and SliceLine report on evaluations whose slices are known, beside the product's own rule.

`by_other_rules` draws evaluations and hands them to the libraries themselves, in the peers' own Python
(BENCH_PYTHON, which `make calibrate` sets). Run as a module by that Python it reads the drawn arrays and
prints one JSON object. Neither library knows speakers: both average a rate of each utterance.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LIBRARIES = ("DivExplorer", "sliceline")
FEWEST_UTTERANCES = 50
RUNS = 50
"""One of them takes a second for each."""
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Reported:
    """What one library reported."""

    slices: float
    """Mean number of slices in an evaluation."""
    planted: float
    """Share of the evaluations in which the planted slice was among them."""
    first: float
    """Share in which it was the first of them."""


def by_other_rules(arrays: list[tuple[object, object]], planted: object) -> dict[str, Reported] | None:
    """What each library reports on some evaluations, given as codes by attribute and rates of utterances.

    DivExplorer: Welch's t of utterances' rates against all above 2, at most three conditions. SliceLine: its
    score above 0 at alpha 0.95, the best twenty. None where no Python with the libraries is named.
    """
    python = os.environ.get("BENCH_PYTHON")
    if not python:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.npz"
        codes = np.array([code for code, _ in arrays], np.int8)
        np.savez(path, codes=codes, rate=np.array([rate for _, rate in arrays]), planted=np.array(planted))
        # A relative path would be sought beside the root, where the module has to be found.
        command = [str(Path(python).absolute()), "-m", "benchmarks.slices_other_rules", str(path)]
        run = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT)
    return {name: Reported(*one) for name, one in json.loads(run.stdout.splitlines()[-1]).items()}


def main() -> None:
    """Run both libraries on the drawn arrays that the command line names."""
    import pandas as pd

    from benchmarks.slices_peers import PEERS

    with np.load(sys.argv[1]) as drawn:
        codes, rates, planted = drawn["codes"], drawn["rate"], drawn["planted"]
    wanted = frozenset(f"a{column}=v{level}" for column, level in planted)
    found: dict[str, tuple[float, float, float]] = {}
    for name in LIBRARIES:
        total = np.zeros(3)
        for code, rate in zip(codes, rates, strict=True):
            frame = pd.DataFrame({f"a{i}": np.array([f"v{v}" for v in one]) for i, one in enumerate(code)})
            frame["rate"] = rate
            listed = PEERS[name](frame, FEWEST_UTTERANCES)
            total += [len(listed), wanted in listed, listed[:1] == [wanted]]
        found[name] = (*(total / len(codes)),)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
