"""Lines of the builder and selections: each reads back from the other."""

from __future__ import annotations

import pytest

from analysis.selection import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Between,
    Not,
    NotStated,
    OneOf,
    ReferenceContains,
    ReferenceMatches,
    Selection,
)
from analysis.selection_form import tidy
from analysis.selection_words import attributes_named
from dashboard.panels.subgroup_conditions import (
    Range,
    Row,
    Rows,
    Text,
    empty_rows,
    fault_of,
    rows_of,
    selection_of,
)

SCOTTISH, BABBLE = OneOf("accent", ("Scottish",)), OneOf("noise", ("babble", "street"), or_not_stated=True)


@pytest.mark.parametrize(
    "selection",
    [
        EVERYTHING,
        SCOTTISH,
        Not(SCOTTISH),
        NotStated("accent"),
        Not(NotStated("accent")),
        Between("snr_db", 5, None),
        Not(Between("snr_db", None, 5, high_included=True)),
        AllOf((SCOTTISH, BABBLE, Between("snr_db", 5, 10, low_included=False))),
        AnyOf((SCOTTISH, Not(BABBLE))),
        ReferenceContains("thank you"),
        AnyOf((SCOTTISH, Not(ReferenceMatches("colou?r")), ReferenceContains("colour"))),
    ],
)
def test_a_selection_comes_back_from_its_lines(selection: Selection) -> None:
    rows = rows_of(selection)
    assert rows is not None
    assert selection_of(rows) == tidy(selection)


@pytest.mark.parametrize(
    "selection", [AllOf((SCOTTISH, AnyOf((BABBLE, NotStated("device"))))), Not(AllOf((SCOTTISH, BABBLE)))]
)
def test_conditions_inside_conditions_have_no_lines(selection: Selection) -> None:
    assert rows_of(selection) is None


def test_a_line_without_a_choice_selects_nothing_away() -> None:
    assert selection_of(Rows((Row("accent"), Row("snr_db", span=Range())))) == EVERYTHING
    assert selection_of(Rows((Row("accent"), Row("noise", values=("babble",))))) == OneOf(
        "noise", ("babble",)
    )


def test_a_line_about_what_was_said_may_be_incomplete_or_wrong() -> None:
    line = empty_rows([], texts=True)[-1]
    assert empty_rows([]) == []
    assert selection_of(Rows((line, Row(line.attribute, text=Text("  ", is_pattern=True))))) == EVERYTHING
    assert "never closed" in str(fault_of(Row(line.attribute, text=Text("(", is_pattern=True))))
    assert fault_of(Row(line.attribute, text=Text("("))) is not None


def test_a_range_without_a_number_is_a_fault_of_its_line() -> None:
    assert "lies between 9 and 3" in str(fault_of(Row("snr_db", span=Range(9, 3))))
    assert fault_of(Row("snr_db", span=Range(3, 9))) is None


def test_attributes_are_named_once_in_their_order() -> None:
    assert attributes_named(AllOf((BABBLE, Not(AnyOf((SCOTTISH, BABBLE)))))) == ("noise", "accent")
