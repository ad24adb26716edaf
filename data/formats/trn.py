"""Reads sclite transcripts (`.trn`): the words of an utterance, then its id in parentheses.

Where ids begin with the speaker, as sclite's `spu_id` has them (`speaker-utterance` or
`speaker_utterance`), the speaker is taken from there, and that is said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from data.errors import Fault
from data.formats.source_table import SourceTable, empty_table, text_table
from data.formats.text import decoded_text, empty_file, numbered_lines

_COMMENT = ";;"
_LINE = re.compile(r"^(?P<words>.*?)\s*\((?P<id>[^()\s]+)\)\s*$")
_SPEAKER = re.compile(r"^([^-_]+)[-_]")
_SHARE_THAT_FITS = 0.8
_ADVICE = "Each line is the words and then the id in parentheses, such as: turn the lights on (s1-u1)"


def looks_like_trn(lines: list[str]) -> bool:
    """Whether nearly every line ends in an id in parentheses; the others are faults, and no other format."""
    said = [line for line in lines if not line.startswith(_COMMENT)]
    n_fitting = sum(_LINE.match(line) is not None for line in said)
    return bool(said) and n_fitting >= _SHARE_THAT_FITS * len(said)


def read_trn(file: str, content: bytes) -> SourceTable:
    """The columns `utterance_id`, `text` and, where ids tell it, `speaker_id`."""
    text, faults = decoded_text(file, content)
    ids: list[str | None] = []
    words: list[str | None] = []
    rows: list[int] = []
    for row, line in numbered_lines(text, _COMMENT):
        parts = _LINE.match(line)
        if parts is None:
            faults.append(Fault(file, row, None, "The line does not end in an id in parentheses.", _ADVICE))
        elif "{" in parts["words"]:
            what = "The words hold alternatives in braces, which are not read."
            faults.append(Fault(file, row, None, what, "Write the one that was said."))
        else:
            ids.append(parts["id"])
            words.append(parts["words"].strip())
            rows.append(row)
    if not rows:
        return empty_table(file, faults or [empty_file(file, _ADVICE)])
    speakers = _speakers(ids)
    columns = {"utterance_id": ids, **({"speaker_id": speakers} if speakers else {}), "text": words}
    table = replace(text_table(file, columns, rows, faults), text_column="text")
    if not speakers:
        return table
    notice = f'The speaker is what stands before the first "-" or "_" of each id, such as "{speakers[0]}".'
    return replace(table, notices=(notice,))


def _speakers(ids: list[str | None]) -> list[str | None]:
    """The speaker in front of each id; empty where an id names none, or all name the same."""
    found = [_SPEAKER.match(one or "") for one in ids]
    speakers: list[str | None] = [match[1] for match in found if match is not None]
    return speakers if len(speakers) == len(ids) and len(set(speakers)) > 1 else []
