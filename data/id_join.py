"""Joins the rows of one file to the recordings by id.

Owns the join: exact ids first, then ids that differ only in the extension of a sound
or text file (`clip.mp3` and `clip.wav`), and the faults of rows that do not join.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.errors import Fault, near_names
from data.formats.source_table import SourceTable

Places = npt.NDArray[np.int64]
NOT_AMONG = "is not among the references."
"""How the fault of an id that joins to nothing ends."""

_EXTENSION = r"\.(?i:aac|aif|aiff|amr|flac|json|m4a|mp3|mp4|ogg|opus|pcm|raw|sph|txt|wav|webm|wma)$"


def joined_places(ids: pa.Array, reference_ids: pa.Array) -> Places:
    """The position among the references of each id; -1 where there is none."""
    exact: Places = _found_at(ids, reference_ids)
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


def rows_by_place(places: Places, n_recordings: int) -> pa.Array:
    """The row of the file for each recording, null where there is none."""
    row_of_recording = np.full(n_recordings, -1, np.int64)
    known = np.flatnonzero(places >= 0)
    row_of_recording[places[known]] = known
    return pa.array(row_of_recording, mask=row_of_recording < 0)


def unknown_faults(
    places: Places, ids: pa.Array, known_ids: pa.Array, table: SourceTable, kind: str = "id"
) -> list[Fault]:
    """A fault for each row whose id (or speaker) is not among the references."""
    known = [one for one in known_ids.slice(0, 2_000).to_pylist() if one is not None]
    faults = []
    for nth, place in enumerate(np.flatnonzero(places < 0).tolist()):
        what = f'The {kind} "{ids[place]}" {NOT_AMONG}'
        # Near names of thousands of ids would take longer than the ingest.
        hint = _near(str(ids[place]), known) if nth < 20 else ""
        advice = hint if hint.startswith("Did") else f"Remove the row, or correct the {kind}."
        file, row = table.place(place)
        faults.append(Fault(file, row, kind, what, advice))
    return faults


def _near(wanted: str, known: list[str]) -> str:
    """A question that offers the same file without its folders, else the nearest names."""
    bare = re.sub(_EXTENSION, "", PurePosixPath(wanted).name)
    same = [one for one in known if re.sub(_EXTENSION, "", PurePosixPath(one).name) == bare]
    return f'Did you mean "{same[0]}"?' if len(same) == 1 else near_names(wanted, known)


def repeated_faults(
    places: Places, ids: pa.Array, known_ids: pa.Array, table: SourceTable, what_it_is: str, kind: str = "id"
) -> list[Fault]:
    """A fault for each row after the first that joins to the same id (or speaker)."""
    faults = []
    order = np.argsort(places, kind="stable")
    same = (places[order[1:]] == places[order[:-1]]) & (places[order[1:]] >= 0)
    for earlier, later in zip(order[:-1][same].tolist(), order[1:][same].tolist(), strict=True):
        known = known_ids[int(places[later])]
        what = f'"{ids[later]}" is a second {what_it_is} for "{known}", after row {table.rows[earlier]}.'
        file, row = table.place(later)
        faults.append(Fault(file, row, kind, what, "Keep one of the rows."))
    return faults
