"""Joins a table of attributes to the recordings, by utterance or by speaker.

Owns what such a table is taken to be: with a column of ids it is about utterances,
else it is about speakers. Whoever is on one side only is a fault, because a speaker
whose attributes are missing would otherwise be "not stated" without anybody noticing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.arrays import blank, combined, key_column, positions
from data.column_names import RECOGNISED, ColumnMapping, recognised_as
from data.columns import HOLDS_NO_TEXT
from data.errors import Fault, quoted_list
from data.formats.source_table import SourceTable
from data.id_join import Places, joined_places, repeated_faults, rows_by_place, unknown_faults
from data.ingest_options import IngestOptions
from data.records import Recordings

_NOT_ATTRIBUTES = ("id", "speaker", "reference", "hypothesis", "reference_2")


@dataclass(frozen=True)
class AttributeKeys:
    """The columns by which a table of attributes is joined."""

    id: str | None
    speaker: str | None

    def shown(self) -> dict[str, str]:
        """Column by field, for people to check."""
        return {name: one for name, one in (("id", self.id), ("speaker", self.speaker)) if one}


def attribute_keys(columns: Sequence[str], mapping: ColumnMapping) -> AttributeKeys:
    """Which column names the utterance and which the speaker; None where there is none or more than one."""

    def key(name: str) -> str | None:
        mapped = mapping.fields.get(name)
        if mapped in columns:
            return mapped
        fitting = [column for column in columns if recognised_as(column) == name]
        return fitting[0] if len(fitting) == 1 else None

    return AttributeKeys(key("id"), key("speaker"))


def joined_attributes(
    recordings: Recordings, table: SourceTable, options: IngestOptions, faults: list[Fault]
) -> tuple[Recordings, dict[str, str]]:
    """The recordings with the columns of the table, and those that cannot be attributes with the reason."""
    columns = table.columns.column_names
    keys = attribute_keys(columns, options.mapping)
    if keys.id is None and keys.speaker is None:
        faults.append(_no_key(table, columns))
        return recordings, {}
    if len(table.rows) == 0:
        if not table.faults:
            what = "There are no rows below the header."
            faults.append(Fault(table.file, None, None, what, "Add one row per utterance or speaker."))
        return recordings, {}
    rows = _rows(recordings, table, keys, options, faults)
    knows_no_speaker = recordings.speaker_ids.null_count == len(recordings)
    if keys.id is not None and keys.speaker is not None and knows_no_speaker:
        speakers = key_column(table.columns.column(keys.speaker)).take(rows)
        stated = pc.if_else(blank(speakers, options.missing), pa.scalar(None, pa.string()), speakers)
        recordings = replace(recordings, speaker_ids=stated)
    elif keys.id is not None and keys.speaker is not None:
        faults.extend(_contradicted_speakers(recordings, table, keys.speaker, rows, options))
    added, left_out = _new_columns(recordings, table, keys, faults)
    taken = {name: combined(table.columns.column(name)).take(rows) for name in added}
    return replace(recordings, columns={**recordings.columns, **taken}), left_out


def _new_columns(
    recordings: Recordings, table: SourceTable, keys: AttributeKeys, faults: list[Fault]
) -> tuple[list[str], dict[str, str]]:
    """The columns that the table adds, and those that cannot be attributes with the reason."""
    added: list[str] = []
    left_out: dict[str, str] = {}
    for name in table.columns.column_names:
        if name in (keys.id, keys.speaker):
            continue
        if name in recordings.columns:
            what = f'The column "{name}" is in the references too.'
            faults.append(Fault(table.file, None, name, what, "Leave one of them out."))
        elif name in table.nested:
            left_out[name] = f"holds {HOLDS_NO_TEXT}"
        elif (field := recognised_as(name)) in _NOT_ATTRIBUTES:
            left_out[name] = f"is no attribute: its name is one for the {field}"
        else:
            added.append(name)
    return added, left_out


def _rows(
    recordings: Recordings,
    table: SourceTable,
    keys: AttributeKeys,
    options: IngestOptions,
    faults: list[Fault],
) -> pa.Array:
    """The row of the table for each recording, null where it has none."""
    if keys.id is not None:
        ids = key_column(table.columns.column(keys.id))
        places = joined_places(ids, recordings.utterance_ids)
        faults.extend(unknown_faults(places, ids, recordings.utterance_ids, table))
        faults.extend(repeated_faults(places, ids, recordings.utterance_ids, table, "row"))
        if not options.allow_missing:
            faults.extend(_utterances_without(recordings, places, table.file))
        return rows_by_place(places, len(recordings))
    names = key_column(table.columns.column(keys.speaker))
    speakers = recordings.speaker_ids.dictionary_encode()
    known = speakers.dictionary
    places = _exact_places(names, known)
    faults.extend(unknown_faults(places, names, known, table, "speaker"))
    faults.extend(repeated_faults(places, names, known, table, "row", "speaker"))
    if not options.allow_missing:
        faults.extend(_speakers_without(known, places, table.file))
    return rows_by_place(places, len(known)).take(speakers.indices)


def _exact_places(names: pa.Array, known: pa.Array) -> Places:
    found = pc.fill_null(pc.index_in(names, value_set=known, skip_nulls=True), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int64)


def _utterances_without(recordings: Recordings, places: Places, file: str) -> list[Fault]:
    has_row = np.zeros(len(recordings), bool)
    has_row[places[places >= 0]] = True
    advice = "Add it, or let its attributes be not stated with --allow-missing."
    return [
        Fault(
            recordings.files[place].as_py(),
            recordings.rows[place].as_py(),
            "id",
            f'The utterance "{recordings.utterance_ids[place]}" is not in {file}.',
            advice,
        )
        for place in np.flatnonzero(~has_row).tolist()
    ]


def _speakers_without(known: pa.Array, places: Places, file: str) -> list[Fault]:
    has_row = np.zeros(len(known), bool)
    has_row[places[places >= 0]] = True
    advice = "Add them, or let their attributes be not stated with --allow-missing."
    return [
        Fault(
            file,
            None,
            "speaker",
            f'The speaker "{known[place]}" of the references is not in the file.',
            advice,
        )
        for place in np.flatnonzero(~has_row).tolist()
    ]


def _contradicted_speakers(
    recordings: Recordings, table: SourceTable, column: str, rows: pa.Array, options: IngestOptions
) -> list[Fault]:
    """A fault for each row that gives an utterance another speaker than the references do."""
    if options.cluster is not None:
        return []
    here = key_column(table.columns.column(column)).take(rows)
    there = recordings.speaker_ids
    differ = pc.and_not(pc.fill_null(pc.not_equal(here, there), False), blank(here, options.missing))
    return [
        Fault(
            *table.place(rows[place].as_py()),
            "speaker",
            f'The utterance "{recordings.utterance_ids[place]}" is spoken by "{here[place]}" here and by "{there[place]}" '
            "in the references.",
            "Correct one of them.",
        )
        for place in positions(differ)
    ]


def _no_key(table: SourceTable, columns: Sequence[str]) -> Fault:
    what = (
        f"No column names the utterance or the speaker: expected {quoted_list(RECOGNISED['id'])} or "
        f"{quoted_list(RECOGNISED['speaker'])} (found: {', '.join(columns)})."
    )
    return Fault(table.file, None, None, what, "Name it with --map id=COLUMN or --map speaker=COLUMN.")
