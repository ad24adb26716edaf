"""Answers of a process of its own: the same as here, what it raises is raised, and who leaves ends it."""

from __future__ import annotations

import functools
import os

import pytest

from dashboard import loading_kept
from dashboard.loading_apart import NoAnswerError, answered_apart
from dashboard.loading_kept import KEEPER, kept_apart
from data.errors import InputError


def _as_kept(answer: object) -> object:
    @functools.wraps(answer)  # type: ignore[arg-type]
    def asked(*_: object) -> None:
        raise AssertionError("The function that keeps is not asked in the other process.")

    return asked


@_as_kept
def work(what: str, number: int) -> tuple[int, int, int]:
    """Where it was worked out, how patient that process is, and the answer."""
    if what == "refuse":
        raise InputError("Not that one.")
    if what == "end":
        os._exit(3)
    return os.getpid(), os.getpriority(os.PRIO_PROCESS, 0), 2 * number


def asked_apart(what: str, number: int = 0) -> tuple[int, int, int]:
    found: tuple[int, int, int] = answered_apart(__name__, "work", (what, number))
    return found


def test_the_answer_comes_from_another_process_that_gives_way() -> None:
    process, patience, answer = asked_apart("answer", 21)
    assert answer == 42
    assert process != os.getpid()
    assert patience > os.getpriority(os.PRIO_PROCESS, 0)


def test_what_is_raised_there_is_raised_here() -> None:
    with pytest.raises(InputError, match="Not that one"):
        asked_apart("refuse")


def test_a_process_that_ends_without_an_answer_is_no_answer() -> None:
    with pytest.raises(NoAnswerError, match="ended without an answer"):
        asked_apart("end")


def test_who_leaves_waits_no_longer() -> None:
    def leave() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answered_apart(__name__, "work", ("answer", 1), leave)


def test_only_large_evaluations_are_worked_out_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    apart: list[str] = []

    def answered(_: str, name: str, arguments: tuple[object, ...], __: object) -> str:
        apart.append(name)
        return f"apart {arguments[0]}"

    @kept_apart
    def small_or_large(which: str) -> str:
        return f"here {which}"

    monkeypatch.setattr(loading_kept, "answered_apart", answered)
    monkeypatch.setattr(loading_kept, "_is_large", lambda arguments: arguments[0] == "large")
    KEEPER.forget()
    assert [small_or_large(which) for which in ("small", "large", "large")] == [
        "here small",
        "apart large",
        "apart large",
    ]
    assert len(apart) == 1
