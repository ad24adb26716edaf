"""How hard the evaluation came out: rates, accent verdicts and testable cells, printed for tuning.

    python -m generator.difficulty --work /tmp/gen

Owns nothing that is published: the product computes its own numbers. This is a second, plain computation
of the same rules (log-scale delete-one-speaker jackknife, Welch degrees of freedom, Holm, margin 1.25).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz.distance import Levenshtein
from scipy import stats

from generator import generate, recognise, voices

MARGIN = 1.25
ALPHA = 0.05
MIN_EXPECTED_ERRORS = 30


@dataclass(frozen=True)
class Contrast:
    """One group against its comparator."""

    wer: float
    ratio: float
    low: float
    high: float
    standard_error: float
    p: float
    points_high: float


def scored(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``words`` and ``errors_System A``, ``errors_System B``."""
    references = [reference.split() for reference in rows["reference"]]
    counts = {"words": [len(words) for words in references]}
    for system in recognise.SYSTEMS:
        hypotheses = (hypothesis.split() for hypothesis in rows[f"hypothesis_{system}"])
        counts[f"errors_{system}"] = [
            Levenshtein.distance(words, hypothesis)
            for words, hypothesis in zip(references, hypotheses, strict=True)
        ]
    return rows.assign(**counts)


@dataclass(frozen=True)
class _Side:
    """The speakers on one side of a contrast."""

    errors: np.ndarray
    words: np.ndarray

    @property
    def rate(self) -> float:
        return float(self.errors.sum() / self.words.sum())

    @property
    def rates_without_one(self) -> np.ndarray:
        return (self.errors.sum() - self.errors) / (self.words.sum() - self.words)

    @property
    def effective_speakers(self) -> float:
        return float(self.words.sum() ** 2 / (self.words**2).sum())


def _jackknife_variance(replicates: np.ndarray) -> float:
    n = len(replicates)
    return (n - 1) / n * float(((replicates - replicates.mean()) ** 2).sum())


def _joint_error(group: _Side, others: _Side, scale: Callable[[Any], Any]) -> float:
    """Standard error of a difference: deleting a speaker moves one side and leaves the other whole."""
    without_one_inside = scale(group.rates_without_one) - scale(others.rate)
    without_one_outside = scale(group.rate) - scale(others.rates_without_one)
    return float(np.sqrt(_jackknife_variance(np.concatenate([without_one_inside, without_one_outside]))))


def contrast(group: pd.DataFrame, others: pd.DataFrame) -> Contrast:
    """Both are a row a speaker with ``errors`` and ``words``; no speaker is in both."""
    sides = [_Side(one["errors"].to_numpy(float), one["words"].to_numpy(float)) for one in (group, others)]
    variances = [_jackknife_variance(np.log(side.rates_without_one)) for side in sides]
    denominators = [v**2 / (side.effective_speakers - 1) for v, side in zip(variances, sides, strict=True)]
    df = sum(variances) ** 2 / sum(denominators)
    t = stats.t.ppf(1 - ALPHA / 2, df)
    log_ratio = np.log(sides[0].rate / sides[1].rate)
    error = _joint_error(*sides, np.log)
    return Contrast(
        wer=sides[0].rate,
        ratio=float(np.exp(log_ratio)),
        low=float(np.exp(log_ratio - t * error)),
        high=float(np.exp(log_ratio + t * error)),
        standard_error=error,
        p=float(2 * stats.t.sf(abs(log_ratio) / error, df)),
        points_high=float((sides[0].rate - sides[1].rate + t * _joint_error(*sides, np.positive)) * 100),
    )


def holm(p_values: np.ndarray) -> np.ndarray:
    """Holm's adjusted p-values, in the order given."""
    order = np.argsort(p_values)
    steps = (len(p_values) - np.arange(len(p_values))) * p_values[order]
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted


def verdict(found: Contrast, p_adjusted: float) -> str:
    """The first rule that matches; the minima are tested by the caller."""
    established = p_adjusted <= ALPHA
    if found.high >= MARGIN and established and found.points_high >= 1:
        return "worse"
    if found.high >= MARGIN:
        return "undecided"
    if established and found.ratio < 1 and found.low <= 1 / MARGIN:
        return "better"
    return "slightly worse" if established and found.ratio > 1 else "within"


def by_speaker(rows: pd.DataFrame, system: str) -> pd.DataFrame:
    """Errors and words of each speaker."""
    named = rows.rename(columns={f"errors_{system}": "errors"})
    return named.groupby("speaker_id", sort=True)[["errors", "words"]].sum()


def accents(rows: pd.DataFrame, system: str) -> pd.DataFrame:
    """Each accent against all other accents."""
    found = {}
    for accent in voices.ACCENTS:
        inside = rows["accent"] == accent.label
        found[accent.label] = contrast(by_speaker(rows[inside], system), by_speaker(rows[~inside], system))
    return _with_verdicts(found)


def cells(rows: pd.DataFrame, system: str) -> pd.DataFrame:
    """Each accent × noise × device cell against the other accents in the same noise and device."""
    found, testable = {}, {}
    for condition, there in rows.groupby(["noise", "device"]):
        overall = there[f"errors_{system}"].sum() / there["words"].sum()
        for accent in voices.ACCENTS:
            inside = there["accent"] == accent.label
            found[(accent.label, *condition)] = contrast(
                by_speaker(there[inside], system), by_speaker(there[~inside], system)
            )
            testable[(accent.label, *condition)] = (
                there[inside]["words"].sum() * overall >= MIN_EXPECTED_ERRORS
            )
    return _with_verdicts(found).assign(testable=testable.values())


def _with_verdicts(found: dict[object, Contrast]) -> pd.DataFrame:
    table = pd.DataFrame([vars(one) for one in found.values()], index=list(found))
    if len(found) > 50:
        adjusted = stats.false_discovery_control(table["p"].fillna(1))
    else:
        adjusted = holm(table["p"].to_numpy())
    verdicts = [verdict(one, p) for one, p in zip(found.values(), adjusted, strict=True)]
    return table.assign(p_adjusted=adjusted, verdict=verdicts).drop(columns="p")


def main() -> None:
    """Print the picture of what has been made so far."""
    np.seterr(all="ignore")  # A part of the grid has cells without errors; they print as nan.
    parser = argparse.ArgumentParser(description="Print rates and verdicts of the utterances made so far.")
    parser.add_argument("--work", type=Path, default=generate.DEFAULT_WORK)
    rows = scored(pd.DataFrame(generate.finished(parser.parse_args().work)))
    pd.set_option("display.width", 160, "display.max_columns", 20, "display.float_format", "{:.3f}".format)
    for factor in ("noise", "device", "snr_db", "voice_variant", "domain"):
        sums = rows.groupby(factor)[["words", "errors_System A", "errors_System B"]].sum()
        print(
            (sums[["errors_System A", "errors_System B"]].div(sums["words"], axis=0) * 100).round(1),
            end="\n\n",
        )
    for system in recognise.SYSTEMS:
        overall = rows[f"errors_{system}"].sum() / rows["words"].sum()
        print(f"{system}: word error rate {overall:.3f} over {len(rows):,} utterances")
        print(accents(rows, system), end="\n\n")
        grid = cells(rows, system)
        print(f"{grid['testable'].sum()} of {len(grid)} cells testable")
        print(grid["verdict"].value_counts().to_string(), end="\n\n")


if __name__ == "__main__":
    main()
