"""What would join? The ids of a file held against the recordings they belong to, before anything is made of it.

The join is that of an ingest, because the same rooms make it. It draws nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.arrays import string_column
from data.attribute_files import attribute_keys
from data.column_counts import count_columns
from data.column_names import ColumnMapping
from data.columns import hypothesis_fields
from data.errors import Fault
from data.formats.source_table import SourceTable
from data.hypotheses import with_header_seen_through
from data.id_join import joined_places
from data.queries_references import stored_references
from data.source_files import load_file
from data.store import Build

EXAMPLES = 5


@dataclass(frozen=True)
class Joined:
    """How the rows of one file meet the recordings."""

    format: str
    n_rows: int
    columns: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    """Column by field: id and hypothesis, or the key of a table of attributes."""
    kind: str = "recording"
    """"speaker" for a table that is joined by speaker."""
    n_known: int = 0
    """Recordings (or speakers) there are."""
    n_matched: int = 0
    """Of them, those the file has a row for."""
    without: tuple[str, ...] = ()
    """The first few it has no row for."""
    n_unknown: int = 0
    """Rows whose id is not among the recordings."""
    unknown: tuple[str, ...] = ()
    """The first few such ids."""
    n_repeated: int = 0
    """Rows after the first for the same recording."""
    problems: tuple[Fault, ...] = ()
    """Fields without a column; nothing is joined then."""
    notices: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every row and every recording found the other."""
        return self.n_matched == self.n_known and not (self.n_unknown or self.n_repeated or self.problems)


@dataclass(frozen=True)
class JoinQuestion:
    """A file for a build; a frozen value that changes with the file, so that it can be a cache key."""

    path: Path
    changed_ns: int
    system: str
    mapping: tuple[tuple[str, str], ...] = ()
    """Column by field."""


def join_with_build(build: Build, question: JoinQuestion) -> Joined:
    """How a file of outputs joins the recordings of a build; raises `InputError` when it cannot be read."""
    table = load_file(question.path).table(None)
    ids = stored_references(build.cursor()).utterance_ids
    recorded = build.info.options
    fields = {**recorded.get("map", {}), **dict(question.mapping)}
    return join_of_outputs(
        table, ids, question.system, ColumnMapping(fields, recorded.get("map_systems", {}))
    )


def join_of_outputs(table: SourceTable, ids: pa.Array, system: str, mapping: ColumnMapping) -> Joined:
    """How a file of one system's outputs, or of its counts, joins recordings by id."""
    if not table.columns.num_columns:
        return Joined(table.format, 0, (), problems=table.faults)
    table = with_header_seen_through(table, ids, mapping)
    columns = table.columns.column_names
    fields, problems = hypothesis_fields(table.file, columns, mapping, system, table.text_column)
    if count_columns(columns, mapping):
        problems = [fault for fault in problems if fault.field != "hypothesis"]
    if problems:
        return _unjoined(table, fields, problems)
    return _joined(table, fields, "id", ids)


def join_of_attributes(
    table: SourceTable, ids: pa.Array, speakers: pa.Array, mapping: ColumnMapping
) -> Joined:
    """How a table of attributes joins recordings, by id or else by speaker."""
    keys = attribute_keys(table.columns.column_names, mapping)
    fields = keys.shown()
    if not fields:
        what = "No column names the recording or the speaker."
        return _unjoined(table, {}, [Fault(table.file, None, "id", what, "")])
    if keys.id is not None:
        return _joined(table, fields, "id", ids)
    return _joined(table, fields, "speaker", pc.unique(speakers.drop_null()))


def _unjoined(table: SourceTable, fields: Mapping[str, str], problems: Sequence[Fault]) -> Joined:
    columns = tuple(table.columns.column_names)
    return Joined(
        table.format, len(table.rows), columns, fields, problems=tuple(problems), notices=table.notices
    )


def _joined(table: SourceTable, fields: Mapping[str, str], key: str, known: pa.Array) -> Joined:
    own = string_column(table.columns.column(fields[key]))
    places = joined_places(own, known)
    found = places[places >= 0]
    has_row = np.zeros(len(known), bool)
    has_row[found] = True
    unknown, without = np.flatnonzero(places < 0), np.flatnonzero(~has_row)
    return Joined(
        table.format,
        len(table.rows),
        tuple(table.columns.column_names),
        fields,
        "speaker" if key == "speaker" else "recording",
        n_known=len(known),
        n_matched=int(has_row.sum()),
        without=_texts(known, without),
        n_unknown=len(unknown),
        unknown=_texts(own, unknown),
        n_repeated=len(found) - int(has_row.sum()),
        notices=table.notices,
    )


def _texts(values: pa.Array, places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[str, ...]:
    return tuple(str(values[int(place)].as_py() or "") for place in places[:EXAMPLES])
