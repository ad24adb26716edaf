"""What scoring costs beside jiwer, on texts made here from a seed.

Prints processor time per utterance for the product (all counts and all edit
operations, as arrays), for jiwer one utterance at a time and for jiwer given the
whole list. All three take turns within each round; medians over rounds are shown.
The product starts from Arrow strings and jiwer from Python strings, each from
what its caller holds. Before any time is printed, both must have found the same
errors. Run it with `python benchmarks/scoring.py`; a million utterances as a whole
list take jiwer about 4 GB of memory.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import jiwer
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.align import Alignment, align_texts

WORD_ERROR_RATE = 0.10
VOCABULARY = 20_000
# The same number of errors, gathered in few utterances or, with 1.0, spread over all of them by chance.
SHARES_WITH_ERRORS = (0.15, 0.30, 1.0)
TARGETS = {"jiwer, one utterance at a time": 7.0, "jiwer, the whole list": 12.0}
PRODUCT = "product, all edit operations"

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Workload:
    """References and hypotheses, in Arrow for the product and as lists for jiwer."""

    reference: pa.Array
    hypothesis: pa.Array
    references: list[str]
    hypotheses: list[str]


def made(n: int, share_with_errors: float, seed: int) -> Workload:
    """Utterances of 8 to 20 words; frequent words are as frequent as in speech (Zipf)."""
    rng = np.random.default_rng(seed)
    frequency = np.cumsum(1 / np.arange(1, VOCABULARY + 1))

    def drawn(size: int) -> Ids:
        ids: Ids = np.searchsorted(frequency, rng.random(size) * frequency[-1])
        return ids

    owner = np.repeat(np.arange(n), rng.integers(8, 21, n))
    spoken = drawn(len(owner))
    in_erring = (rng.random(n) < share_with_errors)[owner]
    wrong = in_erring & (rng.random(len(owner)) < WORD_ERROR_RATE / share_with_errors)
    kind = rng.random(len(owner))
    substituted, deleted = wrong & (kind < 0.6), wrong & (kind >= 0.83)
    inserted = wrong & ~substituted & ~deleted
    copies = 1 - deleted + inserted
    heard = np.repeat(np.where(substituted, drawn(len(owner)), spoken), copies)
    heard[np.cumsum(copies)[inserted] - 1] = drawn(int(inserted.sum()))
    reference, hypothesis = joined(spoken, owner, n), joined(heard, np.repeat(owner, copies), n)
    return Workload(reference, hypothesis, reference.to_pylist(), hypothesis.to_pylist())


def joined(ids: Ids, owner: Ids, n: int) -> pa.Array:
    """One text per utterance."""
    words = pa.array([f"word{i}" for i in range(VOCABULARY)]).take(pa.array(ids))
    bounds = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=n))]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(bounds), words), " ")


def product(work: Workload) -> Alignment:
    return align_texts(work.reference, work.hypothesis)


def jiwer_by_utterance(work: Workload) -> None:
    for reference, hypothesis in zip(work.references, work.hypotheses, strict=True):
        jiwer.process_words(reference, hypothesis)


def jiwer_whole_list(work: Workload) -> jiwer.WordOutput:
    return jiwer.process_words(work.references, work.hypotheses)


def agreed(work: Workload) -> Alignment:
    """The product's alignment; stops the benchmark when jiwer's errors are others."""
    ours, theirs = product(work), jiwer_whole_list(work)
    found = tuple(int(count.sum()) for count in (ours.substitutions, ours.deletions, ours.insertions))
    expected = (theirs.substitutions, theirs.deletions, theirs.insertions)
    if found != expected:
        raise SystemExit(
            f"product and jiwer disagree on substitutions, deletions, insertions: {found}, {expected}"
        )
    return ours


def measured(work: Workload, rounds: int) -> dict[str, float]:
    """Median processor time in microseconds per utterance; everything takes its turn in each round."""
    contenders: dict[str, Callable[[Workload], object]] = dict(
        zip((PRODUCT, *TARGETS), (product, jiwer_by_utterance, jiwer_whole_list), strict=True)
    )
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            gc.collect()
            start = time.process_time()
            result = run(work)
            seconds[name].append(time.process_time() - start)
            del result
    return {name: statistics.median(taken) / len(work.references) * 1e6 for name, taken in seconds.items()}


def report(work: Workload, rounds: int) -> None:
    alignment = agreed(work)
    errors = alignment.substitutions + alignment.deletions + alignment.insertions
    n_words = int(alignment.n_words.sum())
    print(
        f"\n{len(errors):,} utterances of {n_words / len(errors):.1f} words, "
        f"{(errors > 0).mean():.0%} of them with errors, word error rate {errors.sum() / n_words:.1%}"
    )
    cost = measured(work, rounds)
    print(f"{'':32}{'µs each':>9}{'ratio':>9}{'target':>9}")
    print(f"{PRODUCT:32}{cost[PRODUCT]:9.2f}")
    for name, target in TARGETS.items():
        ratio = cost[name] / cost[PRODUCT]
        verdict = "met" if ratio >= target else "not met"
        print(f"{name:32}{cost[name]:9.2f}{ratio:8.1f}×{f'≥ {target:.0f}×':>9}  {verdict}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--utterances", type=int, default=10_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=7, metavar="N")
    chosen = parser.parse_args()
    if chosen.utterances < 1 or chosen.rounds < 1:
        parser.error("--utterances and --rounds are 1 or more.")
    for share in SHARES_WITH_ERRORS:
        report(made(chosen.utterances, share, chosen.seed), chosen.rounds)


if __name__ == "__main__":
    main()
