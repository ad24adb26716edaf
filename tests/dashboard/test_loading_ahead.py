"""Questions worked out ahead: of what was on screen last, in quiet moments, and only where the server began it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from dashboard import loading_ahead
from dashboard.loading_ahead import Ahead, tidy_for_ever
from dashboard.loading_kept import Keeper


def evaluation(name: str) -> SimpleNamespace:
    return SimpleNamespace(path=name, build="b")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done; every evaluation has two steps, of which the first fails."""
    done: list[str] = []

    def likely(info: SimpleNamespace, system: str) -> Iterator[Callable[[], object]]:
        def fail() -> None:
            done.append(f"{info.path} {system} fails")
            raise ValueError

        yield fail
        yield lambda: done.append(f"{info.path} {system}")

    monkeypatch.setattr(loading_ahead, "likely_next", likely)
    return done


def working() -> Ahead:
    ahead = Ahead(lambda _: True)
    ahead.is_working = True
    return ahead


def do_all(ahead: Ahead) -> None:
    while ahead.step():
        pass


def test_what_was_on_screen_last_comes_first_and_nothing_twice(steps: list[str]) -> None:
    ahead = working()
    for name in ("one", "two", "one"):
        ahead.expect(evaluation(name), "A")  # type: ignore[arg-type]
    do_all(ahead)
    ahead.expect(evaluation("one"), "A")  # type: ignore[arg-type]
    do_all(ahead)
    assert steps == ["one A fails", "one A", "two A fails", "two A"]


def test_a_step_that_fails_does_not_end_the_others(steps: list[str]) -> None:
    ahead = working()
    ahead.expect(evaluation("one"), "A")  # type: ignore[arg-type]
    assert ahead.step()
    assert ahead.step()
    assert steps == ["one A fails", "one A"]


def test_nothing_is_worked_out_ahead_where_no_server_began(steps: list[str]) -> None:
    idle = Ahead(lambda _: True)
    idle.expect(evaluation("one"), "A")  # type: ignore[arg-type]
    do_all(idle)
    assert steps == []


def test_it_is_not_quiet_while_somebody_waits_nor_right_after() -> None:
    keeper = Keeper()
    assert keeper.is_quiet(1.0)
    assert keeper.answer("a", lambda: keeper.is_quiet(0.0)) is False
    assert not keeper.is_quiet(1_000.0)
    assert keeper.is_quiet(0.0)


def test_garbage_is_collected_where_somebody_asked_and_left_where_nobody_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet = iter([True, False, True, False])
    collected: list[int] = []
    monkeypatch.setattr("dashboard.loading_ahead.time.sleep", lambda _: None)
    monkeypatch.setattr("dashboard.loading_ahead.gc.collect", lambda: collected.append(1))
    with pytest.raises(StopIteration):
        tidy_for_ever(lambda _: next(quiet))
    assert len(collected) == 2
