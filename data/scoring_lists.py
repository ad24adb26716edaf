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
    equivalences_file: str = ""
    """Name of the file of forms, for faults; "" without one."""


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
    return ScoringLists(equivalences, keywords, options.equivalences.name if options.equivalences else "")


def checked_lists(lists: ScoringLists, normalizer: Normalizer) -> Keywords | None:
    """The keywords in the words of a normaliser, None without a list.

    Raises `InputError` for every line of both lists of which the normaliser leaves no word.
    """
    forms = (
        [] if lists.equivalences is None else [form for group in lists.equivalences.groups for form in group]
    )
    faults = [
        _wordless(
            lists.equivalences_file,
            None,
            " ".join(form),
            "it cannot count as the same as another",
            normalizer,
        )
        for form, words in zip(forms, normalizer.apply([" ".join(form) for form in forms]), strict=True)
        if not words
    ]
    phrases = () if lists.keywords is None else lists.keywords.phrases
    rewritten = normalizer.apply([phrase for _, phrase in phrases])
    faults += [
        _wordless(
            lists.keywords.file if lists.keywords else "", row, phrase, "it cannot be looked for", normalizer
        )
        for (row, phrase), words in zip(phrases, rewritten, strict=True)
        if not words
    ]
    if faults:
        raise InputError(faults)
    return None if lists.keywords is None else keywords_of(rewritten)


def _wordless(file: str, row: int | None, text: str, so: str, normalizer: Normalizer) -> Fault:
    what = f"The normaliser {normalizer.id} leaves no word of “{text}”, so {so}."
    return Fault(file, row, None, what, "Leave the line out, or choose another normaliser.")


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
