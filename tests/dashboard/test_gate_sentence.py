"""The result of a gate in one sentence, where nothing can be told."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.attributes import Attribute
from analysis.metrics import METRICS
from analysis.verdict_reasons import NO_COMPARATOR, NOBODY_SELECTED, REASONS
from dashboard.answers.gate_rows import NOBODY_PLANNED
from dashboard.answers.grid import VerdictCounts
from dashboard.answers.overview import Combinations
from dashboard.answers.worse_places import WorsePlaces
from dashboard.wording_gate import AGAINST_OTHERS, HELD_ALIKE, combinations_beside, gate_sentence, held_alike

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
        "by": [],
        "comparators": [],
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
        "by": [["accent"]],
        "comparators": [],
        "result": "pass",
        "notice": None,
    }
    assert gate_sentence(document) == (
        "Passes: New is shown to stay below 1.25× the rate of Old for every one of 2 groups. It is shown to be worse than "
        "Old for East, by less than that."
    )


def failing(baseline: str | None) -> dict[str, Any]:
    rows = [
        {"group": {"accent": "East"}, "outcome": "fail", "reason": "", "verdict": "worse"},
        {"group": {"accent": "West"}, "outcome": "pass", "reason": "", "verdict": "within"},
    ]
    named: dict[str, Any] = {"system": "New", "baseline": baseline, "notice": None}
    named |= {"by": [["accent"]], "comparators": [] if baseline else ["complement"]}
    return {"rows": rows, "max_ratio": 1.25, "result": "fail", **named}


@pytest.mark.parametrize(
    ("baseline", "said"),
    [
        (
            None,
            "Fails: New is shown to be worse for East than for others, and not shown to stay below 1.25×.",
        ),
        ("Old", "Fails: New is shown to be worse than Old for East, and not shown to stay below 1.25×."),
    ],
)
def test_a_gate_that_fails_says_worse_than_what(baseline: str | None, said: str) -> None:
    assert gate_sentence(failing(baseline)) == said


@pytest.mark.parametrize(
    ("comparator", "others"),
    [
        ("complement", "others"),
        ("peers", "others in the same conditions"),
        ("accent=General American voice", "General American voice"),
    ],
)
def test_a_gate_names_those_that_groups_are_compared_with(comparator: str, others: str) -> None:
    document = {**failing(None), "comparators": [comparator]}
    assert f"worse for East than for {others}, and not" in gate_sentence(document)
    assert f"below 1.25× the rate of {others} for every" in gate_sentence({**document, "result": "pass"})
    lead = held_alike(AGAINST_OTHERS, document)
    assert lead == f"Each group against {others}, New fails, for East."


def test_where_groupings_are_compared_with_others_each_the_sentence_speaks_of_no_one_group() -> None:
    document = failing(None)
    document |= {"by": [["accent"], ["noise"]], "comparators": ["accent=West", "complement"]}
    assert "worse for East than for West, and not" in gate_sentence(document)
    document["rows"][1] = {"group": {"noise": "babble"}, "outcome": "fail", "reason": "", "verdict": "worse"}
    assert "worse for East and babble than for those each is compared with, and" in gate_sentence(document)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("fail", "Held the same way, New fails, for East."),
        ("pass", "Held the same way, New passes."),
        ("undecided", "Held the same way, New is undecided."),
    ],
)
def test_the_other_system_stands_beside_the_result(result: str, said: str) -> None:
    assert held_alike(HELD_ALIKE, {**failing(None), "result": result}) == said


def combined(worse: int, source: str = "self") -> Combinations:
    accent = Attribute("accent", "speaker", "category", ("East", "West"), False, label_source=source)  # type: ignore[arg-type]
    noise = Attribute("noise", "condition", "category", ("clean", "babble"), False)
    counts = VerdictCounts({"worse": worse}, n_groups=4, n_tested=4, n_few=0, n_empty=0)
    return Combinations((accent, noise), counts, WorsePlaces("accent", {"East": worse, "West": 0}))


@pytest.mark.parametrize(
    ("found", "current", "said"),
    [
        (
            combined(1),
            None,
            "The gate takes whole groups: in 1 of 4 combinations of accent and noise, New makes more errors: East in 1.",
        ),
        (
            combined(2),
            "Old",
            "The gate takes whole groups: in 2 of 4 combinations of accent and noise, New makes more errors than Old: East in 2.",
        ),
        (combined(0), None, ""),
        (combined(1, "inferred"), None, ""),
    ],
)
def test_combinations_that_are_worse_stand_beside_a_gate_of_whole_groups(
    found: Combinations, current: str | None, said: str
) -> None:
    assert combinations_beside(found, METRICS["wer"], "New", current) == said
