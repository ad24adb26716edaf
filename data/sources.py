"""Files to recordings: reads the sources, names their columns, joins the hypotheses of each system.

Owns the way from file content to one `Recordings`. It collects the faults of every
file; what is wrong with the values of the recordings is `checks.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.arrays import blank, combined, silent, stacked, string_column, without_nan
from data.checks import checked_numbers
from data.columns import ColumnFields, reference_fields
from data.errors import Fault, InputError, near_names, quoted_list
from data.formats.registry import read_table
from data.formats.source_table import SourceTable
from data.hypotheses import joined_hypotheses
from data.ingest_options import IngestOptions
from data.records import Recordings

DURATION_ATTRIBUTE = "duration"
"""What the duration is called where it serves as an attribute, whatever its column's name."""


@dataclass(frozen=True)
class InputFile:
    """One file of an ingest with its bytes."""

    path: Path
    content: bytes
    sha256: str


def load_file(path: Path) -> InputFile:
    """Read a file; raises `InputError` when it cannot be read."""
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise InputError(f"{path} is a folder. Name the file with the references in it.") from None
    except FileNotFoundError:
        raise InputError(f"There is no file {path} (looked in {path.absolute().parent}).") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    return InputFile(path, content, hashlib.sha256(content).hexdigest())


@dataclass(frozen=True)
class LoadedSources:
    """What was read from all files of an ingest."""

    recordings: Recordings | None
    """None when columns are missing or nothing could be read."""
    left_out: dict[str, str]
    """Columns that cannot be attributes, with the reason."""
    n_rows: dict[str, int]
    """Rows by SHA-256 of the file."""
    faults: list[Fault]


def load_recordings(
    sources: Sequence[InputFile], systems: Mapping[str, InputFile], options: IngestOptions
) -> LoadedSources:
    """Read all files. The systems of columns come first, those with a file of their own after them."""
    faults: list[Fault] = []
    n_rows: dict[str, int] = {}
    parts: list[Recordings] = []
    left_out: dict[str, str] = {}
    for source in sources:
        table = _table(source, options, n_rows, faults)
        fields = _fields(source, table, systems, options, faults) if table.columns.num_columns else None
        if fields is not None:
            left_out.update(fields.left_out)
            left_out.update(dict.fromkeys(sorted(table.nested & {*fields.others}), "holds lists or objects"))
            parts.append(_part(table, fields, options, faults))
    recordings = _concatenated(parts, faults) if parts and len(parts) == len(sources) else None
    for name, file in systems.items():
        table = _table(file, options, n_rows, faults)
        if table.columns.num_columns:
            ids = None if recordings is None else recordings.utterance_ids
            texts = joined_hypotheses(ids, name, table, options, faults)
            if recordings is not None and texts is not None:
                recordings = replace(recordings, hypotheses={**recordings.hypotheses, name: texts})
    return LoadedSources(recordings, left_out, n_rows, faults)


def _table(
    file: InputFile, options: IngestOptions, n_rows: dict[str, int], faults: list[Fault]
) -> SourceTable:
    table = read_table(file.path, file.content, options.format)
    n_rows[file.sha256] = len(table.rows)
    faults.extend(table.faults)
    return table


def _fields(
    source: InputFile,
    table: SourceTable,
    systems: Mapping[str, InputFile],
    options: IngestOptions,
    faults: list[Fault],
) -> ColumnFields | None:
    fields, found = reference_fields(
        table.file,
        table.columns.column_names,
        options.mapping,
        frozenset(systems),
        needs_speaker=options.cluster is None and options.missing_speaker != "one",
        is_also_system=any(file.sha256 == source.sha256 for file in systems.values()),
    )
    if options.cluster is not None and options.cluster not in table.columns.column_names:
        what = f"--cluster {options.cluster} names a column that is not there (found: {', '.join(table.columns.column_names)})."
        found.append(
            Fault(table.file, None, "speaker", what, near_names(options.cluster, table.columns.column_names))
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
    speaker_ids = texts(sampled)
    unknown = blank(speaker_ids, options.missing)
    columns = {
        name: combined(table.columns.column(name))
        for name in fields.others
        if name not in table.nested and name != options.cluster
    }
    duration_column = fields.fields.get("duration")
    duration_s = checked_numbers(table, duration_column, options.missing, faults)
    if duration_column is not None:
        columns.setdefault(DURATION_ATTRIBUTE, without_nan(duration_s))
    nothing = pa.scalar(None, pa.string())
    audio = texts(fields.fields.get("audio"))
    return Recordings(
        utterance_ids=texts(fields.fields["id"]),
        speaker_ids=pc.if_else(unknown, nothing, speaker_ids),
        references=texts(fields.fields["reference"]),
        hypotheses={
            name: silent(texts(column), options.null_hypothesis) for name, column in fields.systems.items()
        },
        columns=columns,
        audio=pc.if_else(blank(audio), nothing, audio),
        duration_s=duration_s,
        rows=pa.array(table.rows),
        files=pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(table.rows), np.int32)), [table.file]),
    )


def _concatenated(parts: Sequence[Recordings], faults: list[Fault]) -> Recordings | None:
    first = parts[0]
    names = {*first.columns}, {*first.hypotheses}
    for part in parts[1:]:
        differing = sorted((names[0] ^ {*part.columns}) | (names[1] ^ {*part.hypotheses}))
        if differing:
            file = part.files.dictionary[0].as_py()
            what = f"The columns differ from those of {first.files.dictionary[0]}: {quoted_list(differing)}."
            faults.append(Fault(file, None, None, what, "Files that are read as one need the same columns."))
            return None
    if len(parts) == 1:
        return first
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
    )
