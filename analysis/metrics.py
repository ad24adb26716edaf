"""The metrics: each one a ratio of sums over recordings, with its direction, scale and plain sentence.

Owns the registry. A metric adds counts before it divides, never the other way round, so
any group's value follows from its sums. Metrics hold no data and know no database; the
names of the counts are those of `data/queries.py`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.speaker_counts import FloatArray

COUNTS = (
    "n_utterances",
    "n_words",
    "n_hypothesis_words",
    "substitutions",
    "deletions",
    "insertions",
    "empty_outputs",
    "wrong_utterances",
)
"""The counts a recording contributes to every sum, in the order of the store's columns."""


class UnknownMetric(ValueError):
    """A metric was asked for that is not in the registry; the message names those that are."""


@dataclass(frozen=True)
class Metric:
    """A ratio of sums; higher is worse for all of them."""

    id: str
    label: str
    numerator: tuple[tuple[str, int], ...]
    """Counts that are added to make the errors, each with its weight."""
    denominator: tuple[str, ...]
    """Counts that are added to make what the errors are counted in."""
    bounded: bool
    """Whether the value can never exceed 1."""
    unit: str
    """What one unit of the denominator is."""
    sentence: str

    def errors(self, counts: Mapping[str, Any]) -> FloatArray:
        """Numerator per row of a table of counts."""
        total = sum(weight * np.asarray(counts[name], np.float64) for name, weight in self.numerator)
        return np.asarray(total, np.float64)

    def size(self, counts: Mapping[str, Any]) -> FloatArray:
        """Denominator per row of a table of counts."""
        return np.asarray(sum(np.asarray(counts[name], np.float64) for name in self.denominator), np.float64)


_WORD = "reference word"
_METRICS = (
    Metric(
        "wer",
        "Word error rate",
        (("substitutions", 1), ("deletions", 1), ("insertions", 1)),
        ("n_words",),
        False,
        _WORD,
        "Substitutions, deletions and insertions for every word spoken; may exceed 1 when many words are inserted.",
    ),
    Metric(
        "substitution-rate",
        "Substitution rate",
        (("substitutions", 1),),
        ("n_words",),
        True,
        _WORD,
        "Words heard as another word, for every word spoken.",
    ),
    Metric(
        "deletion-rate",
        "Deletion rate",
        (("deletions", 1),),
        ("n_words",),
        True,
        _WORD,
        "Words left out, for every word spoken.",
    ),
    Metric(
        "insertion-rate",
        "Insertion rate",
        (("insertions", 1),),
        ("n_words",),
        False,
        _WORD,
        "Words that nobody said, for every word spoken.",
    ),
    Metric(
        "word-f1-error",
        "Word F1 error",
        (("substitutions", 2), ("deletions", 1), ("insertions", 1)),
        ("n_words", "n_hypothesis_words"),
        True,
        "word of reference and hypothesis",
        "1 minus the F1 of words recognised: errors shared over the words spoken and the words written.",
    ),
    Metric(
        "sentence-error-rate",
        "Sentence error rate",
        (("wrong_utterances", 1),),
        ("n_utterances",),
        True,
        "utterance",
        "Recordings with at least one error, of all recordings.",
    ),
    Metric(
        "empty-output-rate",
        "Empty output rate",
        (("empty_outputs", 1),),
        ("n_utterances",),
        True,
        "utterance",
        "Recordings of speech for which the system wrote nothing, of all recordings.",
    ),
)
METRICS: dict[str, Metric] = {metric.id: metric for metric in _METRICS}
DEFAULT_METRIC = "wer"


def metric(metric_id: str) -> Metric:
    """The metric of that id; raises `UnknownMetric` with near names."""
    if metric_id in METRICS:
        return METRICS[metric_id]
    near = difflib.get_close_matches(metric_id, METRICS, 1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    raise UnknownMetric(f"There is no metric '{metric_id}'.{hint} Known: {', '.join(METRICS)}.")
