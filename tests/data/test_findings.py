"""Findings: every change is an entry of its own, with author, time and reason, and none overwrites another."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.commands import findings as command
from data.errors import InputError
from data.findings import (
    STATES,
    FindingEvent,
    StoredFinding,
    add_to_history,
    keep_finding,
    new_finding_id,
    stored_finding,
    stored_findings,
)
from data.workspace import FILE_NAME, forget_evaluation, now


def a_finding(note: str = "", evaluation: str = "one") -> StoredFinding:
    return StoredFinding(
        id=new_finding_id(),
        evaluation=evaluation,
        build="0123456789ab",
        system="A",
        metric="wer",
        selection={"version": 1, "selection": {"kind": "everything"}},
        by=("accent",),
        group={"accent": None},
        against=None,
        numbers={"rate": 0.25},
        note=note,
        author="me",
        added=now(),
    )


def kept(home: Path, count: int = 1) -> list[StoredFinding]:
    made = [a_finding(str(number)) for number in range(count)]
    for one in made:
        keep_finding(home, one)
    return made


def said(what: str, value: str, reason: str = "", author: str = "me") -> FindingEvent:
    return FindingEvent(now(), author, what, value, reason)


def test_every_change_stays_on_record(tmp_path: Path) -> None:
    [finding] = kept(tmp_path)
    add_to_history(tmp_path, finding, said("state", "mitigated", "retrained"))
    [now_it_is] = stored_findings(tmp_path, "one")
    add_to_history(
        tmp_path, now_it_is, said("state", "open", "it came back", "you"), said("claim", "more errors")
    )
    [last] = stored_findings(tmp_path, "one")
    assert (last.state, last.reason, last.claim, last.note) == ("open", "it came back", "more errors", "0")
    assert [(event.what, event.value, event.author) for event in last.history] == [
        ("state", "mitigated", "me"),
        ("state", "open", "you"),
        ("claim", "more errors", "me"),
    ]


@pytest.mark.parametrize("table", ["finding", "finding_event"])
def test_the_database_refuses_to_change_what_was_kept(tmp_path: Path, table: str) -> None:
    [finding] = kept(tmp_path)
    add_to_history(tmp_path, finding, said("note", "another"))
    column = "note" if table == "finding" else "value"
    with (
        sqlite3.connect(tmp_path / FILE_NAME) as connection,
        pytest.raises(sqlite3.DatabaseError, match="added to"),
    ):
        connection.execute(f"UPDATE {table} SET {column} = 'rewritten'")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (said("state", "gone", "why"), "not a state"),
        (said("state", "open", "why"), "open already"),
        (said("place", "0"), "no number from 1"),
        (said("place", "first"), "no number from 1"),
        (said("note", "x" * 20_001), "at most"),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(
    tmp_path: Path, event: FindingEvent, words: str
) -> None:
    [finding] = kept(tmp_path)
    with pytest.raises(InputError, match=words):
        add_to_history(tmp_path, finding, said("claim", "new"), event)
    assert stored_findings(tmp_path, "one")[0].history == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), max_size=6))
def test_the_order_is_that_of_the_moves_one_after_the_other(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, int]]
) -> None:
    home = tmp_path_factory.mktemp("order")
    made = kept(home, 4)
    expected = [one.id for one in made]
    for which, place in moves:
        add_to_history(home, made[which], said("place", str(place)))
        expected = [one for one in expected if one != made[which].id]
        expected = [*expected[: place - 1], made[which].id, *expected[place - 1 :]]
    assert [one.id for one in stored_findings(home, "one")] == expected


def test_a_finding_is_found_by_how_its_id_begins(tmp_path: Path) -> None:
    [finding] = kept(tmp_path)
    assert stored_finding(tmp_path, "one", finding.id[:5]).id == finding.id
    with pytest.raises(InputError, match=finding.id):
        stored_finding(tmp_path, "one", "zz")
    with pytest.raises(InputError, match="No finding begins"):
        stored_finding(tmp_path, "two", finding.id)


def test_removing_an_evaluation_forgets_its_findings_alone(tmp_path: Path) -> None:
    [finding] = kept(tmp_path)
    keep_finding(tmp_path, a_finding(evaluation="two"))
    add_to_history(tmp_path, finding, said("note", "another"))
    assert forget_evaluation(tmp_path, "one") == 1
    assert stored_findings(tmp_path, "one") == []
    assert len(stored_findings(tmp_path, "two")) == 1


def test_the_command_knows_every_state() -> None:
    assert command.STATES == STATES
