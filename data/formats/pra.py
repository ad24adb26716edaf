"""Reads sclite alignments (`.pra`): reference and hypothesis of each utterance as they were aligned.

A long alignment goes on over several lines. sclite counts what it aligned, and its
counts are held against the words that were read, so that no line can be lost unseen.
Words are taken as they stand: sclite writes those that differ in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from data.errors import Fault
from data.formats.source_table import SourceTable, empty_table, text_table
from data.formats.text import decoded_text, empty_file, numbered_lines

_ID = re.compile(r"^id:\s*\((.*)\)\s*$")
_SPEAKER = re.compile(r"^Speaker sentences\s+\d+:\s+(\S+)")
_SCORES = re.compile(r"^Scores:\s*\(#C #S #D #I\)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*$")
_WORDS = re.compile(r"^(?:>>\s*)?(REF|HYP):(.*)$")
_NO_WORD = re.compile(r"\*+$")
_ADVICE = "Write the file again with `sclite … -o pralign`."


@dataclass
class _Aligned:
    """One utterance as its lines are read."""

    row: int
    utterance_id: str
    speaker: str | None
    scores: tuple[int, ...] | None = None
    words: dict[str, list[str]] = field(default_factory=dict)

    def fault(self) -> str | None:
        """What does not fit together; None when all does."""
        if self.words.keys() != {"REF", "HYP"}:
            missing = " and ".join(side for side in ("REF", "HYP") if side not in self.words)
            return f'The alignment of "{self.utterance_id}" has no {missing} line.'
        if self.scores is None:
            return f'The alignment of "{self.utterance_id}" has no line "Scores: (#C #S #D #I)".'
        correct, substituted, deleted, inserted = self.scores
        for side, expected in (
            ("REF", correct + substituted + deleted),
            ("HYP", correct + substituted + inserted),
        ):
            if len(self.words[side]) != expected:
                return (
                    f'The alignment of "{self.utterance_id}" has {len(self.words[side])} words in {side}, where its '
                    f"scores count {expected}."
                )
        return None


def looks_like_pra(lines: list[str]) -> bool:
    """Whether there is the id or the head of an alignment."""
    return any(_ID.match(line) or _SPEAKER.match(line) or _SCORES.match(line) for line in lines)


def read_pra(file: str, content: bytes) -> SourceTable:
    """The columns `utterance_id`, `speaker_id`, `reference` and `hypothesis`."""
    text, faults = decoded_text(file, content)
    found: list[_Aligned] = []
    speaker: str | None = None
    for row, line in numbered_lines(text):
        if match := _SPEAKER.match(line):
            speaker = match[1]
        elif match := _ID.match(line):
            found.append(_Aligned(row, match[1].strip(), speaker))
        elif found and (match := _SCORES.match(line)):
            found[-1].scores = tuple(map(int, match.groups()))
        elif match := _WORDS.match(line):
            if not found:
                what = "The line stands before the id of an utterance."
                faults.append(Fault(file, row, None, what, _ADVICE))
                continue
            said = [word for word in match[2].split() if not _NO_WORD.match(word)]
            found[-1].words.setdefault(match[1], []).extend(said)
    if not found:
        return empty_table(file, faults or [empty_file(file, _ADVICE)])
    whole = []
    for one in found:
        problem = one.fault()
        if problem is None:
            whole.append(one)
        else:
            faults.append(Fault(file, one.row, None, problem, f"A line may be missing. {_ADVICE}"))
    return _table(file, whole, faults) if whole else empty_table(file, faults)


def _table(file: str, found: list[_Aligned], faults: list[Fault]) -> SourceTable:
    columns: dict[str, list[str | None]] = {"utterance_id": [one.utterance_id for one in found]}
    if any(one.speaker for one in found):
        columns["speaker_id"] = [one.speaker for one in found]
    columns["reference"] = [" ".join(one.words["REF"]) for one in found]
    columns["hypothesis"] = [" ".join(one.words["HYP"]) for one in found]
    table = text_table(file, columns, [one.row for one in found], faults)
    notice = "Texts are those of an alignment, in which words that differ stand in capitals."
    return replace(table, notices=(notice,))
