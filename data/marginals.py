"""Stored results of every grouping by at most three attributes, for views without a filter.

Owns the table `marginal`: written once while a build is made, read back as exactly what
`analysis/rates.py` would have worked out from the recordings. Only the default metric and
the default comparator are stored; everything else goes to the recordings.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from scipy import sparse

from analysis.attributes import Attribute
from analysis.comparisons import ContrastStatistics
from analysis.intervals import GroupStatistics
from analysis.metrics import COUNTS, DEFAULT_METRIC, METRICS
from analysis.mix_of_conditions import ConditionMix, conditions_to_mix, in_the_same_mix, possible_conditions
from analysis.rates import GroupedCounts, grouped_counts
from analysis.roles import NOT_STATED_CODE, default_comparator
from analysis.selection import Everything
from analysis.settings import DEFAULTS
from analysis.speaker_counts import FloatArray, IntArray, SpeakerCounts
from data.pair_counts import PairCounts
from data.queries import pair_counts

MAX_ATTRIBUTES = 12
MAX_LEVELS = 64
MAX_ORDER = 3
MAX_GROUPS = 200_000
_MOST_THREADS = 4

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
    # With what is worked out for each recording almost every recording would be a cell of its own.
    plain = [a for a in attributes if not (a.multi or a.derived)]
    eligible = [a for a in plain if 0 < len(a.levels) <= MAX_LEVELS][:MAX_ATTRIBUTES]
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


def write_marginals(connection: duckdb.DuckDBPyConnection, first_system: int = 0) -> None:
    """Fill table `marginal`, meta `marginal_subsets` and `marginal_mixes` from the build's recordings and scores.

    `first_system` is the first that has no stored groupings yet.
    """
    attributes = [Attribute.from_json(plain) for plain in _meta(connection, "attributes")]
    n_systems = len(_meta(connection, "systems"))
    subsets = marginal_subsets(attributes)
    by_name = {a.name: a for a in attributes}
    conditions = possible_conditions(attributes)
    used = [a for a in attributes if a in conditions or any(a.name in names for names in subsets)]
    mixes: dict[str, Any] = dict(_meta(connection, "marginal_mixes")) if first_system else {}
    for system in range(first_system, n_systems):
        base = pair_counts(connection, used, system, Everything())
        # All at once: the database takes longer to look at a frame than to store its rows.
        rows = pd.concat(_frames(base, used, by_name, subsets, system, mixes), ignore_index=True)
        connection.register("marginal_rows", rows)
        connection.execute("INSERT INTO marginal BY NAME SELECT * FROM marginal_rows")
        connection.unregister("marginal_rows")
    plain = {"marginal_subsets": [list(names) for names in subsets], "marginal_mixes": mixes}
    for key, value in plain.items():
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, json.dumps(value, sort_keys=True)]
        )


def _frames(
    base: PairCounts,
    used: list[Attribute],
    by_name: dict[str, Attribute],
    subsets: list[tuple[str, ...]],
    system: int,
    mixes: dict[str, Any],
) -> list[pd.DataFrame]:
    """One frame of stored rows per grouping, each rolled up from the finest counts; `mixes` gets what they say of conditions."""
    column_of = {a.name: i for i, a in enumerate(used)}
    finest = _Finest.of(base)

    def frame(number: int, names: tuple[str, ...]) -> pd.DataFrame:
        attributes = [by_name[name] for name in names]
        codes, totals, counts = finest.rolled_up([column_of[name] for name in names], attributes)
        comparator = default_comparator(attributes)
        grouped = grouped_counts(attributes, codes, totals, counts, comparator)
        conditions = conditions_to_mix(attributes, used, comparator, is_ratio=counts.is_ratio)
        if conditions:
            finer = [*attributes, *conditions]
            codes, _, cells = finest.rolled_up([column_of[a.name] for a in finer], finer)
            mix, contrast = in_the_same_mix(
                cells, codes, conditions, grouped.statistics, grouped.contrast, DEFAULTS.mix_limit
            )
            grouped = replace(grouped, mix=mix, contrast=contrast)
            mixes[f"{system}:{number}"] = mix.to_json()
        return _frame(grouped, system, number)

    # Sorting and summing, nearly all of the work, let other threads go on.
    threads = ThreadPoolExecutor(max_workers=min(_MOST_THREADS, os.cpu_count() or 1))
    try:
        return list(threads.map(frame, range(len(subsets)), subsets))
    finally:
        threads.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class _Finest:
    """Sums by the finest group and speaker, sorted by speaker; what all groupings are rolled up from."""

    codes: IntArray
    group: IntArray
    speaker: IntArray
    table: IntArray
    """Pairs × counts, in the order of `names`."""
    names: tuple[str, ...]
    sums: tuple[FloatArray, ...]
    """What the metric is made of, by pair."""

    @staticmethod
    def of(base: PairCounts) -> _Finest:
        order = np.argsort(base.speaker, kind="stable")
        table = np.stack([values[order] for values in base.columns.values()], axis=1)
        sums = tuple(values[order] for values in METRICS[DEFAULT_METRIC].sums(base.columns))
        return _Finest(base.codes, base.group[order], base.speaker[order], table, tuple(base.columns), sums)

    def rolled_up(
        self, columns: list[int], attributes: list[Attribute]
    ) -> tuple[IntArray, dict[str, IntArray], SpeakerCounts]:
        """The coarser groups that occur, their counts, and the metric's sums by group and speaker."""
        codes, number = _groups_that_occur(
            [self.codes[:, column] for column in columns], [len(a.stored_levels) for a in attributes]
        )
        group = number[self.group] if columns else np.zeros(len(self.group), np.int64)
        # Which rows make which group, as a matrix: it sorts rows by group without comparing them.
        belongs = sparse.csr_matrix(
            (np.ones(len(group), np.int64), (group, np.arange(len(group)))), (len(codes), len(group))
        )
        totals = dict(zip(self.names, (belongs @ self.table).T, strict=True))
        order, metric = belongs.indices, METRICS[DEFAULT_METRIC]
        errors, size, *further = (values[order] for values in self.sums)
        counts = SpeakerCounts.of(
            group[order], self.speaker[order], errors, size, len(codes), tuple(further), metric.rate_of
        )
        return codes, totals, counts


def _groups_that_occur(columns: list[IntArray], n_levels: list[int]) -> tuple[IntArray, IntArray]:
    """The different rows of codes, sorted with "not stated" last, and the place of every row among them."""
    if not columns:
        return np.zeros((1, 0), np.int64), np.zeros(1, np.int64)
    sizes = [levels + 1 for levels in n_levels]
    stated = [np.where(codes < 0, levels, codes) for codes, levels in zip(columns, n_levels, strict=True)]
    number = np.ravel_multi_index(stated, sizes)
    occurs = np.bincount(number, minlength=int(np.prod(sizes))) > 0
    found = np.unravel_index(np.flatnonzero(occurs), sizes)
    codes = [np.where(code == levels, -1, code) for code, levels in zip(found, n_levels, strict=True)]
    return np.stack(codes, axis=1).astype(np.int64), (np.cumsum(occurs) - 1)[number]


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
    cursor: duckdb.DuckDBPyConnection,
    subset: int,
    order: int,
    system: int,
    positions: Sequence[int],
    mix: Mapping[str, Any] | None = None,
) -> GroupedCounts:
    """A stored grouping; `positions` says which stored code column each wanted attribute stands in.

    `mix` is what meta `marginal_mixes` says of it; None where it says nothing.
    """
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
        _mix_of(mix, [table[f"code_{i}"] for i in range(order)]) if mix else None,
    )


def _mix_of(plain: Mapping[str, Any], codes: list[IntArray]) -> ConditionMix:
    """The stored mix, its groups in the order in which they were read instead of the sorted one."""
    mix = ConditionMix.from_json(plain, len(codes[0]))
    last = np.iinfo(np.int64).max
    order = np.lexsort([np.where(code == NOT_STATED_CODE, last, code) for code in reversed(codes)])
    share = np.empty(len(order))
    share[order] = mix.share_present
    return replace(mix, share_present=share)


def _undefined_as_nan(values: Any) -> Any:
    """A column as it was written: the database keeps NaN as NULL."""
    if values.dtype.kind == "i":
        return values.astype(np.int64)
    return np.ma.filled(values, np.nan) if isinstance(values, np.ma.MaskedArray) else values


def _meta(connection: duckdb.DuckDBPyConnection, key: str) -> Any:
    [(value,)] = connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchall()
    return json.loads(value)
