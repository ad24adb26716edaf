"""Words and numbers that are used as groups and mean none, or mean the same one twice.

Owns the checks of the names of groups and of whole outputs that are a word for "no
output". The lists of such words are `placeholders.py`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA

from analysis.attributes import Attribute
from data.arrays import plain_number
from data.doctor.examined import Examined
from data.doctor.faults import DoctorFault, FaultKind, Severity, counted, of
from data.doctor.placeholders import EMPTY_WORDS, is_placeholder, sentinel
from data.queries_doctor import Ints

_FEWEST_OUTPUTS = 3
_LONG_WORD = 6
_RARE = 0.1

PLACEHOLDER = FaultKind(
    "placeholder-value",
    "Groups named by a word for “no value” (NA, null, unknown, Outlier, …; not “none” and “other”, which "
    "are answers, "
    "and not NA among two-letter codes); numbers such as -999 that lie further from the rest than the rest "
    "spread; "
    f"and systems whose whole output is one such word in {_FEWEST_OUTPUTS} or more utterances of two words "
    "or more "
    "that do not hold it.",
    "What was not stated is shown, tested and counted as if it were a group of people or a kind of "
    "recording.",
    "Ingest again with `--missing VALUE`, which makes it “not stated”.",
)
NEAR_DUPLICATE = FaultKind(
    "near-duplicate-values",
    "Groups of one attribute that are equal but for capitals, spaces, accents on letters or punctuation (a "
    "warning); or that differ by "
    "one letter (or two swapped) in one word of six letters or more, where one is at most a tenth as "
    "frequent as the other (a note).",
    "One group of people is shown as two, each with fewer speakers, and a gap between them means nothing.",
    "Write the value one way in the file, if both mean the same, and ingest again.",
)


def placeholder_values(examined: Examined) -> Iterator[DoctorFault]:
    """Groups and numbers that stand for "not stated"."""
    for attribute, codes in examined.groups():
        used = np.bincount(codes[codes >= 0], minlength=len(attribute.levels))
        words = [
            code
            for code, level in enumerate(attribute.levels)
            if used[code] and is_placeholder(level, attribute)
        ]
        if words:
            number = int(used[words].sum())
            levels = [attribute.levels[code] for code in words]
            quoted = " or ".join(f'"{level}"' for level in levels)
            what = (
                f"{of(number, len(codes))} utterances have the {attribute.name} {quoted}, which is counted "
                "as a group."
            )
            examples = [
                f"{attribute.levels[code]}: {counted(int(used[code]), 'utterance')}" for code in words
            ]
            advice = f"If it means that nothing was stated, ingest again with `--missing {','.join(levels)}`."
            yield PLACEHOLDER.found("warning", what, attribute.name, number, examples, advice=advice)
        elif attribute.kind == "number":
            yield from _sentinels(examined, attribute)


def _sentinels(examined: Examined, attribute: Attribute) -> Iterator[DoctorFault]:
    numbers, _ = examined.numbers(attribute)
    found = sentinel(numbers)
    if found is None:
        return
    spelled, number = plain_number(found[0]), found[1]
    what = (
        f"{attribute.name} is {spelled} in {of(number, examined.n_utterances)} utterances, far from all "
        "other numbers."
    )
    consequence = (
        f"If {spelled} stands for “not known”, it is in a bin of real numbers, and the edges of the bins "
        "are shifted by it."
    )
    advice = f"If so, ingest again with --missing {spelled}."
    yield PLACEHOLDER.found("warning", what, attribute.name, number, consequence=consequence, advice=advice)


def placeholder_outputs(examined: Examined) -> Iterator[DoctorFault]:
    """Outputs that say in a word that there is no output."""
    if not examined.has_texts:
        return
    words = pa.array(sorted(EMPTY_WORDS))
    for system, name in enumerate(examined.systems):
        counts, outputs = examined.counts(system), examined.hypotheses(system)
        bare = pc.utf8_lower(pc.utf8_trim_whitespace(outputs))
        is_word = pc.is_in(bare, value_set=words).to_numpy(zero_copy_only=False) & (counts.n_words >= 2)
        by_word: dict[str, list[int]] = {}
        for place in np.flatnonzero(is_word).tolist():
            word = bare[place].as_py()
            reference = f" {examined.folded_references[int(counts.rows[place])].as_py()} "
            if f" {re.sub(r'[^a-z]', '', word)} " not in reference:
                by_word.setdefault(word, []).append(place)
        for places in by_word.values():
            if len(places) >= _FEWEST_OUTPUTS:
                yield _placeholder_output(
                    examined, name, counts.rows[places], outputs[places[0]].as_py(), len(counts.rows)
                )


def _placeholder_output(examined: Examined, system: str, rows: Ints, word: str, n_scored: int) -> DoctorFault:
    written = word.strip()
    what = f'The whole output of {system} is "{written}" in {of(len(rows), n_scored)} utterances, whose references do not hold it.'
    consequence = (
        f'If "{written}" says that nothing was recognised, these are empty outputs: they are counted as a wrong word '
        "instead of missing ones, and the count of empty outputs is too low."
    )
    advice = f'If so, ingest again with `--null-hypothesis "{written}"`.'
    examples = [examined.cite(row, examined.references[int(row)].as_py()) for row in rows[:5]]
    return PLACEHOLDER.found(
        "warning", what, system, len(rows), examples, consequence=consequence, advice=advice
    )


def near_duplicate_values(examined: Examined) -> Iterator[DoctorFault]:
    """Groups that are probably one, written in two ways."""
    for attribute, codes in examined.groups():
        if attribute.kind != "category":
            continue
        used = np.bincount(codes[codes >= 0], minlength=len(attribute.levels))
        same, near = _alike(attribute, used)
        if same:
            yield _pairs_fault("warning", attribute, same, used, "in writing alone")
        if near:
            yield _pairs_fault("note", attribute, near, used, "by one letter")


def _pairs_fault(
    severity: Severity, attribute: Attribute, pairs: list[tuple[int, int]], used: Ints, how: str
) -> DoctorFault:
    verb = "differs" if len(pairs) == 1 else "differ"
    what = f"{counted(len(pairs), 'pair')} of groups of {attribute.name} {verb} {how}."
    levels = attribute.levels
    examples = [f'"{levels[a]}" ({used[a]:,}) and "{levels[b]}" ({used[b]:,})' for a, b in pairs]
    return NEAR_DUPLICATE.found(severity, what, attribute.name, len(pairs), examples)


def _alike(attribute: Attribute, used: Ints) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of groups equal in writing, and pairs one letter apart."""
    spelled = [_bare(level) for level in attribute.levels]
    same, near = [], []
    for a, b in itertools.combinations(np.flatnonzero(used).tolist(), 2):
        if spelled[a] == spelled[b] and spelled[a]:
            same.append((a, b))
        elif min(used[a], used[b]) <= _RARE * max(used[a], used[b]) and _one_letter_apart(
            spelled[a], spelled[b]
        ):
            near.append((a, b))
    return same, near


def _bare(level: str) -> str:
    """Small letters, one space between words; no accents on Latin letters, and no punctuation where no digit is."""
    plain = unicodedata.normalize("NFKD", level).casefold()
    # Marks are dropped from Latin letters only: in other scripts they are vowels.
    plain = "".join(c for c in plain if not "\u0300" <= c <= "\u036f")
    if not re.search(r"\d", plain):
        plain = "".join(" " if unicodedata.category(c).startswith("P") else c for c in plain)
    return " ".join(plain.split())


def _one_letter_apart(one: str, other: str) -> bool:
    words = list(zip(one.split(), other.split(), strict=False))
    different = [(a, b) for a, b in words if a != b]
    if len(one.split()) != len(other.split()) or len(different) != 1:
        return False
    a, b = different[0]
    if min(len(a), len(b)) < _LONG_WORD or not (a.isalpha() and b.isalpha()):
        return False
    return OSA.distance(a, b, score_cutoff=1) <= 1
