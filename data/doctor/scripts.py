"""Languages: whether several are counted as one, and outputs in other letters than their references.

Owns the checks of mixed languages. A language is told by its script alone, or by an attribute
that names it; languages of one script are not told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from data.doctor.examined import Examined
from data.doctor.faults import EVERYWHERE, DoctorFault, FaultKind, listed, of
from data.doctor.letters import SCRIPT_NAMES, script_of
from data.queries_doctor import Ints

_FEWEST = 10

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
            advice = (
                f"Select one with `--where`, or ingest each {attribute.name} as an evaluation of its own."
            )
            yield MIXED.found("warning", what, attribute.name, len(attribute.levels), advice=advice)
    if not examined.has_texts:
        return
    script = script_of(examined.references)
    number = np.bincount(script[script >= 0], minlength=len(SCRIPT_NAMES))
    several = [
        code
        for code in np.argsort(-number, kind="stable")
        if number[code] >= max(_FEWEST, 0.01 * number.sum())
    ]
    if len(several) > 1:
        parts = ", ".join(f"{SCRIPT_NAMES[code]} in {number[code]:,}" for code in several)
        what = f"The references are in {len(several)} scripts: {parts} of {len(script):,} utterances."
        examples = [_first(examined, script, code) for code in several]
        yield MIXED.found("warning", what, EVERYWHERE, int(number[several[1:]].sum()), examples)
    for system, name in enumerate(examined.systems):
        yield from _other_script(examined, system, name, script)


def _other_script(examined: Examined, system: int, name: str, script: Ints) -> Iterator[DoctorFault]:
    rows = examined.counts(system).rows
    spoken, heard = script[rows], script_of(examined.hypotheses(system))
    other = np.flatnonzero((spoken >= 0) & (heard >= 0) & (spoken != heard))
    if len(other) >= max(_FEWEST, 0.01 * len(rows)):
        pairs, times = np.unique(spoken[other] * len(SCRIPT_NAMES) + heard[other], return_counts=True)
        most = int(pairs[times.argmax()])
        what = (
            f"{name} wrote in another script than the reference in {of(len(other), len(rows))} utterances, "
            f"mostly {SCRIPT_NAMES[most % len(SCRIPT_NAMES)]} for {SCRIPT_NAMES[most // len(SCRIPT_NAMES)]}."
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
    return f"{SCRIPT_NAMES[code]}: {examined.cite(row, examined.references[row].as_py())}"
