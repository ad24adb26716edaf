"""A user's lists for the scoring, read from files: forms that count as the same, and keywords.

Owns the files and their faults, all reported at once with their lines. What the lists mean is
`analysis/equivalences.py` and `analysis/keywords.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.equivalences import EquivalenceError, Equivalences, read_equivalences
from analysis.keywords import MOST_KEYWORDS, Keywords, keywords_of, read_keywords
from analysis.normalize import Normalizer
from data.errors import Fault, InputError
from data.formats.text import decoded_text
from data.ingest_options import IngestOptions


@dataclass(frozen=True)
class KeywordFile:
    """The phrases of a file as they are written."""

    file: str
    phrases: tuple[tuple[int, str], ...]
    """Line and text."""


@dataclass(frozen=True)
class ScoringLists:
    """What the lists of an ingest say."""

    equivalences: Equivalences | None = None
    keywords: KeywordFile | None = None


def read_lists(options: IngestOptions) -> ScoringLists:
    """Both lists, as far as they are asked for; raises `InputError` with the faults of both."""
    faults: list[Fault] = []
    equivalences, keywords = None, None
    if options.equivalences is not None:
        equivalences = _equivalences(options.equivalences, faults)
    if options.keywords is not None:
        keywords = _keywords(options.keywords, faults)
    if faults:
        raise InputError(faults)
    return ScoringLists(equivalences, keywords)


def checked_keywords(keywords: KeywordFile, normalizer: Normalizer) -> Keywords:
    """The keywords in the words of a normaliser; raises `InputError` for those of which it leaves no word."""
    rewritten = normalizer.apply([phrase for _, phrase in keywords.phrases])
    faults = [
        Fault(
            keywords.file,
            row,
            None,
            f"The normaliser {normalizer.id} leaves no word of “{phrase}”, so it cannot be looked for.",
            "Leave the line out, or choose another normaliser.",
        )
        for (row, phrase), words in zip(keywords.phrases, rewritten, strict=True)
        if not words
    ]
    if faults:
        raise InputError(faults)
    return keywords_of(rewritten)


def _equivalences(path: Path, faults: list[Fault]) -> Equivalences | None:
    text = _text(path, "--equivalences", faults)
    try:
        found = read_equivalences(text)
    except EquivalenceError as error:
        for one in error.faults:
            faults.append(Fault(path.name, one.line, None, _sentence(one.what), _sentence(one.advice)))
        return None
    if not found.groups and not faults:
        what = "The list says of no forms that they count as the same."
        faults.append(Fault(path.name, None, None, what, "Write a line such as gonna = going to."))
    return found


def _keywords(path: Path, faults: list[Fault]) -> KeywordFile:
    phrases = read_keywords(_text(path, "--keywords", faults))
    if not phrases and not faults:
        faults.append(
            Fault(path.name, None, None, "The list has no keyword.", "Write one word or phrase to a line.")
        )
    if len(phrases) > MOST_KEYWORDS:
        what = f"The list has {len(phrases):,} keywords, and at most {MOST_KEYWORDS:,} can be used."
        faults.append(Fault(path.name, None, None, what, "Leave the rarest out."))
    return KeywordFile(path.name, tuple(phrases))


def _text(path: Path, option: str, faults: list[Fault]) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path} ({option}; looked in {path.absolute().parent}).") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({option}): {error.strerror}.") from None
    text, found = decoded_text(path.name, content)
    faults.extend(found)
    return text


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
