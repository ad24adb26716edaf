"""Three ways to average a subgroup's rate, each beside the same average of the others and of all recordings.

A difference is only ever taken within one way: a mean of utterances less a pooled rate is a mixture that
measures nothing. Takes answers that are there and asks for no other number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.rates import RateTable
from analysis.speaker_counts import FloatArray
from dashboard.answers.mean_spans import MeanSpans, Span
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupAnswer

POOLED, SPEAKERS, UTTERANCES = "pooled", "mean of speakers", "mean of utterances"


@dataclass(frozen=True)
class Average:
    """One way to average; fractions, NaN where undefined."""

    way: str
    """POOLED, SPEAKERS or UTTERANCES."""
    own: float
    others: float
    """Of those the subgroup is compared with, as they were recorded."""
    everything: float
    """Of all recordings, the subgroup included."""
    spans: tuple[tuple[float, float], ...]
    """Intervals of the three rates, in this order; NaN where none can be given."""

    @property
    def from_others(self) -> float:
        """The subgroup less the others, averaged alike."""
        return self.own - self.others

    @property
    def from_everything(self) -> float:
        """The subgroup less all recordings, averaged alike: the divergence that searches of subgroups print."""
        return self.own - self.everything


def averages(
    answer: SubgroupAnswer, whole: RateTable, beside: tuple[MeanSpans, MeanSpans], of_all: MeanSpans
) -> tuple[Average, ...]:
    """The three ways, pooled first; `whole` is everything recorded, as its only row.

    `beside` and `of_all` are the intervals of the means: of the subgroup and the others, and of everything.
    """
    table = answer.table
    sides = ((table.intervals, SUBGROUP), (table.intervals, REST), (whole.intervals, 0))
    means = (*beside, of_all)
    ways = (
        (
            POOLED,
            (table.statistics.rate, whole.statistics.rate),
            [(float(one.low[i]), float(one.high[i])) for one, i in sides],
        ),
        (
            SPEAKERS,
            (table.statistics.speaker_mean, whole.statistics.speaker_mean),
            [one.speakers for one in means],
        ),
        (UTTERANCES, (table.utterance_mean, whole.utterance_mean), [one.utterances for one in means]),
    )
    return tuple(_average(way, *values, spans) for way, values, spans in ways)


def _average(way: str, two: FloatArray, whole: FloatArray, spans: Sequence[Span]) -> Average:
    own, others, everything = float(two[SUBGROUP]), float(two[REST]), float(whole[0])
    # A mean that is withheld or not known has no interval either.
    shown = [
        span if math.isfinite(rate) else (math.nan, math.nan)
        for rate, span in zip((own, others, everything), spans, strict=True)
    ]
    return Average(way, own, others, everything, tuple(shown))
