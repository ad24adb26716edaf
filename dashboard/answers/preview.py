"""What would be made of a file? Its format, its first rows, and which column is taken for what.

The guesses are those of an ingest with the same options, because the same rooms make them.
Of a large text file only the beginning is read. It draws nothing and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from analysis.attributes import Attribute
from dashboard.answers.file_parts import FileLook, part_of
from dashboard.answers.join_preview import Joined, join_of_attributes, join_of_outputs
from data.attribute_columns import attribute_columns
from data.attribute_files import attribute_keys
from data.column_counts import count_columns
from data.columns import ColumnFields, ColumnMapping, nested_faults, reference_fields
from data.errors import Fault, InputError
from data.formats.registry import sniffed_format
from data.formats.source_table import SourceTable
from data.ingest_options import IngestOptions
from data.records import Recordings
from data.source_files import InputFile, load_file
from data.sources import load_recordings

ROWS_SHOWN = 5
MOST_BYTES_READ = 20_000_000
"""Of a longer text file with one record a line, so much is looked at."""
_BY_LINE = ("csv", "jsonl", "nemo")


@dataclass(frozen=True)
class PreviewQuestion:
    """What is asked. A frozen value that changes with the file, so that it can be a cache key."""

    path: Path
    changed_ns: int
    """When the file was last written; tells its states apart."""
    mapping: tuple[tuple[str, str], ...] = ()
    """Column by field, or by `system:NAME`."""
    missing: tuple[str, ...] = ()
    missing_speaker: Literal["drop", "one"] | None = None
    multi: tuple[tuple[str, str], ...] = ()
    """What stands between the labels of one value, by attribute."""
    systems: tuple[tuple[str, Path, int], ...] = ()
    """Name, file and when it was last written, of each system with a file of its own."""
    attribute_files: tuple[tuple[Path, int], ...] = ()
    format: str | None = None
    """A key of `data.formats.registry.FORMATS`; None: told by the content."""
    cluster: str | None = None
    """Column of the sampling unit, where that is not the speaker."""

    @staticmethod
    def of(path: Path) -> PreviewQuestion:
        """The question with every guess left as it is; raises `InputError` when there is no such file."""
        try:
            changed_ns = path.stat().st_mtime_ns
        except (OSError, ValueError):
            raise InputError(f"There is no file {path}.") from None
        if not (path.is_file() or path.is_dir()):
            # A device may never end.
            raise InputError(f"{path} is neither a file nor a folder.")
        return PreviewQuestion(path, changed_ns)


@dataclass(frozen=True)
class Preview:
    """What is known of a file before an evaluation is made of it."""

    format: str
    """A key of `data.formats.registry.FORMATS`; "" where nothing can be read."""
    n_rows: int
    is_whole: bool
    """False when only the beginning was read; `n_rows` is then how many rows that has."""
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]
    """The first rows: line and value of each column; None is no value."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Column by field."""
    systems: Mapping[str, str] = field(default_factory=dict)
    """Column of outputs by system; empty for a file of counts."""
    counted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns of counts by system, where the file holds no texts."""
    attributes: tuple[Attribute, ...] = ()
    """What the other columns would become, with guessed roles; empty while a field lacks its column."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Columns that become nothing, each with the reason."""
    problems: tuple[Fault, ...] = ()
    """Fields without a column, or with several that fit."""
    unreadable: tuple[Fault, ...] = ()
    """Why nothing can be read; empty when something can."""
    notices: tuple[str, ...] = ()
    n_faults: int = 0
    """Faults that the reader met on the way; an ingest lists them."""
    joined: tuple[Joined, ...] = ()
    """How each file of a system, then each of attributes, joins; empty while ids are not known or not all read."""


def look_at(path: Path, changed_ns: int) -> FileLook:  # noqa: ARG001 - part of a cache's key
    """What one file seems to be; raises `InputError` when it cannot be opened."""
    file, is_whole = _opened(path)
    table = file.table(None)
    columns = tuple(table.columns.column_names)
    part = part_of(table) if columns else None
    return FileLook(table.format if columns else "", len(table.rows), is_whole, columns, part)


def preview(question: PreviewQuestion) -> Preview:
    """Look at a file; raises `InputError` when it cannot be opened."""
    file, is_whole = _opened(question.path, question.format)
    table = file.table(question.format)
    columns = tuple(table.columns.column_names)
    if not columns:
        return Preview(table.format, 0, is_whole, (), (), unreadable=table.faults)
    mapping = ColumnMapping.of(question.mapping)
    more = _More.of(question)
    fields, problems = reference_fields(
        table.file,
        columns,
        mapping,
        frozenset(more.systems),
        needs_speaker=question.missing_speaker != "one"
        and question.cluster is None
        and not more.gives_speakers(mapping),
        is_also_system=False,
        counted_elsewhere=more.is_counted(mapping),
    )
    nested = nested_faults(table, {**fields.fields, **fields.systems})
    described = (
        _Described((), fields.left_out)
        if problems or nested
        else _described(file, question, mapping, more, is_whole)
    )
    return Preview(
        table.format,
        len(table.rows),
        is_whole,
        columns,
        _first_rows(table),
        fields.fields,
        fields.systems,
        {system: tuple(one.names()) for system, one in fields.counts.items()},
        described.attributes,
        described.left_out,
        (*_once_per_field(problems, fields), *nested),
        notices=table.notices,
        n_faults=len(table.faults) if is_whole else 0,
        joined=described.joined,
    )


@dataclass(frozen=True)
class _More:
    """The files besides that of the references."""

    systems: Mapping[str, InputFile]
    attributes: tuple[InputFile, ...]
    format: str | None

    @staticmethod
    def of(question: PreviewQuestion) -> _More:
        return _More(
            {name: load_file(path, question.format) for name, path, _ in question.systems},
            tuple(load_file(path, question.format) for path, _ in question.attribute_files),
            question.format,
        )

    def gives_speakers(self, mapping: ColumnMapping) -> bool:
        keys = [
            attribute_keys(one.table(self.format).columns.column_names, mapping) for one in self.attributes
        ]
        return any(one.id and one.speaker for one in keys)

    def is_counted(self, mapping: ColumnMapping) -> bool:
        tables = [file.table(self.format) for file in self.systems.values()]
        return bool(tables) and all(count_columns(one.columns.column_names, mapping) for one in tables)

    def joined(self, recordings: Recordings, mapping: ColumnMapping) -> tuple[Joined, ...]:
        ids, speakers = recordings.utterance_ids, recordings.speaker_ids
        return (
            *(
                join_of_outputs(file.table(self.format), ids, name, mapping)
                for name, file in self.systems.items()
            ),
            *(
                join_of_attributes(file.table(self.format), ids, speakers, mapping)
                for file in self.attributes
            ),
        )


def _opened(path: Path, chosen_format: str | None = None) -> tuple[InputFile, bool]:
    """The file, or as many of its lines as are looked at."""
    if path.is_file():
        try:
            with path.open("rb") as opened:
                start = opened.read(MOST_BYTES_READ)
                is_whole = not opened.read(1)
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}.") from None
        is_by_line = (chosen_format or sniffed_format(start)) in _BY_LINE
        if not is_whole and not start.startswith(b"[") and is_by_line:
            start = start[: start.rfind(b"\n") + 1]
            return InputFile(path, start, hashlib.sha256(start).hexdigest(), len(start)), False
    return load_file(path, chosen_format), True


@dataclass(frozen=True)
class _Described:
    """What the columns that are no field become, and how further files join."""

    attributes: tuple[Attribute, ...]
    left_out: Mapping[str, str]
    joined: tuple[Joined, ...] = ()


def _described(
    file: InputFile, question: PreviewQuestion, mapping: ColumnMapping, more: _More, is_whole: bool
) -> _Described:
    options = IngestOptions(
        "preview",
        (file.path,),
        format=question.format,
        cluster=question.cluster,
        mapping=mapping,
        missing=question.missing,
        missing_speaker=question.missing_speaker,
        multi=dict(question.multi),
    )
    loaded = load_recordings([file], more.systems, more.attributes, options)
    if loaded.recordings is None or len(loaded.recordings) == 0:
        return _Described((), loaded.left_out)
    joined = more.joined(loaded.recordings, mapping) if is_whole else ()
    order = pc.sort_indices(
        pa.table({"speaker": loaded.recordings.speaker_ids}), sort_keys=[("speaker", "ascending")]
    )
    made = attribute_columns(loaded.recordings.take(order), loaded.left_out, options)
    attributes = tuple(column.attribute for column in made.attributes)
    return _Described(attributes, dict(made.not_attributes), joined)


def _first_rows(table: SourceTable) -> tuple[tuple[int, tuple[str | None, ...]], ...]:
    first = table.columns.slice(0, ROWS_SHOWN).to_pylist()
    return tuple(
        (table.place(position)[1], tuple(None if value is None else str(value) for value in row.values()))
        for position, row in enumerate(first)
    )


def _once_per_field(problems: list[Fault], fields: ColumnFields) -> tuple[Fault, ...]:
    """Problems of fields that have no column yet."""
    return tuple(one for one in problems if one.field is None or one.field not in fields.fields)
