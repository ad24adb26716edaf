"""The files of the systems that are added, read and joined to the utterances of a build.

Owns the faults of such files, which are those of an ingest. Nothing is scored or written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from data.checks import check_recordings
from data.errors import Fault, InputError
from data.id_join import NOT_AMONG
from data.ingest_options import IngestOptions
from data.queries_references import StoredReferences, stored_references
from data.records import Recordings
from data.source_files import InputFile
from data.sources import ReadTable, with_system
from data.store import Build


@dataclass(frozen=True)
class JoinedFiles:
    """The recordings of the build with the new systems alone."""

    recordings: Recordings
    read: Mapping[str, ReadTable]
    """By system."""
    left_out: Mapping[str, int]
    """Rows by system whose recordings were left out of the build; empty when there are none."""


def joined_files(
    build: Build,
    options: Mapping[str, IngestOptions],
    files: Mapping[str, InputFile],
    meta: Mapping[str, Any],
) -> JoinedFiles:
    """Every new file joined to the build's utterances; raises `InputError` with the faults of all."""
    stored = stored_references(build.cursor())
    faults: list[Fault] = []
    read: dict[str, ReadTable] = {}
    left_out: dict[str, int] = {}
    with_all = _bare(stored)
    for name, file in files.items():
        table = file.table(options[name].format)
        found = list(table.faults)
        known = _counted(build, _bare(stored, table.file))
        recordings, read[name] = with_system(known, name, table, options[name], found)
        found, n_left_out = _without_dropped(found, meta)
        if n_left_out:
            left_out[name] = n_left_out
        faults.extend(found)
        if recordings is not None:
            only = _only(recordings, name)
            faults.extend(check_recordings(only, options[name]) if only.hypotheses or only.counts else ())
            with_all = replace(
                with_all,
                hypotheses={**with_all.hypotheses, **only.hypotheses},
                counts={**with_all.counts, **only.counts},
            )
    if faults:
        place = {one.table.file: number for number, one in enumerate(read.values())}
        raise InputError(
            sorted(dict.fromkeys(faults), key=lambda one: (place.get(one.file, len(place)), one.row or 0))
        )
    return JoinedFiles(with_all, read, left_out)


def _bare(stored: StoredReferences, file: str = "") -> Recordings:
    """The utterances without a system. Where they came from is not known any more: faults name the new file."""
    n_utterances = len(stored.utterance_ids)
    files = pa.DictionaryArray.from_arrays(pa.array([0] * n_utterances, pa.int32()), pa.array([file]))
    return Recordings(
        utterance_ids=stored.utterance_ids,
        speaker_ids=stored.speaker_ids,
        references=stored.references,
        hypotheses={},
        columns={},
        audio=pa.nulls(n_utterances, pa.string()),
        duration_s=pa.nulls(n_utterances, pa.float64()),
        rows=pa.nulls(n_utterances, pa.int64()),
        files=files,
    )


def _counted(build: Build, recordings: Recordings) -> Recordings:
    """With a stand-in for the systems that are there, by which a file of counts is told from one of texts."""
    if build.info.has_text:
        return replace(recordings, hypotheses={build.info.systems[0]: recordings.references})
    return replace(recordings, counts={build.info.systems[0]: {}})


def _only(recordings: Recordings, name: str) -> Recordings:
    def chosen(systems: Mapping[str, Any]) -> dict[str, Any]:
        return {name: systems[name]} if name in systems else {}

    return replace(recordings, hypotheses=chosen(recordings.hypotheses), counts=chosen(recordings.counts))


def _without_dropped(faults: list[Fault], meta: Mapping[str, Any]) -> tuple[list[Fault], int]:
    """The faults without ids of recordings that `--missing-speaker drop` left out, and how many those are.

    The build does not hold those ids any more. As many unknown ids as were left out are taken for them.
    """
    if meta["options"]["missing_speaker"] != "drop":
        return faults, 0
    n_rows = sum(one["rows"] for one in meta["inputs"] if one["system"] is None)
    unknown = [fault for fault in faults if fault.what.endswith(NOT_AMONG)]
    if len(unknown) > n_rows - meta["counts"]["utterances"]:
        return faults, 0
    return [fault for fault in faults if fault not in unknown], len(unknown)
