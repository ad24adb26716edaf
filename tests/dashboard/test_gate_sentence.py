"""The result of a gate in one sentence, where nothing can be told."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.verdict_reasons import NO_COMPARATOR, NOBODY_SELECTED, REASONS
from dashboard.answers.gate import NOBODY_PLANNED
from dashboard.wording_gate import gate_sentence

NOBODY, ALONE = REASONS[NOBODY_SELECTED], REASONS[NO_COMPARATOR]
FEW = "fewer than 10 speakers"


def said(*reasons: str, passed: int = 0, synthetic: bool = False, grouped: bool = True) -> str:
    rows: list[dict[str, Any]] = [
        {"group": {"accent": f"a{i}"} if grouped else {}, "outcome": "undecided", "reason": reason}
        for i, reason in enumerate(reasons)
    ]
    rows += [{"group": {"accent": f"b{i}"}, "outcome": "pass", "reason": ""} for i in range(passed)]
    notice = "Synthetic voices" if synthetic else None
    document = {
        "rows": rows,
        "max_ratio": 1.25,
        "system": "A",
        "baseline": None,
        "result": "undecided",
        "notice": notice,
    }
    return gate_sentence(document)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (said(FEW, passed=2), "Undecided: no group fails, but 1 of 3 cannot be told yet."),
        (said(FEW, ALONE), "Undecided: none of the 2 groups can be told yet."),
        (said(FEW, FEW), "Undecided: none of the 2 groups can be told yet: fewer than 10 speakers."),
        (
            said(FEW, FEW, synthetic=True),
            "Undecided: none of the 2 groups can be told yet: fewer than 10 voices.",
        ),
        (said(ALONE), f"Undecided: the only group, a0, cannot be told yet: {ALONE}."),
        (said(ALONE, grouped=False), f"Undecided: it cannot be told yet of everything selected: {ALONE}."),
        (
            said(NOBODY, NOBODY_PLANNED),
            "Undecided: nobody was recorded among what is selected, so nothing is shown of A.",
        ),
        (said(), "Undecided: no group was tested, so nothing is shown of A."),
    ],
)
def test_an_undecided_gate_says_what_is_missing(told: str, sentence: str) -> None:
    assert told == sentence


def test_a_gate_that_passes_says_who_got_worse_by_less_than_its_bound() -> None:
    verdicts = {"East": "slightly worse", "West": "better"}
    document = {
        "rows": [
            {"group": {"accent": name}, "outcome": "pass", "reason": "", "verdict": verdict}
            for name, verdict in verdicts.items()
        ],
        "max_ratio": 1.25,
        "system": "New",
        "baseline": "Old",
        "result": "pass",
        "notice": None,
    }
    assert gate_sentence(document) == (
        "Passes: New is shown to stay below 1.25× the rate of Old for every one of 2 groups. It is shown to be worse than "
        "Old for East, by less than that."
    )
