"""Readers who wait for an answer: for what another works out, for a place, and where one of them leaves."""

from __future__ import annotations

import threading

import pytest

from dashboard import loading_kept
from dashboard.loading_kept import Keeper
from dashboard.loading_turns import Turns


class LeftError(Exception):
    """Stands for what Streamlit ends the run of a page with."""


def test_who_asks_what_another_works_out_takes_no_place_meanwhile() -> None:
    keeper = Keeper(turns=Turns(light=2))
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        begun.set()
        return int(go_on.wait(10))

    same = [threading.Thread(target=keeper.answer, args=("a", slow)) for _ in range(4)]
    for reader in same:
        reader.start()
    assert begun.wait(10)
    assert keeper.answer("b", lambda: 5) == 5
    go_on.set()
    for reader in same:
        reader.join(10)
        assert not reader.is_alive()


def test_a_question_on_its_way_waits_for_nobody_who_waits_for_its_place() -> None:
    keeper = Keeper(turns=Turns(light=1))

    def outer() -> int:
        other = threading.Thread(target=keeper.answer, args=("part", lambda: 3))
        other.start()
        while not keeper.turns.n_waiting("light"):
            assert other.is_alive()
        others.append(other)
        return keeper.answer("part", lambda: 3)

    others: list[threading.Thread] = []
    assert keeper.answer("whole", outer) == 3
    others[0].join(10)
    assert not others[0].is_alive()


def test_where_one_leaves_who_waits_for_the_same_works_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper, found = Keeper(), []
    begun, go_on = threading.Event(), threading.Event()

    def fail() -> int:
        begun.set()
        assert go_on.wait(10)
        raise LeftError

    def first() -> None:
        with pytest.raises(LeftError):
            keeper.answer("a", fail)

    waiting = threading.Event()
    monkeypatch.setattr(loading_kept, "leave_if_asked_to", waiting.set)
    readers = [
        threading.Thread(target=first),
        threading.Thread(target=lambda: found.append(keeper.answer("a", lambda: 7))),
    ]
    readers[0].start()
    assert begun.wait(10)
    readers[1].start()
    assert waiting.wait(10)
    go_on.set()
    for reader in readers:
        reader.join(10)
    assert found == [7]


def test_what_others_wait_for_is_not_given_up_by_the_reader_who_asked_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keeper = Keeper()
    begun, go_on, waiting = threading.Event(), threading.Event(), threading.Event()
    outcome: list[str] = []
    monkeypatch.setattr(loading_kept, "leave_if_asked_to", lambda: outcome.append("left") or waiting.set())

    def work() -> int:
        begun.set()
        assert go_on.wait(10)
        outcome.clear()
        keeper.leave_unless_wanted("a")
        outcome.append("stayed")
        return 1

    readers = [threading.Thread(target=keeper.answer, args=("a", work, "apart")) for _ in range(2)]
    readers[0].start()
    assert begun.wait(10)
    readers[1].start()
    assert waiting.wait(10)
    go_on.set()
    for reader in readers:
        reader.join(10)
    assert outcome[0] == "stayed"
    outcome.clear()
    keeper.leave_unless_wanted("b")
    assert outcome == ["left"]


def test_what_is_known_to_take_no_time_waits_for_no_place_of_the_others() -> None:
    keeper = Keeper(turns=Turns(light=1))
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        begun.set()
        return int(go_on.wait(10))

    assert keeper.answer(("quick", 1), lambda: 1) == 1
    reader = threading.Thread(target=keeper.answer, args=(("slow", 1), slow))
    reader.start()
    assert begun.wait(10)
    assert not keeper.would_wait(("quick", 2), "light")
    assert keeper.would_wait(("never asked", 2), "light")
    assert keeper.answer(("quick", 2), lambda: 2) == 2
    go_on.set()
    reader.join(10)
    assert not reader.is_alive()
