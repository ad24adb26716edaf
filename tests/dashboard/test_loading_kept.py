"""Answers that are kept: by exact question, within a number of bytes, worked out once however many ask."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import combinations

import pytest

from analysis.selection import AllOf, AnyOf, Not, NotStated, OneOf, Selection
from dashboard.answers.rates import RatesQuestion
from dashboard.loading_kept import KEEPER, Keeper, kept

EAST, BABBLE = OneOf("accent", ("East",)), OneOf("noise", ("babble",))
# Alike but for the name of a class, or for where one text ends and the next begins.
ALIKE: tuple[Selection, ...] = (
    AllOf((EAST, BABBLE)),
    AnyOf((EAST, BABBLE)),
    Not(EAST),
    EAST,
    NotStated("accent"),
    OneOf("accent", ("a", "b")),
    OneOf("accent", ("astr:b",)),
    OneOf("accent", ("a,b",)),
)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    KEEPER.forget()


def worked_out(calls: list[object], value: object) -> Callable[[], object]:
    def work_out() -> object:
        calls.append(value)
        return value

    return work_out


@pytest.mark.parametrize(("one", "other"), list(combinations(ALIKE, 2)))
def test_no_two_selections_are_the_same_question(one: Selection, other: Selection) -> None:
    @kept
    def answer(question: RatesQuestion) -> RatesQuestion:
        return question

    for where in (one, other, one):
        question = RatesQuestion("A", ("accent",), where=where)
        assert answer(question) == question


def test_what_was_asked_before_is_not_worked_out_again() -> None:
    keeper, calls = Keeper(), []
    assert [keeper.answer("a", worked_out(calls, 1)) for _ in range(3)] == [1, 1, 1]
    assert calls == [1]


def test_functions_do_not_answer_for_each_other() -> None:
    @kept
    def first(number: int) -> str:
        return f"first {number}"

    @kept
    def second(number: int) -> str:
        return f"second {number}"

    assert (first(1), second(1), first(1)) == ("first 1", "second 1", "first 1")


def test_who_changes_an_answer_changes_it_for_nobody_else() -> None:
    keeper = Keeper()
    keeper.answer("a", lambda: [1]).append(2)
    assert keeper.answer("a", lambda: [3]) == [1]


def test_what_fails_is_not_kept() -> None:
    keeper = Keeper()
    with pytest.raises(ZeroDivisionError):
        keeper.answer("a", lambda: 1 // 0)
    assert keeper.answer("a", lambda: 5) == 5


def test_what_was_asked_longest_ago_goes_first() -> None:
    keeper, calls = Keeper(most_bytes=2_500), []
    for key in ("a", "b", "a", "c", "a"):
        keeper.answer(key, worked_out(calls, key * 1_000))
    assert calls == ["a" * 1_000, "b" * 1_000, "c" * 1_000]
    assert keeper.answer("b", worked_out(calls, "b" * 1_000)) == "b" * 1_000
    assert len(calls) == 4


@pytest.mark.parametrize("size", [10, 900, 5_000])
def test_it_never_holds_more_than_it_may(size: int) -> None:
    keeper = Keeper(most_bytes=2_000)
    for number in range(40):
        assert len(keeper.answer(number, lambda: b"x" * size)) == size
        assert keeper.n_bytes <= 2_000


def test_many_who_ask_at_once_wait_for_one_answer() -> None:
    keeper, calls = Keeper(), []
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        calls.append(1)
        begun.set()
        assert go_on.wait(10)
        return 7

    found: list[int] = []
    readers = [threading.Thread(target=lambda: found.append(keeper.answer("a", slow))) for _ in range(8)]
    for reader in readers:
        reader.start()
    assert begun.wait(10)
    go_on.set()
    for reader in readers:
        reader.join(10)
    assert (found, calls) == ([7] * 8, [1])


def test_an_answer_that_is_too_large_to_be_kept_leaves_the_others_where_they_are() -> None:
    keeper, calls = Keeper(most_bytes=2_000), []
    keeper.answer("small", worked_out(calls, "small"))
    assert len(keeper.answer("large", lambda: b"x" * 5_000)) == 5_000
    assert keeper.has("small")
    assert not keeper.has("large")
    assert keeper.answer("small", worked_out(calls, "again")) == "small"
    assert calls == ["small"]


def test_equal_arguments_are_one_question() -> None:
    @kept
    def answer(number: object) -> str:
        return type(number).__name__

    assert [answer(one) for one in (1, True, 1.0)] == ["int"] * 3
