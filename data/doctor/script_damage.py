"""What a normaliser does to a script: marks it deletes, and clauses it takes for words.

Owns the rule, for the normaliser of a build (`normaliser-damages-script`) and for any other that its
texts might be read under. It says nothing of languages: `scripts.py` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.normalize import Normalizer
from data.doctor.examined import Examined
from data.doctor.faults import EVERYWHERE, DoctorFault, FaultKind, counted, of
from data.doctor.letters import SCRIPT_NAMES, WITHOUT_SPACES, marks_of, script_of
from data.queries_doctor import Ints

_LETTERS_PER_WORD, _LETTERS_PER_EAST_ASIAN_WORD = 8, 5
_FEWEST, _FEWEST_TRIED = 10, 3
_MOST_TEXTS_TRIED = 2_000
_SHARE_OF_MARKS = 0.1

DAMAGES = FaultKind(
    "normaliser-damages-script",
    f"The evaluation's normaliser is tried on up to {_MOST_TEXTS_TRIED:,} references beyond plain Latin "
    "letters: an error when it deletes "
    "a tenth or more of the marks that are vowels or tones there, a warning when it does so with the "
    "accents of Latin letters. "
    f"Also an error: scripts without spaces whose references have {_LETTERS_PER_WORD} letters or more per "
    f"“word” ({_LETTERS_PER_EAST_ASIAN_WORD} in Chinese or Japanese, whose words have about two), which are then whole clauses.",
    "Different words become equal, or whole clauses count as one word: the rate is not what a person "
    "would count.",
    "Choose a normaliser for the script (`--normalizer unicode-marks` keeps marks and counts scripts without spaces by "
    "character), or put spaces between words on both sides.",
)


@dataclass(frozen=True)
class LostMarks:
    """Marks on letters of one kind, before and after a normaliser."""

    is_latin: bool
    """Whether they are accents of Latin letters; marks of other scripts are vowels and tones."""
    before: int
    deleted: int
    examples: tuple[tuple[str, str], ...]
    """Texts that lost marks, each with what became of it."""

    @property
    def matters(self) -> bool:
        """Whether a tenth of them is gone."""
        return self.deleted >= max(1, _SHARE_OF_MARKS * self.before)

    @property
    def kind(self) -> str:
        """What such marks are called."""
        return "accents of Latin letters" if self.is_latin else "vowel signs and other marks"


def normaliser_damages_script(examined: Examined) -> Iterator[DoctorFault]:
    """Marks that the normaliser deletes, and words it cannot find."""
    if not examined.has_texts:
        return
    if examined.normalizer is not None:
        yield from _deleted_marks(examined, examined.normalizer)
    script = script_of(examined.references)
    for name in WITHOUT_SPACES:
        rows = np.flatnonzero((script == SCRIPT_NAMES.index(name)) & (examined.n_words > 0))
        letters = int(_letters(examined.references.take(pa.array(rows))).sum())
        words = int(examined.n_words[rows].sum())
        if len(rows) >= _FEWEST and _are_clauses(name, letters, words):
            what = (
                f"{counted(len(rows), 'reference')} in {name} script, written without spaces, have "
                f"{letters:,} letters and count as {counted(words, 'word')}."
            )
            advice = "Ingest with `--normalizer unicode-marks`, which counts by character, or put spaces between words on both sides."
            examples = [examined.cite(row, examined.references[int(row)].as_py()) for row in rows[:5]]
            yield DAMAGES.found("error", what, EVERYWHERE, len(rows), examples, advice=advice)


def _deleted_marks(examined: Examined, normalizer: Normalizer) -> Iterator[DoctorFault]:
    texts = sample_beyond_ascii(examined.references)
    for lost in lost_marks(normalizer, texts):
        if not lost.matters:
            continue
        what = (
            f"The normaliser {normalizer.id} deletes {of(lost.deleted, lost.before)} {lost.kind} in "
            f"{counted(len(texts), 'reference')} it was tried on."
        )
        shown = lost.examples[:5] if examined.info.show_text else ()
        examples = [f"{text} → {result or '(nothing)'}" for text, result in shown]
        yield DAMAGES.found("warning" if lost.is_latin else "error", what, EVERYWHERE, lost.deleted, examples)


def damage_of(normalizer: Normalizer, references: pa.Array) -> str | None:
    """What a normaliser would do to the script of these references, as a sentence; None where it does no harm.

    Accents of Latin letters are left aside: without them words can mostly still be told apart.
    """
    texts = sample_beyond_ascii(references)
    for lost in lost_marks(normalizer, texts):
        if lost.matters and not lost.is_latin:
            return f"{normalizer.id} deletes {of(lost.deleted, lost.before)} {lost.kind}: different words become equal."
    tried = pa.array(texts, pa.string())
    script, length = script_of(tried), _letters(tried)
    n_words = np.array([len(text.split()) for text in normalizer.apply(texts)], np.int64)
    for name in WITHOUT_SPACES:
        rows = (script == SCRIPT_NAMES.index(name)) & (n_words > 0)
        letters, words = int(length[rows].sum()), int(n_words[rows].sum())
        if rows.sum() >= _FEWEST_TRIED and _are_clauses(name, letters, words):
            return f"{normalizer.id} takes whole clauses in {name} script for words: {letters:,} letters are {counted(words, 'word')}."
    return None


def _are_clauses(script: str, letters: int, words: int) -> bool:
    """Whether what counts as words of a script without spaces is longer than its words are."""
    most = _LETTERS_PER_EAST_ASIAN_WORD if script == "Chinese or Japanese" else _LETTERS_PER_WORD
    return letters >= most * words


def sample_beyond_ascii(references: pa.Array) -> list[str]:
    """Different references that are not plain Latin letters; of many, evenly spaced ones."""
    beyond = pc.filter(references, pc.invert(pc.string_is_ascii(references))).unique()
    places = np.linspace(0, len(beyond) - 1, min(len(beyond), _MOST_TEXTS_TRIED)).astype(np.int64)
    texts: list[str] = beyond.take(pa.array(places)).to_pylist()
    return texts


def lost_marks(normalizer: Normalizer, texts: Sequence[str]) -> tuple[LostMarks, LostMarks]:
    """Marks that a normaliser deletes from texts: on Latin letters, and on all others."""
    before, deleted = {True: 0, False: 0}, {True: 0, False: 0}
    examples: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for text, result in zip(texts, normalizer.apply(texts), strict=True):
        left = marks_of(result)
        for is_latin, marks in marks_of(text).items():
            before[is_latin] += marks
            deleted[is_latin] += max(0, marks - left[is_latin])
            if left[is_latin] < marks:
                examples[is_latin].append((text, result))
    on_latin, on_others = (
        LostMarks(is_latin, before[is_latin], deleted[is_latin], tuple(examples[is_latin]))
        for is_latin in (True, False)
    )
    return on_latin, on_others


def _letters(texts: pa.Array) -> Ints:
    """Characters of each text, without spaces, punctuation and signs."""
    bare = pc.replace_substring_regex(texts, r"[\s\p{P}\p{S}]+", "")
    return np.asarray(pc.utf8_length(bare).to_numpy(zero_copy_only=False), np.int64)
