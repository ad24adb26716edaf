"""Systems against each other and the references: two that are one file or nearly one, without any error, on other utterances.

Owns the checks that a comparison of systems rests on. How one system writes is
`writing.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from analysis.attributes import Attribute
from data.doctor.examined import Examined, hashed
from data.doctor.faults import DoctorFault, FaultKind, Severity, counted, listed, of
from data.queries_doctor import Bools, Ints

_FEWEST_WRONG = 5
_FEWEST_WRONG_TO_BE_NEAR = 20
_NEAR = 0.8
_FEWEST_WITHOUT_ERRORS, _FEWEST_WORDS_WITHOUT_ERRORS = 20, 300

IDENTICAL = FaultKind(
    "identical-systems",
    "Two systems whose outputs are the same, character by character, on every utterance both were scored "
    "on, "
    f"{_FEWEST_WRONG} or more of them wrong: two recognisers agree where they are right, but hardly ever "
    "make the "
    "same mistake every time. Where counts were given instead of texts, the counts are compared.",
    "They are one system twice, or one file under two names: every difference between them is zero by "
    "making, and "
    "lists of systems count one result twice.",
    "Check which file is the right one for each, and leave the other out.",
)
NEAR_IDENTICAL = FaultKind(
    "near-identical-systems",
    "Two systems that write the same words, capitals and punctuation aside, in at least four of five "
    "utterances that "
    f"one of them got wrong ({_FEWEST_WRONG_TO_BE_NEAR} such utterances or more). Two recognisers of one "
    "maker for two "
    "accents of English agreed in a third of them, an output and a cleaned copy of it in 0.85 and more.",
    "They are hardly two systems: a difference between them rests on few utterances, and agreement between "
    "them "
    "is no second evidence.",
    "Check whether one is a corrected or older copy of the other; compare the utterances in which they "
    "differ.",
)
UNEQUAL = FaultKind(
    "unequal-utterances",
    "Utterances that have no output of some system (`--allow-missing`), and attribute groups that hold "
    "most of them.",
    "The rates of two systems are taken over different recordings; if a system has no outputs where "
    "recognition is "
    "hard, it looks better than it is.",
    'Have the system recognise the rest, or give "" where it returned nothing. `fairhearing compare` uses the '
    "utterances that both have.",
)
REFERENCE_DIFFERS = FaultKind(
    "reference-differs-between-systems",
    "Utterances whose number of reference words differs between systems. An ingest scores all systems "
    "against one "
    "reference; counts that were made elsewhere can differ.",
    "The systems were measured against different references or by different normalisers, so their rates "
    "cannot be "
    "compared.",
    "Score all systems against the same references with the same normaliser, and ingest again.",
)

WITHOUT_ERRORS = FaultKind(
    "no-errors",
    f"Systems without a single error in {_FEWEST_WITHOUT_ERRORS} or more utterances (or rows of counts) with "
    f"{_FEWEST_WORDS_WITHOUT_ERRORS} or more reference words together: with an error in 100 words, 300 words without any come about "
    "in one case of twenty.",
    "The outputs may be a copy of the references, or the references may have been made from the outputs: then every rate is "
    "zero by making, and no group can differ from another.",
    "Check which column or file holds what the system wrote (`--map hypothesis=COLUMN`), and ingest again.",
)


def without_errors(examined: Examined) -> Iterator[DoctorFault]:
    """Systems that got everything right, which is rarely true."""
    for system, name in enumerate(examined.systems):
        counts = examined.counts(system)
        n, n_words = len(counts.rows), int(counts.n_words.sum())
        if n < _FEWEST_WITHOUT_ERRORS or n_words < _FEWEST_WORDS_WITHOUT_ERRORS or counts.errors.any():
            continue
        are_rows = not examined.info.has_text and "sentence-error-rate" in examined.info.undefined_metrics
        what = f"{n:,} {'rows of counts' if are_rows else 'utterances'}"
        yield WITHOUT_ERRORS.found("warning", f"{name} has no error in any of {what}.", name, n)


def identical_systems(examined: Examined) -> Iterator[DoctorFault]:
    """Systems that are one, and systems that nearly are."""
    folded = [_fingerprints(examined, system) for system in range(len(examined.systems))]
    same: dict[int, int] = {}
    details: dict[tuple[int, int], tuple[int, int]] = {}
    for a, b in itertools.combinations(range(len(examined.systems)), 2):
        both = examined.has_output(a) & examined.has_output(b)
        wrong = both & ((examined.errors(a) > 0) | (examined.errors(b) > 0))
        agree = wrong & (folded[a] == folded[b])
        n_wrong, n_agree = int(wrong.sum()), int(agree.sum())
        if n_agree == n_wrong >= _FEWEST_WRONG and _equal_texts(examined, a, b, both):
            same.setdefault(b, same.get(a, a))
            details[same[b], b] = (int(both.sum()), n_wrong)
        elif n_wrong >= _FEWEST_WRONG_TO_BE_NEAR and n_agree >= _NEAR * n_wrong and b not in same:
            yield _near(examined, a, b, np.flatnonzero(wrong & ~agree), n_wrong)
    for first in sorted({*same.values()}):
        yield _identical(examined, [first, *(b for b, one in same.items() if one == first)], details)


def _fingerprints(examined: Examined, system: int) -> Ints:
    """A number per recording that is the same for the same words; for counts without texts, the counts as one number."""
    counts = examined.counts(system)
    result = np.zeros(examined.n_utterances, np.int64)
    if examined.has_texts and examined.writes(system):
        result[counts.rows] = hashed(examined.folded(system)).view(np.int64)
    else:
        result[counts.rows] = (counts.substitutions * 1_000 + counts.deletions) * 1_000 + counts.insertions
    return result


def _equal_texts(examined: Examined, a: int, b: int, both: Bools) -> bool:
    one, other = (
        examined.hypotheses(s).take(pa.array(np.flatnonzero(both[examined.counts(s).rows]))) for s in (a, b)
    )
    return bool(one.equals(other))


def _identical(
    examined: Examined, systems: list[int], details: dict[tuple[int, int], tuple[int, int]]
) -> DoctorFault:
    names = [examined.systems[system] for system in systems]
    n_both, n_wrong = details[systems[0], systems[1]]
    every = "both" if len(names) == 2 else f"all {len(names)}"
    what = (
        f"{listed(names)} wrote the same text in all {n_both:,} utterances, {n_wrong:,} wrong ones included: "
        f"{every} are one system."
    )
    shared = np.flatnonzero(examined.errors(systems[0]))[:5]
    examples = [f"the same mistakes in {examined.cite(row)}" for row in shared]
    return IDENTICAL.found("error", what, ", ".join(names), len(names), examples)


def _near(examined: Examined, a: int, b: int, differing: Ints, n_wrong: int) -> DoctorFault:
    names = [examined.systems[system] for system in (a, b)]
    n_agree = n_wrong - len(differing)
    what = (
        f"{listed(names)} wrote the same words in {of(n_agree, n_wrong)} utterances that one of them got "
        "wrong; "
        f"{counted(len(differing), 'such utterance')} {'differs' if len(differing) == 1 else 'differ'}."
    )
    examples = [f"differs in {examined.cite(row)}" for row in differing[:5]]
    return NEAR_IDENTICAL.found("warning", what, ", ".join(names), n_agree, examples)


def unequal_utterances(examined: Examined) -> Iterator[DoctorFault]:
    """Utterances that some system was not scored on."""
    missing = {system: ~examined.has_output(system) for system in range(len(examined.systems))}
    short = {system: one for system, one in missing.items() if one.any()}
    if not short:
        return
    nowhere = np.logical_or.reduce(list(short.values()))
    names = [examined.systems[system] for system in short]
    most = max(int(one.sum()) for one in short.values())
    what = f"{of(int(nowhere.sum()), examined.n_utterances)} utterances have no output of {listed(names)}."
    if len(examined.systems) > 1:
        what += f" All {len(examined.systems)} systems share {examined.n_utterances - int(nowhere.sum()):,}."
    examples = [
        f"{examined.systems[system]}: {int(one.sum()):,} without output" for system, one in short.items()
    ]
    for attribute, codes in examined.groups():
        examples += _concentrated(attribute, codes, nowhere)
    severity: Severity = "warning" if most > 0.01 * examined.n_utterances else "note"
    yield UNEQUAL.found(severity, what, ", ".join(names[:6]), int(nowhere.sum()), examples)


def _concentrated(attribute: Attribute, codes: Ints, missing: Ints) -> list[str]:
    """The group that holds most of the missing outputs although it holds less than half as much of the recordings."""
    inside = np.bincount(codes[missing & (codes >= 0)], minlength=len(attribute.levels))
    in_all = np.bincount(codes[codes >= 0], minlength=len(attribute.levels))
    largest = int(inside.argmax())
    share = inside[largest] / max(1, missing.sum())
    if inside[largest] >= 10 and share >= 0.5 and share >= 2 * in_all[largest] / len(codes):
        share_text = of(int(inside[largest]), int(missing.sum()))
        return [f"{attribute.name} = {attribute.levels[largest]}: {share_text} of those without output"]
    return []


def reference_differs(examined: Examined) -> Iterator[DoctorFault]:
    """Utterances with as many lengths of the reference as systems."""
    least = np.full(examined.n_utterances, np.iinfo(np.int64).max)
    for system in range(len(examined.systems)):
        counts = examined.counts(system)
        least[counts.rows] = np.minimum(least[counts.rows], counts.n_words)
    differing = np.flatnonzero((examined.n_words >= 0) & (least < examined.n_words))
    if len(differing):
        what = (
            f"In {of(len(differing), examined.n_utterances)} utterances the systems were counted against "
            "different numbers of reference words."
        )
        examples = [
            f"{examined.cite(row)}: {least[row]} and {examined.n_words[row]} words" for row in differing[:5]
        ]
        yield REFERENCE_DIFFERS.found("error", what, "all systems", len(differing), examples)
