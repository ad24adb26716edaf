"""How long work has come and how long it will take: for programs as data, on a terminal as a bar."""

from __future__ import annotations

import json

import pytest

from dashboard.commands.progress import Pace, _Bar, progress_reporter
from dashboard.wording_time import clock_time


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_remaining_time_are_those_of_the_step_so_far() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.of("scoring", 0, 1_000) is None
    clock.now += 2
    assert pace.of("scoring", 200, 1_000) == (100, 8)
    clock.now += 2
    assert pace.of("scoring", 600, 1_000) == (150, pytest.approx(8 / 3))
    assert pace.of("scoring", 1_000, 1_000) == (250, 0)


def test_a_new_step_begins_anew_and_one_without_units_says_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.of("scoring", 0, 1_000)
    clock.now += 5
    assert pace.of("writing", 0, 1) is None
    clock.now += 5
    assert pace.of("writing", 1, 1) is None


def test_programs_get_rate_and_remaining_time_with_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    report = progress_reporter("json")
    report("reading", 0, 1)
    report("scoring", 0, 100)
    report("scoring", 50, 100)
    first, second, third = map(json.loads, capsys.readouterr().err.splitlines())
    assert first == {"step": "reading", "done": 0, "total": 1, "rate_per_s": None, "remaining_s": None}
    assert (second["rate_per_s"], second["remaining_s"]) == (None, None)
    assert third["rate_per_s"] > 0
    assert third["remaining_s"] >= 0


def test_the_bar_says_how_fast_and_how_long_and_leaves_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    bar = _Bar(clock)
    bar("scoring", 0, 2_000)
    clock.now += 1
    bar("scoring", 500, 2_000)
    clock.now += 3
    bar("scoring", 2_000, 2_000)
    shown = capsys.readouterr().err
    assert "500/2,000  500 a second, 0:03 left" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (9.6, "0:10"), (125, "2:05"), (3_600, "60:00")])
def test_a_stretch_of_time_is_said_in_minutes_and_seconds(seconds: float, said: str) -> None:
    assert clock_time(seconds) == said
