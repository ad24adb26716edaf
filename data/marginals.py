"""Stored results of every grouping by at most three attributes, for views without a filter.

Owns the table `marginal`: written once while a build is made, read back as exactly what
`analysis/rates.py` would have worked out from the recordings. Only the default metric and
the default comparator are stored; everything else goes to the recordings.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.intervals import GroupStatistics
from analysis.metrics import COUNTS, DEFAULT_METRIC, METRICS
from analysis.rates import GroupedCounts, grouped_counts
from analysis.roles import default_comparator
from analysis.selection import Everything
from analysis.speaker_counts import IntArray, SpeakerCounts
from data.queries import PairCounts, arrange_pairs, pair_counts

MAX_ATTRIBUTES = 12
MAX_LEVELS = 64
MAX_ORDER = 3
MAX_GROUPS = 200_000

_GROUP_COLUMNS = {
    "n_speakers": "n_speakers",
    "effective_speakers": "effective_speakers",
    "largest_share": "largest_share",
    "largest_errors": "largest_numerator",
    "speaker_mean": "speaker_mean",
    "variance_log": "variance_log",
    "design_effect": "design_effect",
}
_CONTRAST_COLUMNS = {
    "other_errors": "numerator",
    "other_words": "denominator",
    "other_speakers": "n_speakers",
    "other_effective": "effective_speakers",
    "other_largest_errors": "largest_numerator",
    "contrast_variance": "variance",
    "variance_log_other": "variance_log",
    "difference_variance": "difference_variance",
}


def marginal_subsets(attributes: Sequence[Attribute]) -> list[tuple[str, ...]]:
    """The groupings that are stored, each in the build's order of attributes; the first is the whole."""
    eligible = [a for a in attributes if 0 < len(a.levels) <= MAX_LEVELS][:MAX_ATTRIBUTES]
    size = {a.name: len(a.levels) + int(a.has_missing) for a in eligible}
    chosen: list[tuple[str, ...]] = []
    room = MAX_GROUPS
    for order in range(MAX_ORDER + 1):
        for names in itertools.combinations([a.name for a in eligible], order):
            groups = int(np.prod([size[name] for name in names]))
            if groups <= room:
                chosen.append(names)
                room -= groups
    return chosen


def write_marginals(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill table `marginal` and meta `marginal_subsets` from the build's recordings and scores."""
    attributes = [Attribute.from_json(plain) for plain in _meta(connection, "attributes")]
    n_systems = len(_meta(connection, "systems"))
    subsets = marginal_subsets(attributes)
    by_name = {a.name: a for a in attributes}
    used = [a for a in attributes if any(a.name in names for names in subsets)]
    for system in range(n_systems):
        base = pair_counts(connection, used, system, Everything())
        for frame in _frames(base, used, by_name, subsets, system):
            connection.register("marginal_rows", frame)
            connection.execute("INSERT INTO marginal SELECT * FROM marginal_rows")
            connection.unregister("marginal_rows")
    connection.execute(
        "INSERT INTO meta VALUES ('marginal_subsets', ?)", [json.dumps([list(names) for names in subsets])]
    )


def _frames(
    base: PairCounts,
    used: list[Attribute],
    by_name: dict[str, Attribute],
    subsets: list[tuple[str, ...]],
    system: int,
) -> Iterator[pd.DataFrame]:
    """One frame of stored rows per grouping, each rolled up from the finest counts."""
    column_of = {a.name: i for i, a in enumerate(used)}
    for number, names in enumerate(subsets):
        attributes = [by_name[name] for name in names]
        pairs = _rolled_up(base, [column_of[name] for name in names], attributes)
        metric = METRICS[DEFAULT_METRIC]
        counts = SpeakerCounts.of(
            pairs.group,
            pairs.speaker,
            metric.errors(pairs.columns),
            metric.size(pairs.columns),
            len(pairs.codes),
        )
        grouped = grouped_counts(
            attributes, pairs.codes, pairs.totals(), counts, default_comparator(attributes)
        )
        yield _frame(grouped, system, number)


def _rolled_up(base: PairCounts, columns: list[int], attributes: list[Attribute]) -> PairCounts:
    """Sums by a coarser group and speaker."""
    n_speakers = int(base.speaker.max()) + 1 if len(base.speaker) else 1
    number = np.zeros(len(base.codes), np.int64)
    for column, attribute in zip(columns, attributes, strict=True):
        code = base.codes[:, column]
        number = number * (len(attribute.levels) + 1) + code + 1
    key = number[base.group] * n_speakers + base.speaker
    unique, first, position = np.unique(key, return_index=True, return_inverse=True)
    summed = {
        name: np.bincount(position, values, len(unique)).astype(np.int64)
        for name, values in base.columns.items()
    }
    codes: list[IntArray] = [base.codes[base.group[first], column] for column in columns]
    return arrange_pairs(codes, base.speaker[first], summed, [len(a.levels) for a in attributes])


def _frame(grouped: GroupedCounts, system: int, subset: int) -> pd.DataFrame:
    """Rows of the table, columns in the table's order."""
    n_groups, order = grouped.codes.shape
    columns: dict[str, object] = {"system": np.full(n_groups, system), "subset": np.full(n_groups, subset)}
    for i in range(MAX_ORDER):
        columns[f"code_{i}"] = grouped.codes[:, i] if i < order else np.full(n_groups, -1)
    columns |= {name: grouped.totals[name] for name in COUNTS}
    columns |= {name: getattr(grouped.statistics, field) for name, field in _GROUP_COLUMNS.items()}
    columns |= {name: getattr(grouped.contrast, field) for name, field in _CONTRAST_COLUMNS.items()}
    return pd.DataFrame(columns)


def read_marginal(
    cursor: duckdb.DuckDBPyConnection, subset: int, order: int, system: int, positions: Sequence[int]
) -> GroupedCounts:
    """A stored grouping; `positions` says which stored code column each wanted attribute stands in."""
    names = [*(f"code_{i}" for i in range(order)), *COUNTS, *_GROUP_COLUMNS, *_CONTRAST_COLUMNS]
    # Arrays instead of a frame: a page is drawn from this, and a frame of so many columns costs three times as much.
    answer = cursor.execute(
        f"SELECT {', '.join(names)} FROM marginal WHERE system = ? AND subset = ?", [system, subset]
    ).fetchnumpy()
    table = {name: _undefined_as_nan(values) for name, values in answer.items()}
    codes: list[IntArray] = [table[f"code_{i}"] for i in positions]
    numerator = METRICS[DEFAULT_METRIC].errors(table)
    denominator = METRICS[DEFAULT_METRIC].size(table)
    own = {field: table[name] for name, field in _GROUP_COLUMNS.items()}
    other = {field: table[name] for name, field in _CONTRAST_COLUMNS.items()}
    return GroupedCounts(
        np.stack(codes, axis=1) if codes else np.zeros((len(numerator), 0), np.int64),
        {name: table[name] for name in COUNTS},
        GroupStatistics(numerator=numerator, denominator=denominator, **own),
        ContrastStatistics(**other),
    )


def _undefined_as_nan(values: Any) -> Any:
    """A column as it was written: the database keeps NaN as NULL."""
    if values.dtype.kind == "i":
        return values.astype(np.int64)
    return np.ma.filled(values, np.nan) if isinstance(values, np.ma.MaskedArray) else values


def _meta(connection: duckdb.DuckDBPyConnection, key: str) -> list[dict[str, object]]:
    [(value,)] = connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchall()
    return list(json.loads(value))
