"""Reads Kaldi: a file of ids with their texts, or a data directory with `text`, `utt2spk`, `spk2gender` and the like.

In a directory every utterance and speaker must be in every file that lists them, and
no other; `utt2X` and `spk2X` become the column X.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from data.errors import Fault
from data.formats.delimited import rare_delimiter
from data.formats.source_table import SourceTable, empty_table, text_table
from data.formats.text import decoded_text, empty_file, numbered_lines

_ADVICE = "Each line is an id, a space and the words, such as: s1-u1 turn the lights on"
_DELIMITERS = ",;|\t"
_NOT_COLUMNS = {"spk2utt", "utt2num_frames", "utt2uniq"}
_COLUMN_NAMES = {"utt2spk": "speaker_id", "utt2dur": "duration"}

Entries = dict[str, tuple[str, int]]
"""Value and line by id."""


def looks_like_kaldi(lines: list[str]) -> bool:
    """Whether each line begins with a word that a space ends, as an id does, and no separator divides it."""
    first_words = [line.split(" ", 1)[0] for line in lines]
    return (
        any(" " in line.strip() for line in lines)
        and not any(mark in word for word in first_words for mark in _DELIMITERS)
        and not any("\t" in line for line in lines)
        and rare_delimiter(lines) is None
    )


def kaldi_members(paths: Sequence[str]) -> list[str]:
    """The files of a data directory that are read; none when there is no `text`."""
    if "text" not in paths:
        return []
    tables = [path for path in paths if path.startswith(("utt2", "spk2")) and path not in _NOT_COLUMNS]
    has_own_clips = "wav.scp" in paths and "segments" not in paths
    return ["text", *sorted(tables), *(["wav.scp"] if has_own_clips else [])]


def read_kaldi_text(file: str, content: bytes) -> SourceTable:
    """The columns `utterance_id` and `text`; an id alone has an empty text."""
    text, faults = decoded_text(file, content)
    pairs = [(row, *_split(line)) for row, line in numbered_lines(text)]
    if not pairs:
        return empty_table(file, faults or [empty_file(file, _ADVICE)])
    columns: dict[str, list[str | None]] = {
        "utterance_id": [utterance for _, utterance, _ in pairs],
        "text": [words for _, _, words in pairs],
    }
    table = text_table(file, columns, [row for row, _, _ in pairs], faults)
    return replace(table, text_column="text")


def read_kaldi_folder(file: str, members: Mapping[str, bytes]) -> SourceTable:
    """`utterance_id`, `text`, `speaker_id`, and a column for every table of utterances or speakers."""
    table = read_kaldi_text(f"{file}/text", members["text"])
    if not table.columns.num_columns:
        return table
    faults = list(table.faults)
    ids: list[str] = table.columns.column("utterance_id").to_pylist()
    columns: dict[str, list[str | None]] = {
        "utterance_id": list(ids),
        "text": table.columns.column("text").to_pylist(),
    }
    entries = {
        name: _entries(f"{file}/{name}", content, faults)
        for name, content in members.items()
        if name != "text"
    }
    speakers = {utterance: value for utterance, (value, _) in entries.get("utt2spk", {}).items()}
    for name, listed in entries.items():
        column = _COLUMN_NAMES.get(name, name[4:])
        if name == "wav.scp":
            columns["audio"] = [_clip(listed.get(one, ("|", 0))[0]) for one in ids]
        elif name.startswith("utt2"):
            _check_listed(f"{file}/{name}", "utterance", ids, listed, faults)
            columns[column] = [listed[one][0] if one in listed else None for one in ids]
        elif speakers:
            _check_listed(f"{file}/{name}", "speaker", speakers.values(), listed, faults)
            columns[column] = [listed.get(speakers.get(one, ""), (None, 0))[0] for one in ids]
    whole = text_table(table.file, columns, table.rows.tolist(), faults)
    return replace(whole, text_column="text")


def _split(line: str) -> tuple[str, str]:
    first, *rest = line.split(maxsplit=1)
    return first, rest[0].strip() if rest else ""


def _entries(file: str, content: bytes, faults: list[Fault]) -> Entries:
    text, found = decoded_text(file, content)
    faults.extend(found)
    entries: Entries = {}
    for row, line in numbered_lines(text):
        name, value = _split(line)
        if name in entries:
            what = f'"{name}" is in row {entries[name][1]} already.'
            faults.append(Fault(file, row, None, what, "Keep one of the rows."))
        else:
            entries[name] = (value, row)
    return entries


def _check_listed(file: str, kind: str, wanted: Iterable[str], listed: Entries, faults: list[Fault]) -> None:
    """A fault for each name that is on one side only."""
    names = dict.fromkeys(wanted)
    faults.extend(
        Fault(
            file,
            None,
            None,
            f'The {kind} "{name}" is not in the file.',
            "Add it; a blank value is not stated.",
        )
        for name in names
        if name not in listed
    )
    where = "text" if kind == "utterance" else "utt2spk"
    faults.extend(
        Fault(
            file, row, None, f'The {kind} "{name}" is not in {where}.', "Remove the row, or correct the id."
        )
        for name, (_, row) in listed.items()
        if name not in names
    )


def _clip(written: str) -> str | None:
    return None if written.rstrip().endswith("|") else written
