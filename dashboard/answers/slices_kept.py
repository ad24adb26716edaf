"""A slice put on record as a finding, with everything that tells it from a question asked in advance.

Owns what a finding keeps of the search it came from: how much was searched, which speakers found the
slice and which were asked to confirm it, and what those said. Asks nothing anew.
"""

from __future__ import annotations

from typing import Any

from analysis.selection import EVERYTHING, AllOf, Selection
from dashboard.answers.slices import FoundSlice, SlicesAnswer
from dashboard.answers.slices_document import confirm_keys, explained_by, ratio_keys

CONFIRMED, NOT_CONFIRMED, NOT_TESTED, PUT_ASIDE = "confirmed", "not confirmed", "not tested", "put aside"


def within(selected: Selection, own: Selection) -> Selection:
    """A slice among the recordings that were searched."""
    return own if selected == EVERYTHING else AllOf((selected, own))


def search_of(answer: SlicesAnswer, one: FoundSlice) -> dict[str, Any]:
    """Where a slice comes from, as plain data; keys are kept with findings and printed in cards."""
    asked, split, test = answer.question, answer.split, one.test
    return {
        "question": asked.question,
        "baseline": asked.baseline if asked.question == "combination" else None,
        "attributes": list(answer.attributes),
        "depth": asked.depth,
        "min_speakers": asked.min_speakers,
        "searched": answer.searched,
        "tested": answer.tested,
        "listed": len(answer.found),
        "result": _result(one),
        "in_both_halves": test.in_both_halves if test else None,
        "seed": split.seed if split else None,
        "stratified_by": split.stratified_by if split else None,
        "discovery_speakers": split.n_discovery if split else None,
        "confirmation_speakers": split.n_confirmation if split else None,
        "sha256": split.sha256 if split else None,
        "found": {**ratio_keys(one.estimate), "n_speakers": one.estimate.n_speakers, "q": one.q},
        "confirm": confirm_keys(test),
        "explained_by": explained_by(one),
    }


def _result(one: FoundSlice) -> str:
    if one.explained_by is not None:
        return PUT_ASIDE
    if one.test is None:
        return NOT_TESTED
    return CONFIRMED if one.test.confirmed else NOT_CONFIRMED
