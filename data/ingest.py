"""From files to one immutable build: read, check, normalise, align, count, write.

Owns the order of the steps and the refusal of a faulty input before anything is
written. Each step is a room of its own; this one knows no page and no command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.align import ALIGNER
from analysis.normalize import UnknownNormalizerError, normalizer
from data.attribute_columns import AttributeColumns, attribute_columns
from data.build import SCHEMA_VERSION, write_build
from data.build_id import build_id
from data.checks import check_recordings
from data.errors import Fault, InputError, quoted_list
from data.formats.registry import FORMATS
from data.home import Sidecar, checked_name, locked, point_to, publish, sweep, unfinished_path
from data.ingest_options import IngestOptions
from data.records import Recordings
from data.scoring import Progress, SystemScores, no_progress, score_systems
from data.sources import InputFile, load_file, load_recordings

ONE_UNKNOWN_SPEAKER = "(not stated)"
"""Speaker of all recordings without one, with `--missing-speaker one`."""


@dataclass(frozen=True)
class Ingested:
    """The outcome of an ingest."""

    path: Path
    build: str
    is_new: bool
    """False when this very build was there already; it is the current one now."""


def ingest(options: IngestOptions, home: Path, progress: Progress = no_progress) -> Ingested:
    """Make a build from files and the current one of its evaluation; raises `InputError` with all faults."""
    folder = home / checked_name(options.name)
    _check_choices(options)
    sources = [load_file(path) for path in options.sources]
    systems = {name: load_file(path) for name, path in options.systems.items()}
    build = build_id(
        [file.sha256 for file in sources], {name: file.sha256 for name, file in systems.items()}, options
    )
    sidecar = _sidecar(options)
    if (folder / f"{build}.duckdb").exists():
        with locked(folder):
            if (folder / f"{build}.duckdb").exists():
                sidecar.write(folder / f"{build}.duckdb")
                point_to(folder, build)
                return Ingested(folder / f"{build}.duckdb", build, is_new=False)
    progress("reading", 0, 1)
    recordings, attributes, n_rows = _checked(sources, systems, options)
    scores = score_systems(recordings, options.normalizer, progress)
    meta = _meta(build, options, recordings, attributes, scores, _inputs(sources, systems, n_rows))
    progress("writing", 0, 1)
    with locked(folder):
        sweep(folder)
        unfinished = unfinished_path(folder, build)
        try:
            write_build(unfinished, recordings, attributes.attributes, scores, meta)
            path = publish(unfinished, folder, build, sidecar)
        finally:
            sweep(folder)
    progress("writing", 1, 1)
    return Ingested(path, build, is_new=True)


def _check_choices(options: IngestOptions) -> None:
    if not options.sources:
        raise InputError("Name a file with references: fairhearing ingest FILE --name NAME.")
    if options.format is not None and options.format not in FORMATS:
        raise InputError(f'"{options.format}" is not a format. There is {quoted_list(FORMATS)}.')
    try:
        normalizer(options.normalizer)
    except UnknownNormalizerError as error:
        raise InputError(str(error)) from None


def _checked(
    sources: list[InputFile], systems: Mapping[str, InputFile], options: IngestOptions
) -> tuple[Recordings, AttributeColumns, dict[str, int]]:
    """The recordings sorted by speaker and their attributes; raises `InputError` with the faults of all files."""
    loaded = load_recordings(sources, systems, options)
    faults: list[Fault] = list(loaded.faults)
    recordings = loaded.recordings
    if recordings is None:
        raise InputError(_in_order(faults, sources))
    if len(recordings) == 0 and not faults:
        what = "There are no utterances below the header."
        faults.append(Fault(sources[0].path.name, None, None, what, "Add one row per utterance."))
    faults.extend(check_recordings(recordings, options) if len(recordings) else ())
    recordings = _with_known_speakers(recordings, options)
    if len(recordings) == 0 and not faults:
        what = "No recording has a speaker, and --missing-speaker drop leaves such recordings out."
        advice = "Name the column with --map speaker=COLUMN, or use --missing-speaker one."
        faults.append(Fault(sources[0].path.name, None, "speaker", what, advice))
    order = pc.sort_indices(
        pa.table({"speaker": recordings.speaker_ids, "id": recordings.utterance_ids}),
        sort_keys=[("speaker", "ascending"), ("id", "ascending")],
    )
    recordings = recordings.take(order)
    attributes = attribute_columns(recordings, loaded.left_out, options) if len(recordings) else None
    faults.extend(attributes.faults if attributes else ())
    if faults or attributes is None:
        raise InputError(_in_order(faults, sources))
    return recordings, attributes, loaded.n_rows


def _in_order(faults: list[Fault], sources: list[InputFile]) -> list[Fault]:
    """Each fault once: the sources first, files as they were given, rows from the top."""
    names = [file.path.name for file in sources]
    files = dict.fromkeys([*names, *(fault.file for fault in faults)])
    place = {file: number for number, file in enumerate(files)}
    return sorted(dict.fromkeys(faults), key=lambda fault: (place[fault.file], fault.row or 0))


def _with_known_speakers(recordings: Recordings, options: IngestOptions) -> Recordings:
    if options.missing_speaker == "one":
        return replace(recordings, speaker_ids=pc.fill_null(recordings.speaker_ids, ONE_UNKNOWN_SPEAKER))
    if options.missing_speaker == "drop":
        known = np.flatnonzero(pc.is_valid(recordings.speaker_ids).to_numpy(zero_copy_only=False))
        return recordings.take(pa.array(known))
    return recordings


def _meta(
    build: str,
    options: IngestOptions,
    recordings: Recordings,
    attributes: AttributeColumns,
    scores: Mapping[str, SystemScores],
    inputs: list[dict[str, Any]],
) -> dict[str, Any]:
    chosen = normalizer(options.normalizer)
    n_words = np.zeros(len(recordings), np.int64)
    for one in scores.values():
        n_words[one.rows] = one.counts["n_words"]
    return {
        "schema_version": SCHEMA_VERSION,
        "build": build,
        "name": options.name,
        "systems": list(scores),
        "attributes": [column.attribute.to_json() for column in attributes.attributes],
        "not_attributes": dict(attributes.not_attributes),
        "normalizer": {
            "id": chosen.id,
            "version": chosen.version,
            "sha256": chosen.sha256,
            "description": chosen.description,
        },
        "aligner": {"id": ALIGNER.id, "version": ALIGNER.version, "tie_rule": ALIGNER.tie_rule},
        "inputs": inputs,
        "options": options.to_json(),
        "about": dict(options.about),
        "show_text": options.show_text,
        "show_audio": options.show_audio,
        "counts": {
            "utterances": len(recordings),
            "speakers": int(pc.count_distinct(recordings.speaker_ids).as_py()),
            "words": int(n_words.sum()),
            "scored": {name: len(one.rows) for name, one in scores.items()},
        },
        "cluster_unit": options.cluster or "speaker",
    }


def _inputs(
    sources: list[InputFile], systems: Mapping[str, InputFile], n_rows: Mapping[str, int]
) -> list[dict[str, Any]]:
    by_hash = sorted(sources, key=lambda file: file.sha256)
    return [
        {
            "name": file.path.name,
            "system": system,
            "sha256": file.sha256,
            "bytes": len(file.content),
            "rows": n_rows[file.sha256],
        }
        for system, file in [*((None, file) for file in by_hash), *systems.items()]
    ]


def _sidecar(options: IngestOptions) -> Sidecar:
    paths = (*options.sources, *options.systems.values())
    folder = str(options.sources[0].resolve().parent)
    return Sidecar.now(options.note, tuple(str(path.resolve()) for path in paths), folder)
