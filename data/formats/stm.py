"""Reads STM: segments of recordings with speaker, times, an optional label and what was said.

An utterance is called by its recording, channel, speaker and times, so a file of
hypotheses joins when it has the same segments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from data.arrays import plain_number
from data.errors import Fault
from data.formats.source_table import SourceTable, empty_table, text_table
from data.formats.text import decoded_text, empty_file, numbered_lines

_COMMENT = ";;"
_NUMBER = r"\d+(?:\.\d*)?|\.\d+"
_LINE = re.compile(
    rf"^\s*(?P<file>\S+)\s+(?P<channel>\S+)\s+(?P<speaker>\S+)\s+(?P<begin>{_NUMBER})\s+(?P<end>{_NUMBER})"
    r"(?:\s+(?P<label><[^<>]*>))?(?:\s+(?P<words>.*?))?\s*$"
)
_SHARE_THAT_FITS = 0.8
_ADVICE = "Each line is: recording channel speaker begin end [<label>] words, such as: call1 A s1 0.00 1.75 <o,f> good morning"
_IGNORED = "ignore_time_segment_in_scoring"
_GAP = "inter_segment_gap"


def looks_like_stm(lines: list[str]) -> bool:
    """Whether nearly every line has a recording, a channel, a speaker and two times; the others are faults."""
    said = [line for line in lines if not line.startswith(_COMMENT)]
    n_fitting = sum(_LINE.match(line) is not None for line in said)
    return bool(said) and n_fitting >= _SHARE_THAT_FITS * len(said)


@dataclass
class _Segments:
    ids: list[str | None] = field(default_factory=list)
    speakers: list[str | None] = field(default_factory=list)
    recordings: list[str | None] = field(default_factory=list)
    durations: list[str | None] = field(default_factory=list)
    labels: list[list[str]] = field(default_factory=list)
    words: list[str | None] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    n_ignored: int = 0

    def add(self, row: int, parts: re.Match[str]) -> None:
        begin, end = float(parts["begin"]), float(parts["end"])
        names = (parts["file"], parts["channel"], parts["speaker"], plain_number(begin), plain_number(end))
        self.ids.append("-".join(names))
        self.speakers.append(parts["speaker"])
        self.recordings.append(parts["file"])
        self.durations.append(plain_number(round(end - begin, 6)))
        self.labels.append((parts["label"] or "")[1:-1].split(",") if parts["label"] else [])
        self.words.append(parts["words"] or "")
        self.rows.append(row)

    def columns(self) -> dict[str, list[str | None]]:
        width = max(map(len, self.labels), default=0)
        named = [f"label_{place + 1}" for place in range(width)] if width > 1 else ["label"] * width
        return {
            "utterance_id": self.ids,
            "speaker_id": self.speakers,
            "recording": self.recordings,
            "duration": self.durations,
            **{
                name: [values[place].strip() if place < len(values) else None for values in self.labels]
                for place, name in enumerate(named)
            },
            "text": self.words,
        }


def read_stm(file: str, content: bytes) -> SourceTable:
    """The columns `utterance_id`, `speaker_id`, `recording`, `duration`, `text` and those of the label."""
    text, faults = decoded_text(file, content)
    segments = _Segments()
    for row, line in numbered_lines(text, _COMMENT):
        parts = _LINE.match(line)
        if parts is None:
            faults.append(Fault(file, row, None, "The line is no segment.", _ADVICE))
        elif float(parts["end"]) < float(parts["begin"]):
            what = f"The segment ends ({parts['end']}) before it begins ({parts['begin']})."
            faults.append(Fault(file, row, None, what, "Correct the times."))
        elif (parts["words"] or "").casefold() == _IGNORED or parts["speaker"].casefold() == _GAP:
            segments.n_ignored += 1
        elif "{" in (parts["words"] or ""):
            what = "The words hold alternatives in braces, which are not read."
            faults.append(Fault(file, row, None, what, "Write the one that was said."))
        else:
            segments.add(row, parts)
    if not segments.rows:
        return empty_table(file, faults or [empty_file(file, _ADVICE)])
    table = replace(text_table(file, segments.columns(), segments.rows, faults), text_column="text")
    if not segments.n_ignored:
        return table
    marked = "1 segment is" if segments.n_ignored == 1 else f"{segments.n_ignored:,} segments are"
    return replace(table, notices=(f"{marked} marked as not to be scored and left out.",))
