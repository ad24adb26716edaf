"""Questions worked out ahead: of what was on screen last, in quiet moments, and only where the server began it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from dashboard import loading_ahead
from dashboard.loading_ahead import Ahead
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


def test_a_step_that_fails_as_nobody_expected_is_one_line_and_does_not_end_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def likely(info: SimpleNamespace, system: str) -> Iterator[Callable[[], object]]:
        yield lambda: 1 // 0
        yield lambda: done.append(info.path)
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(loading_ahead, "likely_next", likely)
    ahead = working()
    for name in ("one", "two"):
        ahead.expect(evaluation(name), "A")  # type: ignore[arg-type]
    do_all(ahead)
    assert done == ["two", "one"]
    assert len(caplog.records) == 4
    assert not [line for line in caplog.text.splitlines() if "Error" not in line]


def test_nothing_is_worked_out_ahead_where_no_server_began(steps: list[str]) -> None:
    idle = Ahead(lambda _: True)
    idle.expect(evaluation("one"), "A")  # type: ignore[arg-type]
    do_all(idle)
    assert steps == []


def test_it_is_not_quiet_while_somebody_waits_nor_right_after() -> None:
    keeper = Keeper()
    assert keeper.is_quiet(1.0)
    assert keeper.answer("a", lambda: keeper.is_quiet(0.0)) is False
    answered = keeper.last_busy
    assert keeper.answer("b", lambda: keeper.last_busy) < keeper.last_busy
    assert keeper.last_busy > answered
    assert not keeper.is_quiet(1_000.0)
    assert keeper.is_quiet(0.0)
