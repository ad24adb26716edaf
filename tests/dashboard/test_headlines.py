"""The first sentences of Overview, Heatmap and Versions: every verdict has its own words, and nothing is said of a group that is not shown."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from analysis.attributes import Attribute
from analysis.rates import STATUSES
from dashboard.answers.grid import VerdictCounts
from dashboard.wording_mixes import range_parts, range_sentence
from dashboard.wording_overview import overview_headline, overview_rest
from dashboard.wording_overview_numbers import gate_card
from dashboard.wording_sentences import grid_headline
from dashboard.wording_sidebar import roles_sentence
from dashboard.wording_slices_page import slices_headline
from dashboard.wording_verdicts import none_shown
from dashboard.wording_versions_gaps import gap_line, gap_words, gaps_sentence, shown_gaps, undecided_gaps
from dashboard.wording_versions_history import history_lines, history_sentence
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
    assert grid_headline(made_up_table(), counts, "accent", by_group, "Alpha") == sentence


# ------------------------------------------------------------------ gaps between two systems


def gap(name: str | None, change: str = "undecided", **more: object) -> dict[str, Any]:
    """A row of `gap_changes` as `compare` writes it."""
    return {
        "group": {"accent": name},
        "before": 1.2,
        "after": 1.5,
        "factor": 1.25,
        "low": 1.05,
        "high": 1.49,
        "p_adjusted": 0.01,
        "change": change,
        "reason": "only 3 speakers",
        "detectable_factor": None,
        "speakers_needed": None,
        "n_speakers": 10,
        "n_utterances": 80,
        **more,
    }


def compared(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"a": "Old", "b": "New", "settings": {"margin_ratio": 1.25}, "gap_changes": [*rows]}


def test_the_sentence_of_the_gaps_names_only_groups_whose_change_is_shown() -> None:
    document = compared(
        gap("North", "served worse"),
        gap("West", "served worse"),
        gap("East", "served better"),
        gap("South"),
        gap(None, "served worse"),
    )
    assert gaps_sentence(document, (ACCENT,)) == (
        "Compared with the others, New serves North and West worse and East better than Old did."
    )
    assert gaps_sentence(compared(gap("South")), (ACCENT,)) == (
        "It is not shown that any group’s gap to the others changed."
    )


def test_under_the_headline_stand_only_changes_that_are_shown_harm_first_with_both_gaps() -> None:
    document = compared(gap("East", "served better"), gap("North", "served worse"), gap("South"))
    assert shown_gaps(document, (ACCENT,)) == (
        "Against the others, New now serves worse: North, gap 1.20× → 1.50×, change 1.25× (1.05–1.49); and better: East."
    )
    assert shown_gaps(compared(gap("South"), gap(None, "served worse")), (ACCENT,)) == ""


def test_nothing_is_said_of_gaps_between_groups_that_software_guessed() -> None:
    guessed = Attribute(
        "accent", "speaker", "category", ACCENT.levels, has_missing=False, label_source="inferred"
    )
    said = gaps_sentence(compared(gap("North", "served worse")), (guessed,))
    assert shown_gaps(compared(gap("North", "served worse")), (guessed,)) == ""
    assert "guessed by software" in said
    assert "North" not in said


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (gap("North", "served worse"), "served worse"),
        (gap("North"), "can’t tell yet: only 3 voices"),
        (
            gap("North", speakers_needed=40),
            "can’t tell yet: only 3 voices; about 40 voices would show a change by 1.25×",
        ),
        (gap("North", speakers_needed=8), "can’t tell yet: only 3 voices"),
    ],
)
def test_a_gap_that_cannot_be_told_says_why_and_what_it_would_take(row: dict[str, Any], words: str) -> None:
    assert gap_words(row, 1.25, synthetic=True) == words


def test_a_line_of_the_gap_table_has_both_gaps_their_change_and_what_stands_behind_it() -> None:
    assert gap_line(gap("North", "served worse"), 1.25, synthetic=False) == {
        "Group": "North",
        "Before": "1.20×",
        "After": "1.50×",
        "Change": "1.25× (1.05–1.49)",
        "p, adjusted": "0.010",
        "Shown": "served worse",
        "Speakers": "10",
        "Utterances": "80",
    }


def test_undecided_gaps_are_counted_with_what_could_have_been_seen() -> None:
    document = compared(
        gap("North", detectable_factor=1.3, speakers_needed=25),
        gap("East", detectable_factor=1.6, speakers_needed=60),
        gap("South"),
        gap("West", "served better"),
    )
    assert undecided_gaps(document, synthetic=False) == (
        "3 of 4 can’t be told yet: a change by 1.30× to 1.60× or more could have been seen; for a change by 1.25× it would "
        "take up to 60 speakers in a group. A change that is not shown is undecided, not absent. 1 could not be tested; the "
        "table says why."
    )
    assert undecided_gaps(compared(gap("West", "served better")), synthetic=False) is None


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
        (gate("pass", "pass", "pass"), "Passes", "every one of 2 groups is shown to stay below"),
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


def test_the_history_goes_from_the_first_system_to_the_newest() -> None:
    alone = {"low": 0.1, "high": 0.5, "n_speakers": 9, "n_utterances": 9, "largest": None, "status": "shown"}
    first = SimpleNamespace(system="A", rate=0.3, n_worse=2, **alone)
    last: Any = SimpleNamespace(system="B", rate=0.25, n_worse=1, **alone)
    assert history_sentence([first, last]) == (  # type: ignore[list-item]
        "From A to B, the newest: overall rate 30.0% → 25.0%; groups shown to be worse 2 → 1."
    )
    assert [line["Status"] for line in history_lines([first, last], synthetic=False)] == ["shown"] * 2  # type: ignore[list-item]


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


def test_the_headline_says_when_no_group_of_an_attribute_took_part() -> None:
    question = SimpleNamespace(question="worst", min_speakers=20)
    searched: Any = {"question": question, "searched": 35, "too_few": 3, "found": (), "split": object()}
    untold: Any = SimpleNamespace(**searched, without_groups=(("accent", 7), ("age", 15)))
    said = slices_headline(untold, synthetic=False)
    asked = "and 20 are asked for."
    assert (
        f"No group of accent and age was judged: the largest has 15 speakers in the half that is searched, {asked}"
        in said
    )
    assert "With “Fewest speakers” at 15 that one would be." in said
    few = slices_headline(SimpleNamespace(**searched, without_groups=(("accent", 7),)), synthetic=True)  # type: ignore[arg-type]
    assert "the largest has 7 voices" in few
    assert "With “" not in few
