"""Scripts and languages: what a normaliser does to them, and whether several are counted as one.

Owns the checks that look at letters. A language is told by its script alone, or by an
attribute that names it; languages of one script are not told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.normalize import NORMALIZERS, Normalizer
from data.doctor.examined import Examined
from data.doctor.faults import DoctorFault, FaultKind, counted, listed, of
from data.queries_doctor import Ints

_SCRIPTS = {
    "Latin": r"\p{Latin}", "Greek": r"\p{Greek}", "Cyrillic": r"\p{Cyrillic}", "Armenian": r"\p{Armenian}", "Hebrew": r"\p{Hebrew}",
    "Arabic": r"\p{Arabic}", "Ethiopic": r"\p{Ethiopic}", "Devanagari": r"\p{Devanagari}", "Bengali": r"\p{Bengali}",
    "Gurmukhi": r"\p{Gurmukhi}", "Gujarati": r"\p{Gujarati}", "Oriya": r"\p{Oriya}", "Tamil": r"\p{Tamil}", "Telugu": r"\p{Telugu}",
    "Kannada": r"\p{Kannada}", "Malayalam": r"\p{Malayalam}", "Sinhala": r"\p{Sinhala}", "Georgian": r"\p{Georgian}",
    "Hangul": r"\p{Hangul}", "Thai": r"\p{Thai}", "Lao": r"\p{Lao}", "Khmer": r"\p{Khmer}", "Myanmar": r"\p{Myanmar}",
    "Chinese or Japanese": r"[\p{Han}\p{Hiragana}\p{Katakana}]",
}  # fmt: skip
_NAMES = list(_SCRIPTS)
_WITHOUT_SPACES = ("Chinese or Japanese", "Thai", "Lao", "Khmer", "Myanmar")
_LETTERS_PER_WORD = 8
_FEWEST = 10
_MOST_TEXTS_TRIED = 2_000

DAMAGES = FaultKind(
    "normaliser-damages-script",
    f"The evaluation's normaliser is tried on up to {_MOST_TEXTS_TRIED:,} references beyond plain Latin "
    "letters: an error when it deletes "
    "a tenth or more of the marks that are vowels or tones there, a warning when it does so with the "
    "accents of Latin letters. "
    f"Also an error: scripts without spaces whose references have {_LETTERS_PER_WORD} letters or more per "
    "“word”, which are then whole clauses.",
    "Different words become equal, or whole clauses count as one word: the rate is not what a person "
    "would count.",
    "Choose a normaliser for the script (`--normalizer`), or put spaces between words on both sides.",
)
MIXED = FaultKind(
    "mixed-languages",
    f"References in a second script ({_FEWEST} and one in a hundred, or more), outputs in another script "
    "than their reference (the same), and "
    "attributes called language or locale with several groups. Two languages in one script are not told "
    "apart.",
    "Error rates of different languages are not one measure: words are longer in one than in the other. A "
    "pooled rate depends on the mix.",
    "Give each language an evaluation of its own, or select one with `--where`, and do not compare rates "
    "between them.",
)


def normaliser_damages_script(examined: Examined) -> Iterator[DoctorFault]:
    """Marks that the normaliser deletes, and words it cannot find."""
    normalizer = NORMALIZERS.get(str(examined.info.normalizer["id"]))
    if not examined.has_texts:
        return
    if normalizer is not None:
        yield from _deleted_marks(examined, normalizer)
    script = _script_of(examined.references)
    length = pc.utf8_length(
        pc.replace_substring_regex(examined.references, r"[\s\p{P}\p{S}]+", "")
    ).to_numpy()
    for name in _WITHOUT_SPACES:
        rows = np.flatnonzero((script == _NAMES.index(name)) & (examined.n_words > 0))
        letters, words = int(length[rows].sum()), int(examined.n_words[rows].sum())
        if len(rows) >= _FEWEST and letters >= _LETTERS_PER_WORD * words:
            what = (
                f"{counted(len(rows), 'reference')} in {name} script, written without spaces, have "
                f"{letters:,} letters and count as {words:,} words."
            )
            advice = "Put spaces between words on both sides, or score by character."
            examples = [examined.cite(row, examined.references[int(row)].as_py()) for row in rows[:5]]
            yield DAMAGES.found("error", what, "all recordings", len(rows), examples, advice=advice)


def _deleted_marks(examined: Examined, normalizer: Normalizer) -> Iterator[DoctorFault]:
    beyond = pc.filter(examined.references, pc.invert(pc.string_is_ascii(examined.references))).unique()
    texts = beyond.take(
        pa.array(np.linspace(0, len(beyond) - 1, min(len(beyond), _MOST_TEXTS_TRIED)).astype(int))
    ).to_pylist()
    lost: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    before, after = {True: 0, False: 0}, {True: 0, False: 0}
    for text, result in zip(texts, normalizer.apply(texts), strict=True):
        for is_latin, marks in _marks(text).items():
            left = _marks(result)[is_latin]
            before[is_latin] += marks
            after[is_latin] += min(left, marks)
            if left < marks:
                lost[is_latin].append((text, result))
    for is_latin, pairs in lost.items():
        number = before[is_latin] - after[is_latin]
        if number < max(1, 0.1 * before[is_latin]):
            continue
        kind = "accents of Latin letters" if is_latin else "vowel signs and other marks"
        what = (
            f"The normaliser {normalizer.id} deletes {of(number, before[is_latin])} {kind} in "
            f"{counted(len(texts), 'reference')} it was tried on."
        )
        examples = [f"{text} → {result}" for text, result in pairs[:5]] if examined.info.show_text else []
        yield DAMAGES.found("warning" if is_latin else "error", what, "all recordings", number, examples)


def _marks(text: str) -> dict[bool, int]:
    """Combining marks of a text, after composed letters are taken apart: on Latin letters (True) and on others."""
    found = {True: 0, False: 0}
    is_latin = False
    for character in unicodedata.normalize("NFKD", text):
        if unicodedata.category(character) in ("Mn", "Mc"):
            found[is_latin] += 1
        elif character.isalpha():
            is_latin = character.isascii() or unicodedata.name(character, "").startswith("LATIN")
    return found


def mixed_languages(examined: Examined) -> Iterator[DoctorFault]:
    """Several languages under one rate."""
    for attribute in examined.info.attributes:
        words = {*re.findall("[a-z]+", attribute.name.casefold())}
        if (
            words & {"language", "lang", "locale"}
            and attribute.role != "speaker"
            and len(attribute.levels) > 1
        ):
            what = (
                f"The recordings are in {len(attribute.levels)} groups of {attribute.name}: "
                f"{listed(attribute.levels)}."
            )
            advice = f"Select one with --where, or ingest each {attribute.name} as an evaluation of its own."
            yield MIXED.found("warning", what, attribute.name, len(attribute.levels), advice=advice)
    if not examined.has_texts:
        return
    script = _script_of(examined.references)
    number = np.bincount(script[script >= 0], minlength=len(_NAMES))
    several = [
        code
        for code in np.argsort(-number, kind="stable")
        if number[code] >= max(_FEWEST, 0.01 * number.sum())
    ]
    if len(several) > 1:
        parts = ", ".join(f"{_NAMES[code]} in {number[code]:,}" for code in several)
        what = f"The references are in {len(several)} scripts: {parts} of {len(script):,} utterances."
        examples = [_first(examined, script, code) for code in several]
        yield MIXED.found("warning", what, "all recordings", int(number[several[1:]].sum()), examples)
    for system, name in enumerate(examined.systems):
        yield from _other_script(examined, system, name, script)


def _other_script(examined: Examined, system: int, name: str, script: Ints) -> Iterator[DoctorFault]:
    rows = examined.counts(system).rows
    spoken, heard = script[rows], _script_of(examined.hypotheses(system))
    other = np.flatnonzero((spoken >= 0) & (heard >= 0) & (spoken != heard))
    if len(other) >= max(_FEWEST, 0.01 * len(rows)):
        pairs, times = np.unique(spoken[other] * len(_NAMES) + heard[other], return_counts=True)
        most = int(pairs[times.argmax()])
        what = (
            f"{name} wrote in another script than the reference in {of(len(other), len(rows))} utterances, "
            f"mostly {_NAMES[most % len(_NAMES)]} for {_NAMES[most // len(_NAMES)]}."
        )
        consequence = (
            "Every word of them counts as wrong, even where it was heard right and only written in other "
            "letters."
        )
        advice = (
            "Look whether the system was set to the right language; otherwise bring both sides into one "
            "script."
        )
        examples = [examined.cite(row, examined.references[int(row)].as_py()) for row in rows[other[:5]]]
        yield MIXED.found("warning", what, name, len(other), examples, consequence=consequence, advice=advice)


def _first(examined: Examined, script: Ints, code: int) -> str:
    row = int(np.flatnonzero(script == code)[0])
    return f"{_NAMES[code]}: {examined.cite(row, examined.references[row].as_py())}"


def _script_of(texts: pa.Array) -> Ints:
    """The script that most letters of each text are in, as a position in `_NAMES`; -1 where there is no letter."""
    result = np.where(
        pc.match_substring_regex(texts, r"\p{Latin}").to_numpy(zero_copy_only=False), 0, -1
    ).astype(np.int64)
    beyond = np.flatnonzero(~pc.string_is_ascii(texts).to_numpy(zero_copy_only=False))
    if len(beyond):
        chosen = texts.take(pa.array(beyond))
        letters = np.stack(
            [pc.count_substring_regex(chosen, pattern).to_numpy() for pattern in _SCRIPTS.values()]
        )
        result[beyond] = np.where(letters.max(axis=0) > 0, letters.argmax(axis=0), -1)
    return result
