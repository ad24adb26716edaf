"""Reads NeMo manifests: JSON lines with `audio_filepath`, `duration`, `text` and `pred_text`.

A manifest has no ids. The path of the clip is the id, and where one long file is cut
into several utterances, the path with the offset.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.formats.jsonl import read_jsonl
from data.formats.source_table import SourceTable

_ID = "utterance_id"
_IDS = {"id", "utt_id", _ID}


def looks_like_nemo(start: bytes) -> bool:
    """Whether the first line is an object with the path of a clip."""
    first_line = start.lstrip().split(b"\n", 1)[0]
    return first_line.startswith(b"{") and b'"audio_filepath"' in first_line


def read_nemo(file: str, content: bytes) -> SourceTable:
    """The keys as columns, and an id for each utterance."""
    table = read_jsonl(file, content)
    names = {name.casefold() for name in table.columns.column_names}
    if names & _IDS or "audio_filepath" not in table.columns.column_names:
        return table
    ids = table.columns.column("audio_filepath")
    if "offset" in table.columns.column_names:
        offsets = table.columns.column("offset")
        is_cut = pc.fill_null(pc.invert(pc.match_substring_regex(offsets, r"^[0.]*$")), False)
        if pc.any(is_cut).as_py():
            # A null separator part would make the whole id null.
            ids = pc.binary_join_element_wise(ids, pc.fill_null(offsets, "0"), "@")
    columns = table.columns.append_column(_ID, pc.cast(ids, pa.string()))
    if "offset" in columns.column_names:
        columns = columns.drop_columns(["offset"])
    return replace(table, columns=columns)
