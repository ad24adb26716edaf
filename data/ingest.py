"""From files to one immutable build: read, check, normalise, align, count, write.

Owns the order of the steps and the refusal of a faulty input before anything is
written. Each step is a room of its own; this one knows no page and no command line.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.aligners import DEFAULT_ALIGNER, UnknownAlignerError, aligner
from analysis.normalize import UnknownNormalizerError, normalizer
from data.attribute_columns import AttributeColumns, attribute_columns
from data.build import write_build
from data.build_id import build_id
from data.checks import check_recordings
from data.content_attributes import derivable, with_content_attributes
from data.counted import counted_scores, undefined_metrics, undefined_without_keywords
from data.errors import Fault, InputError, quoted_list
from data.formats.registry import FORMATS
from data.home import checked_name
from data.ingest_meta import build_meta, described_files
from data.ingest_options import IngestOptions
from data.publishing import make_current, prepare_home, write_whole
from data.records import Recordings
from data.scoring import Progress, SystemScores, no_progress, score_systems, score_texts
from data.scoring_choice import AS_COUNTED, COUNTED, Scoring, chosen_scoring
from data.scoring_lists import ScoringLists, read_lists
from data.sidecar import Sidecar
from data.source_files import InputFile, load_file
from data.sources import load_recordings

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
    lists = read_lists(options)
    prepare_home(home)
    files = _load_files(options)
    sidecar = _sidecar(options)
    if options.normalizer is not None:
        # What is there already need not be read to be found.
        build = files.build(options, chosen_scoring(options, lists, None))
        already = make_current(folder, build, sidecar)
        if already is not None:
            return Ingested(already, build, is_new=False)
    progress("reading", 0, 1)
    read = _checked(files, options)
    scoring = _scoring(read.recordings, options, lists)
    build = files.build(options, scoring)
    already = make_current(folder, build, sidecar)
    if already is not None:
        return Ingested(already, build, is_new=False)
    scored = _scored(read, options, scoring, progress)
    meta = build_meta(build, options, scoring, scored.recordings, scored.attributes, scored.scores)
    meta |= {"inputs": read.inputs, **_about_counts(read, scored.scores)}
    if scored.second is not None:
        meta["counts"]["transcribed_twice"] = len(scored.second.rows)
    progress("writing", 0, 1)
    path = write_whole(
        folder,
        build,
        sidecar,
        lambda unfinished: write_build(
            unfinished,
            scored.recordings,
            scored.attributes.attributes,
            scored.scores,
            meta,
            scored.second,
        ),
    )
    progress("writing", 1, 1)
    return Ingested(path, build, is_new=True)


@dataclass(frozen=True)
class _Files:
    """The bytes of every file of an ingest."""

    sources: list[InputFile]
    systems: dict[str, InputFile]
    attributes: list[InputFile]

    def build(self, options: IngestOptions, scoring: Scoring) -> str:
        """The id of the build that these files make."""
        return build_id(
            [file.sha256 for file in self.sources],
            {name: file.sha256 for name, file in self.systems.items()},
            options,
            scoring,
            [file.sha256 for file in self.attributes],
        )


@dataclass(frozen=True)
class _Read:
    """What was read, sorted by speaker and without a fault."""

    recordings: Recordings
    attributes: AttributeColumns
    inputs: list[dict[str, Any]]
    """Each file, as the build lists it."""
    rows_are_utterances: bool


@dataclass(frozen=True)
class _Scored:
    """What goes into the tables of the build."""

    recordings: Recordings
    attributes: AttributeColumns
    scores: Mapping[str, SystemScores]
    second: SystemScores | None
    """What second transcriptions differ from the first by; None when there are none."""


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
    if options.processes is not None and options.processes < 1:
        raise InputError(f"--processes {options.processes}: expected a number from 1.")
    try:
        aligner(options.aligner)
        if options.normalizer is not None:
            normalizer(options.normalizer)
    except (UnknownAlignerError, UnknownNormalizerError) as error:
        raise InputError(str(error)) from None


def _checked(files: _Files, options: IngestOptions) -> _Read:
    """Everything that is read; raises `InputError` with the faults of all files."""
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
    faults.extend(_without_texts(names[0], options) if recordings.counts else ())
    recordings = _with_known_speakers(recordings, options)
    if len(recordings) == 0 and not faults:
        what = "No recording has a speaker, and --missing-speaker drop leaves such recordings out."
        advice = "Name the column with --map speaker=COLUMN, or use --missing-speaker one."
        faults.append(Fault(names[0], None, "speaker", what, advice))
    order = pc.sort_indices(
        pa.table({"speaker": recordings.speaker_ids, "id": recordings.utterance_ids}),
        sort_keys=[("speaker", "ascending"), ("id", "ascending")],
    )
    inputs = described_files(files.sources, files.systems, files.attributes, loaded)
    left_out, rows_are_utterances = loaded.left_out, loaded.rows_are_utterances
    del loaded  # The tables as they were read would stay in memory beside their sorted copy.
    recordings = recordings.take(order)
    own = derivable(recordings, left_out, rows_are_utterances)
    attributes = attribute_columns(recordings, left_out, options, own) if len(recordings) else None
    faults.extend(attributes.faults if attributes else ())
    if faults or attributes is None:
        raise InputError(_in_order(faults, names))
    return _Read(recordings, attributes, inputs, rows_are_utterances)


def _without_texts(file: str, options: IngestOptions) -> list[Fault]:
    """A fault for each option that makes no sense for counts."""
    faults = []
    if options.show_text:
        what = "The source holds counts and no texts, so there are none to show."
        faults.append(Fault(file, None, None, what, "Leave out --show-text."))
    for option, given in (
        ("--normalizer", options.normalizer not in (None, AS_COUNTED)),
        ("--equivalences", options.equivalences is not None),
        ("--keywords", options.keywords is not None),
        ("--aligner", options.aligner != DEFAULT_ALIGNER.id),
    ):
        if given:
            what = f"The source holds counts and no texts, so {option} has nothing to work on."
            faults.append(Fault(file, None, None, what, f"Leave out {option}."))
    return faults


def _in_order(faults: list[Fault], names: list[str]) -> list[Fault]:
    """Each fault once: the sources first, files as they were given, rows from the top."""
    files = dict.fromkeys([*names, *(fault.file for fault in faults)])
    place = {file: number for number, file in enumerate(files)}
    return sorted(dict.fromkeys(faults), key=lambda fault: (place[fault.file], fault.row or 0))


def _scoring(recordings: Recordings, options: IngestOptions, lists: ScoringLists) -> Scoring:
    return COUNTED if recordings.counts else chosen_scoring(options, lists, recordings.references)


def _scored(read: _Read, options: IngestOptions, scoring: Scoring, progress: Progress) -> _Scored:
    recordings, attributes = read.recordings, read.attributes
    if recordings.counts:
        scores: Mapping[str, SystemScores] = counted_scores(recordings)
        normalized = None
    else:
        scored = score_texts(recordings, scoring, progress, options.processes or os.cpu_count() or 1)
        scores, normalized = scored.systems, scored.references
    attributes = with_content_attributes(
        attributes, recordings, normalized, options, read.rows_are_utterances
    )
    second = _second_references(recordings, scoring)
    # What attributes were made of is not written.
    return _Scored(replace(recordings, columns={}), attributes, scores, second)


def _second_references(recordings: Recordings, scoring: Scoring) -> SystemScores | None:
    texts = recordings.second_references
    if texts is None or recordings.counts or texts.null_count == len(texts):
        return None
    [scores] = score_systems(replace(recordings, hypotheses={"": texts}), scoring).values()
    return scores


def _about_counts(read: _Read, scores: Mapping[str, SystemScores]) -> dict[str, Any]:
    """Whether the build has texts, and what it cannot say without them."""
    if not read.recordings.counts:
        return {"has_text": True, "undefined_metrics": undefined_without_keywords(scores)}
    undefined = undefined_metrics(read.recordings, read.rows_are_utterances)
    return {"has_text": False, "undefined_metrics": undefined}


def _with_known_speakers(recordings: Recordings, options: IngestOptions) -> Recordings:
    if options.missing_speaker == "one":
        return replace(recordings, speaker_ids=pc.fill_null(recordings.speaker_ids, ONE_UNKNOWN_SPEAKER))
    if options.missing_speaker == "drop":
        known = np.flatnonzero(pc.is_valid(recordings.speaker_ids).to_numpy(zero_copy_only=False))
        return recordings.take(pa.array(known))
    return recordings


def _sidecar(options: IngestOptions) -> Sidecar:
    paths = (*options.sources, *options.systems.values(), *options.attribute_files)
    first = options.sources[0].resolve()
    folder = str(first if first.is_dir() else first.parent)
    return Sidecar.now(options.note, tuple(str(path.resolve()) for path in paths), folder)
