"""How each side is written: capitals, punctuation, digits, hyphens, apostrophes on one side only.

Owns the check whether errors are counted for writing instead of hearing. Only habits
that the build's normaliser leaves in place are looked at: it is asked, not assumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.doctor.examined import Examined
from data.doctor.faults import DoctorFault, FaultKind, listed, of

Bools = npt.NDArray[np.bool_]

_FEWEST = 10
_SMALLEST_SHARE = 1 / 200
_OTHER_WAY = 1 / 10
_MOST_NAMED = 6
_MISSING_SHARE = 1 / 2
"""Of the texts of one side with a sign: a sign lost in fewer of them was misheard, not written otherwise."""

ONE_SIDED = FaultKind(
    "one-sided-normalisation",
    "Capitals, small letters, punctuation, digits, hyphens and apostrophes that stand on one side only, "
    "reference or output, in at least "
    f"{_FEWEST} utterances and one in 200, in more than half of those in which that side has them at all, ten "
    "times as often as the other way round, with errors counted in most of them. Habits that the "
    "evaluation's normaliser evens out are left aside (it is tried on examples). Systems that differ in "
    "this are named.",
    "Where the words were heard right, errors are counted for the way they are written. A system that writes "
    "like the references looks better than one that does not, and so do groups whose sentences happen to hold "
    "less of it.",
    "Choose a normaliser that evens it out (`--normalizer`), or rewrite one side; then ingest again.",
)


@dataclass(frozen=True)
class _Habit:
    name: str
    pattern: str
    """What shows the habit in a text."""
    examples: tuple[str, str]
    """One text with it and the same without; a normaliser that makes them equal evens it out."""
    rewritten: str
    """What differs, in a sentence."""


_HABITS = (
    _Habit("capital letters", r"\p{Lu}", ("Yes", "yes"), '"Yes" and "yes" are different words here.'),
    _Habit("small letters", r"\p{Ll}", ("yes", "YES"), '"yes" and "YES" are different words here.'),
    _Habit(
        "punctuation",
        r"[.,!?;:…¿¡。、，؟،।]",
        ("yes, it is.", "yes it is"),
        '"yes," and "yes" are different words here.',
    ),
    _Habit("digits", r"\p{Nd}", ("23", "twenty three"), '"23" and "twenty three" are different words here.'),
    _Habit(
        "hyphens",
        r"\w[-‐‑]\w",
        ("well-known", "well known"),
        '"well-known" and "well known" are different words here.',
    ),
    _Habit("apostrophes", r"\w['’]\w", ("don't", "dont"), '"don\'t" and "dont" are different words here.'),
)


def one_sided_normalisation(examined: Examined) -> Iterator[DoctorFault]:
    """Habits of writing that one side has and the other has not."""
    if not examined.has_texts or examined.normalizer is None:
        return
    for habit in _HABITS:
        with_it, without = examined.normalizer.apply(habit.examples)
        if with_it != without:
            yield from _one_sided(examined, habit)


def _one_sided(examined: Examined, habit: _Habit) -> Iterator[DoctorFault]:
    in_reference = _has(examined.references, habit.pattern)
    found: dict[str, list[_Use]] = {"references": [], "outputs": []}
    for system in range(len(examined.systems)):
        counts = examined.counts(system)
        spoken = in_reference[counts.rows]
        heard = _has(examined.hypotheses(system), habit.pattern)
        both = (counts.n_words > 0) & (counts.n_hypothesis_words > 0)
        with_it = {"references": int((spoken & both).sum()), "outputs": int((heard & both).sum())}
        sides = {"references": spoken & ~heard & both, "outputs": heard & ~spoken & both}
        for side, other in (("references", "outputs"), ("outputs", "references")):
            n, n_wrong = int(sides[side].sum()), int((sides[side] & (counts.errors > 0)).sum())
            enough = n >= max(_FEWEST, _SMALLEST_SHARE * both.sum()) and n_wrong >= 0.5 * n
            is_missing = n > _MISSING_SHARE * with_it[side]
            is_habit = bool(enough and is_missing and sides[other].sum() <= _OTHER_WAY * n)
            found[side].append(_Use(system, n, with_it[side], n_wrong, is_habit))
    for side, uses in found.items():
        if any(use.is_habit for use in uses):
            yield _fault(examined, habit, side, uses)


@dataclass(frozen=True)
class _Use:
    """How often one side has what the other has not, with one system."""

    system: int
    n: int
    n_with: int
    """Utterances in which this side has it, whether or not the other has it too."""
    n_wrong: int
    is_habit: bool


def _fault(examined: Examined, habit: _Habit, side: str, uses: list[_Use]) -> DoctorFault:
    other = "outputs" if side == "references" else "references"
    habits = [use for use in uses if use.is_habit]
    names = [examined.systems[use.system] for use in habits]
    most = max(use.n for use in habits)
    told = [f'with "{name}" in {of(use.n, use.n_with)}' for name, use in zip(names, habits, strict=True)]
    told[0] += f" {side} with {habit.name}"
    if len(told) > _MOST_NAMED:
        told[_MOST_NAMED:] = [f"and so with {len(told) - _MOST_NAMED:,} more"]
    what = f"The {side} hold {habit.name} where the {other} have none: {', '.join(told)}. {habit.rewritten}"
    rest = [examined.systems[use.system] for use in uses if use.n <= _OTHER_WAY * most]
    consequence = ONE_SIDED.consequence
    if rest:
        consequence += (
            f" With {listed(rest)} it hardly occurs, so a comparison of systems is one of writing too."
        )
    examples = []
    for use in habits:
        pure = _only_writing(examined, use.system)
        more = f"; {pure:,} utterances differ in capitals and punctuation alone" if pure else ""
        n_scored = len(examined.counts(use.system).rows)
        name = examined.systems[use.system]
        examples.append(
            f"{name}: {of(use.n, n_scored)} utterances, {use.n_wrong:,} of them with errors{more}"
        )
    return ONE_SIDED.found(
        "warning", what, ", ".join(names[:_MOST_NAMED]), most, examples, consequence=consequence
    )


def _only_writing(examined: Examined, system: int) -> int:
    """Utterances with errors whose two sides are equal once capitals and punctuation are gone."""
    counts = examined.counts(system)
    spoken = examined.folded_references.take(pa.array(counts.rows))
    equal = pc.equal(spoken, examined.folded(system)).to_numpy(zero_copy_only=False)
    return int((equal & (counts.errors > 0)).sum())


def _has(texts: pa.Array, pattern: str) -> Bools:
    found: Bools = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return found
