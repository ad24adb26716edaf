"""A selection as an English sentence.

Owns the words that stand next to every number and say whose recordings it is
about. Values appear as written in the data; one that could be read as part of
the sentence stands in quotation marks. It holds no markup: pages and exports
escape the text for where they put it.
"""

from __future__ import annotations

import json
import re

from analysis.selection import (
    AllOf,
    AnyOf,
    Between,
    Everything,
    Not,
    NotStated,
    OneOf,
    ReferenceContains,
    ReferenceMatches,
    Selection,
)
from analysis.selection_form import NOBODY, tidy

_PLAIN = re.compile(r"[^\s,;:()\"'“”]+( [^\s,;:()\"'“”]+)*")
_WORDS_OF_SENTENCE = re.compile(r"\b(and|or|not|stated|other than)\b", re.IGNORECASE)


def to_sentence(selection: Selection) -> str:
    """Whose recordings these are: "recordings with accent Scottish or Indian, and snr_db below 10"."""
    plainest = tidy(selection)
    if plainest == Everything():
        return "all recordings"
    if plainest == NOBODY:
        return "no recordings"
    if isinstance(plainest, Not) and isinstance(plainest.part, AllOf | AnyOf):
        return f"recordings other than those with {_phrase(plainest.part)}"
    return f"recordings with {_phrase(plainest)}"


def number_text(number: float) -> str:
    """A number as people write it, exactly: 10 and not 10.0."""
    return repr(number).removesuffix(".0")


def _phrase(selection: Selection) -> str:
    match selection:
        case Everything():
            return "anything"
        case OneOf(attribute, values, or_not_stated):
            return f"{_text(attribute)} {_alternatives(values, or_not_stated)}"
        case Between():
            return f"{_text(selection.attribute)} {_range(selection)}"
        case NotStated(attribute):
            return f"{_text(attribute)} not stated"
        case ReferenceContains() | ReferenceMatches():
            return f"reference {_text_asked(selection)}"
        case Not(part):
            return _negated(part)
        case AllOf(parts):
            return _joined("and", parts)
        case AnyOf(parts):
            return _joined("or", parts)


def _negated(part: Selection) -> str:
    match part:
        case OneOf(attribute, values, False):
            return f"{_text(attribute)} other than {_alternatives(values, False)}"
        case OneOf(attribute, values, True):
            return f"{_text(attribute)} stated and other than {_alternatives(values, False)}"
        case Between():
            return f"{_text(part.attribute)} not {_range(part)}"
        case NotStated(attribute):
            return f"{_text(attribute)} stated"
        case ReferenceContains() | ReferenceMatches():
            return f"reference not {_text_asked(part)}"
        case _:
            return f"not ({_phrase(part)})"


def _alternatives(values: tuple[str, ...], or_not_stated: bool) -> str:
    words = [_text(value) for value in values] + ["not stated"] * or_not_stated
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _range(span: Between) -> str:
    low = None if span.low is None else number_text(span.low)
    high = None if span.high is None else number_text(span.high)
    if low is None:
        return f"{'at most' if span.high_included else 'below'} {high}"
    if high is None:
        return f"{'at least' if span.low_included else 'above'} {low}"
    if low == high:
        return f"exactly {low}"
    start = f"from {low}" if span.low_included else f"above {low}"
    return f"{start} {'up to and including' if span.high_included else 'to below'} {high}"


def _text_asked(condition: ReferenceContains | ReferenceMatches) -> str:
    """What a reference has to hold, always in quotation marks."""
    if isinstance(condition, ReferenceMatches):
        return f"matching the pattern {_quoted(condition.pattern)}"
    several = "s" if " " in condition.words else ""
    return f"containing the word{several} {_quoted(condition.words)}"


def _joined(word: str, parts: tuple[Selection, ...]) -> str:
    phrases = [f"({_phrase(part)})" if isinstance(part, AllOf | AnyOf) else _phrase(part) for part in parts]
    if len(phrases) == 2 and not any(re.search(r",|\b(and|or)\b", phrase) for phrase in phrases):
        return f" {word} ".join(phrases)
    return f"{', '.join(phrases[:-1])}, {word} {phrases[-1]}"


def _text(written: str) -> str:
    """A name or value as written, in quotation marks where it could be taken for something else."""
    if _PLAIN.fullmatch(written) and written.isprintable() and not _WORDS_OF_SENTENCE.search(written):
        return written
    return _quoted(written)


def _quoted(written: str) -> str:
    return json.dumps(written, ensure_ascii=not written.isprintable())


def attributes_named(selection: Selection) -> tuple[str, ...]:
    """The attributes a selection says something about, each once, in the order they were named."""
    match selection:
        case OneOf(attribute=name) | Between(attribute=name) | NotStated(attribute=name):
            return (name,)
        case Not(part):
            return attributes_named(part)
        case AllOf(parts) | AnyOf(parts):
            return tuple(dict.fromkeys(name for part in parts for name in attributes_named(part)))
    return ()
