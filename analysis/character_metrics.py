"""The metrics of an evaluation whose "words" are single characters, because its script has no spaces.

Owns their names. Numbers, ids and sums stay those of `metrics.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.metrics import METRICS, Metric

_WHY = "The script has no spaces between words, so characters are compared."
_BY_CODE_POINT = "cer"
_WORD = re.compile(r"\b([Ww])ord(s?)\b")


def in_characters(metric: Metric) -> Metric:
    """The same metric with characters named where words are; the one that counted characters already is told apart."""
    if metric.id == _BY_CODE_POINT:
        return replace(metric, label=f"{metric.label} (by code point)", counted="character")
    if not _WORD.search(f"{metric.label} {metric.unit} {metric.sentence}"):
        return replace(metric, counted="character")
    return replace(
        metric,
        counted="character",
        label=_renamed(metric.label),
        unit=_renamed(metric.unit),
        sentence=f"{_renamed(metric.sentence)} {_WHY}",
    )


def metrics_in(unit: str) -> dict[str, Metric]:
    """All metrics by id, named for a build whose unit is "word" or "character"."""
    return {name: in_characters(one) if unit == "character" else one for name, one in METRICS.items()}


def _renamed(text: str) -> str:
    return _WORD.sub(lambda found: f"{'C' if found[1] == 'W' else 'c'}haracter{found[2]}", text)
