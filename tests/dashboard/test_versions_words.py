"""What is said of two systems beside the headline: whose gap to the others changed, and every system by itself."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.attributes import Attribute
from dashboard.answers.versions import SystemAlone
from dashboard.wording_versions_gaps import gap_line, gap_words, gaps_sentence, shown_gaps, undecided_gaps
from dashboard.wording_versions_history import history_lines, history_sentence
from tests.dashboard.made_up import ACCENT


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
    return {
        "a": "Old",
        "b": "New",
        "gap_comparator": "complement",
        "settings": {"margin_ratio": 1.25},
        "gap_changes": [*rows],
    }


def test_the_sentence_of_the_gaps_names_only_groups_whose_change_is_shown() -> None:
    document = compared(
        gap("North", "served worse"),
        gap("West", "served worse"),
        gap("East", "served better"),
        gap("South"),
        gap(None, "served worse"),
    )
    assert gaps_sentence(document, (ACCENT,)) == (
        "New loses ground against the others for North and West, and gains for East."
    )
    assert gaps_sentence(compared(gap("South")), (ACCENT,)) == (
        "It is not shown that any group’s gap to the others changed."
    )


def test_under_the_headline_stand_only_changes_that_are_shown_harm_first_with_both_gaps() -> None:
    document = compared(gap("East", "served better"), gap("North", "served worse"), gap("South"))
    assert shown_gaps(document, (ACCENT,)) == (
        "New loses ground against the others for North: gap 1.20× → 1.50×, change 1.25× (1.05–1.49); and gains for East."
    )
    several = compared(gap("North", "served worse"), gap("West", "served worse"))
    assert shown_gaps(several, (ACCENT,)) == (
        "New loses ground against the others for North: gap 1.20× → 1.50×, change 1.25× (1.05–1.49); "
        "for West: gap 1.20× → 1.50×, change 1.25× (1.05–1.49)."
    )
    assert shown_gaps(compared(gap("East", "served better")), (ACCENT,)) == (
        "New gains ground against the others for East."
    )
    assert shown_gaps(compared(gap("South"), gap(None, "served worse")), (ACCENT,)) == ""


def test_a_gap_to_a_named_group_is_said_to_be_to_that_group() -> None:
    document = {**compared(gap("East", "served worse")), "gap_comparator": "accent=South"}
    assert gaps_sentence(document, (ACCENT,)) == "New loses ground against South for East."
    assert "against South for East: gap" in shown_gaps(document, (ACCENT,))
    nobody = {**compared(gap("East")), "gap_comparator": "accent=South"}
    assert gaps_sentence(nobody, (ACCENT,)) == "It is not shown that any group’s gap to South changed."


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


def alone(system: str, rate: float, n_worse: int | None, status: str = "shown") -> SystemAlone:
    return SystemAlone(system, rate, 0.1, 0.5, 9, 9, status, None, n_worse)


def test_the_history_goes_from_the_first_system_to_the_last() -> None:
    assert history_sentence([alone("A", 0.3, 2), alone("B", 0.25, 1)]) == (
        "From A, the first here, to B, the last: overall rate 30.0% → 25.0%; groups shown to be worse than others "
        "2 → 1."
    )


@pytest.mark.parametrize(
    ("worse", "status", "columns"),
    [
        (1, "shown", {"Status", "Groups worse, shown", "Largest gap shown"}),
        (1, "few speakers", {"Status", "Groups worse, shown", "Largest gap shown"}),
        (None, "shown", {"Status"}),
    ],
)
def test_the_history_has_no_column_that_says_nothing_of_any_system(
    worse: int | None, status: str, columns: set[str]
) -> None:
    lines = history_lines([alone("A", 0.3, worse), alone("B", 0.25, worse, status)], synthetic=False)
    asked = {"Status", "Groups worse, shown", "Largest gap shown"}
    assert [asked & line.keys() for line in lines] == [columns] * 2


def test_without_groups_the_history_counts_none_as_worse() -> None:
    assert "groups" not in history_sentence([alone("A", 0.3, None), alone("B", 0.25, None)])
