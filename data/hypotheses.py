"""Joins a file of one system's hypotheses to the references by the utterance's id.

Owns the join: exact ids first, then ids that differ only in the extension of a
sound or text file (`clip.mp3` and `clip.wav`). What does not join is a fault.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.arrays import silent, string_column
from data.columns import hypothesis_fields
from data.errors import Fault, near_names
from data.formats.source_table import SourceTable
from data.ingest_options import IngestOptions

_EXTENSION = r"\.(?i:aac|aif|aiff|amr|flac|json|m4a|mp3|mp4|ogg|opus|pcm|raw|sph|txt|wav|webm|wma)$"


def joined_hypotheses(
    reference_ids: pa.Array | None,
    system: str,
    table: SourceTable,
    options: IngestOptions,
    faults: list[Fault],
) -> pa.Array | None:
    """The hypothesis of each reference, null where the file has none.

    None when a column is missing, or when there are no references to join to.
    """
    fields, found = hypothesis_fields(table.file, table.columns.column_names, options.mapping, system)
    faults.extend(found)
    if found or reference_ids is None:
        return None
    ids = string_column(table.columns.column(fields["id"]))
    texts = silent(string_column(table.columns.column(fields["hypothesis"])), options.null_hypothesis)
    if len(ids) == 0:
        what = f'The file has no hypotheses of "{system}".'
        faults.append(Fault(table.file, None, None, what, "Add one row per utterance below the header."))
        return None
    places = _places(ids, reference_ids)
    _report_unknown(places, ids, reference_ids, table, faults)
    _report_repeated(places, ids, reference_ids, table, faults)
    row_of_reference = np.full(len(reference_ids), -1, np.int64)
    known = np.flatnonzero(places >= 0)
    row_of_reference[places[known]] = known
    return texts.take(pa.array(row_of_reference, mask=row_of_reference < 0))


def _places(ids: pa.Array, reference_ids: pa.Array) -> npt.NDArray[np.int64]:
    """The position among the references of each id; -1 where there is none."""
    exact: npt.NDArray[np.int64] = _found_at(ids, reference_ids)
    if (exact >= 0).all():
        return exact
    stems = pc.replace_substring_regex(reference_ids, _EXTENSION, "")
    counts = pc.value_counts(stems)
    ambiguous = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    own_stems = pc.replace_substring_regex(ids, _EXTENSION, "")
    by_stem = _found_at(own_stems, stems)
    clear = ~pc.is_in(own_stems, value_set=ambiguous).to_numpy(zero_copy_only=False)
    return np.where(exact >= 0, exact, np.where(clear, by_stem, -1))


def _found_at(values: pa.Array, among: pa.Array) -> npt.NDArray[np.int64]:
    places = pc.fill_null(pc.index_in(values, value_set=among), -1)
    return np.asarray(places.to_numpy(zero_copy_only=False), np.int64)


def _report_unknown(
    places: npt.NDArray[np.int64],
    ids: pa.Array,
    reference_ids: pa.Array,
    table: SourceTable,
    faults: list[Fault],
) -> None:
    known = reference_ids.slice(0, 2_000).to_pylist()
    unknown = np.flatnonzero(places < 0).tolist()
    for nth, place in enumerate(unknown):
        what = f'The id "{ids[place]}" is not among the references.'
        # Near names of thousands of ids would take longer than the ingest.
        hint = near_names(str(ids[place]), known) if nth < 20 else ""
        advice = hint if hint.startswith("Did") else "Remove the row, or correct the id."
        faults.append(Fault(table.file, int(table.rows[place]), "id", what, advice))


def _report_repeated(
    places: npt.NDArray[np.int64],
    ids: pa.Array,
    reference_ids: pa.Array,
    table: SourceTable,
    faults: list[Fault],
) -> None:
    order = np.argsort(places, kind="stable")
    same = (places[order[1:]] == places[order[:-1]]) & (places[order[1:]] >= 0)
    for earlier, later in zip(order[:-1][same].tolist(), order[1:][same].tolist(), strict=True):
        reference_id = reference_ids[int(places[later])]
        what = f'"{ids[later]}" is a second hypothesis for "{reference_id}", after row {table.rows[earlier]}.'
        faults.append(Fault(table.file, int(table.rows[later]), "id", what, "Keep one of the rows."))
