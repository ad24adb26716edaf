"""Files to recordings: reads the sources, names their columns, joins hypotheses and attributes.

Owns the way from tables to one `Recordings`. It collects the faults of every file; what
is wrong with the values of the recordings is `checks.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from data.arrays import blank, combined, key_column, silent, stacked, string_column, without_nan
from data.attribute_files import attribute_keys, joined_attributes
from data.checks import checked_durations
from data.column_counts import count_columns
from data.columns import HOLDS_NO_TEXT, ColumnFields, nested_faults, reference_fields
from data.counted import checked_counts
from data.errors import Fault, near_names, quoted_list
from data.formats.source_table import SourceTable
from data.hypotheses import joined_counts, joined_hypotheses, with_header_seen_through
from data.ingest_options import IngestOptions
from data.records import Recordings
from data.source_files import InputFile

DURATION_ATTRIBUTE = "duration"
"""What the duration is called where it serves as an attribute, whatever its column's name."""


@dataclass(frozen=True)
class ReadTable:
    """One table of an ingest and which of its columns was taken for what."""

    table: SourceTable
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column by field, and by `system:NAME`."""


@dataclass(frozen=True)
class LoadedSources:
    """What was read from all files of an ingest."""

    recordings: Recordings | None
    """None when columns are missing or nothing could be read."""
    left_out: dict[str, str]
    """Columns that cannot be attributes, with the reason."""
    sources: list[ReadTable]
    systems: dict[str, ReadTable]
    attributes: list[ReadTable]
    faults: list[Fault]
    rows_are_utterances: bool = True
    """False for counts without ids, whose rows may hold several utterances."""


@dataclass(frozen=True)
class _Tables:
    """Every table of an ingest, read but not yet understood."""

    sources: list[SourceTable]
    systems: dict[str, SourceTable]
    attributes: list[SourceTable]
    is_also_system: list[bool]
    """Whether each source is the file of a system too."""

    def faults(self) -> list[Fault]:
        advice = "Check that it is the file you mean; it needs a column for each field."
        return [
            fault
            for one in (*self.sources, *self.systems.values(), *self.attributes)
            for fault in one.faults
            or (
                []
                if one.columns.num_columns
                else [Fault(one.file, None, None, "The file has no columns.", advice)]
            )
        ]


def load_recordings(
    sources: Sequence[InputFile],
    systems: Mapping[str, InputFile],
    attribute_files: Sequence[InputFile],
    options: IngestOptions,
) -> LoadedSources:
    """Read all files. The systems of columns come first, those with a file of their own after them."""
    tables = _Tables(
        [file.table(options.format) for file in sources],
        {name: file.table(options.format) for name, file in systems.items()},
        [file.table(options.format) for file in attribute_files],
        [any(file.sha256 == source.sha256 for file in systems.values()) for source in sources],
    )
    faults = tables.faults()
    recordings, loaded = _references(tables, options, faults)
    joined: dict[str, ReadTable] = {}
    for name, table in tables.systems.items():
        recordings, joined[name] = with_system(recordings, name, table, options, faults)
    left_out = dict(loaded.left_out)
    for table in tables.attributes:
        if recordings is not None and table.columns.num_columns:
            recordings, more = joined_attributes(recordings, table, options, faults)
            left_out.update(more)
    if recordings is not None and recordings.counts:
        recordings = replace(recordings, references=pc.fill_null(recordings.references, ""))
    described = [
        ReadTable(table, attribute_keys(table.columns.column_names, options.mapping).shown())
        for table in tables.attributes
    ]
    return LoadedSources(recordings, left_out, loaded.read, joined, described, faults, loaded.has_ids)


@dataclass(frozen=True)
class _ReadReferences:
    read: list[ReadTable]
    left_out: dict[str, str]
    has_ids: bool


def _references(
    tables: _Tables, options: IngestOptions, faults: list[Fault]
) -> tuple[Recordings | None, _ReadReferences]:
    """The recordings of the sources alone; None when one of them cannot be understood."""
    left_out: dict[str, str] = {}
    parts: list[Recordings] = []
    read: list[ReadTable] = []
    has_ids = True
    for table, is_system in zip(tables.sources, tables.is_also_system, strict=True):
        fields = _fields(table, tables, is_system, options, faults) if table.columns.num_columns else None
        read.append(ReadTable(table, fields.shown() if fields else {}))
        if fields is not None:
            has_ids &= "id" in fields.fields
            left_out.update(fields.left_out)
            left_out.update(dict.fromkeys(sorted(table.nested & {*fields.others}), f"holds {HOLDS_NO_TEXT}"))
            parts.append(_part(table, fields, options, faults))
    recordings = _concatenated(parts, faults) if parts and len(parts) == len(tables.sources) else None
    return recordings, _ReadReferences(read, left_out, has_ids)


def with_system(
    recordings: Recordings | None, name: str, table: SourceTable, options: IngestOptions, faults: list[Fault]
) -> tuple[Recordings | None, ReadTable]:
    """The recordings with the hypotheses or counts of a file of their own."""
    if not table.columns.num_columns:
        return recordings, ReadTable(table)
    ids = None if recordings is None else recordings.utterance_ids
    table = with_header_seen_through(table, ids, options.mapping)
    if count_columns(table.columns.column_names, options.mapping) and not (
        recordings and recordings.hypotheses
    ):
        counts, shown = joined_counts(ids, name, table, options, faults)
        if recordings is not None and counts is not None:
            recordings = replace(recordings, counts={**recordings.counts, name: counts})
        return recordings, ReadTable(table, shown)
    if recordings is not None and recordings.counts:
        what = f'The references are counts without texts, to which the hypotheses of "{name}" cannot be compared.'
        faults.append(Fault(table.file, None, None, what, "Give its counts, or references with their texts."))
        return recordings, ReadTable(table)
    texts, shown = joined_hypotheses(ids, name, table, options, faults)
    if recordings is not None and texts is not None:
        recordings = replace(recordings, hypotheses={**recordings.hypotheses, name: texts})
    return recordings, ReadTable(table, shown)


def _fields(
    table: SourceTable, tables: _Tables, is_also_system: bool, options: IngestOptions, faults: list[Fault]
) -> ColumnFields | None:
    columns = table.columns.column_names
    keys = [attribute_keys(one.columns.column_names, options.mapping) for one in tables.attributes]
    speaker_comes_later = any(one.id and one.speaker for one in keys)
    systems = tables.systems
    fields, found = reference_fields(
        table.file,
        columns,
        options.mapping,
        frozenset(systems),
        needs_speaker=options.cluster is None
        and options.missing_speaker != "one"
        and not speaker_comes_later,
        is_also_system=is_also_system,
        counted_elsewhere=bool(systems)
        and all(count_columns(one.columns.column_names, options.mapping) for one in systems.values()),
    )
    if speaker_comes_later and "speaker" not in columns:
        found = [fault for fault in found if fault.field != "speaker"]
    if options.cluster is not None and options.cluster not in columns:
        what = f"--cluster {options.cluster} names a column that is not there (found: {', '.join(columns)})."
        found.append(Fault(table.file, None, "speaker", what, near_names(options.cluster, columns)))
    found += nested_faults(
        table, {**fields.fields, **{f"hypothesis of “{name}”": one for name, one in fields.systems.items()}}
    )
    faults.extend(found)
    return None if found else fields


def _part(
    table: SourceTable, fields: ColumnFields, options: IngestOptions, faults: list[Fault]
) -> Recordings:
    def texts(name: str | None) -> pa.Array:
        return (
            pa.nulls(len(table.rows), pa.string())
            if name is None
            else string_column(table.columns.column(name))
        )

    sampled = options.cluster or fields.fields.get("speaker")
    speaker_ids = key_column(texts(sampled))
    unknown = blank(speaker_ids, options.missing)
    columns = {
        name: combined(table.columns.column(name))
        for name in fields.others
        if name not in table.nested and name != options.cluster
    }
    duration_column = fields.fields.get("duration")
    duration_s = checked_durations(table, duration_column, options.missing, faults)
    if duration_column is not None:
        columns.setdefault(DURATION_ATTRIBUTE, without_nan(duration_s))
    nothing = pa.scalar(None, pa.string())
    audio = texts(fields.fields.get("audio"))
    second = texts(fields.fields["reference_2"]) if "reference_2" in fields.fields else None
    return Recordings(
        utterance_ids=key_column(texts(fields.fields["id"])) if "id" in fields.fields else _row_names(table),
        speaker_ids=pc.if_else(unknown, nothing, speaker_ids),
        references=texts(fields.fields.get("reference")),
        hypotheses={
            name: silent(texts(column), options.null_hypothesis) for name, column in fields.systems.items()
        },
        columns=columns,
        audio=pc.if_else(blank(audio), nothing, audio),
        duration_s=duration_s,
        rows=pa.array(table.rows),
        files=table.files(),
        second_references=None if second is None else pc.if_else(blank(second), nothing, second),
        counts={
            system: checked_counts(table, columns, options, faults)
            for system, columns in fields.counts.items()
        },
    )


def _row_names(table: SourceTable) -> pa.Array:
    """Ids for rows of counts that have none."""
    return pa.array([f"row {row}" for row in table.rows.tolist()], pa.string())


def _concatenated(parts: Sequence[Recordings], faults: list[Fault]) -> Recordings | None:
    first = parts[0]
    for part in parts[1:]:
        differing = sorted(_column_names(first) ^ _column_names(part))
        if differing:
            file = part.files.dictionary[0].as_py()
            what = f"The columns differ from those of {first.files.dictionary[0]}: {quoted_list(differing)}."
            faults.append(Fault(file, None, None, what, "Files that are read as one need the same columns."))
            return None
    if len(parts) == 1:
        return first
    seconds = [part.second_references for part in parts]
    return Recordings(
        utterance_ids=stacked([part.utterance_ids for part in parts]),
        speaker_ids=stacked([part.speaker_ids for part in parts]),
        references=stacked([part.references for part in parts]),
        hypotheses={name: stacked([part.hypotheses[name] for part in parts]) for name in first.hypotheses},
        columns={name: stacked([part.columns[name] for part in parts]) for name in first.columns},
        audio=stacked([part.audio for part in parts]),
        duration_s=stacked([part.duration_s for part in parts]),
        rows=stacked([part.rows for part in parts]),
        files=stacked([part.files for part in parts]),
        second_references=None if first.second_references is None else stacked(seconds),
        counts={
            system: {name: stacked([part.counts[system][name] for part in parts]) for name in counts}
            for system, counts in first.counts.items()
        },
    )


def _column_names(part: Recordings) -> set[str]:
    """What must be the same in files that are read as one."""
    counts = {f"{name} of {system}" for system, counts in part.counts.items() for name in counts}
    second = set() if part.second_references is None else {"reference_2"}
    return {*part.columns, *part.hypotheses, *counts, *second}
