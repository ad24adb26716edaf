"""What a search for slices reads: recordings summed by speaker and everything declared of them.

Owns the table of rows, the columns a condition can be about, the names of a slice and the
minima a slice needs before it is tested. A slice is a conjunction of groups, such as accent =
Scottish and noise = babble. Nothing here looks at a rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.attributes import Role
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

_LARGEST_KEY = 2**62
Codes = npt.NDArray[np.int16]
Item = tuple[int, int]
"""A condition: position of the column, and of the group among its levels."""
Items = tuple[Item, ...]
"""A slice: conditions on different attributes, rising by column. None: everything."""


@dataclass(frozen=True)
class SliceColumn:
    """What a condition can be about: an attribute, or one label of an attribute with several per recording."""

    attribute: str
    role: Role
    levels: tuple[str, ...]


@dataclass(frozen=True)
class SearchLimits:
    """What a slice and its comparator need before they are tested, and what matters in practice."""

    min_speakers: float = 20
    min_utterances: float = 50
    """Of the slice alone."""
    min_expected_errors: float = 30.0
    """At the overall rate."""
    min_effective_speakers: float = 10.0
    """Kish's effective speakers."""
    min_ratio: float = 1.2
    """Smaller ratios are not listed, however sure."""
    min_excess_errors: float = 10.0
    """Fewer errors above the comparator's rate are not listed."""

    def halved(self) -> SearchLimits:
        """The same for one half of the speakers; a ratio stays what it is."""
        return replace(
            self,
            min_speakers=self.min_speakers / 2,
            min_utterances=self.min_utterances / 2,
            min_expected_errors=self.min_expected_errors / 2,
            min_effective_speakers=self.min_effective_speakers / 2,
            min_excess_errors=self.min_excess_errors / 2,
        )


@dataclass(frozen=True)
class SliceRows:
    """Counts by speaker and combination of groups, sorted by speaker; no two rows share both."""

    columns: tuple[SliceColumn, ...]
    codes: Codes
    """Columns × rows: position among the column's levels, -1 where not stated."""
    speaker: IntArray
    """0 to n_speakers - 1, rising."""
    numerator: FloatArray
    denominator: FloatArray
    n_utterances: FloatArray
    speaker_ids: IntArray
    """The number each speaker had before."""
    expected: FloatArray | None = None
    """Errors each row's attributes explain one by one; None: a slice is held against a rate, not a model."""

    @staticmethod
    def of(
        columns: Sequence[SliceColumn],
        codes: Sequence[Any],
        speaker: Any,
        numerator: Any,
        denominator: Any,
        n_utterances: Any,
    ) -> SliceRows:
        """Add up recordings that share a speaker and all groups; `codes` holds one array per column."""
        table = np.array([np.asarray(code, np.int16) for code in codes], np.int16)
        table = table.reshape(len(columns), len(speaker))
        ids, number = np.unique(np.asarray(speaker), return_inverse=True)
        key = _key(number.reshape(-1), table, [len(column.levels) for column in columns])
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        first = order[starts]

        def added(values: Any) -> FloatArray:
            if not len(starts):
                return np.zeros(0)
            return np.asarray(np.add.reduceat(np.asarray(values, np.float64)[order], starts), np.float64)

        rows = np.ascontiguousarray(table[:, first])
        return SliceRows(
            tuple(columns),
            rows,
            number.reshape(-1)[first].astype(np.int64),
            added(numerator),
            added(denominator),
            added(n_utterances),
            ids.astype(np.int64),
        )

    @property
    def n_speakers(self) -> int:
        return len(self.speaker_ids)

    @cached_property
    def overall_rate(self) -> float:
        """Errors over words of all rows; NaN without words."""
        words = float(self.denominator.sum())
        return float(self.numerator.sum()) / words if words > 0 else float("nan")

    @property
    def base(self) -> FloatArray:
        """What errors are held against: words, or the errors expected of each row."""
        return self.denominator if self.expected is None else self.expected

    @cached_property
    def base_rate(self) -> float:
        """Errors over `base` of all rows; NaN where that is 0."""
        size = float(self.base.sum())
        return float(self.numerator.sum()) / size if size > 0 else float("nan")

    @cached_property
    def constant(self) -> tuple[bool, ...]:
        """Of each column, whether no speaker has two values of it."""
        if not len(self.speaker):
            return tuple(True for _ in self.columns)
        same_speaker = self.speaker[1:] == self.speaker[:-1]
        return tuple(not (same_speaker & (code[1:] != code[:-1])).any() for code in self.codes)

    def inside(self, items: Items) -> BoolArray:
        """The rows that meet every condition."""
        met = np.ones(len(self.speaker), np.bool_)
        for column, level in items:
            met &= self.codes[column] == level
        return met

    def of_speakers(self, wanted: BoolArray) -> SliceRows:
        """The rows of some speakers, who are numbered anew; `wanted` has an entry for each speaker."""
        kept = wanted[self.speaker]
        number = np.cumsum(wanted) - 1
        return SliceRows(
            self.columns,
            np.ascontiguousarray(self.codes[:, kept]),
            number[self.speaker[kept]].astype(np.int64),
            self.numerator[kept],
            self.denominator[kept],
            self.n_utterances[kept],
            self.speaker_ids[wanted],
            None if self.expected is None else self.expected[kept],
        )


def peers_of(columns: Sequence[SliceColumn], items: Items) -> Items:
    """What a slice's comparator shares with it: its conditions that are not about the speaker.

    Where it names speakers and something else, they are compared with other speakers in the same
    conditions. Nothing is shared where it names only one of both: its comparator is everything outside it.
    """
    shared = tuple(item for item in items if columns[item[0]].role != "speaker")
    return shared if len(shared) < len(items) else ()


def _key(speaker: IntArray, codes: Codes, n_levels: Sequence[int]) -> IntArray:
    """One number per row for its speaker and groups; the speaker decides the order."""
    key, size = np.zeros(len(speaker), np.int64), 1
    for code, levels in zip(codes, n_levels, strict=True):
        if size * (levels + 1) > _LARGEST_KEY // (int(speaker.max(initial=0)) + 1):
            known, key = np.unique(key, return_inverse=True)
            size = len(known)
        key = key.reshape(-1) * (levels + 1) + (code + 1)
        size *= levels + 1
    return speaker.astype(np.int64) * size + key
