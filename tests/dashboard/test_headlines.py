"""The first sentences of Overview, Heatmap and Versions: every verdict has its own words, and nothing is said of a group that is not shown."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from analysis.rates import STATUSES
from analysis.settings import DEFAULTS
from dashboard.answers.grid import VerdictCounts
from dashboard.answers.slices import Halves, SlicesAnswer
from dashboard.answers.slices_rows import SlicesQuestion
from dashboard.answers.worse_places import Shared, WorsePlaces
from dashboard.wording_mixes import range_parts, range_sentence
from dashboard.wording_overview import overview_headline, overview_rest
from dashboard.wording_overview_numbers import gate_card
from dashboard.wording_sentences import grid_headline, named_in
from dashboard.wording_sidebar import roles_sentence
from dashboard.wording_slices import absent_note
from dashboard.wording_slices_page import fewer_caution, slices_headline
from dashboard.wording_verdicts import none_shown
from tests.dashboard.made_up import ACCENT, made_up_table

NO_VERDICT = dict.fromkeys(("worse", "slightly worse", "within", "better", "undecided"), 0)


def counted(n_groups: int, n_withheld: int = 0, **counts: int) -> VerdictCounts:
    named = {name.replace("_", " "): n for name, n in counts.items()}
    return VerdictCounts({**NO_VERDICT, **named}, n_groups, n_groups, 0, 0, n_withheld)


@pytest.mark.parametrize(
    ("worse", "slightly", "sentence"),
    [
        (
            ("North", "West"),
            ("East",),
            "Alpha makes more errors for 3 of 12 accents: 2 worse, shown (North and West), and 1 worse, but by less than 1.25× (East).",
        ),
        (("North", "West"), (), "Alpha makes more errors for 2 of 12 accents: North and West."),
        ((), ("East",), "Alpha makes more errors, but by less than 1.25×, for 1 of 12 accents: East."),
        ((), (), "It is not shown that Alpha makes more errors for any of 12 accents."),
        (tuple("ABCDEF"), (), "Alpha makes more errors for 6 of 12 accents: A, B, C, D and 2 more."),
    ],
)
def test_the_overview_names_groups_by_verdict(
    worse: tuple[str, ...], slightly: tuple[str, ...], sentence: str
) -> None:
    named = {"worse": worse, "slightly worse": slightly}
    recorded = SimpleNamespace(whole=SimpleNamespace(status=[STATUSES.index("shown")]))
    answer: Any = SimpleNamespace(
        groups=SimpleNamespace(table=made_up_table((ACCENT,))),
        counts=counted(12),
        named=named,
        overall=recorded,
    )
    assert overview_headline(answer, "Alpha") == sentence


def test_the_rest_of_the_overview_counts_every_verdict_and_what_is_withheld() -> None:
    assert overview_rest(counted(12, 0, worse=2, slightly_worse=1, undecided=9), 1.25) == (
        "Of 12: 2 worse, shown · 1 worse, but by less than 1.25× · 9 can’t tell yet"
    )
    assert overview_rest(counted(3, 2, better=1, within=2), 1.25).startswith(
        "Of 3: 2 not worse than 1.25×, shown · 1 better, shown · "
    )
    assert overview_rest(counted(3, 2, better=3), 1.25, DEFAULTS).endswith(
        "2 withheld: fewer than 10 speakers, or it would give such a group away"
    )


@pytest.mark.parametrize(
    ("counts", "by_group", "sentence"),
    [
        (
            counted(12, worse=2, slightly_worse=1),
            {"North": 1, "West": 1, "South": 0},
            "Alpha makes more errors in 2 of 12 combinations. By accent: North in 1 and West in 1. In 1 more it does by less than 1.25×.",
        ),
        (
            counted(12, slightly_worse=3),
            {},
            "Alpha makes more errors, but by less than 1.25×, in 3 of 12 combinations.",
        ),
        (counted(1), {}, "It is not shown that Alpha makes more errors in the only combination."),
        (counted(0), {}, "Nobody was recorded in this selection."),
    ],
)
def test_the_heatmap_tells_worse_from_worse_by_less_than_the_margin(
    counts: VerdictCounts, by_group: dict[str | None, int], sentence: str
) -> None:
    assert grid_headline(made_up_table(), counts, WorsePlaces("accent", by_group), "Alpha") == sentence


@pytest.mark.parametrize(
    ("counts", "shared", "sentence"),
    [
        (
            {"Cornish": 3, "West": 0},
            {"Cornish": (("device", "telephone"),)},
            "Cornish in 3, all on telephone",
        ),
        ({"Cornish": 2}, {"Cornish": (("Noise", "babble"),)}, "Cornish in 2, both in babble"),
        (
            {"Cornish": 2},
            {"Cornish": (("snr_db", "7"),)},
            "Cornish in 2, both with signal-to-noise ratio 7 dB",
        ),
        ({"Cornish": 2}, {"Cornish": (("distance", "far"),)}, "Cornish in 2, both with distance far"),
        (
            {"Cornish": 3, "West": 1},
            {"Cornish": (("device", "telephone"),)},
            "Cornish in 3, all on telephone; West in 1",
        ),
        ({"Cornish": 3, "West": 1}, {}, "Cornish in 3 and West in 1"),
    ],
)
def test_a_condition_that_all_places_of_a_group_share_is_said(
    counts: dict[str | None, int], shared: Shared, sentence: str
) -> None:
    assert named_in(WorsePlaces("accent", counts, shared)) == sentence


# ------------------------------------------------------------------ where nothing is shown


@pytest.mark.parametrize(
    ("undecided", "sentence"),
    [
        (0, "It is not shown that Alpha errs more for any of 4 accents."),
        (3, "It is not shown that Alpha errs more for any of 4 accents; 3 can’t be told yet."),
        (4, "It can’t be told yet whether Alpha errs more for any of 4 accents."),
    ],
)
def test_what_cannot_be_told_is_never_told_as_good_news(undecided: int, sentence: str) -> None:
    assert none_shown("Alpha errs more for", "of 4 accents", undecided, 4) == sentence


def gate(result: str, *outcomes: str) -> dict[str, Any]:
    rows = [
        {"group": {"accent": name}, "outcome": outcome}
        for name, outcome in zip("ABCDE", outcomes, strict=False)
    ]
    return {"result": result, "rows": rows, "max_ratio": 1.25}


@pytest.mark.parametrize(
    ("document", "value", "detail"),
    [
        (gate("fail", "fail", "pass", "undecided"), "Fails", "worse for A · 1 of 3 can’t be told yet"),
        (gate("fail", "fail", "fail", "fail", "pass"), "Fails", "worse for A, B and 1 more"),
        (
            gate("pass", "pass", "pass"),
            "Passes",
            "every one of 2 groups, taken whole, is shown to stay below",
        ),
        (gate("undecided", "pass", "undecided"), "Undecided", "no group fails · 1 of 2 can’t be told yet"),
        (gate("undecided", "undecided"), "Undecided", "none of 1 can be told yet"),
    ],
)
def test_the_number_of_the_gate_says_whom_it_fails_for(
    document: dict[str, Any], value: str, detail: str
) -> None:
    card = gate_card(document)
    assert card is not None
    assert (card.label, card.value, card.detail) == ("Release gate, 1.25×", value, detail)


def test_where_nobody_was_tested_there_is_no_gate() -> None:
    assert gate_card(gate("undecided")) is None


def test_the_roles_of_the_systems_are_said_and_which_is_the_newest() -> None:
    assert roles_sentence("B", "A", newest="B") == "Candidate: B, the newest here. Current: A."
    assert roles_sentence("A", "B", newest="B") == "Candidate: A, not the newest here. Current: B."
    assert roles_sentence("B", None, newest="B") == "B, the newest here, by itself."


RANGE = {"reason": None, "range": 0.123, "range_expected": 0.04, "groups": 4}


@pytest.mark.parametrize(
    ("gaps", "mix", "rest"),
    [
        (RANGE, None, "12.3 points; 4.0 would be expected if all 4 were equal."),
        (
            RANGE,
            {"used": True},
            "12.3 points, effects of their conditions included; 4.0 would be expected if all 4 were equal.",
        ),
        ({**RANGE, "range": None, "reason": "too few groups"}, None, "not given, too few groups."),
    ],
)
def test_a_line_says_what_it_is_about_apart_and_a_terminal_both_in_one(
    gaps: dict[str, Any], mix: dict[str, Any] | None, rest: str
) -> None:
    assert range_parts(gaps, mix) == ("Range between groups:", rest)
    assert range_sentence(gaps, mix) == f"Range between groups: {rest}"


def searched_by(most: int, lower: int | None, *, halved: bool = True) -> SlicesAnswer:
    """A search in which no group of accent had enough speakers; the largest had `most`, and `lower` would do."""
    question = SlicesQuestion(min_speakers=20)
    split = Halves(0, "accent", 40, 40, "") if halved else None
    absent = (("accent", most),)
    return SlicesAnswer(
        question,
        "Alpha",
        ("accent",),
        35,
        32,
        3,
        0.1,
        80,
        (),
        (),
        0,
        (),
        split,
        (),
        0.0,
        absent,
        lower,
        "accent" if lower else "",
    )


def test_the_headline_says_when_no_group_of_an_attribute_took_part() -> None:
    headline = slices_headline(searched_by(7, 10), synthetic=False)
    assert "In half of the speakers there are too few to judge any group by accent." in headline


def test_half_of_the_fewest_speakers_is_asked_of_a_half_and_the_minimum_that_would_do_is_named() -> None:
    assert absent_note(searched_by(7, 10), synthetic=False) == (
        "The largest such group has at least 7 speakers in each half, where 10 are needed, half of the 20 asked for; "
        "asking for 10 lets a group by accent take part."
    )
    few = absent_note(searched_by(4, None), synthetic=True)
    assert "at least 4 voices in each half" in few
    assert "no lower minimum can be asked for that lets one take part" in few
    whole = absent_note(searched_by(12, 10, halved=False), synthetic=False)
    assert whole == (
        "The largest such group has 12 speakers, and 20 are asked for; asking for 10 lets a group by accent take part."
    )


def test_a_search_again_says_that_a_few_decide_only_where_they_are_few_and_that_the_same_others_are_asked() -> (
    None
):
    few, enough = (fewer_caution(searched_by(7, lower), synthetic=False) for lower in (10, 20))
    assert "With fewer than 20 speakers" in few
    assert enough == (
        "It is put to the test on the same other speakers, asked a second time. The search is put on record as one more."
    )
    whole = fewer_caution(searched_by(12, 10, halved=False), synthetic=False)
    assert "put to the test" not in whole
