"""The SELECTs that bring columns of a build into memory, and the rows of a selection out of them.

A question about all of a large evaluation reads the same few columns again and again; as arrays of
small whole numbers in the order of speakers they are summed in a fraction of the time a query takes.
Sums that several answers share are held beside them. What is held is forgotten when it was not used
for longest or its build was closed, and an evaluation that is too large is not held at all. Sums are those of `queries.py`, whichever way they are made; computes no statistics.
"""

from __future__ import annotations

import itertools
import pickle
import threading
import weakref
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import duckdb
import numpy as np

from analysis.attributes import Attribute
from analysis.metrics import DEFAULT_METRIC, METRICS, Metric
from analysis.selection import Everything, Selection
from analysis.selection_sql import to_sql
from analysis.speaker_counts import BoolArray
from data.queries_codes import code_sql
from data.queries_sums import ONE, count_of_one, summed_column
from data.shelf import Shelf
from data.sorted_rows import SpeakerRows

MOST_RECORDINGS = 4_000_000
"""Of an evaluation that is held; a larger one is asked by queries."""
MOST_BYTES = 192 * 2**20
"""Of all columns of all evaluations in this process, and of all that was worked out of them."""


SHELF = Shelf(MOST_BYTES)
_NUMBERS = itertools.count()
T = TypeVar("T")

Count = tuple[int, Metric, str]
"""A count of a system's recordings: its number, the metric, and the name among the metric's counts."""


class _Counts(Mapping[str, Any]):
    """Counts of some recordings by name, each taken when it is first read."""

    def __init__(self, held: HeldColumns, counts: Mapping[str, Count], which: Any) -> None:
        self._held, self._counts, self._which = held, counts, which
        self._taken: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._taken:
            self._taken[name] = _of(self._held.count(self._counts[name]), self._which)
        return self._taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


def _of(column: Any, which: Any) -> Any:
    return column if which is None else column.take(which)


class HeldColumns:
    """The columns of one build. Nothing is read before somebody asks."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._looking = threading.Lock()
        self._reading: dict[Hashable, threading.Lock] = {}
        # Not itself: what is held should not keep the file of a build open that was closed.
        self._number = next(_NUMBERS)
        self._sorted: bool | None = None
        weakref.finalize(self, _forget, self._number)

    def can_be_held(self) -> bool:
        """Whether rows are numbered in the order of speakers, as an ingest writes them, and are not too many."""
        if self._sorted is None:
            with self._looking:
                if self._sorted is None:
                    [(n_rows,)] = self._fetch("SELECT count(*) FROM utterance").fetchall()
                    self._sorted = 0 < n_rows <= MOST_RECORDINGS and self._is_sorted()
        return self._sorted

    def rows(
        self,
        attributes: Sequence[Attribute],
        system: int,
        selection: Selection,
        counts: Mapping[str, Count],
        member_of: Selection | None = None,
        also: int | None = None,
    ) -> SpeakerRows:
        """The selected recordings that a system was scored on.

        counts: by the name they get. `member_of` puts a first code before those of the
        attributes, 1 for what is also in that selection; recordings of it are among the rows. `also`: another system
        that they have to be scored on.
        """
        kept = self._scored(system)
        for mask in (self._scored(also) if also is not None else None, self._selected(selection, member_of)):
            kept = mask if kept is None else kept if mask is None else kept & mask
        which = None if kept is None else np.flatnonzero(kept).astype(np.int32)
        codes = [self._codes(attribute) for attribute in attributes]
        levels = [len(attribute.stored_levels) for attribute in attributes]
        if member_of is not None:
            codes, levels = [self._mask(member_of).astype(np.int8), *codes], [2, *levels]
        return SpeakerRows(
            tuple(_of(code, which) for code in codes),
            tuple(levels),
            _of(self.speaker(), which),
            _Counts(self, counts, which),
        )

    def shared(self, first: int, second: int, selection: Selection) -> tuple[int, int, int, int]:
        """Selected utterances scored for both systems, for the first alone, for the second alone, and those of both
        with other numbers of reference words.
        """
        kept = self._selected(selection, None)
        n_rows = len(self.speaker())
        masks = (self._scored(system) for system in (first, second))
        one, other = (np.ones(n_rows, bool) if mask is None else mask for mask in masks)
        if kept is not None:
            one, other = one & kept, other & kept
        both = one & other
        words = [self.count((system, METRICS[DEFAULT_METRIC], "n_words")) for system in (first, second)]
        different = both & (words[0] != words[1])
        return int(both.sum()), int((one & ~other).sum()), int((other & ~one).sum()), int(different.sum())

    def remembered(self, question: Hashable, work_out: Callable[[], T]) -> T:
        """What was worked out of the columns for a question, a copy for each who asks: several answers of a page share it."""
        kept = SHELF.take(self._number, question)
        if kept is None:
            kept = pickle.dumps(work_out(), pickle.HIGHEST_PROTOCOL)
            SHELF.put(self._number, question, kept)
        found: T = pickle.loads(kept)  # noqa: S301 - bytes of this process alone
        return found

    def speaker(self) -> Any:
        """The speaker of every recording, rising."""
        return self._held("speaker", lambda: self._read("SELECT row_id, speaker AS value FROM utterance"))

    def count(self, count: Count) -> Any:
        """A count of every recording; 0 where the system was not scored on it."""
        system, metric, name = count
        sql = count_of_one(name, metric, "s")
        if sql == ONE:
            return np.broadcast_to(np.uint8(1), len(self.speaker()))
        query = (
            f"SELECT s.row_id, CAST({sql} AS BIGINT) AS value FROM score AS s WHERE s.system = {int(system)}"
        )
        return self._held((system, summed_column(name, metric)), lambda: self._read(query))

    def _codes(self, attribute: Attribute) -> Any:
        query = f"SELECT row_id, {code_sql(attribute.column)} AS value FROM utterance"
        return self._held(("code", attribute.column), lambda: self._read(query))

    def _selected(self, selection: Selection, member_of: Selection | None) -> BoolArray | None:
        """Recordings of either selection; None is all of them."""
        if isinstance(selection, Everything) or isinstance(member_of, Everything):
            return None
        found = self._mask(selection)
        return found if member_of is None else found | self._mask(member_of)

    def _mask(self, selection: Selection) -> BoolArray:
        predicate, values = to_sql(selection)
        query = f"SELECT row_id, TRUE AS value FROM utterance WHERE {predicate}"
        found: BoolArray = self._held(("where", selection), lambda: self._read(query, values).astype(bool))
        return found

    def _scored(self, system: int) -> BoolArray | None:
        """Recordings that a system was scored on; None is all of them."""
        query = f"SELECT row_id, TRUE AS value FROM score WHERE system = {int(system)}"
        found = self._held(("scored", system), lambda: self._read(query).astype(bool))
        return None if found.all() else found

    def _held(self, name: Hashable, read: Callable[[], Any]) -> Any:
        found = SHELF.take(self._number, name)
        if found is None:
            # One for each column: a pattern that is looked for in every text keeps nobody else waiting.
            with self._reading.setdefault(name, threading.Lock()):
                # Whoever waited finds what the other has read.
                found = SHELF.take(self._number, name)
                if found is None:
                    found = read()
                    found.setflags(write=False)
                    SHELF.put(self._number, name, found)
            self._reading.pop(name, None)
        return found

    def _read(self, query: str, values: Sequence[Any] = ()) -> Any:
        """One value for every row, 0 where the query has none, in as few bytes as hold them all."""
        [(n_rows,)] = self._fetch("SELECT count(*) FROM utterance").fetchall()
        found: dict[str, Any] = self._fetch(query, values).fetchnumpy()
        row, value = found["row_id"], found["value"]
        ends = (int(value.min(initial=0)), int(value.max(initial=0)))
        narrow = np.result_type(*(np.min_scalar_type(end) for end in ends))
        if len(row) == n_rows and value.min() == value.max():
            # One number for all, which is added up without looking at each.
            return np.broadcast_to(narrow.type(value[0]), n_rows)
        column = np.zeros(n_rows, narrow)
        column[row] = value
        return column

    def _is_sorted(self) -> bool:
        found = self._fetch("SELECT row_id, speaker FROM utterance ORDER BY row_id").fetchnumpy()
        row, speaker = found["row_id"], found["speaker"]
        return bool(np.array_equal(row, np.arange(len(row))) and (speaker[1:] >= speaker[:-1]).all())

    def _fetch(self, query: str, values: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor().execute(query, list(values))


def _forget(number: int) -> None:
    SHELF.forget(number)


class HeldCursor:
    """A cursor of a build whose columns may be held."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, held: HeldColumns) -> None:
        self._cursor, self.held = cursor, held

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def held_columns(cursor: object) -> HeldColumns | None:
    """The held columns behind a cursor; None where the recordings are to be asked for by queries."""
    return cursor.held if isinstance(cursor, HeldCursor) and cursor.held.can_be_held() else None
