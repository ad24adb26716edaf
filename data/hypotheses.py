"""Joins a file of one system's hypotheses, or of its counts, to the references by the utterance's id.

Owns what such a file is taken to be: which column is what, and whether its first line
is a header or already a row. How ids are joined is `id_join.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from data.arrays import key_column, silent, string_column
from data.column_counts import count_columns
from data.column_names import ColumnMapping, recognised_as
from data.columns import hypothesis_fields, nested_faults
from data.counted import checked_counts
from data.errors import Fault
from data.formats.source_table import SourceTable, with_header_as_row
from data.id_join import joined_places, repeated_faults, rows_by_place, unknown_faults
from data.ingest_options import IngestOptions

NO_HEADER = "The file has no header: its first line is read as a row, its columns as id and hypothesis."


def with_header_seen_through(
    table: SourceTable, reference_ids: pa.Array | None, mapping: ColumnMapping
) -> SourceTable:
    """The table with its first line as a row, where that line holds an id of the references instead of names."""
    header = table.header
    if header is None or len(header) != 2 or reference_ids is None:
        return table
    mapped = {*mapping.fields.values(), *mapping.systems.values()}
    if any(recognised_as(name) or name in mapped for name in table.columns.column_names):
        return table
    if joined_places(pa.array([header[0]], pa.string()), reference_ids)[0] < 0:
        return table
    whole = with_header_as_row(table, ("utterance_id", "hypothesis"))
    return replace(whole, notices=(*whole.notices, NO_HEADER))


def joined_hypotheses(
    reference_ids: pa.Array | None,
    system: str,
    table: SourceTable,
    options: IngestOptions,
    faults: list[Fault],
) -> tuple[pa.Array | None, dict[str, str]]:
    """The hypothesis of each reference, null where the file has none; and which column is what.

    None when a column is missing, or when there are no references to join to.
    """
    columns = table.columns.column_names
    fields, found = hypothesis_fields(table.file, columns, options.mapping, system, table.text_column)
    found += nested_faults(table, fields)
    faults.extend(found)
    if found or reference_ids is None:
        return None, fields
    texts = silent(string_column(table.columns.column(fields["hypothesis"])), options.null_hypothesis)
    rows = _joined_rows(reference_ids, system, table, fields["id"], faults)
    return (None if rows is None else texts.take(rows)), fields


def joined_counts(
    reference_ids: pa.Array | None,
    system: str,
    table: SourceTable,
    options: IngestOptions,
    faults: list[Fault],
) -> tuple[Mapping[str, pa.Array] | None, dict[str, str]]:
    """The counts of each utterance, null where the file has none; and which column is what."""
    columns = table.columns.column_names
    fields, found = hypothesis_fields(table.file, columns, options.mapping, system)
    found = [fault for fault in found if fault.field != "hypothesis"]
    counted = next(iter(count_columns(columns, options.mapping).values()))
    faults.extend(found)
    if found or reference_ids is None:
        return None, fields
    counts = checked_counts(table, counted, options, faults)
    rows = _joined_rows(reference_ids, system, table, fields["id"], faults)
    shown = {"id": fields["id"], f"system:{system}": ", ".join(counted.names())}
    return (None if rows is None else {name: values.take(rows) for name, values in counts.items()}), shown


def _joined_rows(
    reference_ids: pa.Array, system: str, table: SourceTable, id_column: str, faults: list[Fault]
) -> pa.Array | None:
    ids = key_column(table.columns.column(id_column))
    if len(ids) == 0:
        if not table.faults:
            what = f'The file has no hypotheses of "{system}".'
            advice = "Add one row per utterance below the header."
            faults.append(Fault(table.file, None, None, what, advice))
        return None
    places = joined_places(ids, reference_ids)
    faults.extend(unknown_faults(places, ids, reference_ids, table))
    faults.extend(repeated_faults(places, ids, reference_ids, table, "hypothesis"))
    return rows_by_place(places, len(reference_ids))
