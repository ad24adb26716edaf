"""Single recordings: references without words, recordings that occur twice, numbers that are none.

Owns the checks of rows that an ingest lets through because each row alone is in order.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.attributes import Attribute
from data.doctor.examined import Examined, hashed
from data.doctor.faults import EVERYWHERE, DoctorFault, FaultKind, Severity, counted, listed, of
from data.queries_doctor import Ints

_FEWEST_WORDS = 5
_FEWEST_COPIES = 5

EMPTY_REFERENCE = FaultKind(
    "empty-reference",
    "References without a word after normalisation. A warning when the words that a system wrote there are "
    "a hundredth "
    "of its errors or more.",
    "Whatever a system writes there counts as insertions, with no reference words to hold them against: a "
    "group with "
    "many such recordings has a higher rate for hallucinations alone.",
    "Keep them if nobody spoke there; otherwise transcribe them. Where the normaliser left no word, look "
    "whether it "
    "suits the text.",
)
DUPLICATE_ID = FaultKind(
    "duplicate-id",
    "An ingest refuses an id that occurs twice. Looked for here: one clip under several ids; ids that "
    "differ in capitals, "
    f"spaces or extension alone; and recordings of one speaker with the same reference of {_FEWEST_WORDS} "
    "words or more, the same "
    "wrong output of every system, the same attributes and the same duration. "
    f"Without durations a speaker may have said the same twice: reported from {_FEWEST_COPIES} on, as a "
    "note.",
    "A recording that occurs twice counts twice, and so does its speaker's weight in every group.",
    "Keep one of each, if they are the same recording.",
)
NON_FINITE = FaultKind(
    "non-finite-number",
    "An ingest refuses a number that is not finite in a column of numbers. Looked for here: such numbers "
    "in a build made otherwise, "
    "and columns that were read as words although at least nine of ten values are numbers.",
    "Read as words, each number is a group of its own: there are no bins, no ranges such as `snr_db < 10`, "
    "and few speakers "
    "in every group.",
    "Correct these values, or ingest again with `--missing VALUE` for those that mean “not stated”.",
)


def empty_references(examined: Examined) -> Iterator[DoctorFault]:
    """References that hold no word."""
    rows = np.flatnonzero(examined.n_words == 0)
    if len(rows) == 0:
        return
    blank = pc.equal(pc.utf8_trim_whitespace(examined.references.take(pa.array(rows))), "")
    emptied = int(len(rows) - pc.sum(blank).as_py())
    what = f"{of(len(rows), examined.n_utterances)} references have no words."
    if emptied:
        what += (
            f" In {emptied:,} of them something is written, of which the normaliser "
            f"{examined.info.normalizer['id']} leaves nothing."
        )
    severity: Severity = "note"
    for system, name in enumerate(examined.systems):
        counts = examined.counts(system)
        inserted, errors = int(counts.errors[counts.n_words == 0].sum()), int(counts.errors.sum())
        if inserted:
            what += f" {name} wrote {counted(inserted, 'word')} there, of {errors:,} errors in all."
        if inserted >= 0.01 * max(errors, 1) and inserted:
            severity = "warning"
    examples = [examined.cite(row, examined.references[int(row)].as_py()) for row in rows[:5]]
    yield EMPTY_REFERENCE.found(severity, what, EVERYWHERE, len(rows), examples)


def duplicates(examined: Examined) -> Iterator[DoctorFault]:
    """Recordings that are in the evaluation more than once, under different ids."""
    clips = pd.Series(examined.audio.to_pandas())
    shared = clips[clips.notna() & clips.duplicated(keep=False)]
    if len(shared):
        what = (
            f"{of(len(shared), examined.n_utterances)} utterances share a clip with another one: "
            f"{counted(shared.nunique(), 'clip')} in all."
        )
        advice = "Keep one row per clip, or give each its own."
        yield DUPLICATE_ID.found("warning", what, EVERYWHERE, len(shared), shared.unique()[:5], advice=advice)
    stems = pc.replace_substring_regex(
        pc.utf8_lower(pc.utf8_trim_whitespace(examined.utterance_ids)),
        r"\.(wav|mp3|flac|ogg|opus|m4a|webm|txt|json)$",
        "",
    )
    alike = np.flatnonzero(pd.Series(stems.to_pandas()).duplicated(keep=False).to_numpy())
    if len(alike):
        what = (
            f"{of(len(alike), examined.n_utterances)} ids differ from another one in capitals, spaces or "
            "extension alone."
        )
        consequence = (
            "One recording may be there twice; and outputs are joined by id, so that one may have got the "
            "other's."
        )
        examples = [examined.cite(row) for row in alike[:5]]
        yield DUPLICATE_ID.found("note", what, EVERYWHERE, len(alike), examples, consequence=consequence)
    if examined.has_texts:
        yield from _copies(examined)


def _copies(examined: Examined) -> Iterator[DoctorFault]:
    candidates = _same_in_everything(examined)
    if candidates is None:
        return
    rows, key = candidates
    durations = examined.durations[0][rows]
    is_timed = ~np.isnan(durations)
    for timed in (True, False):
        chosen = np.flatnonzero(is_timed == timed)
        frame = pd.DataFrame({"key": key[chosen], "duration": np.nan_to_num(durations[chosen])})
        again = frame.duplicated()
        number = int(again.sum())
        if number < (1 if timed else _FEWEST_COPIES):
            continue
        what = (
            f"{of(number, examined.n_utterances)} utterances equal another one of the same speaker in "
            "reference, "
            "attributes and the wrong outputs of "
            f"{counted(len(examined.systems), 'system')}{' and in duration' if timed else ''}."
        )
        examples = [examined.cite(rows[chosen[place]]) for place in np.flatnonzero(again)[:5]]
        yield DUPLICATE_ID.found("warning" if timed else "note", what, EVERYWHERE, number, examples)


def _same_in_everything(examined: Examined) -> tuple[Ints, Ints] | None:
    """Rows that equal another in speaker, reference, attributes and wrong outputs, and the number of what they equal."""
    mistaken = np.zeros(examined.n_utterances, bool)
    key = hashed(examined.references)
    columns: list[Ints] = [examined.speaker, *(codes for _, codes in examined.groups())]
    for system in range(len(examined.systems)):
        written = np.zeros(examined.n_utterances, np.int64)
        written[examined.counts(system).rows] = hashed(examined.hypotheses(system)).view(np.int64)
        columns.append(written)
        mistaken |= examined.errors(system) > 0
    for column in columns:
        key = pd.util.hash_array(key * np.uint64(0x9E3779B97F4A7C15) + column.astype(np.uint64))
    enough = np.flatnonzero(mistaken & (examined.n_words >= _FEWEST_WORDS))
    again = pd.Series(key[enough]).duplicated(keep=False).to_numpy()
    rows = enough[again]
    return (rows.astype(np.int64), key[rows].view(np.int64)) if len(rows) else None


def non_finite_numbers(examined: Examined) -> Iterator[DoctorFault]:
    """Numbers that are none, and numbers that were read as words because of a few values."""
    wrong = {a.name: examined.numbers(a)[1] for a in examined.info.attributes if a.kind == "number"}
    wrong["the duration"] = examined.durations[1]
    for name, number in wrong.items():
        if number:
            what = f"{of(number, examined.n_utterances)} utterances have {name} that is no finite number."
            consequence = "They are in no bin or in the wrong one, and ranges leave them out."
            yield NON_FINITE.found("error", what, name, number, consequence=consequence)
    for attribute, codes in examined.groups():
        if attribute.kind == "category":
            yield from _read_as_words(attribute, codes)
    for name, reason in examined.info.not_attributes.items():
        if "are numbers: with --missing" in reason:
            what = f"{name} is no attribute: it {reason}."
            consequence = "Nothing can be grouped by it."
            yield NON_FINITE.found("warning", what, name, 1, consequence=consequence)


def _read_as_words(attribute: Attribute, codes: Ints) -> Iterator[DoctorFault]:
    used = np.bincount(codes[codes >= 0], minlength=len(attribute.levels))
    is_number = pc.match_substring_regex(
        pa.array(attribute.levels, pa.string()), r"^[+-]?(0|[1-9]\d*)?\.?\d+$"
    ).to_numpy(zero_copy_only=False)
    n_numbers, n_words = int(used[is_number].sum()), int(used[~is_number].sum())
    if is_number.sum() > 10 and 0 < n_words <= 0.1 * (n_numbers + n_words):
        words = [attribute.levels[code] for code in np.flatnonzero(~is_number & (used > 0)).tolist()]
        what = (
            f"{attribute.name} was read as words because of {listed(words)} in "
            f"{of(n_words, n_numbers + n_words)} utterances; the rest are numbers."
        )
        yield NON_FINITE.found("warning", what, attribute.name, n_words, words)
