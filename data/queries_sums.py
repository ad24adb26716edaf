"""How every count follows from one scored recording, and the sums that the queries over scores ask for.

Owns the SQL of each count in `analysis/metrics.py`. It holds no query of its own, selects
nothing, and knows the columns of table `score` and those shaped like it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from analysis.metrics import CATASTROPHIC, COUNTS, RATE_UNIT, Metric, word_information_lost

_ERRORS = "CAST({s}.substitutions AS BIGINT) + {s}.deletions + {s}.insertions"
_CONDITIONS = {
    "empty_outputs": "{s}.n_hypothesis_words = 0 AND {s}.n_words > 0",
    "wrong_utterances": f"{_ERRORS} > 0",
    "catastrophic_utterances": f"{_ERRORS} > {CATASTROPHIC:g} * {{s}}.n_words",
}
"""Counts of recordings for which something holds."""
ONE = "TRUE"
"""What counts every recording once."""
_LARGEST_RATE = 1_000_000
"""An utterance's own rate is taken to be at most this, so that sums of many stay whole numbers of 64 bits."""


def counts_of(metric: Metric) -> tuple[str, ...]:
    """Names of the counts that are summed for a metric: those beside every rate, then its own."""
    return tuple(dict.fromkeys((*COUNTS, *metric.counts)))


class SummedCursor:
    """A cursor of a database whose scores are sums over recordings already, as an evidence file holds them."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def summed_column(name: str, metric: Metric) -> str:
    """The column that holds the sum of a count; those of the utterances' own rates are another for each metric."""
    own = name in ("rated_utterances", "utterance_rates")
    return f"{metric.id.replace('-', '_')}_{name}" if own else name


def counts_sql(metric: Metric, table: str, *, summed: bool = False) -> str:
    """The counts for a metric of one recording, as columns; `table` is the name of the scores.

    summed: each row of the scores is the sum of several recordings.
    """
    one = {
        name: f"{table}.{summed_column(name, metric)}" if summed else count_of_one(name, metric, table)
        for name in counts_of(metric)
    }
    columns = (f"{sql} AS {name}" for name, sql in one.items())
    return "\n    " + ",\n    ".join(columns)


def sums_sql(
    metric: Metric, table: str, names: Sequence[str] | None = None, prefix: str = "", *, summed: bool = False
) -> str:
    """The same summed over the recordings of a group.

    `names` are the counts that are wanted, all of the metric's by default; `prefix` begins the names of the columns,
    where two systems stand side by side.
    """
    wanted = counts_of(metric) if names is None else names
    if summed:
        added = (f"CAST(sum({table}.{summed_column(name, metric)}) AS BIGINT) AS {name}" for name in wanted)
        return "\n    " + ",\n    ".join(added)
    columns = (f"{_sum(name, metric, table)} AS {prefix}{name}" for name in wanted)
    return "\n    " + ",\n    ".join(columns)


def _sum(name: str, metric: Metric, table: str) -> str:
    one = count_of_one(name, metric, table)
    if one == ONE:
        return "count(*)"
    return f"count(*) FILTER ({one})" if _is_condition(name) else f"CAST(sum({one}) AS BIGINT)"


def _is_condition(name: str) -> bool:
    return name in ("n_utterances", "rated_utterances", *_CONDITIONS)


def count_of_one(name: str, metric: Metric, table: str) -> str:
    """A count of one recording as SQL: a condition, or a number; `table` is the name of the scores."""
    per_recording = metric.denominator == ("n_utterances",)
    if name == "n_utterances" or (name == "rated_utterances" and per_recording):
        return ONE
    if name == "rated_utterances":
        return f"{_size(metric, table)} > 0"
    if name == "utterance_rates":
        # Whole numbers, so that their sum is the same in whatever order threads add.
        whole = f"CAST(round({1 / RATE_UNIT:.0f} * {_own_rate(metric, table)}) AS BIGINT)"
        return whole if per_recording else f"CASE WHEN {_size(metric, table)} > 0 THEN {whole} ELSE 0 END"
    return _CONDITIONS[name].format(s=table) if name in _CONDITIONS else f"{table}.{name}"


def _own_rate(metric: Metric, table: str) -> str:
    """The rate of one recording, where its denominator is not 0."""
    if metric.rate_of is word_information_lost:
        hits = f"({table}.n_words - {table}.substitutions - {table}.deletions)"
        return f"(1 - {hits} / {table}.n_words * ({hits} / greatest({table}.n_hypothesis_words, 1)))"
    terms = (f"{weight} * {_addend(name, table)}" for name, weight in metric.numerator)
    errors = " + ".join(term.removeprefix("1 * ") for term in terms)
    if metric.denominator == ("n_utterances",):
        return f"({errors})"
    return f"least(({errors}) / ({_size(metric, table)}), {_LARGEST_RATE})"


def _size(metric: Metric, table: str) -> str:
    first, *others = metric.denominator
    parts = (_addend(first, table) if others else f"{table}.{first}", *(f"{table}.{name}" for name in others))
    return " + ".join(parts)


def _addend(name: str, table: str) -> str:
    """A count of one recording as a number that may be added to others without overflow."""
    one = _CONDITIONS[name].format(s=table) if name in _CONDITIONS else f"{table}.{name}"
    return f"CAST({one} AS BIGINT)"
