"""Reads SegLST: a JSON list of segments with session, speaker, times and words.

An utterance is called by its session, speaker and times unless the segments have ids,
so a file of hypotheses joins when it has the same segments.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from data.arrays import plain_number
from data.errors import Fault
from data.formats.jsonl import objects_table, parsed_json
from data.formats.source_table import SourceTable, empty_table
from data.formats.text import decoded_text, empty_file

_ADVICE = (
    'It is one list of segments, such as [{"session_id": "call1", "speaker": "s1", "start_time": 0, "end_time": 1.75, '
    '"words": "good morning"}, …].'
)
_IDS = ("id", "utterance_id", "utt_id", "segment_id")
_TIMES = ("start_time", "end_time")


def looks_like_seglst(start: bytes) -> bool:
    """Whether a list begins whose objects have a session or words."""
    return start.lstrip()[:1] == b"[" and (b'"session_id"' in start or b'"words"' in start)


def read_seglst(file: str, content: bytes) -> SourceTable:
    """One row per segment, counted from 1, with `utterance_id`, `duration` and `text`."""
    text, faults = decoded_text(file, content)
    try:
        value = parsed_json(text)
    except (ValueError, RecursionError) as error:
        problem = getattr(error, "msg", None) or "a key is there twice or it is nested too deeply"
        row = getattr(error, "lineno", None)
        return empty_table(
            file, [*faults, Fault(file, row, None, f"The file is not JSON: {problem}.", _ADVICE)]
        )
    if not isinstance(value, list):
        return empty_table(
            file, [*faults, Fault(file, None, None, "The file is no list of segments.", _ADVICE)]
        )
    segments: list[tuple[int, dict[str, Any]]] = []
    for row, segment in enumerate(value, start=1):
        if isinstance(segment, dict):
            segments.append((row, _named(segment)))
        else:
            faults.append(Fault(file, row, None, "The segment is no object.", _ADVICE))
    if not segments:
        return empty_table(file, faults or [empty_file(file, _ADVICE)])
    return replace(objects_table(file, segments, faults), text_column="text")


def _named(segment: dict[str, Any]) -> dict[str, Any]:
    """The segment with an id, its duration and its words under the name of a text."""
    named = {key: value for key, value in segment.items() if key not in (*_TIMES, "words", "segment_index")}
    if "words" in segment:
        named["text"] = segment["words"]
    if not any(name in segment for name in _IDS):
        parts = [segment.get(name) for name in ("session_id", "speaker")] + [
            _seconds(segment, t) for t in _TIMES
        ]
        named["utterance_id"] = "-".join(map(str, parts)) if None not in parts else None
    elif "segment_id" in segment:
        named["utterance_id"] = named.pop("segment_id")
    begin, end = (_seconds(segment, name) for name in _TIMES)
    if begin is not None and end is not None and "duration" not in segment:
        named["duration"] = plain_number(round(float(end) - float(begin), 6))
    return named


def _seconds(segment: dict[str, Any], name: str) -> str | None:
    """A time in one spelling; None where there is no finite number."""
    try:
        number = float(segment.get(name))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return plain_number(number) if abs(number) < 1e12 else None
