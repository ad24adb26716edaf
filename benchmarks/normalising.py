"""What `whisper-english` costs beside the package it is made from, on texts made here from a seed.

Prints processor time per text for the product, word by word, and for the package,
text by text. Both take turns within each round; medians over rounds are shown. The
product starts without any word in memory in each round, so what it costs to learn
the words is in its time. Before any time is printed, both must have given the same
words for every text. The last rows are texts of the bundled evaluation. Run it with
`python -m benchmarks.normalising`.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from whisper_normalizer.english import EnglishTextNormalizer

from analysis.whisper_words import Rewrite, word_by_word

N_WORDS = 14
TARGET = 10.0
SAMPLE = Path(__file__).resolve().parent.parent / "data/samples/speech.parquet"
# Shares of words of each kind, near those of English conversation, the first three taken from its commonest words.
FREQUENT = (
    "the i you to a that of it in is was for on with he but they have be this so we not at if are as what my do "
    "she there all about just like know think when because them would me out up had go were from can said then"
).split()
AND_AND_NUMBERS = {
    "and": 0.03,
    "one": 0.004,
    "two": 0.002,
    "first": 0.001,
    "oh": 0.002,
    "twenty five": 0.0015,
}
DIGITS = {"5": 0.001, "1995": 0.001, "$20": 0.0005, "10%": 0.0005, "3rd": 0.0003}
CONTRACTED = {"it's": 0.01, "don't": 0.008, "I'm": 0.006, "he's": 0.004, "John's": 0.003, "they've": 0.002}
OTHERS = {
    "um": 0.006,
    "uh": 0.006,
    "gonna": 0.001,
    "got": 0.003,
    "been": 0.003,
    "colour": 0.0005,
    "[laughs]": 0.0005,
}
SYLLABLES = (
    "ba be bi bo da de di do fa fe ga go ka ko la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se ta te"
)


def made(n: int, n_different: int, seed: int) -> list[str]:
    """Sentences of 14 words with capitals and punctuation; rare words are as rare as in speech (Zipf)."""
    rng = np.random.default_rng(seed)
    syllables = np.array(SYLLABLES.split())
    rare = ["".join(rng.choice(syllables, rng.integers(2, 5))) for _ in range(n_different)]
    special = AND_AND_NUMBERS | DIGITS | CONTRACTED | OTHERS
    vocabulary = np.array([*special, *FREQUENT, *rare], dtype=object)
    ranked = 1 / (np.arange(len(FREQUENT) + n_different) + 3)
    rest = 1 - sum(special.values())
    shares = np.concatenate([list(special.values()), ranked / ranked.sum() * rest])
    words = rng.choice(vocabulary, (n, N_WORDS), p=shares / shares.sum())
    words[rng.random(words.shape) < 0.05] += ","
    return [" ".join(row)[0].upper() + " ".join(row)[1:] + "." for row in words]


def bundled() -> list[str]:
    table = pq.read_table(SAMPLE)
    columns = [name for name in table.column_names if name == "reference" or name.startswith("hypothesis")]
    return [text for name in columns for text in table[name].to_pylist() if text is not None]


def normalized(rewrite: Rewrite, texts: list[str]) -> list[str]:
    return [" ".join(rewrite(text).split()) for text in texts]


def check(texts: list[str]) -> None:
    """Stops the benchmark when the two differ in any text."""
    package = EnglishTextNormalizer()
    ours, theirs = normalized(word_by_word(package), texts), normalized(package, texts)
    different = [text for text, one, other in zip(texts, ours, theirs, strict=True) if one != other]
    if different:
        raise SystemExit(f"product and package differ in {len(different):,} texts, the first: {different[0]}")


def measured(texts: list[str], rounds: int) -> tuple[float, float]:
    """Median processor time in microseconds per text, of the product and of the package."""
    package = EnglishTextNormalizer()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for seconds, rewrite in zip(taken, (word_by_word(package), package), strict=True):
            gc.collect()
            start = time.process_time()
            normalized(rewrite, texts)
            seconds.append(time.process_time() - start)
    ours, theirs = (statistics.median(seconds) / len(texts) * 1e6 for seconds in taken)
    return ours, theirs


def report(name: str, texts: list[str], rounds: int) -> None:
    check(texts)
    ours, theirs = measured(texts, rounds)
    length = statistics.fmean(len(text.split()) for text in texts)
    verdict = "met" if theirs / ours >= TARGET else "not met"
    print(
        f"{name:28}{len(texts):9,}{length:7.1f}{ours:9.2f}{theirs:9.2f}{theirs / ours:8.1f}×"
        f"{f'≥ {TARGET:.0f}×':>8}  {verdict}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--texts", type=int, default=20_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--seed", type=int, default=7, metavar="N")
    chosen = parser.parse_args()
    if chosen.texts < 1 or chosen.rounds < 1:
        parser.error("--texts and --rounds are 1 or more.")
    print(f"{'µs each':28}{'texts':>9}{'words':>7}{'product':>9}{'package':>9}{'ratio':>9}{'target':>8}")
    for n_different in (5_000, 20_000):
        texts = made(chosen.texts, n_different, chosen.seed)
        report(f"made, {n_different:,} rare words", texts, chosen.rounds)
    report("the bundled evaluation", bundled(), chosen.rounds)


if __name__ == "__main__":
    main()
