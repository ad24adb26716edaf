"""Turns at working something out: one large question at a time, and nobody waits for ever."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import loading_reader
from dashboard.loading_kept import Keeper
from dashboard.loading_turns import PATIENCE, Turns, Weight, give_memory_back


class Busy:
    """Counts how many are at work at once."""

    def __init__(self, several: threading.Barrier | None = None) -> None:
        self.now, self.most = 0, 0
        self._lock = threading.Lock()
        self._several = several

    def work(self) -> int:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        if self._several:
            self._several.wait(10)
        with self._lock:
            self.now -= 1
        return 1


def ask_all(keeper: Keeper, busy: Busy, weight: Weight, number: int) -> None:
    readers = [threading.Thread(target=keeper.answer, args=(key, busy.work, weight)) for key in range(number)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(10)
        assert not reader.is_alive()


def test_large_questions_are_worked_out_one_at_a_time() -> None:
    busy = Busy()
    ask_all(Keeper(), busy, "heavy", 8)
    assert busy.most == 1


def test_small_questions_are_worked_out_a_few_at_a_time() -> None:
    # The barrier lets nobody on before two are there: with one place they would wait in vain.
    busy = Busy(threading.Barrier(2))
    ask_all(Keeper(turns=Turns(light=2)), busy, "light", 8)
    assert busy.most == 2


def test_a_small_question_does_not_wait_for_a_large_one() -> None:
    keeper = Keeper()
    begun, go_on = threading.Event(), threading.Event()

    def large() -> int:
        begun.set()
        return int(go_on.wait(10))

    reader = threading.Thread(target=keeper.answer, args=("large", large, "heavy"))
    reader.start()
    assert begun.wait(10)
    assert keeper.answer("small", lambda: 5) == 5
    go_on.set()
    reader.join(10)
    assert keeper.answer("large", lambda: 0, "heavy") == 1


def test_what_a_question_asks_on_its_way_needs_no_turn_of_its_own() -> None:
    keeper = Keeper(turns=Turns(heavy=1, light=1))
    for outer, inner in (("heavy", "heavy"), ("heavy", "light"), ("light", "heavy")):
        key = (outer, inner)
        found = keeper.answer(key, lambda i=inner, k=key: keeper.answer((k, "part"), lambda: 3, i), outer)  # type: ignore[arg-type,misc]
        assert found == 3


def test_a_question_that_failed_gives_its_turn_back() -> None:
    keeper = Keeper()
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            keeper.answer("a", lambda: 1 // 0, "heavy")
    assert keeper.answer("a", lambda: 5, "heavy") == 5


def test_giving_memory_back_changes_nothing_that_is_held() -> None:
    held = [bytes(1_000) for _ in range(100)]
    give_memory_back()
    assert held == [bytes(1_000)] * 100


class LeftError(Exception):
    """Stands for what Streamlit ends the run of a page with."""


def test_who_leaves_while_waiting_gives_up_the_wait_and_takes_no_turn() -> None:
    turns, begun, go_on = Turns(), threading.Event(), threading.Event()

    def leave() -> None:
        raise LeftError

    def hold() -> None:
        with turns.taken("heavy"):
            begun.set()
            assert go_on.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    assert begun.wait(10)
    assert (turns.would_wait("heavy"), turns.would_wait("light")) == (True, False)
    with pytest.raises(LeftError), turns.taken("heavy", leave):
        pytest.fail("There was no turn to take.")
    go_on.set()
    holder.join(10)
    assert not turns.would_wait("heavy")
    with turns.taken("heavy", leave):
        assert not turns.would_wait("heavy"), "a question on its way waits for nobody"


def test_a_page_whose_reader_asks_for_something_else_ends_where_it_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class State:
        def __contains__(self, _: str) -> bool:
            raise LeftError

    monkeypatch.setattr(
        loading_reader, "get_script_run_ctx", lambda **_: SimpleNamespace(session_state=State())
    )
    with pytest.raises(LeftError):
        loading_reader.leave_if_asked_to()
    monkeypatch.setattr(loading_reader, "get_script_run_ctx", lambda **_: None)
    loading_reader.leave_if_asked_to()


def test_a_page_stands_in_the_queue_since_its_first_question_and_the_next_run_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = iter((1.0, 2.0, 3.0))
    monkeypatch.setattr(loading_reader, "time", SimpleNamespace(monotonic=lambda: next(now)))
    context = SimpleNamespace(cursors={})
    monkeypatch.setattr(loading_reader, "get_script_run_ctx", lambda **_: context)
    came = [loading_reader.when_the_reader_came() for _ in range(2)]
    context.cursors = {}
    came += [loading_reader.when_the_reader_came() for _ in range(2)]
    assert came == [1.0, 1.0, 2.0, 2.0]
    monkeypatch.setattr(loading_reader, "get_script_run_ctx", lambda **_: None)
    assert loading_reader.when_the_reader_came() == 3.0


def asks_twice_in_each_of_two_runs() -> None:
    import threading

    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from dashboard.loading_reader import when_the_reader_came

    asked = st.session_state.setdefault("asked", [])
    for _ in range(2):
        asked.append((when_the_reader_came(), threading.get_ident(), id(get_script_run_ctx())))
    if len(asked) < 4:
        st.rerun()


def test_streamlit_runs_a_page_again_in_the_same_thread_and_the_reader_comes_anew() -> None:
    page = AppTest.from_function(asks_twice_in_each_of_two_runs).run()
    came, threads, contexts = zip(*page.session_state["asked"], strict=True)
    assert (len(set(threads)), len(set(contexts))) == (1, 1)
    assert came[0] == came[1] < came[2] == came[3]


def waits(turns: Turns, name: str, order: list[str], seconds: float, since: float) -> threading.Thread:
    """A reader in the queue; returns when they stand in it."""

    def reader() -> None:
        with turns.taken("light", seconds=seconds, since=since):
            order.append(name)

    thread = threading.Thread(target=reader)
    before = turns.n_waiting("light")
    thread.start()
    while turns.n_waiting("light") == before:
        assert thread.is_alive()
    return thread


def test_who_came_first_goes_first_and_short_questions_overtake_within_bounds() -> None:
    turns, order = Turns(light=1), []
    asked = {"long": (1.0, 0.0), "second": (0.0, 2.0), "first": (0.0, 1.0), "late": (0.0, PATIENCE + 1)}
    with turns.taken("light"):
        readers = [
            waits(turns, name, order, seconds, since) for name, (seconds, since) in reversed(asked.items())
        ]
    for reader in readers:
        reader.join(10)
    assert order == ["first", "second", "long", "late"]


def test_who_leaves_the_queue_keeps_nobody_behind_them_waiting() -> None:
    turns, order, left = Turns(light=1), [], threading.Event()
    go, stands = threading.Event(), threading.Event()

    def leave() -> None:
        stands.set()
        if go.is_set():
            raise LeftError

    def reader() -> None:
        with pytest.raises(LeftError), turns.taken("light", leave, since=0.0):
            order.append("left")
        left.set()

    with turns.taken("light"):
        threading.Thread(target=reader).start()
        assert stands.wait(10)
        behind = waits(turns, "behind", order, 0.0, 1.0)
        go.set()
        assert left.wait(10)
    behind.join(10)
    assert order == ["behind"]
    assert not turns.would_wait("light")
