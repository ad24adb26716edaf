"""A table of rates from counts by group and speaker that are not the stored ones of a system.

Owns the last step that answers share whose counts come from elsewhere: a second transcription, or the
same texts under another normaliser. The statistics are those of every other table.
"""

from __future__ import annotations

from analysis.attributes import Attribute
from analysis.metrics import Metric
from analysis.rates import RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator
from analysis.settings import Settings
from data.pair_counts import PairCounts


def rates_of_pairs(
    pairs: PairCounts,
    metric: Metric,
    attributes: tuple[Attribute, ...],
    comparator: Comparator,
    level: float,
    settings: Settings,
) -> RateTable:
    """Rates of the groups that the counts are by; attributes as in the query that made them."""
    counts = metric.by_speaker(pairs.group, pairs.speaker, pairs.columns, len(pairs.codes))
    grouped = grouped_counts(attributes, pairs.codes, pairs.totals(), counts, comparator)
    return rate_table(metric, attributes, grouped, comparator, whole_statistics(counts), level, settings)
