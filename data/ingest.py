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
from data.counted import counted_scores, undefined_metrics
from data.errors import Fault, InputError, quoted_list
from data.formats.registry import FORMATS
from data.home import Sidecar, checked_name, locked, point_to, publish, sweep, unfinished_path
from data.ingest_options import IngestOptions
from data.records import Recordings
from data.scoring import Progress, SystemScores, no_progress, score_systems
from data.source_files import InputFile, load_file
from data.sources import LoadedSources, load_recordings

ONE_UNKNOWN_SPEAKER = "(not stated)"
"""Speaker of all recordings without one, with `--missing-speaker one`."""
AS_COUNTED = "as-counted"
"""Normaliser and aligner of a build of counts: whoever made them chose, and it is not known here."""
COUNTED_ELSEWHERE = "The counts were made elsewhere; how words were compared is not known here."


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
    files = _load_files(options)
    build = build_id(
        [file.sha256 for file in files.sources],
        {name: file.sha256 for name, file in files.systems.items()},
        options,
        [file.sha256 for file in files.attributes],
    )
    sidecar = _sidecar(options)
    if (folder / f"{build}.duckdb").exists():
        with locked(folder):
            if (folder / f"{build}.duckdb").exists():
                sidecar.write(folder / f"{build}.duckdb")
                point_to(folder, build)
                return Ingested(folder / f"{build}.duckdb", build, is_new=False)
    progress("reading", 0, 1)
    loaded, recordings, attributes = _checked(files, options)
    scores = _scores(recordings, options, progress)
    second = _second_references(recordings, options)
    meta = _meta(build, options, recordings, attributes, scores)
    meta |= {"inputs": _inputs(files, loaded), **_about_counts(recordings, loaded)}
    if second is not None:
        meta["counts"]["transcribed_twice"] = len(second.rows)
    progress("writing", 0, 1)
    with locked(folder):
        sweep(folder)
        unfinished = unfinished_path(folder, build)
        try:
            write_build(unfinished, recordings, attributes.attributes, scores, meta, second)
            path = publish(unfinished, folder, build, sidecar)
        finally:
            sweep(folder)
    progress("writing", 1, 1)
    return Ingested(path, build, is_new=True)


@dataclass(frozen=True)
class _Files:
    """The bytes of every file of an ingest."""

    sources: list[InputFile]
    systems: dict[str, InputFile]
    attributes: list[InputFile]


def _load_files(options: IngestOptions) -> _Files:
    return _Files(
        [load_file(path, options.format) for path in options.sources],
        {name: load_file(path, options.format) for name, path in options.systems.items()},
        [load_file(path, options.format) for path in options.attribute_files],
    )


def _check_choices(options: IngestOptions) -> None:
    if not options.sources:
        raise InputError("Name a file with references: fairhearing ingest FILE --name NAME.")
    if options.format is not None and options.format not in FORMATS:
        raise InputError(f'"{options.format}" is not a format. There is {quoted_list(sorted(FORMATS))}.')
    try:
        normalizer(options.normalizer)
    except UnknownNormalizerError as error:
        raise InputError(str(error)) from None


def _checked(files: _Files, options: IngestOptions) -> tuple[LoadedSources, Recordings, AttributeColumns]:
    """What was read, sorted by speaker, and its attributes; raises `InputError` with the faults of all files."""
    loaded = load_recordings(files.sources, files.systems, files.attributes, options)
    names = list(dict.fromkeys([one.table.file for one in loaded.sources]))
    faults: list[Fault] = list(loaded.faults)
    recordings = loaded.recordings
    if recordings is None:
        raise InputError(_in_order(faults, names))
    if len(recordings) == 0 and not faults:
        what = "There are no utterances below the header."
        faults.append(Fault(names[0], None, None, what, "Add one row per utterance."))
    faults.extend(check_recordings(recordings, options) if len(recordings) else ())
    if recordings.counts and options.show_text:
        what = "The source holds counts and no texts, so there are none to show."
        faults.append(Fault(names[0], None, None, what, "Leave out --show-text."))
    recordings = _with_known_speakers(recordings, options)
    if len(recordings) == 0 and not faults:
        what = "No recording has a speaker, and --missing-speaker drop leaves such recordings out."
        advice = "Name the column with --map speaker=COLUMN, or use --missing-speaker one."
        faults.append(Fault(names[0], None, "speaker", what, advice))
    order = pc.sort_indices(
        pa.table({"speaker": recordings.speaker_ids, "id": recordings.utterance_ids}),
        sort_keys=[("speaker", "ascending"), ("id", "ascending")],
    )
    recordings = recordings.take(order)
    attributes = attribute_columns(recordings, loaded.left_out, options) if len(recordings) else None
    faults.extend(attributes.faults if attributes else ())
    if faults or attributes is None:
        raise InputError(_in_order(faults, names))
    return loaded, recordings, attributes


def _in_order(faults: list[Fault], names: list[str]) -> list[Fault]:
    """Each fault once: the sources first, files as they were given, rows from the top."""
    files = dict.fromkeys([*names, *(fault.file for fault in faults)])
    place = {file: number for number, file in enumerate(files)}
    return sorted(dict.fromkeys(faults), key=lambda fault: (place[fault.file], fault.row or 0))


def _scores(recordings: Recordings, options: IngestOptions, progress: Progress) -> Mapping[str, SystemScores]:
    if recordings.counts:
        return counted_scores(recordings)
    return score_systems(recordings, options.normalizer, progress)


def _second_references(recordings: Recordings, options: IngestOptions) -> SystemScores | None:
    """What second transcriptions differ from the first by; None when there are none."""
    texts = recordings.second_references
    if texts is None or recordings.counts or texts.null_count == len(texts):
        return None
    [scores] = score_systems(replace(recordings, hypotheses={"": texts}), options.normalizer).values()
    return scores


def _about_counts(recordings: Recordings, loaded: LoadedSources) -> dict[str, Any]:
    """Whether the build has texts, and what it cannot say without them."""
    if not recordings.counts:
        return {"has_text": True, "undefined_metrics": {}}
    made_elsewhere = {"version": "0", "sha256": "", "description": COUNTED_ELSEWHERE}
    return {
        "has_text": False,
        "undefined_metrics": undefined_metrics(recordings, loaded.rows_are_utterances),
        "normalizer": {"id": AS_COUNTED, **made_elsewhere},
        "aligner": {"id": AS_COUNTED, "version": "0", "tie_rule": COUNTED_ELSEWHERE},
    }


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


def _inputs(files: _Files, loaded: LoadedSources) -> list[dict[str, Any]]:
    """What was read, for people who check it: `system` is null for references and "" for tables of attributes."""
    sources = sorted(zip(files.sources, loaded.sources, strict=True), key=lambda pair: pair[0].sha256)
    systems = [(name, file, loaded.systems[name]) for name, file in files.systems.items()]
    attributes = sorted(
        zip(files.attributes, loaded.attributes, strict=True), key=lambda pair: pair[0].sha256
    )
    return [
        {
            "name": file.path.resolve().name,
            "system": system,
            "sha256": file.sha256,
            "bytes": file.n_bytes,
            "rows": len(read.table.rows),
            "format": read.table.format,
            "columns": dict(read.columns),
            "notices": list(read.table.notices),
        }
        for system, file, read in [
            *((None, *pair) for pair in sources),
            *systems,
            *(("", *pair) for pair in attributes),
        ]
    ]


def _sidecar(options: IngestOptions) -> Sidecar:
    paths = (*options.sources, *options.systems.values(), *options.attribute_files)
    first = options.sources[0].resolve()
    folder = str(first if first.is_dir() else first.parent)
    return Sidecar.now(options.note, tuple(str(path.resolve()) for path in paths), folder)
