"""Every fault in the values of an evaluation, collected: what, where, and what to do.

Owns the rules that the rows of an evaluation must keep. Each check looks at whole
columns and names every row that breaks its rule. Nothing is repaired here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.arrays import blank, combined, numbers, positions, string_column
from data.errors import Fault
from data.formats.source_table import SourceTable
from data.ingest_options import IngestOptions
from data.records import Recordings

_CORRECT_NUMBER = 'Correct it, leave it blank, or add the text that means "not stated" to --missing.'


def check_recordings(recordings: Recordings, options: IngestOptions) -> list[Fault]:
    """All faults in ids, speakers, references, hypotheses and characters."""
    return [
        *_check_ids(recordings),
        *_check_speakers(recordings, options),
        *_check_references(recordings),
        *_check_hypotheses(recordings, options),
        *_check_characters(recordings),
    ]


def checked_durations(
    table: SourceTable, column: str | None, missing: Sequence[str], faults: list[Fault]
) -> pa.Array:
    """Seconds as float64 with null for "not stated"; values that are no numbers, or below 0, become faults."""
    if column is None:
        return pa.nulls(len(table.rows), pa.float64())
    values = combined(table.columns.column(column))
    faults.extend(number_faults(values, column, missing, table.file_names(), table.rows.tolist()))
    seconds = read_numbers(values, missing)
    for place in positions(pc.fill_null(pc.less(seconds, 0.0), False)):
        what = f'"{values[place].as_py()}" is no duration, which is a number of seconds from 0.'
        faults.append(Fault(*table.place(place), column, what, _CORRECT_NUMBER))
    return seconds


def read_numbers(values: pa.Array, missing: Sequence[str] = ()) -> pa.Array:
    """Float64: null where nothing is stated, NaN where a value is no finite number."""
    if pa.types.is_string(values.type) or pa.types.is_dictionary(values.type):
        texts = string_column(values)
        return numbers(pc.if_else(blank(texts, missing), pa.scalar(None, pa.string()), texts))
    as_float = values.cast(pa.float64(), safe=False)
    if "nan" in {value.casefold() for value in missing}:
        as_float = pc.if_else(pc.is_nan(as_float), pa.scalar(None, pa.float64()), as_float)
    return pc.if_else(pc.is_inf(as_float), float("nan"), as_float)


def holds_only_numbers(values: pa.Array, missing: Sequence[str] = ()) -> bool:
    """Whether a column is one of numbers by its type, or because all it states are numbers, finite or not."""
    if pa.types.is_dictionary(values.type):
        return False
    if not pa.types.is_string(values.type):
        return True
    read = read_numbers(values, missing)
    words = pc.filter(values, pc.fill_null(pc.is_nan(read), False)).unique()
    if len(words) == 0 or not pc.any(pc.is_finite(read)).as_py():
        return False
    spelled_out = r"^\s*[+-]?(nan|inf|infinity)\s*$"
    return bool(pc.all(pc.match_substring_regex(words, spelled_out, ignore_case=True)).as_py())


def number_faults(
    values: pa.Array, column: str, missing: Sequence[str], files: Sequence[str], rows: Sequence[int]
) -> list[Fault]:
    """One fault for each value that is stated but no finite number."""
    wrong = positions(pc.fill_null(pc.is_nan(read_numbers(values, missing)), False))
    return [
        Fault(
            files[place],
            rows[place],
            column,
            f'"{values[place].as_py()}" is not a finite number.',
            _CORRECT_NUMBER,
        )
        for place in wrong
    ]


def _check_ids(recordings: Recordings) -> Iterable[Fault]:
    ids = recordings.utterance_ids
    no_id = blank(ids)
    yield from _at(
        recordings,
        positions(no_id),
        "id",
        "The utterance has no id.",
        "Give each utterance an id of its own.",
    )
    codes = ids.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    repeats = np.zeros(len(ids), bool)
    repeats[order[1:]] = codes[order[1:]] == codes[order[:-1]]
    first: dict[int, int] = {}
    repeats &= ~no_id.to_numpy(zero_copy_only=False)
    if repeats.any():
        wanted = {*codes[repeats].tolist()}
        for place in np.flatnonzero(np.isin(codes, list(wanted))).tolist():
            first.setdefault(int(codes[place]), place)
    for place in np.flatnonzero(repeats).tolist():
        earlier = first[int(codes[place])]
        where = f"row {recordings.rows[earlier]}"
        if recordings.files[earlier].as_py() != recordings.files[place].as_py():
            where += f" of {recordings.files[earlier]}"
        what = f'The id "{ids[place]}" is in {where} already.'
        yield from _at(recordings, [place], "id", what, "Keep one of the rows, or make the ids different.")


def _check_speakers(recordings: Recordings, options: IngestOptions) -> Iterable[Fault]:
    if options.missing_speaker is not None:
        return []
    unit = f"{options.cluster} (--cluster)" if options.cluster else "speaker"
    advice = (
        "Fill it in, leave such recordings out with --missing-speaker drop, or count them as one speaker's with "
        "--missing-speaker one."
    )
    unknown = positions(pc.is_null(recordings.speaker_ids))
    return _at(recordings, unknown, "speaker", f"The recording has no {unit}.", advice)


def _check_references(recordings: Recordings) -> Iterable[Fault]:
    if recordings.counts or (
        not recordings.hypotheses and recordings.references.null_count == len(recordings)
    ):
        return []
    advice = 'Write the words that were spoken, or "" where nobody spoke.'
    missing = positions(pc.is_null(recordings.references))
    return _at(recordings, missing, "reference", "The utterance has no reference.", advice)


def _check_hypotheses(recordings: Recordings, options: IngestOptions) -> Iterable[Fault]:
    counted = {system: counts["words"] for system, counts in recordings.counts.items()}
    kind = "counts" if counted else "hypothesis"
    for system, texts in {**recordings.hypotheses, **counted}.items():
        unscored = texts.null_count
        if unscored == len(texts):
            what = f'The system "{system}" has no {kind} for any utterance.'
            yield Fault(
                recordings.files[0].as_py(),
                None,
                system,
                what,
                "Check its ids and its column, or leave it out.",
            )
        elif not options.allow_missing:
            advice = (
                'Add it ("" for an empty output), or leave such utterances unscored with --allow-missing.'
                if kind == "hypothesis"
                else "Add them, or leave such utterances unscored with --allow-missing."
            )
            for place in positions(pc.is_null(texts)):
                what = f'The utterance "{recordings.utterance_ids[place]}" has no {kind} of "{system}".'
                yield from _at(recordings, [place], system, what, advice)


def _check_characters(recordings: Recordings) -> Iterable[Fault]:
    named = {
        "id": recordings.utterance_ids,
        "speaker": recordings.speaker_ids,
        "reference": recordings.references,
        "audio": recordings.audio,
        **({} if recordings.second_references is None else {"reference_2": recordings.second_references}),
        **recordings.hypotheses,
        **recordings.columns,
    }
    for field, values in named.items():
        if pa.types.is_string(values.type) or pa.types.is_dictionary(values.type):
            found = positions(pc.fill_null(pc.match_substring(string_column(values), "\0"), False))
            yield from _at(
                recordings, found, field, "The value holds a NUL character, which no text has.", "Remove it."
            )


def _at(recordings: Recordings, places: Sequence[int], field: str, what: str, advice: str) -> list[Fault]:
    return [
        Fault(recordings.files[place].as_py(), recordings.rows[place].as_py(), field, what, advice)
        for place in places
    ]
