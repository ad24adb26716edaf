"""The metrics: each a smooth function of sums over recordings, with its direction, scale and plain sentence.

Owns the registry. A metric adds counts before it divides, never the other way round, so
any group's value follows from its sums. Nearly all are one sum over another; word
information lost is a product of two. Metrics hold no data and know no database; the names
of the counts are those of `data/queries.py`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from analysis.speaker_counts import FloatArray, IntArray, RateOf, SpeakerCounts, ratio_of_sums

COUNTS = (
    "n_utterances",
    "n_words",
    "substitutions",
    "deletions",
    "insertions",
    "empty_outputs",
    "rated_utterances",
    "utterance_rates",
)
"""The counts that stand beside every rate, whatever its metric, in the order of the store's columns.

`utterance_rates` is the sum of the utterances' own rates in units of `RATE_UNIT`, a whole number so that
the sum does not depend on the order; `rated_utterances` are those that have one.
"""
MORE_COUNTS = (
    "n_hypothesis_words",
    "wrong_utterances",
    "catastrophic_utterances",
    "n_characters",
    "character_errors",
    "n_keywords",
    "keyword_misses",
)
"""Counts that are summed only where a metric asks for them."""
RATE_UNIT = 2.0**-24
CATASTROPHIC = 0.5
"""Word error rate above which a recording counts as catastrophic (Koenecke et al. 2020)."""

WeightedSum = tuple[tuple[str, int], ...]
"""Counts that are added, each with its weight."""


class UnknownMetric(ValueError):
    """A metric was asked for that is not in the registry; the message names those that are."""


@dataclass(frozen=True)
class Metric:
    """A rate as a function of sums of counts."""

    id: str
    label: str
    numerator: WeightedSum
    """What is counted as an error. For a plain ratio, the rate is this over the denominator."""
    denominator: tuple[str, ...]
    """Counts that are added to make what the errors are counted in; it weighs groups and their support."""
    bounded: bool
    """Whether the value can never exceed 1."""
    unit: str
    """What one unit of the denominator is."""
    sentence: str
    further: tuple[WeightedSum, ...] = ()
    """What `rate_of` takes after numerator and denominator; empty for a plain ratio."""
    rate_of: RateOf = ratio_of_sums
    counted: Literal["word", "character"] = "word"
    """What the counts of words are of; characters where texts are in a script without spaces (`character_metrics.py`)."""
    direction: Literal["higher is worse"] = "higher is worse"
    link: Literal["log"] = "log"
    """Scale on which groups are compared and intervals are symmetric."""

    @property
    def is_ratio(self) -> bool:
        """Whether the rate is numerator over denominator and nothing else."""
        return self.rate_of is ratio_of_sums

    @property
    def counts(self) -> tuple[str, ...]:
        """Names of the counts it is made of, each once."""
        weighted = (name for part in (self.numerator, *self.further) for name, _ in part)
        return tuple(dict.fromkeys((*weighted, *self.denominator)))

    def errors(self, counts: Mapping[str, Any]) -> FloatArray:
        """Numerator per row of a table of counts."""
        return _added(self.numerator, counts)

    def size(self, counts: Mapping[str, Any]) -> FloatArray:
        """Denominator per row of a table of counts; what the support rules multiply a rate by."""
        return _added(tuple((name, 1) for name in self.denominator), counts)

    def sums(self, counts: Mapping[str, Any]) -> tuple[FloatArray, ...]:
        """All that `rate_of` takes, per row of a table of counts."""
        return (self.errors(counts), self.size(counts), *(_added(part, counts) for part in self.further))

    def value(self, counts: Mapping[str, Any]) -> FloatArray:
        """The rate per row of a table of counts; NaN where the denominator is 0."""
        size, further = self.size(counts), (_added(part, counts) for part in self.further)
        with np.errstate(all="ignore"):
            return np.where(size > 0, self.rate_of(self.errors(counts), size, *further), np.nan)

    def by_speaker(
        self, group: IntArray, speaker: IntArray, counts: Mapping[str, Any], n_groups: int
    ) -> SpeakerCounts:
        """The sums the statistics are made from, of rows with a group and a speaker."""
        further = tuple(_added(part, counts) for part in self.further)
        errors, size = self.errors(counts), self.size(counts)
        return SpeakerCounts.of(group, speaker, errors, size, n_groups, further, self.rate_of)


def _added(parts: WeightedSum, counts: Mapping[str, Any]) -> FloatArray:
    total = sum(weight * np.asarray(counts[name], np.float64) for name, weight in parts)
    return np.asarray(total, np.float64)


def word_information_lost(
    _errors: FloatArray, words: FloatArray, hits: FloatArray, written: FloatArray
) -> FloatArray:
    """1 - (H / N)(H / M) for N words spoken and M written; 1 where nothing was written, NaN where nothing was spoken.

    Source: Morris, Maier and Green (2004), as in jiwer.
    """
    kept = hits / words * (hits / np.where(written > 0, written, 1.0))
    return np.asarray(1.0 - kept, np.float64)


_ERRORS: WeightedSum = (("substitutions", 1), ("deletions", 1), ("insertions", 1))
_HITS: WeightedSum = (("n_words", 1), ("substitutions", -1), ("deletions", -1))
_WORD = "reference word"
_METRICS = (
    Metric(
        "wer",
        "Word error rate",
        _ERRORS,
        ("n_words",),
        False,
        _WORD,
        "Substitutions, deletions and insertions for every word spoken; may exceed 1 when many words are inserted.",
    ),
    Metric(
        "cer",
        "Character error rate",
        (("character_errors", 1),),
        ("n_characters",),
        False,
        "reference character",
        "Characters substituted, left out and inserted, for every character of what was spoken, spaces included; may exceed 1.",
    ),
    Metric(
        "mer",
        "Match error rate",
        _ERRORS,
        ("n_words", "insertions"),
        True,
        "word spoken or inserted",
        "Errors of all words spoken or inserted: the word error rate with insertions in what it is divided by.",
    ),
    Metric(
        "wil",
        "Word information loss",
        _ERRORS,
        ("n_words",),
        True,
        _WORD,
        "1 minus the share of the words spoken that were recognised times the share of the words written that are right.",
        further=(_HITS, (("n_hypothesis_words", 1),)),
        rate_of=word_information_lost,
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
    Metric(
        "catastrophic-rate",
        "Catastrophic error rate",
        (("catastrophic_utterances", 1),),
        ("n_utterances",),
        True,
        "utterance",
        "Recordings with more than one error for every two words, of all recordings.",
    ),
    Metric(
        "keyword-miss-rate",
        "Keyword miss rate",
        (("keyword_misses", 1),),
        ("n_keywords",),
        True,
        "keyword spoken",
        "Keywords spoken that were not recognised, of all keywords spoken.",
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
