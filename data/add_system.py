"""One more system for a build: its file is read, joined and scored; everything else is copied.

Owns the step from a build to the build that an ingest of all files at once would have
made, with the same id and the same tables. It works from the build itself, because the
files it was made of may be gone. Called by `fairhearing add-system`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.aligners import UnknownAlignerError
from analysis.normalize import UnknownNormalizerError
from data.add_system_files import JoinedFiles, joined_files
from data.add_system_options import AddedOptions, effective_options, recorded_options
from data.build import append_systems
from data.build_id import id_from_meta
from data.counted import counted_scores, undefined_metrics, undefined_without_keywords
from data.errors import InputError
from data.home import current_build
from data.ingest import Ingested
from data.ingest_meta import described_input
from data.publishing import make_current, prepare_home, write_whole
from data.queries_references import stored_meta, stored_words
from data.records import Recordings
from data.scoring import Progress, SystemScores, no_progress, score_systems
from data.scoring_choice import COUNTED, Scoring, stored_scoring
from data.sidecar import Sidecar
from data.source_files import InputFile, load_file
from data.store import Build


@dataclass(frozen=True)
class Added:
    """The outcome of adding systems."""

    made: Ingested
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Rows by system whose recordings the build does not hold because they have no speaker; empty when there are none."""


def add_systems(build: Build, options: AddedOptions, progress: Progress = no_progress) -> Added:
    """Make the build with more systems the current one of its evaluation; raises `InputError` with all faults."""
    folder = build.path.parent
    meta = stored_meta(build.cursor())
    scoring = _same_scoring(build, meta)
    _check_names(build, options)
    current = current_build(folder)
    if current is None:
        raise InputError(
            f"{build.path} lies in no evaluation's folder. Name the evaluation instead of a path."
        )
    prepare_home(folder.parent)
    meta["options"] = recorded_options(meta["options"], options, build.cursor())
    how = effective_options(meta["options"], options, build.info.name)
    files = {name: load_file(path, how[name].format) for name, path in options.systems.items()}
    _refuse_sources(meta, files)
    meta["build"] = id_from_meta(meta, scoring, {name: file.sha256 for name, file in files.items()})
    sidecar = _sidecar(build, options)
    already = make_current(folder, meta["build"], sidecar)
    if already is not None:
        return Added(Ingested(already, meta["build"], is_new=False))
    progress("reading", 0, 1)
    joined = joined_files(build, how, files, meta)
    meta |= _about_files(meta, files, joined)
    first = len(build.info.systems)
    if joined.recordings.counts:
        scores: Mapping[str, SystemScores] = counted_scores(joined.recordings)
    else:
        scores = score_systems(joined.recordings, scoring, progress, os.cpu_count() or 1)
    meta |= _about_scores(build, meta, joined.recordings, scores)
    progress("writing", 0, 1)

    def write(unfinished: Path) -> None:
        if not build.path.exists():
            raise InputError(
                f"The build {build.path.stem} was deleted meanwhile. Nothing was changed; try again."
            )
        shutil.copyfile(build.path, unfinished)
        append_systems(unfinished, first, scores, meta)

    path = write_whole(folder, meta["build"], sidecar, write, current)
    progress("writing", 1, 1)
    return Added(Ingested(path, meta["build"], is_new=True), joined.left_out)


def _same_scoring(build: Build, meta: Mapping[str, Any]) -> Scoring:
    """What the build was scored with; raises `InputError` when this version would score otherwise."""
    try:
        scoring = stored_scoring(meta) if build.info.has_text else COUNTED
        if id_from_meta(meta, scoring) == build.info.build:
            return scoring
    except (UnknownAlignerError, UnknownNormalizerError):
        pass
    raise InputError(
        f"{build.info.name}@{build.info.build} was scored by another version of Fair Hearing, so one more system could "
        f"not be compared with the others. Ingest all files again: fairhearing ingest … --name {build.info.name}."
    )


def _check_names(build: Build, options: AddedOptions) -> None:
    if not options.systems:
        raise InputError("Name the system and its file: --system NAME=FILE.")
    for name in options.systems:
        if name in build.info.systems:
            raise InputError(
                f'{build.info.name} has a system "{name}" already. Add the file under another name, or ingest all files '
                f"again to replace it: fairhearing ingest … --name {build.info.name} --system {name}=FILE."
            )
    for name in options.mapping.systems:
        if name not in options.systems:
            raise InputError(
                f'--map system:{name} names a system that is not added. Add --system "{name}=FILE".'
            )


def _refuse_sources(meta: Mapping[str, Any], files: Mapping[str, InputFile]) -> None:
    sources = {one["sha256"]: one["name"] for one in meta["inputs"] if one["system"] is None}
    for name, file in files.items():
        if file.sha256 in sources:
            raise InputError(
                f"{file.path.name} is the file that the references were read from ({sources[file.sha256]}). To take "
                f"another of its columns as a system, ingest it again with --map system:{name}=COLUMN."
            )


def _about_files(
    meta: Mapping[str, Any], files: Mapping[str, InputFile], joined: JoinedFiles
) -> dict[str, Any]:
    """The systems and files of the new build, tables of attributes last."""
    before = [one for one in meta["inputs"] if one["system"] != ""]
    after = [one for one in meta["inputs"] if one["system"] == ""]
    added = [described_input(name, file, joined.read[name]) for name, file in files.items()]
    return {"inputs": [*before, *added, *after], "systems": [*meta["systems"], *files]}


def _about_scores(
    build: Build, meta: Mapping[str, Any], recordings: Recordings, scores: Mapping[str, SystemScores]
) -> dict[str, Any]:
    n_words = stored_words(build.cursor(), len(recordings))
    for one in scores.values():
        n_words[one.rows] = one.counts["n_words"]
    counts = meta["counts"]
    scored = {**counts["scored"], **{name: len(one.rows) for name, one in scores.items()}}
    undefined: Mapping[str, str] = meta["undefined_metrics"]
    if recordings.counts:
        undefined = {**undefined, **undefined_metrics(recordings, rows_are_utterances=True)}
    else:
        undefined = {one: undefined[one] for one in undefined_without_keywords(scores) if one in undefined}
    return {
        "counts": {**counts, "words": int(n_words.sum()), "scored": scored},
        "undefined_metrics": undefined,
    }


def _sidecar(build: Build, options: AddedOptions) -> Sidecar:
    before = Sidecar.read(build.path)
    added = tuple(str(path.resolve()) for path in options.systems.values())
    note = before.note if options.note is None else options.note
    return Sidecar.now(note, (*before.sources, *added), before.audio_folder)
