"""The peers' side of the heatmap benchmark: the same table with pandas and Fairlearn.

Runs in the peers' own environment and imports nothing of the product. Reads a file of
arrays, then answers each name on standard input with the processor milliseconds it took
and a checksum of the rates.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

BY = ["accent", "noise", "device"]


def load(path: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows with attributes as text, and the same with attributes as categories."""
    arrays = np.load(path)
    labels = {name: np.char.add(f"{name} ", arrays[name].astype(str)) for name in BY}
    text = pd.DataFrame({**labels, "errors": arrays["errors"], "n_words": arrays["n_words"]})
    return text, text.astype(dict.fromkeys(BY, "category"))


def with_pandas(rows: pd.DataFrame) -> float:
    """Pooled rate per cell, without intervals."""
    sums = rows.groupby(BY, observed=True)[["errors", "n_words"]].sum()
    return float((sums["errors"] / sums["n_words"]).sum())


def with_fairlearn(rows: pd.DataFrame) -> float:
    """Pooled rate per cell by a MetricFrame, without intervals."""
    from fairlearn.metrics import MetricFrame

    def pooled(errors: pd.Series, words: pd.Series) -> float:
        return float(np.sum(errors) / np.sum(words))

    frame = MetricFrame(
        metrics=pooled, y_true=rows["errors"], y_pred=rows["n_words"], sensitive_features=rows[BY]
    )
    return float(frame.by_group.sum())


def main() -> None:
    """Answer names of peers until the input ends."""
    text, category = load(sys.argv[1])
    peers: dict[str, Callable[[], float]] = {
        "pandas, text": lambda: with_pandas(text),
        "pandas, categories": lambda: with_pandas(category),
        "fairlearn MetricFrame": lambda: with_fairlearn(text),
    }
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.process_time()
        checksum = peers[line.strip()]()
        print(f"{1000 * (time.process_time() - start):.4f} {checksum!r}", flush=True)


if __name__ == "__main__":
    main()
