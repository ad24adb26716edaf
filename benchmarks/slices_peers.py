"""One peer of the search for slices, run by `slices.py` in the peers' own Python: peer, arrays, smallest support.

Prints one JSON object: processor seconds, peak megabytes, how many slices it returned, and the
rank of each planted one (null: not returned). Peers average a rate of each utterance; none
knows speakers. Memory is limited, because one of them asks for more than most machines have.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import numpy as np
import pandas as pd

PLANTED = (((0, 2), (1, 3)), ((2, 1), (3, 4)), ((0, 4), (3, 0), (5, 5)))
MOST_MEMORY = 12 * 2**30
DEPTH, LISTED = 3, 100


def divexplorer(frame: pd.DataFrame, support: int) -> list[frozenset[Any]]:
    """All frequent combinations by t; it has no limit of depth, so longer ones are left out after."""
    from divexplorer import DivergenceExplorer

    found = DivergenceExplorer(frame).get_pattern_divergence(
        min_support=support / len(frame), quantitative_outcomes=["rate"]
    )
    found = found[(found["length"] <= DEPTH) & (found["rate_div"] > 0) & (found["rate_t"] > 2)]
    ranked = found.sort_values("rate_t", ascending=False)["itemset"]
    return [frozenset(str(item) for item in items) for items in ranked]


def pysubgroup(frame: pd.DataFrame, support: int) -> list[frozenset[Any]]:
    """Beam search by mean difference times the root of the size."""
    import pysubgroup as ps

    target = ps.NumericTarget("rate")
    selectors = ps.create_selectors(frame, ignore=["rate"])
    task = ps.SubgroupDiscoveryTask(
        frame,
        target,
        selectors,
        result_set_size=LISTED,
        depth=DEPTH,
        qf=ps.StandardQFNumeric(0.5),
        constraints=[ps.MinSupportConstraint(support)],
    )
    found = ps.BeamSearch(beam_width=LISTED).execute(task)
    return [
        frozenset(f"{one.attribute_name}={one.attribute_value}" for one in description.selectors)
        for _, description, *_ in found.results
    ]


def sliceline(frame: pd.DataFrame, support: int) -> list[frozenset[Any]]:
    """The best slices by its own score, weighing error against size."""
    from sliceline.slicefinder import Slicefinder

    names = [name for name in frame if name != "rate"]
    finder = Slicefinder(alpha=0.95, k=20, max_l=DEPTH, min_sup=support, verbose=False)
    finder.fit(frame[names].to_numpy(object), frame["rate"].to_numpy())
    return [
        frozenset(f"{name}={value}" for name, value in zip(names, one, strict=True) if value is not None)
        for one in finder.top_slices_
    ]


PEERS = {"DivExplorer": divexplorer, "pysubgroup": pysubgroup, "sliceline": sliceline}


def main() -> None:
    """Run the peer that the command line names."""
    name, path, support = sys.argv[1], sys.argv[2], int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    with np.load(path) as arrays:
        codes, words, errors = arrays["codes"], arrays["words"], arrays["errors"]
    frame = pd.DataFrame({f"a{i}": np.array([f"v{v}" for v in code]) for i, code in enumerate(codes)})
    frame["rate"] = errors / words
    before = time.process_time()
    try:
        ranked, problem = PEERS[name](frame, support), None
    except MemoryError:
        ranked, problem = [], f"more than {MOST_MEMORY // 2**30} GB"
    spent = time.process_time() - before
    wanted = [frozenset(f"a{column}=v{level}" for column, level in items) for items in PLANTED]
    ranks = [ranked.index(items) + 1 if items in ranked else None for items in wanted]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {"seconds": spent, "peak_mb": peak, "returned": len(ranked), "ranks": ranks, "problem": problem}
        )
    )


if __name__ == "__main__":
    main()
